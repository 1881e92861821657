//! `license-unversioned`

use super::words::{part, place, quoted, unversioned};
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses whose version stands nowhere in the file or its sidecars. CC0 and
    /// the Public Domain Mark have only one version and are not meant.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights    CC BY
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    CC BY
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    CC0
    /// ```
    ///
    /// ## Why it matters
    ///
    /// What a reuser owes differs by version: 1.0 to 3.0 want the title of the
    /// work (section 4), 4.0 does not and wants to be told of any change (section
    /// 3(a)). Some programs silently take such a license for 4.0. It may well be
    /// 2.0, and then the credit they give is not the one that is owed.
    ///
    /// ## How to fix it
    ///
    /// Write the whole address of the version that the depositor agreed to, into
    /// `cc:license`. Only the licensor can choose a newer one.
    id: "license-unversioned",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A license is named without its version",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (candidate, _) in unversioned(case) {
        let id = candidate.statement;
        let said = quoted(part(case.evidence, candidate));
        let place = place(&case.evidence[id]);
        findings.report(format!("{said} in {place} has no version"), [id]);
    }
}

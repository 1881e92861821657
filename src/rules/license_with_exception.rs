//! `license-with-exception`

use super::words::{is_grant, name, quoted_at};
use super::{Case, Findings, Group};
use crate::model::{Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that are given with an exception, where nothing else in the file says
    /// that this very work is under them.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights    Except where otherwise noted, this work is licensed under CC BY 4.0.
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    Except where otherwise noted, this work is licensed under CC BY 4.0.
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The sentence is made for a book or a site, and stands in a part of it. A picture
    /// that was taken from elsewhere may be the exception. A license covers only what the
    /// licensor could license (4.0, section 1, Licensed Material).
    ///
    /// ## How to fix it
    ///
    /// Look whether something is noted about this work. If not, write the address of the
    /// license into `cc:license`.
    id: "license-with-exception",
    group: Group::Validity,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A license is given with an exception",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let Licensing::Settled(license) = &case.tasl.license else { return };
    let grants = || case.tasl.candidates.iter().filter(|c| is_grant(&c.reference));
    if grants().any(|c| !c.reference.with_exception) {
        return;
    }
    if let Some(candidate) = grants().next() {
        let id = candidate.statement;
        let (license, said) = (name(license), quoted_at(case.evidence, id));
        findings
            .report(format!("{license} has an exception: {said}"), [id])
            .needs_review();
    }
}

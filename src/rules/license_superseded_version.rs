//! `license-superseded-version`

use super::words::name;
use super::{Case, Findings, Group};
use crate::license::LegalTool;
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses of which there is a version 4.0.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Creative Commons recommends 4.0 for works of your own (notice on the deeds of
    /// older versions). Older versions stay valid, and only the licensor can choose a
    /// newer one, so that the rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// If your institution holds the rights, license the work under 4.0 as well. If
    /// not, leave it as it is.
    id: "license-superseded-version",
    group: Group::Validity,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "There is a newer version of the license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for grant in &case.tasl.grants {
        let Some(tool) = grant.value.tool() else { continue };
        let newest = LegalTool::find(tool.unit().as_str(), "4.0", "");
        if let Some(newest) = newest.filter(|newest| *newest != tool) {
            let license = name(&grant.value);
            let at = grant.from.iter().copied();
            findings.report(format!("{license} is older than {newest}"), at);
        }
    }
}

//! `license-retired-tool`

use super::words::name;
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that Creative Commons has retired: those without Attribution, the
    /// sampling licenses, Developing Nations, and the old public domain dedication.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/sampling+/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/zero/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// What they grant stays granted. Creative Commons does not recommend to apply
    /// them to anything new (notice on the deeds of retired legal tools), and few
    /// aggregators know them.
    ///
    /// ## How to fix it
    ///
    /// For works that you received, nothing: only the licensor can choose another
    /// license. For works of your own, choose one of the current licenses beside it.
    id: "license-retired-tool",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A license is used that has been retired",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for grant in &case.tasl.grants {
        if let Some(date) = grant.value.tool().and_then(|tool| tool.deprecated_on()) {
            let license = name(&grant.value);
            let at = grant.from.iter().copied();
            findings.report(format!("{license} was retired on {date}"), at);
        }
    }
}

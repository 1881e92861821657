//! `license-needs-exception`

use super::words::{judged, name};
use super::{Case, Findings, Group};
use crate::model::Severity;
use crate::policy::Judgement;

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license that your policy allows only where somebody has agreed.
    ///
    /// ```tasl,flagged
    /// @ policy   preset = "plan-s"
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nd/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   preset = "plan-s"
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Plan S, for one, accepts CC BY-ND for single articles if the funder has
    /// explicitly agreed (coalition-s.org, “Which licences are compliant with Plan S?”).
    /// Without a record of that, nobody can tell an agreement from a mistake.
    ///
    /// ## How to fix it
    ///
    /// If there is an agreement, write it down as an exception of the policy, with the
    /// rule `license-needs-exception`: the finding stays in the reports, marked as
    /// accepted. If there is none, ask for it, or for another license.
    id: "license-needs-exception",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The license is allowed only where an exception says so",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (grant, judgement) in judged(case) {
        if judgement == Judgement::NeedsException {
            let license = name(&grant.value);
            let at = grant.from.iter().copied();
            findings.report(format!("{license} needs an exception of the policy"), at);
        }
    }
}

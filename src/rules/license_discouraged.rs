//! `license-discouraged`

use super::words::{judged, name};
use super::{Case, Findings, Group};
use crate::model::Severity;
use crate::policy::Judgement;

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license that your policy allows and does not like.
    ///
    /// ```tasl,flagged
    /// @ policy   preset = "oer"
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc-sa/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   preset = "oer"
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Some conditions keep out users that a collection wants: NonCommercial keeps a
    /// course out of a textbook that is sold at cost, and out of Wikipedia.
    ///
    /// ## How to fix it
    ///
    /// Ask whoever holds the rights whether they mind a wider license. If they do, leave
    /// it: it is allowed.
    id: "license-discouraged",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The policy discourages the license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (grant, judgement) in judged(case) {
        if judgement == Judgement::Discouraged {
            let license = name(&grant.value);
            let at = grant.from.iter().copied();
            findings.report(format!("{license} is discouraged"), at);
        }
    }
}

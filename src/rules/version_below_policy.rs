//! `version-below-policy`

use super::words::{judged, list, name};
use super::{Case, Findings, Group};
use crate::model::Severity;
use crate::policy::Judgement;

declare_rule! {
    /// ## What it finds
    ///
    /// Works under an older version of a license than your policy allows.
    ///
    /// ```tasl,flagged
    /// @ policy   licenses.allow = ["by@4.0"]
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   licenses.allow = ["by@>=3.0"]
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Versions differ in what a credit must contain, in whether a breach ends the
    /// license for good (before 4.0 it does), and in whether rights in databases are
    /// licensed too (4.0, section 4).
    ///
    /// ## How to fix it
    ///
    /// Only whoever holds the rights can give the work under a newer version. The older
    /// license stays valid beside it.
    id: "version-below-policy",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The policy asks for a later version of the license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (grant, judgement) in judged(case) {
        if judgement == Judgement::BelowVersion {
            let license = name(&grant.value);
            let unit = grant.value.unit().map_or("", |unit| unit.as_str());
            let allow: Vec<String> =
                case.policy.licenses.allow.iter().map(ToString::to_string).collect();
            let later: Vec<String> = allow
                .iter()
                .filter(|s| s.split('@').next() == Some(unit))
                .cloned()
                .collect();
            let asked = if later.is_empty() { allow } else { later };
            let message =
                format!("{license} is older than the policy asks: {}", list(&asked));
            findings.report(message, grant.from.iter().copied());
        }
    }
}

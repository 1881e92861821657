//! The catalogue of rules.
//!
//! # Adding a rule
//!
//! 1. Copy the file of the rule nearest to yours. The name of the file is the
//!    id of the rule with `_` for `-`: the problem, not the remedy, so that
//!    "allow `license-missing`" makes sense in a policy.
//! 2. Name it twice below: in the list of modules and in [`CATALOGUE`]. The
//!    compiler warns if either is forgotten.
//! 3. Run `SNAPSHOTS=overwrite cargo test` and commit the page that it writes to
//!    `docs/rules/`.
//!
//! The examples in the documentation of a rule are its tests.

#[macro_use]
mod rule;

mod license_missing;

use crate::model::Finding;
pub use rule::{Case, Findings, Group, Rule};

/// Every rule, by id.
pub static CATALOGUE: &[&Rule] = &[&license_missing::RULE];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    CATALOGUE.iter().find(|r| r.id == id).copied()
}

/// Holds `case` against every rule that its policy has not turned off.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in CATALOGUE {
        if let Some(severity) = case.policy.severity(rule.id, rule.severity, rule.on) {
            let fixed = case.policy.overrides(rule.id);
            (rule.check)(case, &mut Findings::new(rule, severity, fixed, &mut found));
        }
    }
    found
}

//! What a user asks of an audit: which rules apply, and how much they matter.

use std::collections::BTreeMap;

use crate::model::Severity;

/// A policy that has been checked: every rule it names exists.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: BTreeMap<&'static str, Setting>,
}

/// What a policy says of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Not asked.
    Off,
    /// Asked, and this much it matters.
    Severity(Severity),
}

impl Policy {
    /// Sets one rule.
    pub fn set(&mut self, rule: &'static str, setting: Setting) {
        self.rules.insert(rule, setting);
    }

    /// What `rule` counts as where its own severity is `default`, or `None`
    /// where the policy turns it off. A rule that is off by default has `None`
    /// for its own.
    pub fn severity(&self, rule: &str, default: Option<Severity>) -> Option<Severity> {
        match self.rules.get(rule) {
            None => default,
            Some(Setting::Off) => None,
            Some(Setting::Severity(severity)) => Some(*severity),
        }
    }

    /// Whether `rule` has been set to a severity of its own.
    pub fn overrides(&self, rule: &str) -> bool {
        matches!(self.rules.get(rule), Some(Setting::Severity(_)))
    }
}

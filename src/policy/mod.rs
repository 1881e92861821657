//! What a user asks of an audit: which rules apply, and how much they matter.

use std::collections::BTreeMap;

use crate::model::Severity;

/// A policy that has been checked: every rule it names exists.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: BTreeMap<&'static str, Setting>,
    /// The day on which the audit is made, as `YYYY-MM-DD`: what depends on it
    /// is not asked where it is `None`, so that no report depends on a clock.
    pub today: Option<String>,
}

/// What a policy says of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Not asked.
    Off,
    /// Asked, at the rule's own severity.
    On,
    /// Asked, and this much it matters.
    Severity(Severity),
}

impl Policy {
    /// Sets one rule.
    pub fn set(&mut self, rule: &'static str, setting: Setting) {
        self.rules.insert(rule, setting);
    }

    /// What `rule` counts as, or `None` where it is not asked: `severity` is the
    /// rule's own, and `on` whether it is asked where the policy does not say.
    pub fn severity(&self, rule: &str, severity: Severity, on: bool) -> Option<Severity> {
        match self.rules.get(rule) {
            None => on.then_some(severity),
            Some(Setting::Off) => None,
            Some(Setting::On) => Some(severity),
            Some(Setting::Severity(severity)) => Some(*severity),
        }
    }

    /// Whether `rule` has been set to a severity of its own.
    pub fn overrides(&self, rule: &str) -> bool {
        matches!(self.rules.get(rule), Some(Setting::Severity(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_policy_says_of_a_rule_goes_before_what_the_rule_says() {
        let mut policy = Policy::default();
        policy.set("quiet", Setting::Off);
        policy.set("asked", Setting::On);
        policy.set("raised", Setting::Severity(Severity::Error));
        let note = Severity::Note;
        assert_eq!(policy.severity("quiet", note, true), None);
        assert_eq!(policy.severity("asked", note, false), Some(note));
        assert_eq!(policy.severity("raised", note, false), Some(Severity::Error));
        assert_eq!(policy.severity("other", note, true), Some(note));
        assert_eq!(policy.severity("other", note, false), None);
        assert!(policy.overrides("raised") && !policy.overrides("asked"));
    }
}

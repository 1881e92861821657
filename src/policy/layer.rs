//! What one table of a policy says of itself, key by key.

use std::collections::BTreeMap;

use super::{Field, Policy, Selector, Setting};

/// The keys that a table has, without those of a preset. `None` is a key that it
/// has not; an empty list is one that takes a list away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layer {
    pub(super) rules: BTreeMap<&'static str, Setting>,
    pub(super) allow: Option<Vec<Selector>>,
    pub(super) discouraged: Option<Vec<Selector>>,
    pub(super) needs_exception: Option<Vec<Selector>>,
    pub(super) deny: Option<Vec<Selector>>,
    pub(super) unported_only: Option<bool>,
    pub(super) uri_scheme: Option<&'static str>,
    pub(super) require: Option<Vec<Field>>,
}

impl Layer {
    /// All selectors of its lists.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        [&self.allow, &self.discouraged, &self.needs_exception, &self.deny]
            .into_iter()
            .flatten()
            .flatten()
    }

    /// Puts what it says in the place of what `policy` says; what it does not
    /// speak of stays.
    pub(super) fn lay_on(&self, policy: &mut Policy) {
        policy.rules.extend(&self.rules);
        let licenses = &mut policy.licenses;
        for (own, list) in [
            (&self.allow, &mut licenses.allow),
            (&self.discouraged, &mut licenses.discouraged),
            (&self.needs_exception, &mut licenses.needs_exception),
            (&self.deny, &mut licenses.deny),
        ] {
            if let Some(own) = own {
                list.clone_from(own);
            }
        }
        licenses.unported_only = self.unported_only.unwrap_or(licenses.unported_only);
        licenses.uri_scheme = self.uri_scheme.or(licenses.uri_scheme);
        if let Some(require) = &self.require {
            policy.require.clone_from(require);
        }
    }
}

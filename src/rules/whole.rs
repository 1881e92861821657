//! What the rules about a collection and its policy may look at.

use super::{CATALOGUE, Check, CheckWhole, Rule};
use crate::collection::Collection;
use crate::model::{AssetPath, CollectionFinding, Confidence, Severity};
use crate::policy::Policies;

/// A collection as a whole, after its last asset.
pub struct Whole<'a> {
    /// What is remembered of it.
    pub collection: &'a Collection,
    /// What the user asks.
    pub policies: &'a Policies,
    /// How often each exception of the policy was used, in their order.
    pub used: Vec<u64>,
}

/// Takes the findings of one rule about the collection.
pub struct CollectionFindings<'a> {
    rule: &'static Rule,
    severity: Severity,
    found: &'a mut Vec<CollectionFinding>,
}

impl CollectionFindings<'_> {
    /// Reports something about `subject`, of which the rule reports nothing
    /// else.
    pub fn report(
        &mut self,
        subject: impl Into<String>,
        message: impl Into<String>,
        paths: Vec<AssetPath>,
    ) {
        self.push(subject.into(), message.into(), paths, Confidence::Certain);
    }

    /// The same where somebody has to look before it is believed.
    pub(super) fn report_likely(
        &mut self,
        subject: impl Into<String>,
        message: impl Into<String>,
        paths: Vec<AssetPath>,
    ) {
        self.push(subject.into(), message.into(), paths, Confidence::NeedsReview);
    }

    fn push(
        &mut self,
        subject: String,
        message: String,
        paths: Vec<AssetPath>,
        confidence: Confidence,
    ) {
        self.found.push(CollectionFinding {
            rule: self.rule.id,
            severity: self.severity,
            subject,
            message,
            paths,
            confidence,
            waived: None,
        });
    }
}

/// Holds a collection against the rules about collections, and then its policy
/// against those about policies: an exception may be used by the former.
pub fn check_collection(
    collection: &Collection,
    policies: &Policies,
) -> Vec<CollectionFinding> {
    let mut whole =
        Whole { collection, policies, used: collection.exceptions_used().to_vec() };
    let mut found = Vec::new();
    each_rule(&whole, &mut found, |check| match check {
        Check::Collection(check) => Some(check),
        _ => None,
    });
    for finding in &mut found {
        let accepts = |n: &usize| {
            let exception = &policies.exceptions[*n];
            let covers =
                |p: &AssetPath| exception.covers(&policies.within(p), finding.rule);
            !exception.expired
                && !finding.paths.is_empty()
                && finding.paths.iter().all(covers)
        };
        if let Some(n) = (0..policies.exceptions.len()).find(accepts) {
            finding.waived = Some(policies.exceptions[n].waiver());
            whole.used[n] += 1;
        }
    }
    each_rule(&whole, &mut found, |check| match check {
        Check::Policy(check) => Some(check),
        _ => None,
    });
    found
}

fn each_rule(
    whole: &Whole<'_>,
    found: &mut Vec<CollectionFinding>,
    pick: fn(Check) -> Option<CheckWhole>,
) {
    for rule in CATALOGUE {
        let severity = whole.policies.base.severity(rule.id, rule.severity, rule.on);
        if let (Some(check), Some(severity)) = (pick(rule.check), severity) {
            check(whole, &mut CollectionFindings { rule, severity, found });
        }
    }
}

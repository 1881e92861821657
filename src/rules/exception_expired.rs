//! `exception-expired`

use super::words::quoted;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Exceptions of the policy whose last day has passed. They accept nothing any more.
    /// The day of the audit is 31 January 2026 in these examples.
    ///
    /// ```tasl,flagged
    /// @ policy   [[exceptions]]
    /// @ policy   path = "a.jpg"
    /// @ policy   rule = "license-missing"
    /// @ policy   reason = "the heirs have been asked"
    /// @ policy   owner = "rights desk"
    /// @ policy   expires = 2025-12-31
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   [[exceptions]]
    /// @ policy   path = "a.jpg"
    /// @ policy   rule = "license-missing"
    /// @ policy   reason = "the heirs have been asked"
    /// @ policy   owner = "rights desk"
    /// @ policy   expires = 2026-12-31
    /// ```
    ///
    /// ## Why it matters
    ///
    /// An exception is a promise to look again. Without an end, exceptions pile up until
    /// nobody knows which of them still hold.
    ///
    /// ## How to fix it
    ///
    /// Ask its owner. If the reason still holds, give it another day; if not, mend the
    /// files and take the exception out.
    id: "exception-expired",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "An exception of the policy has expired",
    check: Check::Policy(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    for exception in whole.policies.exceptions.iter().filter(|e| e.expired) {
        let message = format!(
            "the exception for {} at {} in line {} of the policy expired on {}; ask {}",
            exception.rule,
            quoted(&exception.path),
            exception.line,
            exception.expires,
            quoted(&exception.owner)
        );
        findings.report(super::exception_unused::subject(exception), message, Vec::new());
    }
}

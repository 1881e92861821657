//! `license-missing`

use super::{Case, Findings, Group};
use crate::model::{Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files in which no license, public domain tool or rights statement stands
    /// anywhere, neither in the file nor in a sidecar.
    ///
    /// ```tasl,flagged
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// ## How to fix it
    id: "license-missing",
    group: Group::Completeness,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "No license is stated",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if case.evidence.is_complete() && case.tasl.license == Licensing::None {
        findings.report("no license is stated", []);
    }
}

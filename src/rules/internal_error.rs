//! `internal-error`

use super::{Case, Findings, Group};
use crate::model::{DamageKind, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files at which this program failed. The rest of the audit is complete.
    ///
    /// ```tasl,flagged
    /// @   format   unknown
    /// !   panic    attempt to subtract with overflow
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Nothing is known about the file. One bad file must not cost a long run, nor
    /// pass in silence.
    ///
    /// ## How to fix it
    ///
    /// It is a fault of this program and not of yours. Please report it with the
    /// file, or with its first kilobytes if you cannot give it away.
    id: "internal-error",
    group: Group::Reading,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "This program failed at a file",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Panic {
            let message = format!("this program failed: {}", damage.what);
            findings.report_place(message, damage.file, damage.offset);
        }
    }
}

//! `part-not-supported`

use super::{Case, Findings, Group};
use crate::model::{DamageKind, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files of a format that is read, with a part that this program cannot read
    /// yet: an unusual compression or character set.
    ///
    /// ```tasl,flagged
    /// @   format        png
    /// !   unsupported   compression method 7
    /// ```
    ///
    /// ```tasl,clean
    /// @          format   png
    /// png-text   Author   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A license may stand in that part. Nothing is said to be missing from such a
    /// file, and so its findings may be too few.
    ///
    /// ## How to fix it
    ///
    /// Nothing is wrong with the file. Look at it with another program, and tell
    /// the makers of this one.
    id: "part-not-supported",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A part of the file is of a kind that is not read yet",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Unsupported {
            findings.report_place(&*damage.what, damage.file, damage.offset);
        }
    }
}

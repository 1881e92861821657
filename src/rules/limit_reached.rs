//! `limit-reached`

use super::{Case, Findings, Group};
use crate::model::{DamageKind, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files that hold more than this program is willing to read: a metadata block
    /// of many megabytes, or one that unpacks to such a size.
    ///
    /// ```tasl,flagged
    /// exif  Artist   Jane Doe
    /// !     limit    the block is larger than 16 MiB
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Without limits, one strange file could use up the memory of the machine and
    /// end an audit of two hundred thousand. With them, a part of that one file is
    /// unknown, and it must be said.
    ///
    /// ## How to fix it
    ///
    /// Look at the file by hand. Metadata of that size is nearly always a mistake
    /// of the program that wrote it, such as a picture within the packet.
    id: "limit-reached",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A part of the file was too large to read",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Limit {
            findings.report_place(&*damage.what, damage.file, damage.offset);
        }
    }
}

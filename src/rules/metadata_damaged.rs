//! `metadata-damaged`

use super::{Case, Findings, Group};
use crate::model::{Content, DamageKind, Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files and sidecars that break the rules of their format, so that a part of
    /// what they say may be lost. What could be read counts all the same.
    ///
    /// ```tasl,flagged
    /// exif  Artist      Jane Doe
    /// !     malformed   segment runs past the end of the file
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist      Jane Doe
    /// ```
    ///
    /// It is an error where no license could be read, because then no verdict can
    /// be given, and a warning otherwise.
    ///
    /// ## Why it matters
    ///
    /// A license that stands behind the damage is not seen, by this program or any
    /// other. Damage often means that a transfer was cut short, and then there is
    /// more amiss than metadata.
    ///
    /// ## How to fix it
    ///
    /// Compare the file with your master, or fetch it again. If it has always been
    /// so, open it and save it in the program that made it.
    id: "metadata-damaged",
    group: Group::Reading,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A file is damaged, and a part of its metadata may be lost",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let severity =
        if severity_is_less(case) { Severity::Warning } else { Severity::Error };
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Malformed {
            findings.report_place_as(severity, &*damage.what, damage.file, damage.offset);
        }
    }
}

/// Whether the license is known, or the file is one that need not have any.
fn severity_is_less(case: &Case<'_>) -> bool {
    case.tasl.license != Licensing::None
        || matches!(case.evidence.content, Content::NotMedia { .. })
}

//! `software-as-creator`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Programs named as creators. They count as missing.
    ///
    /// ```tasl,flagged
    /// exif  Artist   Picasa
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Elsa Nordh
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The credit would name a program and nobody who made the work, which the license
    /// does not allow (see `creator-missing`).
    ///
    /// ## How to fix it
    ///
    /// Write the name of the creator, or take the program out. The field for programs is
    /// `xmp:CreatorTool`, or Software in Exif.
    id: "software-as-creator",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A program is named as the creator",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.about(Property::Creator) {
        if notice::is_software_name(&statement.value) {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} is a program"), [id]);
        }
    }
}

//! `placeholder-creator`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Words in the place of a creator that name nobody: “unknown”, “admin”, “me”,
    /// “null”. They count as missing.
    ///
    /// ```tasl,flagged
    /// exif  Artist   unknown
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Elsa Nordh
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The license demands the name of the creator (all versions, see
    /// `creator-missing`), and “admin” would be printed below the picture. Of 64
    /// values of Exif Artist in public test collections, 9 were such words.
    ///
    /// ## How to fix it
    ///
    /// Write the name of the creator, or take the word out. Most come from the
    /// settings of a camera or of a scanning station: correct them there too.
    id: "placeholder-creator",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A creator is named who is nobody",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        if matches!(statement.property, Property::Creator | Property::AttributionName)
            && !notice::is_blank(&statement.value)
            && notice::is_placeholder_creator(&statement.value)
            && !notice::is_software_name(&statement.value)
        {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} names nobody"), [id]);
        }
    }
}

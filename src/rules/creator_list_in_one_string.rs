//! `creator-list-in-one-string`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::model::{BlockKind, Property, Severity, Statement};

declare_rule! {
    /// ## What it finds
    ///
    /// Several creators in one entry of a list, in XMP.
    ///
    /// ```tasl,flagged
    /// xmp   dc:creator   Jane Doe; Richard Roe
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:creator   Jane Doe
    /// xmp   dc:creator   Richard Roe
    /// ```
    ///
    /// In Exif, in the information of a PDF and in the text chunks of PNG a semicolon is
    /// the way to list them.
    ///
    /// ```tasl,clean
    /// exif  Artist       Jane Doe; Richard Roe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A catalogue takes the entry for one person with a strange name. `dc:creator` is a
    /// list (ISO 16684-1, 8.3).
    ///
    /// ## How to fix it
    ///
    /// Write one entry for each person, in the order in which they are to be credited.
    id: "creator-list-in-one-string",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "Several creators stand in one entry",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.about(Property::Creator) {
        if is_list(statement) && is_several(&statement.value) {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} is one entry"), [id]).needs_review();
        }
    }
}

/// Whether the place is made for a list of entries.
fn is_list(statement: &Statement) -> bool {
    let at = &statement.location;
    at.block == BlockKind::Xmp && matches!(&*at.key, "dc:creator" | "dcterms:creator")
}

fn is_several(value: &str) -> bool {
    let parts = |separator: &str| {
        value.split(separator).filter(|part| !part.trim().is_empty()).count() > 1
    };
    // “and” joins institutions too: “Museum of Arts and Crafts”; two names of two
    // words each are people.
    let two_names = value.split_once(" and ").is_some_and(|(a, b)| {
        a.split_whitespace().count() == 2 && b.split_whitespace().count() == 2
    });
    parts(";") || parts("|") || two_names
}

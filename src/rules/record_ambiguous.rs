//! `record-ambiguous`

use super::words::{list, quoted};
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Keys, in records given with `--records`, that do not lead from one file to one
    /// record: several records have the same, or it fits several files by their names.
    ///
    /// ```tasl,flagged
    /// @ record   key   001.jpg
    /// @ file   harbour/001.jpg
    /// xmp   dc:creator   Jane Doe
    /// @ file   market/001.jpg
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ```tasl,clean
    /// @ record   key   harbour/001.jpg
    /// @ file   harbour/001.jpg
    /// xmp   dc:creator   Jane Doe
    /// @ file   market/001.jpg
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Files of which several records have the key are compared with none of them. Files
    /// that share a name with others are compared with a record that may be about another.
    ///
    /// ## How to fix it
    ///
    /// Use a column with the whole path as the key (`--records-key`), or audit one folder
    /// at a time with its own export.
    id: "record-ambiguous",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "It cannot be told which record belongs to which file",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    let Some(catalogue) = &whole.collection.catalogue else { return };
    for ambiguous in catalogue.ambiguous() {
        let key = quoted(&ambiguous.key);
        let lines: Vec<String> =
            ambiguous.lines.iter().take(5).map(ToString::to_string).collect();
        let message = match ambiguous.lines.as_slice() {
            [line] => {
                format!(
                    "{key} in line {line} of the records fits {} files",
                    ambiguous.files
                )
            }
            all => format!(
                "{} records have the key {key}, among them lines {}",
                all.len(),
                list(&lines)
            ),
        };
        let subject = format!("{} {}", ambiguous.key, lines.join(" "));
        findings.report(subject, message, ambiguous.paths.clone());
    }
}

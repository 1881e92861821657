//! `record-without-file`

use super::words::quoted;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Records, given with `--records`, that no file of the audit belongs to.
    ///
    /// ```tasl,flagged
    /// @ record   key   lost.jpg
    /// @ file   a.jpg
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ```tasl,clean
    /// @ record   key   a.jpg
    /// @ file   scans/A.JPG
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The file may be lost, may have another name than the record says, or may lie
    /// outside of what was audited. Whichever it is, nothing is known of its license.
    ///
    /// ## How to fix it
    ///
    /// Look for the file. If it has another name, correct the record; if the export is
    /// about more than this folder, turn the rule off.
    id: "record-without-file",
    group: Group::Consistency,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A record has no file",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    let Some(catalogue) = &whole.collection.catalogue else { return };
    for (key, line) in catalogue.without_file() {
        let message =
            format!("no file fits {} in line {line} of the records", quoted(key));
        findings.report(key, message, Vec::new());
    }
}

//! `creators-spelled-differently`

use super::words::{list, quoted};
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Creators whose names are spelled in several ways in the collection. Case, accents,
    /// punctuation and the order of “Doe, Jane” do not make another name.
    ///
    /// ```tasl,flagged
    /// @ file   a.jpg
    /// xmp   dc:creator   Jane Doe
    /// @ file   b.jpg
    /// xmp   dc:creator   Doe, Jane
    /// ```
    ///
    /// ```tasl,clean
    /// @ file   a.jpg
    /// xmp   dc:creator   Jane Doe
    /// @ file   b.jpg
    /// xmp   dc:creator   Jan Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A list of creators has the same person twice, a search finds half of the works,
    /// and reusers credit a name that the creator does not use.
    ///
    /// ## How to fix it
    ///
    /// Take the spelling of an authority file, such as VIAF or the GND, or the one that
    /// the creator uses, and write it everywhere. If they are two persons, leave it.
    id: "creators-spelled-differently",
    group: Group::Consistency,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A creator is spelled in several ways in the collection",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    for (key, name) in whole.collection.creators.several() {
        let mut spellings: Vec<_> = name.spellings.iter().collect();
        // Stable, so that of two as frequent the first found stays first.
        spellings.sort_by_key(|s| std::cmp::Reverse(s.files));
        let told: Vec<String> = spellings
            .iter()
            .map(|s| {
                let files = if s.files == 1 { "file" } else { "files" };
                format!("{} ({} {files})", quoted(&s.text), s.files)
            })
            .collect();
        let message = format!("{} may be one creator", list(&told));
        // The files to look at are those with the rarer spellings.
        let paths = spellings.iter().skip(1).flat_map(|s| s.paths.clone()).collect();
        findings.report_likely(key, message, paths);
    }
}

//! `title-repeated`

use super::words::quoted;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

/// From how many files on a text has been copied rather than written.
const FILES: u64 = 5;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Titles and descriptions of four words or more that stand on five files or more,
    /// which name different creators.
    ///
    /// ```tasl,flagged
    /// @ files 4 a/*.jpg
    /// xmp   dc:title     View of the old harbour
    /// xmp   dc:creator   Jane Doe
    /// @ files 4 b/*.jpg
    /// xmp   dc:title     View of the old harbour
    /// xmp   dc:creator   Richard Roe
    /// ```
    ///
    /// The pages of one book share a title, and its creator.
    ///
    /// ```tasl,clean
    /// @ files 400 book/*.tif
    /// xmp   dc:title     A description of the city and its walls
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Programs for scanning and for editing in batches write the text of a template, or
    /// of the first image, into all that follow. The works then have no title of their
    /// own, and a credit names the wrong one.
    ///
    /// ## How to fix it
    ///
    /// Look whether the text belongs to all of these works. If not, give each its own, and
    /// take the text out of the template.
    id: "title-repeated",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "Works by different creators have the same title or description",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    let mut repeated: Vec<_> = whole.collection.titles.repeated(FILES, 2).collect();
    repeated.sort_by(|a, b| (a.property, &a.text).cmp(&(b.property, &b.text)));
    for title in repeated {
        let message = format!(
            "the {} {} stands on {} files by at least {} creators",
            title.property,
            quoted(&title.text),
            title.files,
            title.creators
        );
        let subject = format!("{} {}", title.property, title.text);
        findings.report_likely(subject, message, title.paths.clone());
    }
}

//! `first-page-repeated`

use super::words::quoted;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

/// From how many files on a page has been put before works rather than written for
/// one, and how many different works there must be.
const FILES: u64 = 5;
const WORKS: usize = 3;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Pages that speak of a license and stand before five PDF files or more, of at least
    /// three different works. A page is the same where a quarter of its words are, in
    /// their order: titles, names and dates may differ. What follows it has to differ.
    ///
    /// ```tasl,flagged
    /// @ files 2 theses/a-*.pdf
    /// @          format       pdf
    /// @          first-page   1 2 3 4 5 6 7 8 9 a b c / 1
    /// pdf-text   page-1       This item is licensed under CC BY 4.0.
    /// @ files 2 theses/b-*.pdf
    /// @          format       pdf
    /// @          first-page   1 2 3 4 5 6 7 8 9 d e f / 2
    /// pdf-text   page-1       This item is licensed under CC BY 4.0.
    /// @ file theses/c.pdf
    /// @          format       pdf
    /// @          first-page   1 2 3 4 5 6 7 8 9 10 11 12 / 3
    /// pdf-text   page-1       This item is licensed under CC BY 4.0.
    /// ```
    ///
    /// Articles that share the sentence and not the page have been licensed one by one.
    ///
    /// ```tasl,clean
    /// @ files 4 articles/a-*.pdf
    /// @          format       pdf
    /// @          first-page   1 2 3 4 5 6 7 8 9 a b c / 1
    /// pdf-text   page-1       This article is licensed under CC BY 4.0.
    /// @ files 4 articles/b-*.pdf
    /// @          format       pdf
    /// @          first-page   1 2 13 14 15 16 17 18 19 1a 1b 1c / 2
    /// pdf-text   page-1       This article is licensed under CC BY 4.0.
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Repositories put a cover before what is deposited there, and the sentence about
    /// the license on it may be the same for all: made for the site, for the record, or
    /// for the works of one depositor. It then licenses works whose authors never did.
    /// Where such a page is known within a file by what it says, see
    /// `license-on-cover-page`; where it is not, the license of each file is still what
    /// its first page says, as files are reported before all of them are known.
    ///
    /// ## How to fix it
    ///
    /// Look whether the sentence was chosen for each of these works. If so, write the
    /// address of the license into the `cc:license` of each file. If not, have the
    /// template of the cover changed.
    id: "first-page-repeated",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The same page with a license stands before different works",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    for cover in whole.collection.covers.repeated(FILES, WORKS) {
        let Some(first) = cover.paths.first() else { continue };
        let alone = match cover.alone {
            0 => "; the license of none of them rests on it alone".to_owned(),
            1 => "; the license of 1 of them rests on it alone".to_owned(),
            n => format!("; the license of {n} of them rests on it alone"),
        };
        let message = format!(
            "{} files of at least {} different works begin with the same page, which \
             says {}{alone}",
            cover.files,
            cover.works,
            quoted(&cover.text),
        );
        findings.report(first.as_str(), message, cover.paths.clone());
    }
}

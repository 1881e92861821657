//! Where statements stand, and whose word is shown first.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    BlockKind, Evidence, FileRef, Property, Resolved, Statement, StatementId, Value,
};

/// The order of authority of the kinds of block.
const BLOCKS: [BlockKind; 24] = [
    BlockKind::Xmp,
    BlockKind::EpubOpf,
    BlockKind::OdfMeta,
    BlockKind::OoxmlCore,
    BlockKind::OoxmlCustom,
    BlockKind::Reuse,
    BlockKind::Html,
    BlockKind::Exif,
    BlockKind::Iim,
    BlockKind::PdfInfo,
    BlockKind::PngText,
    BlockKind::QuickTime,
    BlockKind::C2pa,
    BlockKind::Id3,
    BlockKind::Vorbis,
    BlockKind::Svg,
    BlockKind::RiffInfo,
    BlockKind::Bext,
    BlockKind::AiffText,
    BlockKind::JpegComment,
    BlockKind::GifComment,
    BlockKind::Irb,
    BlockKind::PdfText,
    BlockKind::PdfLink,
];

/// The order of authority of keys within a block. Those that are not named
/// come after, as they stand.
const KEYS: [&str; 22] = [
    "cc:license",
    "rel=license",
    "xmpRights:WebStatement",
    "xmpRights:UsageTerms",
    "dc:rights",
    "dcterms:license",
    "dcterms:rights",
    "plus:LicenseDocumentURL",
    "edm:rights",
    "meta:initial-creator",
    "dc:creator",
    "dcterms:creator",
    "author",
    "plus:ImageCreator/plus:ImageCreatorName",
    "dc:title",
    "dcterms:title",
    "title",
    "XPTitle",
    "cc:attributionURL",
    "dc:identifier",
    "dc:source",
    "photoshop:Source",
];

/// The place of `statement` in the order of authority: the file itself before
/// its sidecars, then the kind of block, then the key.
fn rank(statement: &Statement) -> (FileRef, usize, usize) {
    let at = &statement.location;
    let of = |found: Option<usize>| found.unwrap_or(usize::MAX);
    (
        at.file,
        of(BLOCKS.iter().position(|b| *b == at.block)),
        of(KEYS.iter().position(|k| *k == at.key)),
    )
}

/// Statements to which the standard of their block gives another meaning beside
/// others of the block.
///
/// A second title of an EPUB is no other title but a part of it, such as the
/// subtitle (EPUB 3.3, 5.5.3.2.1: the first is the main one). In OpenDocument,
/// `dc:creator` is who changed the document last (part 3, 4.3.2.8), and only
/// where nobody else is named may that be the creator. The `title` of a page of
/// HTML is for its window, and often has the name of the site in it; a title
/// of Dublin Core or schema.org is the one of the work.
struct Secondary {
    /// The first title of an EPUB in each file.
    titles: BTreeMap<FileRef, StatementId>,
    /// The files whose OpenDocument properties name who began the document.
    begun: BTreeSet<FileRef>,
    /// The pages with a title that is meant for the work.
    titled: BTreeSet<FileRef>,
}

const EPUB_TITLE: (BlockKind, &str) = (BlockKind::EpubOpf, "dc:title");
const ODF_INITIAL: (BlockKind, &str) = (BlockKind::OdfMeta, "meta:initial-creator");
const ODF_LAST: (BlockKind, &str) = (BlockKind::OdfMeta, "dc:creator");

impl Secondary {
    fn of(evidence: &Evidence) -> Self {
        let mut titles = BTreeMap::new();
        let (mut begun, mut titled) = (BTreeSet::new(), BTreeSet::new());
        for (id, statement) in evidence.iter() {
            let at = &statement.location;
            let is =
                |of| (at.block, &*at.key) == of && !statement.value.trim().is_empty();
            if is(EPUB_TITLE) {
                titles.entry(at.file).or_insert(id);
            } else if is(ODF_INITIAL) {
                begun.insert(at.file);
            } else if statement.property == Property::Title && is_of_work(statement) {
                titled.insert(at.file);
            }
        }
        Self { titles, begun, titled }
    }

    fn has(&self, id: StatementId, statement: &Statement) -> bool {
        let at = &statement.location;
        let is = |of| (at.block, &*at.key) == of;
        is(EPUB_TITLE) && self.titles.get(&at.file).is_some_and(|first| *first < id)
            || is(ODF_LAST) && self.begun.contains(&at.file)
            || statement.property == Property::Title
                && at.block == BlockKind::Html
                && !is_of_work(statement)
                && self.titled.contains(&at.file)
    }
}

/// Whether a title of a page is meant for the work and not for the window.
fn is_of_work(statement: &Statement) -> bool {
    let at = &statement.location;
    at.block == BlockKind::Html
        && !matches!(&*at.key, "title" | "meta.title")
        && !statement.value.trim().is_empty()
}

/// The statements that `wanted` lets through, those of highest rank first; of
/// equal rank, in the order found.
pub(super) fn ranked(
    evidence: &Evidence,
    wanted: impl Fn(&Statement) -> bool,
) -> Vec<(StatementId, &Statement)> {
    let secondary = Secondary::of(evidence);
    let wanted =
        |(id, s): &(StatementId, &Statement)| wanted(s) && !secondary.has(*id, s);
    let mut all: Vec<_> = evidence.iter().filter(wanted).collect();
    all.sort_by_cached_key(|(_, s)| rank(s));
    all
}

/// Sorts ids of statements by rank.
pub(super) fn sort(evidence: &Evidence, ids: &mut Vec<StatementId>) {
    ids.sort_by_key(|id| (rank(&evidence[*id]), *id));
    ids.dedup();
}

/// Whether two statements stand in the same property of the same block.
pub(super) fn same_place(a: &Statement, b: &Statement) -> bool {
    let (a, b) = (&a.location, &b.location);
    a.file == b.file && a.block == b.block && a.key == b.key
}

/// Whether two statements are items of one list.
pub(super) fn same_list(a: &Statement, b: &Statement) -> bool {
    same_place(a, b) && a.location.nth == b.location.nth && a.lang == b.lang
}

/// With how many values each is compared where no table helps, so that work on
/// a list is bounded by this times its length. Beyond, nothing is lost, and what
/// is equal stays apart.
pub(super) const COMPARED: usize = 100;

/// A value found in one place.
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) from: Vec<StatementId>,
    /// Of a thumbnail or a later page.
    pub(super) aside: bool,
}

/// Makes one value of those that agree. Where one is a fuller form of another,
/// the fuller one stands. What is said aside joins a value that it agrees
/// with; it makes one of its own only where nothing else is said.
pub(super) fn merge<T>(
    found: Vec<Found<T>>,
    agree: impl Fn(&T, &T) -> bool,
    fuller: impl Fn(&T, &T) -> bool,
) -> Vec<Found<T>> {
    let (aside, main): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| f.aside);
    let mut values: Vec<Found<T>> = Vec::new();
    for new in main.into_iter().chain(aside) {
        let known =
            values.iter_mut().take(COMPARED).find(|old| agree(&old.value, &new.value));
        if let Some(old) = known {
            old.from.extend(new.from);
            if fuller(&new.value, &old.value) {
                old.value = new.value;
            }
        } else if !new.aside || values.is_empty() {
            values.push(new);
        }
    }
    values
}

/// The values as the next stage wants them.
pub(super) fn resolved<T, U>(
    values: Vec<Found<T>>,
    show: impl Fn(T) -> U,
) -> Resolved<U> {
    let value = |f: Found<T>| Value { value: show(f.value), from: f.from };
    Resolved { values: values.into_iter().map(value).collect() }
}

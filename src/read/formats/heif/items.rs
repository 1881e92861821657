//! Items of a `meta` box (ISO/IEC 14496-12, 8.11): what they are, and where.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::containers::isobmff::{self, Budget, IsoBox};
use crate::read::{Cap, Found, Input, Stop};

/// An item with metadata.
#[derive(Debug)]
pub(super) struct Item {
    /// Where its entry stands.
    pub(super) at: u64,
    pub(super) id: u32,
    pub(super) kind: Kind,
    pub(super) is_protected: bool,
}

/// What an item is.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    Exif,
    Xmp {
        deflated: bool,
    },
    /// XMP in an encoding that is not known here.
    Packed,
}

/// The items of `iinf` that hold metadata: 8.11.6.
pub(super) fn wanted(
    input: &mut Input<'_>,
    found: &mut Found,
    list: IsoBox,
    budget: &mut Budget,
) -> Result<Vec<Item>, Stop> {
    if list.len() < 4 {
        found.skip_at(list.at, Stop::Malformed("a list of items is cut short"));
        return Ok(Vec::new());
    }
    let [version, ..] = input.array::<4>(list.start)?;
    let mut items = Vec::new();
    let mut entries = list.boxes(if version == 0 { 6 } else { 8 });
    while let Some(next) = entries.next(input, found, budget)? {
        if &next.kind == b"infe" {
            // A version, an id and a protection at least.
            if next.len() < 8 {
                found.skip_at(next.at, Stop::Malformed("an item entry is cut short"));
            }
            let bytes = next.bytes(input);
            let item = bytes.map(|bytes| items.extend(entry(&bytes, next.at)));
            isobmff::note(found, next.at, item)?;
        }
    }
    Ok(items)
}

/// An entry that describes an item with metadata.
fn entry(bytes: &[u8], at: u64) -> Option<Item> {
    let mut from = Cursor(bytes);
    let version = from.number(4)? >> 24;
    let id = from.number(if version == 3 { 4 } else { 2 })?;
    let is_protected = from.number(2)? != 0;
    let kind = if version >= 2 { Some(from.take(4)?) } else { None };
    let name = from.text();
    let kind = match kind {
        Some(b"Exif") => Kind::Exif,
        // The first versions have no type, and files of their time name Exif so.
        None if name == b"Exif" => Kind::Exif,
        Some(b"mime") | None => xmp(&mut from)?,
        Some(_) => return None,
    };
    Some(Item { at, id: u32::try_from(id).ok()?, kind, is_protected })
}

fn xmp(from: &mut Cursor<'_>) -> Option<Kind> {
    let media_type = from.text();
    let (media_type, _) = split(media_type, b';');
    if !media_type.trim_ascii().eq_ignore_ascii_case(b"application/rdf+xml") {
        return None;
    }
    Some(match from.text() {
        b"" | b"identity" => Kind::Xmp { deflated: false },
        b"deflate" => Kind::Xmp { deflated: true },
        _ => Kind::Packed,
    })
}

/// Where the data of an item is.
pub(super) struct Place {
    /// [`FILE`], [`DATA`], or what is not known here.
    pub(super) construction: u64,
    /// Whether it is in another file.
    pub(super) is_elsewhere: bool,
    /// Offset and length of each part; a length of 0 means all there is.
    pub(super) extents: Vec<(u64, u64)>,
}

// Construction methods: 8.11.3.3.
/// Offsets count from the start of the file.
pub(super) const FILE: u64 = 0;
/// Offsets count from the start of `idat`.
pub(super) const DATA: u64 = 1;

/// The places of items in `iloc`, for those of `wanted`: 8.11.3.
///
/// # Errors
///
/// Where it cannot be read as a whole.
pub(super) fn places(
    input: &mut Input<'_>,
    table: IsoBox,
    wanted: &[Item],
) -> Result<Places, Stop> {
    if table.len() > input.limits().item_places {
        return Err(input.limits().over(Cap::ItemPlaces));
    }
    let table = table.bytes(input)?;
    let ids = wanted.iter().map(|item| u64::from(item.id)).collect();
    find(&mut Cursor(&table), &ids)
        .unwrap_or(Err(Stop::Malformed("the places of items are cut short")))
}

/// The place of each item by its id.
pub(super) type Places = BTreeMap<u64, Place>;

/// `None` where the table is cut short.
fn find(from: &mut Cursor<'_>, ids: &BTreeSet<u64>) -> Option<Result<Places, Stop>> {
    let version = from.number(4)? >> 24;
    if version > 2 {
        return Some(Err(Stop::Unsupported("a version of iloc that is not known")));
    }
    let sizes = from.number(2)?;
    let nibble = |n: u32| (sizes >> (4 * n)) as usize & 0xF;
    let (offset, length, base) = (nibble(3), nibble(2), nibble(1));
    let index = if version == 0 { 0 } else { nibble(0) };
    if ![offset, length, base, index].iter().all(|size| matches!(size, 0 | 4 | 8)) {
        return Some(Err(Stop::Malformed("a number in iloc of neither 4 nor 8 bytes")));
    }
    let size = index + offset + length;
    let wide = if version == 2 { 4 } else { 2 };
    let mut places = Places::new();
    for _ in 0..from.number(wide)? {
        let id = from.number(wide)?;
        let construction = if version == 0 { FILE } else { from.number(2)? & 0xF };
        let is_elsewhere = from.number(2)? != 0;
        let base = from.number(base)?;
        let count = from.number(2)?;
        let parts = from.take(size.checked_mul(usize::try_from(count).ok()?)?)?;
        if !ids.contains(&id) {
            continue;
        }
        let mut parts = Cursor(parts);
        // Parts that say nothing are all the same part.
        let count = if size == 0 { count.min(1) } else { count };
        let mut extents = Vec::new();
        for _ in 0..count {
            parts.number(index)?;
            let at = base.checked_add(parts.number(offset)?);
            extents.push((at.unwrap_or(u64::MAX), parts.number(length)?));
        }
        // An item has one place; a second one is not trusted.
        places.entry(id).or_insert(Place { construction, is_elsewhere, extents });
    }
    Some(Ok(places))
}

/// Bytes that are taken from the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of at most eight bytes, the most significant first.
    fn number(&mut self, len: usize) -> Option<u64> {
        let bytes = self.take(len)?;
        Some(bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }

    /// A string up to its NUL, or to the end.
    fn text(&mut self) -> &'a [u8] {
        let (text, rest) = split(self.0, 0);
        self.0 = rest;
        text
    }
}

/// What stands before and after the first `at`; nothing after it where there is
/// none.
fn split(bytes: &[u8], at: u8) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|b| *b == at).unwrap_or(bytes.len());
    let (before, after) = bytes.split_at_checked(end).unwrap_or_default();
    (before, after.get(1..).unwrap_or_default())
}

//! Metadata items: the `ilst` of a `meta` box, as iTunes and QuickTime write it.

use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::containers::isobmff::{self, Budget, IsoBox};
use crate::read::{Found, Input, Pair, Stop, vocabulary};

/// Reads a `meta` box: QuickTime File Format, "Metadata"; ISO/IEC 14496-12,
/// 8.11.1.
pub(super) fn read(
    input: &mut Input<'_>,
    found: &mut Found,
    meta: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    // In MPEG-4 a version and flags come first, in QuickTime the first box.
    let begins = input.bytes(meta.start, meta.len().min(8))?;
    let skip = if begins.get(4..) == Some(b"hdlr") { 0 } else { 4 };
    let (mut keys, mut list) = (Vec::new(), None);
    let mut boxes = meta.boxes(skip);
    while let Some(next) = boxes.next(input, found, budget)? {
        match &next.kind {
            b"keys" => keys = names(input, found, next, budget)?,
            b"ilst" => list = Some(next),
            _ => {}
        }
    }
    let Some(list) = list else { return Ok(()) };
    let mut items = list.boxes(0);
    while let Some(next) = items.next(input, found, budget)? {
        let taken = item(input, found, next, &keys, budget);
        isobmff::note(found, next.at, taken)?;
    }
    Ok(())
}

/// The longest name of a key that is of use, in bytes.
const NAME: u64 = 256;

/// The names in `keys`, which items go by, counted from 1: QuickTime File Format,
/// "Metadata Item Keys Atom". An entry has the form of a box.
fn names(
    input: &mut Input<'_>,
    found: &mut Found,
    keys: IsoBox,
    budget: &mut Budget,
) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    let mut entries = keys.boxes(8);
    while let Some(next) = entries.next(input, found, budget)? {
        let name = input.bytes(next.start, next.len().min(NAME))?;
        names.push(String::from_utf8_lossy(&name).into_owned());
    }
    Ok(names)
}

fn item(
    input: &mut Input<'_>,
    found: &mut Found,
    of: IsoBox,
    keys: &[String],
    budget: &mut Budget,
) -> Result<(), Stop> {
    let key = match of.kind {
        [b'-', b'-', b'-', b'-'] => free_name(input, found, of, budget)?,
        // An index of `keys`.
        [0, ..] => {
            let index = u32::from_be_bytes(of.kind) as usize;
            index.checked_sub(1).and_then(|n| keys.get(n)).cloned()
        }
        kind => Some(text::latin1(&kind)),
    };
    let key = key.filter(|k| vocabulary::property(BlockKind::QuickTime, k).is_some());
    found.seen(BlockKind::QuickTime);
    match key {
        Some(key) => values(input, found, &key, of, budget),
        None => Ok(()),
    }
}

/// The name of an item of free form: domain and name, each in a box of its own.
fn free_name(
    input: &mut Input<'_>,
    found: &mut Found,
    of: IsoBox,
    budget: &mut Budget,
) -> Result<Option<String>, Stop> {
    let (mut domain, mut name) = (None, None);
    let mut boxes = of.boxes(0);
    while let Some(next) = boxes.next(input, found, budget)? {
        let part = match &next.kind {
            b"mean" => &mut domain,
            b"name" => &mut name,
            _ => continue,
        };
        // A version and flags come first.
        let bytes = input.bytes(next.start, next.len().min(NAME))?;
        let bytes = bytes.get(4..).unwrap_or_default();
        *part = Some(String::from_utf8_lossy(bytes).into_owned());
    }
    // Taggers write names in the case that they like.
    Ok(domain
        .zip(name)
        .map(|(domain, name)| format!("----:{domain}:{}", name.to_ascii_uppercase())))
}

// Well-known types: QuickTime File Format, "Well-known data types".
const UTF_8: u32 = 1;
const UTF_16: u32 = 2;

/// The values of an item, each in a `data` box with its type and locale.
pub(super) fn values(
    input: &mut Input<'_>,
    found: &mut Found,
    key: &str,
    of: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let mut boxes = of.boxes(0);
    while let Some(next) = boxes.next(input, found, budget)? {
        if &next.kind != b"data" {
            continue;
        }
        let bytes = next.bytes(input)?;
        let Some(([a, b, c, d, ..], value)) = bytes.split_first_chunk::<8>() else {
            return Err(Stop::Malformed("a value of a metadata item is cut short"));
        };
        let value = match u32::from_be_bytes([*a, *b, *c, *d]) {
            UTF_8 => text::utf8_or_windows_1252(text::without_trailing_nuls(value)),
            UTF_16 => text::utf16be_until_nul(value),
            // Not text: a number, a picture.
            _ => continue,
        };
        let pair =
            Pair { key: key.to_owned(), value, lang: None, offset: next.start + 8 };
        found.pair(BlockKind::QuickTime, pair);
    }
    Ok(())
}

//! HEIF (ISO/IEC 23008-12), of which HEIC and AVIF are kinds: Exif and XMP are
//! items of the `meta` box.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::ifd;
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox, brand};
use crate::read::{Cap, Pieces};

mod items;

use items::{Item, Kind, Place};

pub(super) static HEIC: Format = Format {
    id: "heic",
    media_type: "image/heic",
    extensions: &[],
    pronom: &["fmt/1101"],
    sniff: |input| {
        matches!(
            brand(input.head()).as_ref(),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx")
        )
    },
    walk,
};

pub(super) static HEIF: Format = Format {
    id: "heif",
    media_type: "image/heif",
    extensions: &[],
    pronom: &["fmt/1101"],
    sniff: |input| {
        matches!(brand(input.head()).as_ref(), Some(b"mif1" | b"msf1" | b"mif2"))
    },
    walk,
};

pub(super) static AVIF: Format = Format {
    id: "avif",
    media_type: "image/avif",
    extensions: &[],
    pronom: &[],
    sniff: |input| matches!(brand(input.head()).as_ref(), Some(b"avif" | b"avis")),
    walk,
};

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut budget = Budget::new(input.limits());
    let mut boxes = Boxes::of_file(input);
    let mut any = false;
    while let Some(next) = boxes.next(input, found, &mut budget)? {
        match &next.kind {
            b"meta" => {
                any = true;
                meta(input, found, next, &mut budget)?;
            }
            // The movie of an image sequence: 7.2.
            b"moov" => any = true,
            b"uuid" => {
                let taken = next.uuid(input, found);
                isobmff::note(found, next.at, taken)?;
            }
            _ => {}
        }
    }
    if !any {
        found.skip_at(input.len(), Stop::Malformed("the file ends before its meta box"));
    }
    Ok(())
}

/// Reads the items of a `meta` box: ISO/IEC 14496-12, 8.11.
fn meta(
    input: &mut Input<'_>,
    found: &mut Found,
    meta: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let (mut wanted, mut places, mut data) = (Vec::new(), None, None);
    // A version and flags come first.
    let mut boxes = meta.boxes(4);
    while let Some(next) = boxes.next(input, found, budget)? {
        match &next.kind {
            b"iinf" => wanted.extend(items::wanted(input, found, next, budget)?),
            b"iloc" => places = Some(next),
            b"idat" => data = Some(next),
            _ => {}
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let Some(places) = places else {
        found.skip_at(meta.at, Stop::Malformed("a meta box without places of items"));
        return Ok(());
    };
    let mut places = match items::places(input, places, &wanted) {
        Ok(places) => places,
        Err(stop) => return isobmff::note(found, places.at, Err(stop)),
    };
    for item in wanted {
        let (at, place) = (item.at, places.remove(&u64::from(item.id)));
        let taken = read(input, found, item, place, data);
        isobmff::note(found, at, taken)?;
    }
    Ok(())
}

/// Reads an item and makes a block of it.
fn read(
    input: &mut Input<'_>,
    found: &mut Found,
    item: Item,
    place: Option<Place>,
    data: Option<IsoBox>,
) -> Result<(), Stop> {
    if item.is_protected {
        return Err(Stop::Encrypted("the item is protected"));
    }
    let place = place.ok_or(Stop::Malformed("an item that has no place"))?;
    if place.is_elsewhere {
        return Err(Stop::Unsupported("an item that stands in another file"));
    }
    let (limit, file) = (input.limits().block, (0, input.len()));
    let (from, to) = match place.construction {
        items::FILE => file,
        items::DATA => {
            let data = data.ok_or(Stop::Malformed("an item stands in no box"))?;
            (data.start, data.end)
        }
        _ => return Err(Stop::Unsupported("an item that is a part of another item")),
    };
    let mut pieces = Pieces::default();
    for (offset, len) in place.extents {
        let start = from.checked_add(offset).filter(|start| *start <= to);
        let start = start.ok_or(OUTSIDE)?;
        // No length means all there is: 8.11.3.3.
        let len = if len == 0 { to - start } else { len };
        if len > to - start {
            return Err(OUTSIDE);
        }
        if len > limit.saturating_sub(pieces.len()) {
            return Err(input.limits().over(Cap::Block));
        }
        let bytes = input.bytes(start, len)?;
        pieces.add(start, &bytes);
    }
    match item.kind {
        Kind::Exif => {
            let skip = tiff_header(&pieces.bytes)?;
            found.pieces(BlockKind::Exif, pieces.without(skip));
        }
        Kind::Xmp { deflated: false } => found.pieces(BlockKind::Xmp, pieces),
        Kind::Xmp { deflated: true } => {
            let at = pieces.places.first().map_or(item.at, |(_, at)| *at);
            let packet = input.inflate(&pieces.bytes)?;
            found.assembled(BlockKind::Xmp, at, packet);
        }
        Kind::Packed => {
            return Err(Stop::Unsupported(
                "an XMP item in an encoding that is not known",
            ));
        }
    }
    Ok(())
}

const OUTSIDE: Stop = Stop::Malformed("an item runs past the end of what it stands in");

/// How many bytes stand before the TIFF header in Exif that begins with the
/// offset of that header (ISO/IEC 23008-12, A.2.1; ISO/IEC 18181-2, 9.6).
///
/// Writers put the identifier of JPEG there and do not count it, count it
/// twice, or forget the offset.
///
/// # Errors
///
/// Where there is no TIFF header in any of these places.
pub(super) fn tiff_header(bytes: &[u8]) -> Result<usize, Stop> {
    const NONE: Stop = Stop::Malformed("Exif without a TIFF header");
    let (offset, _) = bytes.split_first_chunk().ok_or(NONE)?;
    let said = (u32::from_be_bytes(*offset) as usize).saturating_add(4);
    let at = |skip: &usize| {
        let rest = bytes.get(*skip..).unwrap_or_default();
        ifd::header(rest).is_some()
    };
    [said, 4, 10, 0, 6].into_iter().find(at).ok_or(NONE)
}

#[cfg(test)]
mod tests;

//! Canon raw 3: Exif in boxes of the movie, and an XMP packet beside it.
//!
//! Canon has published no description; the places are those that ExifTool and
//! exiv2 agree on.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::{Decoded, exif};
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox, brand};

pub(super) static FORMAT: Format = Format {
    id: "cr3",
    media_type: "image/x-canon-cr3",
    extensions: &["cr3"],
    pronom: &[],
    sniff: |input| brand(input.head()).as_ref() == Some(b"crx "),
    walk,
};

/// The box in the movie that holds the metadata.
const CANON: [u8; 16] =
    *b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut budget = Budget::new(input.limits());
    let mut boxes = Boxes::of_file(input);
    let mut movie = false;
    while let Some(next) = boxes.next(input, found, &mut budget)? {
        if &next.kind == b"moov" {
            movie = true;
            canon(input, found, next, &mut budget)?;
        } else {
            let taken = next.uuid(input, found);
            isobmff::note(found, next.at, taken)?;
        }
    }
    if !movie {
        found.skip_at(input.len(), Stop::Malformed("the file ends before its moov box"));
    }
    Ok(())
}

fn canon(
    input: &mut Input<'_>,
    found: &mut Found,
    movie: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let mut boxes = movie.boxes(0);
    while let Some(next) = boxes.next(input, found, budget)? {
        if next.uuid != Some(CANON) {
            continue;
        }
        let mut inside = next.boxes(0);
        while let Some(next) = inside.next(input, found, budget)? {
            let taken = match &next.kind {
                b"CMT1" => next.block(input, found, BlockKind::Exif),
                b"CMT2" => exif_directory(input, found, next),
                _ => Ok(()),
            };
            isobmff::note(found, next.at, taken)?;
        }
    }
    Ok(())
}

/// A TIFF structure whose first directory is the Exif directory.
fn exif_directory(
    input: &mut Input<'_>,
    found: &mut Found,
    of: IsoBox,
) -> Result<(), Stop> {
    let (bytes, start) = (of.bytes(input)?, of.start);
    let mut decoded = Decoded::default();
    if let Err(stop) = exif::decode(&bytes, input.limits(), &mut decoded) {
        decoded.problem(0, stop);
    }
    found.seen(BlockKind::Exif);
    for (_, pair) in &mut decoded.pairs {
        pair.key = match pair.key.strip_prefix("IFD0:") {
            Some(key) => key.to_owned(),
            None => format!("Exif:{}", pair.key),
        };
        pair.offset = pair.offset.saturating_add(start);
    }
    for (at, _) in &mut decoded.problems {
        *at = at.saturating_add(start);
    }
    for inner in &mut decoded.blocks {
        inner.offset = inner.offset.saturating_add(start);
    }
    found.decoded(decoded);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{CANON, isobmff};
    use crate::read::testing::{boxed, damage, evidence, said, tiff};

    #[test]
    fn the_parts_of_exif_stand_in_boxes_of_their_own() {
        let main = tiff(&[(0x013B, b"Jane Doe\0"), (0x8298, b"CC0\0")]);
        let exif = tiff(&[(0xA430, b"Museum\0"), (0x013B, b"stray\0")]);
        let canon = boxed(
            b"uuid",
            &[&CANON, &boxed(b"CMT1", &[&main]), &boxed(b"CMT2", &[&exif])],
        );
        let file = [
            boxed(b"ftyp", &[b"crx \0\0\0\x01crx "]),
            boxed(b"moov", &[&canon, &boxed(b"trak", &[b"x"])]),
            boxed(b"uuid", &[&isobmff::XMP, b"<x/>"]),
            boxed(b"mdat", &[&[0; 40]]),
        ]
        .concat();
        let all = [
            "exif Artist Jane Doe",
            "exif Copyright CC0",
            "exif CameraOwnerName Museum",
            "exif Exif:Artist stray",
        ];
        assert_eq!(said(&file), all);
        assert_eq!(damage(&file), [""; 0]);
        for (statement, text) in
            evidence(&file).statements.iter().zip(["Jane", "CC0", "Museum", "stray"])
        {
            let at = statement.location.offset as usize;
            assert!(file[at..].starts_with(text.as_bytes()), "{text}");
        }
        assert_eq!(damage(&file[..20]), ["the file ends before its moov box"]);
    }
}

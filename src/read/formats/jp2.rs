//! JPEG 2000 and its relatives (ISO/IEC 15444-1, annex I; 15444-2, annex M):
//! metadata in boxes of XML and in boxes with a UUID.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Cap;
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox};

const fn format(
    id: &'static str,
    media_type: &'static str,
    pronom: &'static [&'static str],
    sniff: fn(&mut Input<'_>) -> bool,
) -> Format {
    Format { id, media_type, extensions: &[], pronom, sniff, walk }
}

pub(super) static JP2: Format = format(
    "jp2",
    "image/jp2",
    &["x-fmt/392"],
    // Files with a brand that is not known are read as the base format.
    |input| {
        is_family(input)
            && !matches!(second_box(input), Some(b"jpx " | b"jpm " | b"jph " | b"mjp2"))
    },
);
pub(super) static JPX: Format = format("jpx", "image/jpx", &["fmt/151"], |input| {
    is_family(input) && second_box(input) == Some(b"jpx ")
});
pub(super) static JPM: Format = format("jpm", "image/jpm", &["fmt/463"], |input| {
    is_family(input) && second_box(input) == Some(b"jpm ")
});
pub(super) static JPH: Format = format("jph", "image/jph", &["fmt/1964"], |input| {
    is_family(input) && second_box(input) == Some(b"jph ")
});
pub(super) static MJ2: Format = format("mj2", "video/mj2", &["fmt/337"], |input| {
    is_family(input) && second_box(input) == Some(b"mjp2")
});

/// Whether the file begins with the signature box: I.5.1.
fn is_family(input: &Input<'_>) -> bool {
    input.head().get(4..8) == Some(b"jP  ")
}

/// The brand in the file type box, which is the second one: I.5.2.
fn second_box<'a>(input: &'a Input<'_>) -> Option<&'a [u8; 4]> {
    input.head().get(20..)?.first_chunk()
}

/// What a box with a UUID holds.
static UUIDS: &[([u8; 16], BlockKind)] = &[
    (isobmff::XMP, BlockKind::Xmp),
    // No standard; in use, and known to all readers.
    (*b"JpgTiffExif->JP2", BlockKind::Exif),
    (
        *b"\x33\xC7\xA4\xD2\xB8\x1D\x47\x23\xA0\xBA\xF1\xA3\xE0\x97\xAD\x38",
        BlockKind::Iim,
    ),
    // The JPEG 2000 plug-in of Photoshop.
    (
        *b"\x05\x37\xCD\xAB\x9D\x0C\x44\x31\xA7\x2A\xFA\x56\x1F\x2A\x11\x3E",
        BlockKind::Exif,
    ),
    (
        *b"\x09\xA1\x4E\x97\xC0\xB4\x42\xE0\xBE\xBF\x36\xDF\x6F\x0C\xE3\x6F",
        BlockKind::Iim,
    ),
    (
        *b"\x2C\x4C\x01\x00\x85\x04\x40\xB9\xA0\x3E\x56\x21\x48\xD6\xDF\xEB",
        BlockKind::Irb,
    ),
];

/// The namespace that makes XML in a box a description of the file.
const RDF: &[u8] = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#";

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut walk = Walk { budget: Budget::new(input.limits()), pixels: false };
    walk.boxes(input, found, Boxes::of_file(input), input.limits().associations)?;
    if !walk.pixels {
        found
            .skip_at(input.len(), Stop::Malformed("the file ends before its codestream"));
    }
    Ok(())
}

struct Walk {
    budget: Budget,
    /// Whether there was a codestream, or what stands for one.
    pixels: bool,
}

impl Walk {
    fn boxes(
        &mut self,
        input: &mut Input<'_>,
        found: &mut Found,
        mut boxes: Boxes,
        depth: u32,
    ) -> Result<(), Stop> {
        while let Some(next) = boxes.next(input, found, &mut self.budget)? {
            let taken = match &next.kind {
                // A codestream; tables of fragments of one (M.11.3); pages and
                // movies, which are not looked at.
                b"jp2c" | b"ftbl" | b"page" | b"pcol" | b"moov" => {
                    self.pixels = true;
                    Ok(())
                }
                b"uuid" => uuid(input, found, next),
                b"xml " => xml(input, found, next).map(|_| ()),
                b"jp2i" => property(input, found, next),
                b"asoc" => match depth.checked_sub(1) {
                    Some(depth) => self.boxes(input, found, next.boxes(0), depth),
                    None => Err(input.limits().over(Cap::Associations)),
                },
                _ => Ok(()),
            };
            isobmff::note(found, next.at, taken)?;
        }
        Ok(())
    }
}

fn uuid(input: &mut Input<'_>, found: &mut Found, of: IsoBox) -> Result<(), Stop> {
    let Some((_, kind)) = UUIDS.iter().find(|(uuid, _)| Some(*uuid) == of.uuid) else {
        return Ok(());
    };
    let bytes = of.bytes(input)?;
    match bytes.strip_prefix(b"Exif\0\0") {
        Some(exif) if *kind == BlockKind::Exif => found.block(*kind, of.start + 6, exif),
        _ => found.block(*kind, of.start, bytes),
    }
    Ok(())
}

/// Takes XML that has RDF in it, and tells whether it was such.
fn xml(input: &mut Input<'_>, found: &mut Found, of: IsoBox) -> Result<bool, Stop> {
    let bytes = of.bytes(input)?;
    let is_rdf = memchr::memmem::find(&bytes, RDF).is_some() || {
        // In UTF-16 every other byte of it is a NUL.
        let narrow: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
        memchr::memmem::find(&narrow, RDF).is_some()
    };
    if is_rdf {
        found.block(BlockKind::Xmp, of.start, bytes);
    }
    Ok(is_rdf)
}

/// Intellectual property rights: ISO/IEC 15444-1, I.6, leaves their form open.
fn property(input: &mut Input<'_>, found: &mut Found, of: IsoBox) -> Result<(), Stop> {
    if of.is_empty() || xml(input, found, of)? {
        return Ok(());
    }
    Err(Stop::Unsupported("an intellectual property box that is not RDF"))
}

#[cfg(test)]
mod tests {
    use super::{RDF, UUIDS};
    use crate::model::{BlockKind, Content};
    use crate::read::testing::{blocks, boxed, damage, evidence, said, tiff};

    fn jp2(brand: &[u8; 4], boxes: &[Vec<u8>]) -> Vec<u8> {
        let signature = boxed(b"jP  ", &[b"\r\n\x87\n"]);
        let kind = boxed(b"ftyp", &[brand, &[0; 4], brand]);
        [signature, kind, boxes.concat()].concat()
    }

    fn pixels() -> Vec<u8> {
        boxed(b"jp2c", &[b"\xFF\x4F"])
    }

    #[test]
    fn the_brand_tells_the_relatives_apart() {
        for (brand, id) in [
            (b"jp2 ", "jp2"),
            (b"jpx ", "jpx"),
            (b"jpm ", "jpm"),
            (b"jph ", "jph"),
            (b"mjp2", "mj2"),
            (b"????", "jp2"),
        ] {
            let content = evidence(&jp2(brand, &[pixels()])).content;
            assert!(
                matches!(content, Content::Format { id: is, .. } if is == id),
                "{id}"
            );
        }
    }

    #[test]
    fn a_uuid_tells_what_is_in_its_box() {
        for (uuid, kind) in UUIDS {
            let file = jp2(b"jp2 ", &[boxed(b"uuid", &[uuid, b"abc"]), pixels()]);
            let found = blocks(&file).remove(0);
            assert_eq!((found.0, found.2.as_slice()), (*kind, &b"abc"[..]));
            assert!(file[found.1 as usize..].starts_with(b"abc"));
        }
        let tiff = tiff(&[(0x013B, b"Jane Doe\0")]);
        let exif = boxed(b"uuid", &[b"JpgTiffExif->JP2Exif\0\0", &tiff]);
        assert_eq!(said(&jp2(b"jp2 ", &[pixels(), exif])), ["exif Artist Jane Doe"]);
        let other = jp2(b"jp2 ", &[boxed(b"uuid", &[&[7; 16], b"abc"]), pixels()]);
        assert_eq!(blocks(&other), []);
    }

    #[test]
    fn xml_with_rdf_in_it_is_a_packet() {
        let rdf = [b"<r xmlns='", RDF, b"'/>"].concat();
        let wide: Vec<u8> = rdf.iter().flat_map(|b| [0, *b]).collect();
        let file = jp2(
            b"jpx ",
            &[
                boxed(b"xml ", &[b"<gml/>"]),
                boxed(b"asoc", &[&boxed(b"lbl ", &[b"a"]), &boxed(b"xml ", &[&rdf])]),
                boxed(b"xml ", &[&wide]),
                boxed(b"jp2i", &[&rdf]),
                pixels(),
            ],
        );
        let found: Vec<_> = blocks(&file).into_iter().map(|b| (b.0, b.2)).collect();
        let xmp = |bytes: &[u8]| (BlockKind::Xmp, bytes.to_vec());
        assert_eq!(found, [xmp(&rdf), xmp(&wide), xmp(&rdf)]);
    }

    #[test]
    fn what_may_be_missing_is_said() {
        let rights = jp2(b"jp2 ", &[boxed(b"jp2i", &[b"<rights/>"]), pixels()]);
        assert_eq!(damage(&rights), ["an intellectual property box that is not RDF"]);
        assert_eq!(damage(&jp2(b"jp2 ", &[])), ["the file ends before its codestream"]);
        let mut deep = Vec::new();
        for _ in 0..10 {
            deep = boxed(b"asoc", &[&deep]);
        }
        let file = jp2(b"jp2 ", &[deep, pixels()]);
        assert_eq!(damage(&file), ["more than 8 associations inside each other"]);
    }
}

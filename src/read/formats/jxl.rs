//! JPEG XL (ISO/IEC 18181): metadata in boxes beside the codestream.
//!
//! A codestream without boxes cannot carry metadata: it is read completely
//! when nothing is found in it.

use super::heif::tiff_header;
use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::c2pa;
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox, brand};

pub(super) static FORMAT: Format = Format {
    id: "jxl",
    media_type: "image/jxl",
    extensions: &["jxl"],
    pronom: &["fmt/1484"],
    sniff: |input| {
        let head = input.head();
        head.starts_with(CODESTREAM)
            || head.starts_with(SIGNATURE)
            || brand(head).as_ref() == Some(b"jxl ")
    },
    walk,
};

/// A codestream without boxes: ISO/IEC 18181-1, annex D.
const CODESTREAM: &[u8] = b"\xFF\x0A";
/// The signature box: ISO/IEC 18181-2, 9.1.
const SIGNATURE: &[u8] = b"\0\0\0\x0CJXL \r\n\x87\n";

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    if input.head().starts_with(CODESTREAM) {
        return Ok(());
    }
    let mut budget = Budget::new(input.limits());
    let mut boxes = Boxes::of_file(input);
    let mut pixels = false;
    while let Some(next) = boxes.next(input, found, &mut budget)? {
        pixels |= matches!(&next.kind, b"jxlc" | b"jxlp");
        let taken = match &next.kind {
            b"Exif" | b"xml " => next
                .bytes(input)
                .and_then(|bytes| block(found, next.kind, next.start, bytes)),
            b"jumb" => manifest(input, found, next),
            b"brob" => packed(input, found, next),
            _ => Ok(()),
        };
        isobmff::note(found, next.at, taken)?;
    }
    if !pixels {
        found
            .skip_at(input.len(), Stop::Malformed("the file ends before its codestream"));
    }
    Ok(())
}

/// A C2PA manifest store: C2PA Technical Specification, A.3.
fn manifest(input: &mut Input<'_>, found: &mut Found, of: IsoBox) -> Result<(), Stop> {
    let bytes = of.bytes(input)?;
    if c2pa::is_store(&bytes) {
        found.block(BlockKind::C2pa, of.start, bytes);
    }
    Ok(())
}

fn block(
    found: &mut Found,
    kind: [u8; 4],
    start: u64,
    bytes: Vec<u8>,
) -> Result<(), Stop> {
    if &kind == b"xml " {
        found.block(BlockKind::Xmp, start, bytes);
        return Ok(());
    }
    let skip = tiff_header(&bytes)?;
    let exif = bytes.get(skip..).unwrap_or_default();
    found.block(BlockKind::Exif, start.saturating_add(skip as u64), exif);
    Ok(())
}

/// A box compressed with Brotli, behind its own type: ISO/IEC 18181-2, 9.7.
fn packed(input: &mut Input<'_>, found: &mut Found, of: IsoBox) -> Result<(), Stop> {
    if of.len() < 4 {
        return Err(Stop::Malformed("a compressed box without a type"));
    }
    let kind = input.array::<4>(of.start)?;
    if !matches!(&kind, b"Exif" | b"xml " | b"jumb") {
        return Ok(());
    }
    let stream = input.bytes(of.start + 4, of.len() - 4)?;
    let bytes = input.unbrotli(&stream)?;
    match &kind {
        b"xml " => found.assembled(BlockKind::Xmp, of.start, bytes),
        b"jumb" if c2pa::is_store(&bytes) => {
            found.assembled(BlockKind::C2pa, of.start, bytes);
        }
        b"jumb" => {}
        _ => {
            let skip = tiff_header(&bytes)?;
            let exif = bytes.get(skip..).unwrap_or_default();
            found.assembled(BlockKind::Exif, of.start, exif);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{blocks, boxed, damage, evidence, said, tiff};

    /// `<x/>` as a Brotli stream that is not compressed: RFC 7932, 9.2.
    const STREAM: &[u8] = b"\x8B\x01\x80<x/>\x03";

    fn jxl(boxes: &[Vec<u8>]) -> Vec<u8> {
        let signature = boxed(b"JXL ", &[b"\r\n\x87\n"]);
        let brand = boxed(b"ftyp", &[b"jxl \0\0\0\0jxl "]);
        [signature, brand, boxes.concat()].concat()
    }

    fn pixels() -> Vec<u8> {
        boxed(b"jxlc", &[b"\xFF\x0A"])
    }

    #[test]
    fn boxes_are_read_before_and_after_the_codestream() {
        let tiff = tiff(&[(0x013B, b"Jane Doe\0")]);
        let file = jxl(&[
            boxed(b"xml ", &[b"<x/>"]),
            pixels(),
            boxed(b"Exif", &[&[0; 4], &tiff]),
            boxed(b"Exif", &[&[0, 0, 0, 6], b"Exif\0\0", &tiff]),
            // The identifier of JPEG, and not counted.
            boxed(b"Exif", &[&[0; 4], b"Exif\0\0", &tiff]),
        ]);
        assert_eq!(said(&file), ["exif Artist Jane Doe"; 3]);
        assert_eq!(damage(&file), [""; 0]);
        for (kind, offset, bytes) in blocks(&file) {
            assert!(file[offset as usize..].starts_with(&bytes), "{kind}");
        }
    }

    #[test]
    fn a_compressed_box_is_decompressed() {
        let file = jxl(&[boxed(b"brob", &[b"xml ", STREAM]), pixels()]);
        let found = blocks(&file);
        assert_eq!(found[0].2, b"<x/>");
        assert!(file[found[0].1 as usize..].starts_with(b"xml "));
        for (content, what) in [
            (&b"xml "[..], "the compressed data is damaged"),
            (b"xml \xFF\xFF\xFF", "the compressed data is damaged"),
            (b"xm", "a compressed box without a type"),
        ] {
            let file = jxl(&[boxed(b"brob", &[content]), pixels()]);
            assert_eq!(damage(&file), [what]);
        }
        let other = jxl(&[boxed(b"brob", &[b"jbrd"]), pixels()]);
        assert_eq!(damage(&other), [""; 0]);
    }

    #[test]
    fn a_bare_codestream_is_read_completely_and_a_container_without_one_is_not() {
        assert!(evidence(b"\xFF\x0A\xFA\x1F").is_complete());
        assert_eq!(damage(&jxl(&[])), ["the file ends before its codestream"]);
        let empty = jxl(&[boxed(b"Exif", &[&[0; 4]]), pixels()]);
        assert_eq!(damage(&empty), ["Exif without a TIFF header"]);
    }
}

//! JPEG (ITU-T T.81): metadata in marker segments before the first scan.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::containers::ifd;
use crate::read::{Cap, Pair, Pieces};

mod afcp;
mod extended;
mod fotostation;
mod jumbf;
mod markers;

pub(super) static FORMAT: Format = Format {
    id: "jpeg",
    media_type: "image/jpeg",
    extensions: &["jpg", "jpeg", "jpe", "jfif", "jif", "jfi", "thm", "mpo", "jps"],
    pronom: &["fmt/41", "fmt/42", "fmt/43", "fmt/44", "x-fmt/390", "x-fmt/391"],
    sniff: |input| input.head().starts_with(&[0xFF, SOI, 0xFF]),
    walk,
};

// Marker codes: T.81, table B.1.
const TEM: u8 = 0x01;
const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP1: u8 = 0xE1;
const APP11: u8 = 0xEB;
const APP13: u8 = 0xED;
const COM: u8 = 0xFE;

/// Exif in APP1: CIPA DC-008, 4.7.2. The second zero is a pad byte, and some
/// writers put something else there.
const EXIF: &[u8] = b"Exif\0";
/// XMP in APP1: XMP Specification Part 3, 1.1.3. Some writers put a space
/// before the NUL.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/";
/// Extended XMP in APP1: XMP Specification Part 3, 1.1.3.1.
const EXTENDED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// Image resources in APP13: Adobe Photoshop File Formats Specification.
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
/// The longest of the identifiers.
const IDENTIFIER: u64 = 35;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    segments_at(input, found, 2)?;
    let end = fotostation::walk(input, found)?;
    afcp::walk(input, found, end)
}

/// Finds the metadata blocks of the segments from `at` on, in a file that has
/// JPEG inside.
pub(super) fn segments_at(
    input: &mut Input<'_>,
    found: &mut Found,
    at: u64,
) -> Result<(), Stop> {
    let mut walk = Walk::default();
    let end = walk.segments(input, found, at);
    walk.finish(input, found);
    end
}

const NO_SCAN: Stop = Stop::Malformed("the file ends before the first scan");

/// What has to be put together from several segments.
#[derive(Default)]
struct Walk {
    exif: Pieces,
    resources: Pieces,
    extended: extended::Extended,
    jumbf: jumbf::Jumbf,
    /// Whether there were bytes between segments.
    strays: bool,
}

impl Walk {
    fn segments(
        &mut self,
        input: &mut Input<'_>,
        found: &mut Found,
        start: u64,
    ) -> Result<(), Stop> {
        let mut at = start;
        for _ in 0..input.limits().parts {
            let Some(next) = markers::next(input, at)? else {
                found.skip_at(at, NO_SCAN);
                return Ok(());
            };
            if next.strays && !self.strays {
                // Once for a file: what was between may be many things, and one
                // note says that something was.
                self.strays = true;
                let what = "bytes between segments that belong to none";
                found.skip_at(at, Stop::Malformed(what));
            }
            let start = next.end;
            match next.marker {
                SOS | EOI => return Ok(()),
                TEM | RST0..=RST7 | SOI => {
                    at = start;
                    continue;
                }
                _ => {}
            }
            if input.len() - start < 2 {
                found.skip_at(at, NO_SCAN);
                return Ok(());
            }
            // The length counts its own two bytes: B.1.1.4.
            let len = u64::from(u16::from_be_bytes(input.array(start)?));
            let Some(len) = len.checked_sub(2) else {
                found.skip_at(start, Stop::Malformed("a segment has a length below 2"));
                at = start;
                continue;
            };
            let start = start + 2;
            let rest = input.len() - start;
            self.segment(input, found, next.marker, start, len.min(rest))?;
            if len > rest {
                found.skip_at(
                    at,
                    Stop::Malformed("a segment runs past the end of the file"),
                );
                return Ok(());
            }
            at = start + len;
        }
        Err(input.limits().over(Cap::Parts))
    }

    /// Takes the `len` bytes at `start` that follow the length of a segment.
    fn segment(
        &mut self,
        input: &mut Input<'_>,
        found: &mut Found,
        marker: u8,
        start: u64,
        len: u64,
    ) -> Result<(), Stop> {
        if !matches!(marker, APP1 | APP11 | APP13 | COM) {
            return Ok(());
        }
        let begins = input.bytes(start, len.min(IDENTIFIER))?;
        if self.exif.len().max(self.resources.len()) > input.limits().block {
            return Err(input.limits().over(Cap::Block));
        }
        let part = |input: &mut Input<'_>, skip: usize| {
            let skip = (skip as u64).min(len);
            input.bytes(start + skip, len - skip).map(|bytes| (start + skip, bytes))
        };
        let is_exif = marker == APP1 && begins.starts_with(EXIF);
        if !is_exif {
            self.flush_exif(found);
        }
        match marker {
            APP1 if is_exif => {
                let (offset, bytes) = part(input, EXIF.len() + 1)?;
                self.exif(found, offset, &bytes);
            }
            APP1 if begins.starts_with(EXTENDED) => {
                self.extended.chunk(input, found, start, len)?;
            }
            APP1 => {
                let Some(skip) = xmp_header(&begins) else { return Ok(()) };
                let (offset, bytes) = part(input, skip)?;
                self.extended.main(&bytes);
                found.block(BlockKind::Xmp, offset, bytes);
            }
            APP13 if begins.starts_with(PHOTOSHOP) => {
                let (offset, bytes) = part(input, PHOTOSHOP.len())?;
                self.resources.add(offset, &bytes);
            }
            APP11 => self.jumbf.segment(input, start, len)?,
            COM => {
                let (offset, bytes) = part(input, 0)?;
                // The standard knows no charset and no terminator.
                let value =
                    text::utf8_or_windows_1252(text::without_trailing_nuls(&bytes));
                let pair = Pair { key: "COM".into(), value, lang: None, offset };
                found.pair(BlockKind::JpegComment, pair);
            }
            _ => {}
        }
        Ok(())
    }

    /// Exif over 64 KiB goes on in the next APP1, which then has no TIFF header.
    fn exif(&mut self, found: &mut Found, offset: u64, bytes: &[u8]) {
        if ifd::header(bytes).is_some() {
            self.flush_exif(found);
        }
        self.exif.add(offset, bytes);
    }

    fn flush_exif(&mut self, found: &mut Found) {
        let exif = std::mem::take(&mut self.exif);
        if !exif.is_empty() {
            found.pieces(BlockKind::Exif, exif);
        }
    }

    fn finish(mut self, input: &mut Input<'_>, found: &mut Found) {
        self.flush_exif(found);
        if !self.resources.is_empty() {
            found.pieces(BlockKind::Irb, self.resources);
        }
        self.extended.finish(input, found);
        self.jumbf.finish(found);
    }
}

/// How many bytes stand before the packet, in an APP1 that begins so.
fn xmp_header(begins: &[u8]) -> Option<usize> {
    if let Some(rest) = begins.strip_prefix(XMP) {
        let end = rest.iter().position(|b| *b != b' ').unwrap_or(rest.len());
        let nul = usize::from(rest.get(end) == Some(&0));
        return Some(XMP.len() + end + nul);
    }
    // Without the identifier of the standard, and met all the same.
    let nul = begins.strip_prefix(b"XMP\0").map(|_| 4);
    nul.or_else(|| begins.starts_with(b"<?xpacket").then_some(0))
}

#[cfg(test)]
mod tests {
    use crate::model::BlockKind;
    use crate::read::testing::{blocks, damage, jpeg, said, segment, tiff};

    #[test]
    fn metadata_stands_in_segments_before_the_first_scan() {
        let exif = [&b"Exif\0\0"[..], &tiff(&[(0x013B, b"Jane Doe\0")])].concat();
        let file = jpeg(&[
            segment(0xE0, b"JFIF\0"),
            segment(0xE1, &exif),
            segment(0xFE, b"Hafen\0"),
            segment(0xDA, b""),
            segment(0xFE, b"not a segment but pixels"),
        ]);
        assert_eq!(said(&file), ["exif Artist Jane Doe", "jpeg-comment COM Hafen"]);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn exif_goes_on_in_segments_without_a_tiff_header() {
        let exif = tiff(&[(0x013B, b"Jane Doe\0"), (0x010E, b"Abend im Hafen\0")]);
        let (one, two) = exif.split_at(47);
        let file = jpeg(&[
            segment(0xE1, &[b"Exif\0\0", one].concat()),
            segment(0xE1, &[b"Exif\0\0", two].concat()),
        ]);
        let both = ["exif Artist Jane Doe", "exif ImageDescription Abend im Hafen"];
        assert_eq!(said(&file), both);
        let evidence = crate::read::testing::evidence(&file);
        for statement in &evidence.statements {
            let at = statement.location.offset as usize;
            assert!(file[at..].starts_with(statement.value.as_bytes()), "{statement:?}");
        }
    }

    #[test]
    fn a_second_tiff_header_begins_a_second_exif_block() {
        let one = [&b"Exif\0\0"[..], &tiff(&[(0x013B, b"Jane\0")])].concat();
        let two = [&b"Exif\0\xFF"[..], &tiff(&[(0x013B, b"John\0")])].concat();
        let file = jpeg(&[segment(0xE1, &one), segment(0xE1, &two)]);
        assert_eq!(said(&file), ["exif Artist Jane", "exif Artist John"]);
    }

    #[test]
    fn what_a_second_segment_says_is_told_from_what_the_first_does() {
        let packet = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
            xmlns:dc='http://purl.org/dc/elements/1.1/'>\
            <rdf:Description dc:rights='A'/></rdf:RDF>";
        let xmp = [&b"http://ns.adobe.com/xap/1.0/\0"[..], packet].concat();
        let comment = || segment(0xFE, b"hi");
        let packet = || segment(0xE1, &xmp);
        let file = jpeg(&[packet(), comment(), packet(), comment()]);
        let evidence = crate::read::testing::evidence(&file);
        let nth: Vec<_> = evidence
            .statements
            .iter()
            .map(|s| (s.location.block, s.location.nth))
            .collect();
        let (xmp, comment) = (BlockKind::Xmp, BlockKind::JpegComment);
        assert_eq!(nth, [(xmp, 0), (comment, 0), (xmp, 1), (comment, 1)]);
    }

    #[test]
    fn image_resources_go_on_over_segments() {
        let resource = b"8BIM\x04\x0B\0\0\0\0\0\x13https://example.org\0";
        let (one, two) = resource.split_at(15);
        let file = jpeg(&[
            segment(0xED, &[b"Photoshop 3.0\0", one].concat()),
            segment(0xED, &[b"Photoshop 3.0\0", two].concat()),
        ]);
        assert_eq!(said(&file), ["photoshop url https://example.org"]);
    }

    #[test]
    fn packets_are_found_behind_each_of_their_identifiers() {
        for header in [
            &b"http://ns.adobe.com/xap/1.0/\0"[..],
            b"http://ns.adobe.com/xap/1.0/ \0",
            b"XMP\0",
            b"",
        ] {
            let file = jpeg(&[segment(0xE1, &[header, b"<?xpacket?>"].concat())]);
            let offset = file.windows(2).position(|w| w == b"<?").unwrap() as u64;
            let packet = (BlockKind::Xmp, offset, b"<?xpacket?>".to_vec());
            assert_eq!(blocks(&file), [packet], "{header:?}");
        }
    }

    #[test]
    fn fill_bytes_and_markers_without_a_length_are_stepped_over() {
        let file = b"\xFF\xD8\xFF\x01\xFF\xD0\xFF\xFF\xFF\xFE\0\x04hi\xFF\xD9";
        assert_eq!(said(file), ["jpeg-comment COM hi"]);
        assert_eq!(damage(file), [""; 0]);
    }

    #[test]
    fn segments_behind_bytes_that_belong_to_none_are_found() {
        let file = b"\xFF\xD8\xFF\xE0\0\x02junk\xFF\0\xFF\xFE\0\x04hi\xFF\xD9";
        assert_eq!(said(file), ["jpeg-comment COM hi"]);
        assert_eq!(damage(file), ["bytes between segments that belong to none"]);
    }

    #[test]
    fn what_stands_before_the_damage_is_kept() {
        let file = b"\xFF\xD8\xFF\xFE\0\x04hi\xFF\xE0\x7F\xFFcut";
        assert_eq!(said(file), ["jpeg-comment COM hi"]);
        assert_eq!(damage(file), ["a segment runs past the end of the file"]);
        let file = b"\xFF\xD8\xFF\xFE\0\x04hi\xFF";
        assert_eq!(said(file), ["jpeg-comment COM hi"]);
        assert_eq!(damage(file), ["the file ends before the first scan"]);
    }
}

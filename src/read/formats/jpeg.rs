//! JPEG (ITU-T T.81): metadata in marker segments before the first scan.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Pair;
use crate::read::blocks::text;
use crate::read::containers::ifd;

mod extended;

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

/// How far the next marker is looked for.
const STRAYS: u64 = 1 << 20;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut walk = Walk::default();
    let end = walk.segments(input, found);
    walk.finish(input, found);
    end
}

/// What has to be put together from several segments.
#[derive(Default)]
struct Walk {
    exif: Vec<(u64, Vec<u8>)>,
    resources: Vec<(u64, Vec<u8>)>,
    extended: extended::Extended,
}

impl Walk {
    fn segments(&mut self, input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
        let mut at = 2;
        for _ in 0..input.limits().parts {
            let Some((marker, start)) = next_marker(input, found, at)? else {
                return Err(Stop::Malformed("the file ends before the first scan"));
            };
            match marker {
                SOS | EOI => return Ok(()),
                TEM | RST0..=RST7 | SOI => {
                    at = start;
                    continue;
                }
                _ => {}
            }
            if input.len() - start < 2 {
                return Err(Stop::Malformed("the file ends before the first scan"));
            }
            // The length counts its own two bytes: B.1.1.4.
            let len = u64::from(u16::from_be_bytes(input.array(start)?));
            let Some(len) = len.checked_sub(2) else {
                found.skip_at(
                    start,
                    Stop::Malformed("a segment is shorter than its length"),
                );
                at = start;
                continue;
            };
            let start = start + 2;
            let rest = input.len() - start;
            self.segment(input, found, marker, start, len.min(rest))?;
            if len > rest {
                return Err(Stop::Malformed("a segment runs past the end of the file"));
            }
            at = start + len;
        }
        Err(Stop::Limit("more segments than the limit allows"))
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
        if !matches!(marker, APP1 | APP13 | COM) {
            return Ok(());
        }
        let begins = input.bytes(start, len.min(IDENTIFIER))?;
        let part = |input: &mut Input<'_>, skip: usize| {
            let skip = (skip as u64).min(len);
            input.bytes(start + skip, len - skip).map(|bytes| (start + skip, bytes))
        };
        match marker {
            APP1 if begins.starts_with(EXIF) => {
                let piece = part(input, EXIF.len() + 1)?;
                self.exif(found, piece);
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
                self.resources.push(part(input, PHOTOSHOP.len())?);
            }
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
    fn exif(&mut self, found: &mut Found, piece: (u64, Vec<u8>)) {
        if ifd::header(&piece.1).is_some() || self.exif.is_empty() {
            self.flush_exif(found);
        }
        self.exif.push(piece);
    }

    fn flush_exif(&mut self, found: &mut Found) {
        push(found, BlockKind::Exif, std::mem::take(&mut self.exif));
    }

    fn finish(mut self, input: &mut Input<'_>, found: &mut Found) {
        self.flush_exif(found);
        push(found, BlockKind::Irb, self.resources);
        self.extended.finish(input, found);
    }
}

fn push(found: &mut Found, kind: BlockKind, mut pieces: Vec<(u64, Vec<u8>)>) {
    match pieces.len() {
        0 => {}
        1 => {
            for (offset, bytes) in pieces.drain(..) {
                found.block(kind, offset, bytes);
            }
        }
        _ => found.pieces(kind, pieces),
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

/// The next marker from `at` on, and the byte after it; `None` at the end.
fn next_marker(
    input: &mut Input<'_>,
    found: &mut Found,
    at: u64,
) -> Result<Option<(u8, u64)>, Stop> {
    if let Some(end) = at.checked_add(2)
        && end <= input.len()
        && let [0xFF, marker @ 0x01..=0xFE] = input.array::<2>(at)?
    {
        return Ok(Some((marker, end)));
    }
    // Fill bytes, or bytes that belong to no segment.
    let mut from = at;
    let mut after_ff = false;
    let mut strays = false;
    while from < input.len() && from - at < STRAYS {
        let bytes = input.bytes(from, (input.len() - from).min(4096))?;
        for (byte, n) in bytes.iter().zip(from..) {
            match byte {
                0xFF => after_ff = true,
                0x01..=0xFE if after_ff => {
                    if strays {
                        let what = "bytes between segments that belong to none";
                        found.skip_at(at, Stop::Malformed(what));
                    }
                    return Ok(Some((*byte, n + 1)));
                }
                0 if !after_ff => {}
                _ => {
                    strays = true;
                    after_ff = false;
                }
            }
        }
        from += bytes.len() as u64;
    }
    if from < input.len() {
        return Err(Stop::Malformed("no marker where a segment ends"));
    }
    Ok(None)
}

//! GIF (CompuServe, 89a): XMP in an application extension, and comments. Both
//! may stand behind the pictures, so that every block is stepped over; nothing
//! of the pictures is kept.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::{Cap, Pair, Pieces};

pub(super) static FORMAT: Format = Format {
    id: "gif",
    media_type: "image/gif",
    extensions: &["gif"],
    pronom: &["fmt/3", "fmt/4"],
    sniff: |input| matches!(input.head().get(..6), Some(b"GIF87a" | b"GIF89a")),
    walk,
};

// GIF89a, appendix A.
const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;
const COMMENT: u8 = 0xFE;
const APPLICATION: u8 = 0xFF;

/// The application extension of XMP, with its length: XMP Specification Part 3,
/// 1.1.2.
const XMP: &[u8; 12] = b"\x0BXMP DataXMP";
/// How many bytes follow the packet, so that whatever its bytes are as lengths,
/// they lead to the end: 01, FF, FE … 01, 00, and the 00 that ends the chain.
const MAGIC: usize = 258;

const CUT: Stop = Stop::Malformed("the file ends before its trailer");

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut window = Window::default();
    let flags = window.byte(input, 10)?;
    let mut at = 13 + colours(flags);
    for _ in 0..input.limits().parts {
        match window.byte(input, at)? {
            TRAILER => return Ok(()),
            IMAGE => {
                let flags = window.byte(input, at + 9)?;
                // The descriptor, its colours, and the code size before the data.
                let data = at + 10 + colours(flags) + 1;
                at = chain(input, data, &mut window)?;
            }
            EXTENSION => {
                let label = window.byte(input, at + 1)?;
                let start = at + 2;
                at = match label {
                    COMMENT => comment(input, found, start, &mut window)?,
                    APPLICATION => application(input, found, start, &mut window)?,
                    _ => chain(input, start, &mut window)?,
                };
            }
            // Some writers end a chain twice.
            0 => at += 1,
            _ => {
                let what = "no block where the one before it ends";
                found.skip_at(at, Stop::Malformed(what));
                return Ok(());
            }
        }
    }
    Err(input.limits().over(Cap::Parts))
}

/// How long a table of colours is that these flags describe.
fn colours(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Steps through a chain of sub-blocks, and says where it ends.
fn chain(input: &mut Input<'_>, start: u64, window: &mut Window) -> Result<u64, Stop> {
    let mut at = start;
    loop {
        let len = window.byte(input, at)?;
        at += 1 + u64::from(len);
        if len == 0 {
            return Ok(at);
        }
    }
}

/// The bytes of a chain of sub-blocks of which at least `limit` are kept, and
/// where it ends.
fn joined(
    input: &mut Input<'_>,
    start: u64,
    limit: u64,
    window: &mut Window,
) -> Result<(Pieces, u64), Stop> {
    let mut pieces = Pieces::default();
    let mut at = start;
    loop {
        let len = u64::from(window.byte(input, at)?);
        if len == 0 {
            return Ok((pieces, at + 1));
        }
        if pieces.len() <= limit {
            pieces.add(at + 1, &input.bytes(at + 1, len)?);
        }
        at += 1 + len;
    }
}

fn comment(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    window: &mut Window,
) -> Result<u64, Stop> {
    let limit = input.limits().value;
    let (pieces, end) = joined(input, start, limit, window)?;
    if pieces.len() > limit {
        found.skip_at(start, input.limits().over(Cap::Value));
        return Ok(end);
    }
    // The standard wants 7-bit ASCII, and knows no terminator.
    let bytes = pieces.into_bytes();
    let value = text::utf8_or_windows_1252(text::without_trailing_nuls(&bytes));
    let pair = Pair { key: "Comment".into(), value, lang: None, offset: start + 1 };
    found.pair(BlockKind::GifComment, pair);
    Ok(end)
}

fn application(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    window: &mut Window,
) -> Result<u64, Stop> {
    for (at, byte) in (start..).zip(XMP) {
        if window.byte(input, at)? != *byte {
            return chain(input, start, window);
        }
    }
    let start = start + XMP.len() as u64;
    let (first, second) = (window.byte(input, start)?, window.byte(input, start + 1)?);
    // A packet stands there as it is. Some writers make sub-blocks of it.
    if second == b'<' && first != b'\n' {
        let limit = input.limits().block;
        let (pieces, end) = joined(input, start, limit, window)?;
        found.pieces(BlockKind::Xmp, pieces);
        return Ok(end);
    }
    let end = chain(input, start, window);
    let len = match end {
        Ok(end) => end - start,
        Err(_) => input.len().saturating_sub(start),
    };
    let mut packet = input.bytes(start, len.min(input.limits().block))?;
    if len > input.limits().block {
        found.skip_at(start, input.limits().over(Cap::Block));
    }
    if let Some(end) = packet.len().checked_sub(MAGIC)
        && packet.get(end..).is_some_and(is_magic)
    {
        packet.truncate(end);
    }
    found.block(BlockKind::Xmp, start, packet);
    end
}

fn is_magic(bytes: &[u8]) -> bool {
    let counting = (1..=0xFF).rev().chain([0, 0]);
    let Some(rest) = bytes.strip_prefix(&[1]) else { return false };
    rest.iter().copied().eq(counting)
}

/// How much of the file is looked at at a time.
const WINDOW: usize = 64 << 10;

/// A part of the file, for single bytes that stand close to each other.
#[derive(Default)]
struct Window {
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn byte(&mut self, input: &mut Input<'_>, at: u64) -> Result<u8, Stop> {
        if let Some(byte) = self.get(at) {
            return Ok(byte);
        }
        if at >= input.len() {
            return Err(CUT);
        }
        // What begins the file has been read.
        let head = input.head();
        if at < head.len() as u64 {
            self.start = 0;
            self.bytes = head.to_vec();
        } else {
            self.start = at;
            self.bytes.resize(WINDOW, 0);
            let got = input.pass(at, &mut self.bytes)?;
            self.bytes.truncate(got);
        }
        self.get(at).ok_or(CUT)
    }

    fn get(&self, at: u64) -> Option<u8> {
        let n = usize::try_from(at.checked_sub(self.start)?).ok()?;
        self.bytes.get(n).copied()
    }
}

#[cfg(test)]
mod tests;

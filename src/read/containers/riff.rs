//! Chunks of a four-character name and a length, padded to an even number of
//! bytes: EA IFF 85 had them first, and RIFF and AIFF have them from there.

use std::ops::Range;

use super::ifd::Order;
use crate::read::{Cap, Found, Input, Stop};

/// A chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its name, with the spaces it is filled up with.
    pub name: [u8; 4],
    /// Of its data, in bytes from the start of the file.
    pub start: u64,
    /// Of its data, as far as the file has it, in bytes.
    pub len: u64,
    /// Whether the file has all of it.
    pub whole: bool,
}

impl Chunk {
    /// The range of its data without the first `skip` bytes.
    pub fn behind(&self, skip: u64) -> Range<u64> {
        self.start + skip.min(self.len)..self.start + self.len
    }
}

/// What is done with a chunk.
pub type Take<'a> = dyn FnMut(&mut Input<'_>, &mut Found, Chunk) -> Result<(), Stop> + 'a;

/// The form of a file, its first chunk, and where its chunks are.
///
/// Some writers forget to count the chunks that they append, and what streams
/// has no length at all: the range ends with the file.
///
/// # Errors
///
/// As [`Input::bytes`].
pub fn form(
    input: &mut Input<'_>,
    found: &mut Found,
    order: Order,
) -> Result<Range<u64>, Stop> {
    let [_, _, _, _, len @ ..] = input.array::<8>(0)?;
    let len = order.number(&len);
    let streams = len == 0 || len == u64::from(u32::MAX);
    if !streams && len > input.len() - 8 {
        found.skip(Stop::Malformed("the file is shorter than its first chunk says"));
    }
    Ok(12..input.len())
}

/// Hands each chunk of a range to `take`. What is wrong with one is noted, and
/// the next one taken.
///
/// `long` is the length of a chunk that says it has 2^32-1 bytes: EBU Tech 3306.
///
/// # Errors
///
/// Those of the file system, and [`Stop::Over`] for too many chunks.
pub fn walk(
    input: &mut Input<'_>,
    found: &mut Found,
    range: Range<u64>,
    order: Order,
    long: Option<u64>,
    take: &mut Take<'_>,
) -> Result<(), Stop> {
    let mut at = range.start;
    for _ in 0..input.limits().parts {
        if range.end.saturating_sub(at) < 8 {
            return Ok(());
        }
        let [a, b, c, d, len @ ..] = input.array::<8>(at)?;
        let name = [a, b, c, d];
        if !name.iter().all(|b| matches!(b, b' '..=b'~' | 0xA9)) && &name != b"XMP\0" {
            let what = "no chunk where the one before it ends";
            found.skip_at(at, Stop::Malformed(what));
            return Ok(());
        }
        let start = at + 8;
        let rest = range.end - start;
        let len = match (order.number(&len), long) {
            (len, Some(long)) if len == u64::from(u32::MAX) => long,
            (len, _) => len,
        };
        let whole = len <= rest;
        if !whole {
            let what = "a chunk runs past the end of what it is in";
            found.skip_at(at, Stop::Malformed(what));
        }
        let chunk = Chunk { name, start, len: len.min(rest), whole };
        match take(input, found, chunk) {
            Ok(()) => {}
            Err(stop) if stop.is_final() => return Err(stop),
            Err(stop) => found.skip_at(start, stop),
        }
        at = start + chunk.len;
        at += at % 2;
    }
    Err(input.limits().over(Cap::Parts))
}

//! Vorbis comments (Vorbis I, section 5), in whichever container they are.

use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::{Cap, Found, Input, Pair, Place, Stop, vocabulary};

/// Bytes that comments stand in.
pub(in crate::read) enum Source<'a> {
    /// The file, from here to there.
    File(std::ops::Range<u64>),
    /// A packet that was put together: its bytes, of which the first so many
    /// are none of the comments, and where it stands.
    Packet(&'a [u8], &'a Place, usize),
}

impl Source<'_> {
    fn bytes(&self, input: &mut Input<'_>, at: u64, len: u64) -> Result<Vec<u8>, Stop> {
        const CUT: Stop = Stop::Malformed("the Vorbis comments are cut short");
        match self {
            Self::File(range) => {
                let rest = (range.end - range.start).checked_sub(at).ok_or(CUT)?;
                if len > rest { Err(CUT) } else { input.bytes(range.start + at, len) }
            }
            Self::Packet(bytes, _, skip) => {
                let part = bytes.get(*skip..).and_then(|b| b.get(at as usize..));
                let part = part.and_then(|b| b.get(..len as usize)).ok_or(CUT)?;
                Ok(part.to_vec())
            }
        }
    }

    fn number(&self, input: &mut Input<'_>, at: u64) -> Result<u64, Stop> {
        let bytes = self.bytes(input, at, 4)?;
        let number = bytes.first_chunk().copied().map_or(0, u32::from_le_bytes);
        Ok(u64::from(number))
    }

    fn place(&self, at: u64) -> u64 {
        match self {
            Self::File(range) => range.start + at,
            Self::Packet(_, place, skip) => place.offset(*skip as u64 + at),
        }
    }
}

/// The longest name of a field that is looked at.
const NAME: u64 = 64;

/// Reads the comments. Keys are as the file spells them. Fields that are not
/// wanted, which may be pictures, are not read.
///
/// # Errors
///
/// [`Stop::Malformed`] where a length leads past the end; [`Stop::Over`] for
/// too many comments. What came before stands.
pub(in crate::read) fn read(
    input: &mut Input<'_>,
    found: &mut Found,
    source: &Source<'_>,
) -> Result<(), Stop> {
    found.seen(BlockKind::Vorbis);
    // The name of the program comes first: 5.2.1.
    let mut at = 4 + source.number(input, 0)?;
    let count = source.number(input, at)?;
    at += 4;
    for n in 0..count {
        if n >= u64::from(input.limits().parts) {
            return Err(input.limits().over(Cap::Parts));
        }
        let len = source.number(input, at)?;
        at += 4;
        let begins = source.bytes(input, at, len.min(NAME))?;
        let name = begins.split(|b| *b == b'=').next().unwrap_or_default();
        let key = text::latin1(name);
        let is_wanted = name.len() < begins.len()
            && vocabulary::property(BlockKind::Vorbis, &key).is_some();
        let skip = name.len() as u64 + 1;
        if is_wanted && len > input.limits().value {
            let what = input.limits().over(Cap::Value);
            found.skip_at(source.place(at), what);
        } else if is_wanted {
            let value = source.bytes(input, at + skip, len - skip)?;
            // UTF-8 by the standard.
            let value = text::utf8_or_windows_1252(&value);
            let offset = source.place(at + skip);
            found.pair(BlockKind::Vorbis, Pair { key, value, lang: None, offset });
        }
        at += len;
        if len > NAME {
            // Its end has not been seen yet.
            source.bytes(input, at, 0)?;
        }
    }
    Ok(())
}

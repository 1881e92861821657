//! Markers (T.81, B.1.1.2 and B.1.1.3), whatever stands before them.

use super::super::{Input, Stop};

/// A marker.
pub(super) struct Marker {
    /// Its second byte.
    pub(super) marker: u8,
    /// The byte after it, in bytes from the start of the file.
    pub(super) end: u64,
    /// Whether bytes stood before it that belong to no segment.
    pub(super) strays: bool,
}

/// How far the next marker is looked for, in bytes.
const REACH: u64 = 1 << 20;
/// In pieces of so many bytes.
const PIECE: u64 = 256;

/// The next marker from `at` on; `None` at the end of the file.
///
/// Fill bytes (FF) and zeros before it are nothing to speak of.
///
/// # Errors
///
/// [`Stop::Malformed`] where there is none for a long way.
pub(super) fn next(input: &mut Input<'_>, at: u64) -> Result<Option<Marker>, Stop> {
    if input.len().saturating_sub(at) >= 2
        && let [0xFF, marker @ 0x01..=0xFE] = input.array::<2>(at)?
    {
        return Ok(Some(Marker { marker, end: at + 2, strays: false }));
    }
    let mut from = at;
    let mut after_ff = false;
    let mut strays = false;
    while from < input.len() {
        if from - at > REACH {
            return Err(Stop::Malformed("no marker where a segment ends"));
        }
        let bytes = input.bytes(from, (input.len() - from).min(PIECE))?;
        for (byte, n) in bytes.iter().zip(from..) {
            match byte {
                0xFF => after_ff = true,
                0x01..=0xFE if after_ff => {
                    return Ok(Some(Marker { marker: *byte, end: n + 1, strays }));
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
    Ok(None)
}

//! The trailer that the AXS File Concatenation Protocol leaves behind the
//! pixels. News agencies kept IIM there.

use super::super::{Found, Input, Stop};
use crate::model::BlockKind;

/// The signature, where the directory begins, and four reserved bytes.
const TRAILER: u64 = 12;
/// The signature, a version, the number of entries, and four reserved bytes.
const HEADER: u64 = 12;
/// A name, a length and an offset.
const ENTRY: u64 = 12;

/// Looks for the trailer that ends at `end`.
pub(super) fn walk(
    input: &mut Input<'_>,
    found: &mut Found,
    end: u64,
) -> Result<(), Stop> {
    let Some(at) = end.checked_sub(TRAILER) else { return Ok(()) };
    let trailer: [u8; 12] = input.array(at)?;
    let little = match trailer.first_chunk() {
        Some(b"AXS!") => false,
        Some(b"AXS*") => true,
        _ => return Ok(()),
    };
    let number = |bytes: &[u8]| -> u64 {
        let add = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) }
    };
    let start = number(trailer.get(4..8).unwrap_or_default());
    let header: [u8; 12] = input.array(start)?;
    if header.first_chunk::<4>() != trailer.first_chunk() {
        return Err(Stop::Malformed("the AFCP trailer points to no directory"));
    }
    let count = number(header.get(6..8).unwrap_or_default());
    for n in 0..count {
        let entry: [u8; 12] = input.array(start + HEADER + n * ENTRY)?;
        let (Some((b"IPTC", place)), Some(at)) =
            (entry.split_first_chunk(), entry.get(8..))
        else {
            continue;
        };
        let (len, at) = (number(place.get(..4).unwrap_or_default()), number(at));
        found.block(BlockKind::Iim, at, input.bytes(at, len)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, jpeg, said};

    fn file(signature: &[u8; 4], number: fn(u32) -> [u8; 4], count: [u8; 2]) -> Vec<u8> {
        let mut file = jpeg(&[]);
        let iim = b"\x1C\x02\x50\0\x04Jane";
        let at = file.len() as u32;
        let start = number(at + iim.len() as u32);
        let entry = [b"IPTC", &number(iim.len() as u32)[..], &number(at)].concat();
        let directory = [signature, &[1, 0][..], &count, &[0; 4], &entry].concat();
        file.extend([&iim[..], &directory, signature, &start, &[0; 4]].concat());
        file
    }

    #[test]
    fn iim_is_found_behind_the_pixels_in_both_orders() {
        let big = file(b"AXS!", u32::to_be_bytes, [0, 1]);
        let little = file(b"AXS*", u32::to_le_bytes, [1, 0]);
        for file in [big, little] {
            assert_eq!(said(&file), ["iptc 2:80 Jane"]);
        }
    }

    #[test]
    fn a_trailer_that_leads_nowhere_is_reported() {
        let file = [&jpeg(&[])[..], b"AXS!\0\0\0\0\0\0\0\0"].concat();
        assert_eq!(damage(&file), ["the AFCP trailer points to no directory"]);
    }
}

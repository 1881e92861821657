//! The trailer that FotoStation leaves behind the pixels: parts one behind the
//! other, each with what it is at its end. One of them is IIM.
//!
//! Known from files alone: Fotoware has not published it.

use super::super::{Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Cap;

/// What a part is, its length with this included, and the signature.
const FOOTER: u64 = 10;
const SIGNATURE: [u8; 4] = [0xA1, 0xB2, 0xC3, 0xD4];
const IIM: u16 = 1;

/// Looks for the trailer at the end of the file, and tells where it begins.
pub(super) fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<u64, Stop> {
    let mut end = input.len();
    for _ in 0..input.limits().parts {
        let Some(at) = end.checked_sub(FOOTER) else { return Ok(end) };
        let [k, i, a, b, c, d, signature @ ..] = input.array::<10>(at)?;
        if signature != SIGNATURE {
            return Ok(end);
        }
        let len = u64::from(u32::from_be_bytes([a, b, c, d]));
        let Some(start) = end.checked_sub(len).filter(|_| len >= FOOTER) else {
            let what = "a part of the FotoStation trailer has a length of no sense";
            return Err(Stop::Malformed(what));
        };
        if u16::from_be_bytes([k, i]) == IIM {
            found.block(BlockKind::Iim, start, input.bytes(start, at - start)?);
        }
        end = start;
    }
    Err(input.limits().over(Cap::Parts))
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, jpeg, said};

    fn part(kind: u16, content: &[u8]) -> Vec<u8> {
        let len = (content.len() as u32 + 10).to_be_bytes();
        [content, &kind.to_be_bytes(), &len, &[0xA1, 0xB2, 0xC3, 0xD4]].concat()
    }

    #[test]
    fn iim_is_found_among_the_parts() {
        let parts = [part(1, b"\x1C\x02\x50\0\x04Jane"), part(2, b"edit")].concat();
        let file = [jpeg(&[]), parts].concat();
        assert_eq!(said(&file), ["iptc 2:80 Jane"]);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn an_afcp_trailer_may_stand_before_it() {
        let mut file = jpeg(&[]);
        let iim = b"\x1C\x02\x50\0\x04Jane";
        let at = file.len() as u32;
        let start = (at + iim.len() as u32).to_be_bytes();
        let entry = [b"IPTC", &(iim.len() as u32).to_be_bytes()[..], &at.to_be_bytes()];
        let directory = [b"AXS!", &[1, 0, 0, 1, 0, 0, 0, 0][..], &entry.concat()];
        file.extend(iim);
        file.extend(directory.concat());
        file.extend([b"AXS!", &start[..], &[0; 4]].concat());
        file.extend(part(1, b"\x1C\x02\x74\0\x03CC0"));
        assert_eq!(said(&file), ["iptc 2:116 CC0", "iptc IPTC2:2:80 Jane"]);
    }

    #[test]
    fn a_part_of_no_length_is_reported() {
        let mut file = [jpeg(&[]), part(1, b"")].concat();
        let len = file.len();
        file[len - 5] = 9;
        let what = "a part of the FotoStation trailer has a length of no sense";
        assert_eq!(damage(&file), [what]);
    }
}

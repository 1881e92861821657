//! JUMBF boxes in APP11 segments (ISO/IEC 19566-5, annex D), of which C2PA
//! manifest stores are read.

use std::collections::BTreeMap;

use crate::model::BlockKind;
use crate::read::blocks::c2pa;
use crate::read::{Cap, Found, Input, Pieces, Stop};

/// The boxes of a file, by their number.
#[derive(Default)]
pub(super) struct Jumbf {
    boxes: BTreeMap<u16, Pieces>,
}

/// Common identifier, number of the box, number of the segment.
const HEAD: u64 = 8;

impl Jumbf {
    /// Takes the `len` bytes at `start` that follow the length of a segment. A box
    /// goes on in segments with the same number, each of which repeats its header.
    pub(super) fn segment(
        &mut self,
        input: &mut Input<'_>,
        start: u64,
        len: u64,
    ) -> Result<(), Stop> {
        if len < HEAD + 8 {
            return Ok(());
        }
        let [j, p, a, b, _, _, _, _, size @ .., c, d, e, f] = input.array::<16>(start)?;
        if [j, p] != *b"JP" || [c, d, e, f] != *b"jumb" {
            return Ok(());
        }
        let known = self.boxes.entry(u16::from_be_bytes([a, b])).or_default();
        let header = if u32::from_be_bytes(size) == 1 { 16 } else { 8 };
        let skip = if known.is_empty() { HEAD } else { HEAD + header };
        if known.len() > input.limits().block {
            return Err(input.limits().over(Cap::Block));
        }
        if let Some(len) = len.checked_sub(skip) {
            let bytes = input.bytes(start + skip, len)?;
            known.add(start + skip, &bytes);
        }
        Ok(())
    }

    pub(super) fn finish(self, found: &mut Found) {
        for pieces in self.boxes.into_values() {
            if c2pa::is_store(&pieces.bytes) {
                found.pieces(BlockKind::C2pa, pieces);
            }
        }
    }
}

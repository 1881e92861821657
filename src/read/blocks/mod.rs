//! Decoders: what a metadata block says, wherever it was found.
//!
//! # Adding a kind of block
//!
//! 1. A variant of [`BlockKind`]; the compiler leads to [`decode`].
//! 2. A file here with its decoder.
//! 3. Its rows in [`vocabulary`](super::vocabulary).

pub mod exif;
pub mod iim;
pub mod irb;
pub mod text;
pub mod xmp;

use super::{Limits, Pair, Stop};
use crate::model::BlockKind;

/// What a decoder has found.
#[derive(Debug, Default)]
pub struct Decoded {
    /// In the order of the block. A block may hold blocks of other kinds.
    pub pairs: Vec<(BlockKind, Pair)>,
    /// What could not be read, with its offset in the block; the rest stands.
    pub problems: Vec<(u64, Stop)>,
}

impl Decoded {
    /// Adds a value.
    pub fn pair(&mut self, kind: BlockKind, pair: Pair) {
        self.pairs.push((kind, pair));
    }
}

/// Reads a block of this kind.
///
/// # Errors
///
/// Where the whole rest of the block had to be given up; what came before is
/// in `out`.
pub fn decode(
    kind: BlockKind,
    bytes: &[u8],
    limits: &Limits,
    out: &mut Decoded,
) -> Result<(), Stop> {
    match kind {
        BlockKind::Xmp => xmp::decode(bytes, limits, out),
        BlockKind::Exif => exif::decode(bytes, limits, out),
        BlockKind::Iim => iim::decode(bytes, limits, out),
        BlockKind::Irb => irb::decode(bytes, limits, out),
        // Their walkers decode them, because only they know the charset.
        BlockKind::PngText | BlockKind::PdfInfo | BlockKind::JpegComment => Ok(()),
    }
}

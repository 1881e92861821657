//! Decoders: what a metadata block says, wherever it was found.
//!
//! # Adding a kind of block
//!
//! 1. A variant of [`BlockKind`]; the compiler leads to [`decode`].
//! 2. A file here with its decoder.
//! 3. Its rows in [`vocabulary`](super::vocabulary).

pub mod c2pa;
mod charset;
pub mod epub;
pub mod exif;
pub mod html;
pub mod iim;
pub mod irb;
mod json_ld;
mod markup;
pub mod office;
pub mod text;
pub mod xmp;

use std::collections::BTreeMap;

use super::{Limits, Pair, Stop};
use crate::model::BlockKind;

/// What a decoder has found.
#[derive(Debug, Default)]
pub struct Decoded {
    /// In the order of the block.
    pub pairs: Vec<(BlockKind, Pair)>,
    /// Blocks that stand inside the block, for their own decoders.
    pub blocks: Vec<Inner>,
    /// Which of the pairs stand in a further property of the same name, and in the
    /// how manyth, 0 for the first. Items of one list have the same number.
    pub repeated: BTreeMap<usize, u16>,
    /// What could not be read, with its offset in the block; the rest stands.
    pub problems: Vec<(u64, Stop)>,
}

/// A block inside another.
#[derive(Debug)]
pub struct Inner {
    /// Of which kind.
    pub kind: BlockKind,
    /// In bytes from the start of the outer block.
    pub offset: u64,
    /// All of it.
    pub bytes: Vec<u8>,
    /// Of which part of the file it tells: `Page2`; empty for the whole.
    pub part: String,
}

impl Decoded {
    /// Adds a block that stands inside at `offset`.
    pub fn block(&mut self, kind: BlockKind, offset: u64, bytes: impl Into<Vec<u8>>) {
        self.block_of("", kind, offset, bytes);
    }

    /// Adds a block that tells of a part of the file.
    pub fn block_of(
        &mut self,
        part: &str,
        kind: BlockKind,
        offset: u64,
        bytes: impl Into<Vec<u8>>,
    ) {
        let part = part.to_owned();
        self.blocks.push(Inner { kind, offset, bytes: bytes.into(), part });
    }

    /// Notes what cannot be read at `offset`.
    pub fn problem(&mut self, offset: u64, stop: Stop) {
        self.problems.push((offset, stop));
    }

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
        BlockKind::C2pa => c2pa::decode(bytes, limits, out),
        BlockKind::Html => html::decode(bytes, limits, out),
        BlockKind::EpubOpf => epub::decode(bytes, limits, out),
        BlockKind::OoxmlCore => office::core(bytes, limits, out),
        BlockKind::OoxmlCustom => office::custom(bytes, limits, out),
        BlockKind::OdfMeta => office::meta(bytes, limits, out),
        // Their walkers decode them, because only they know the charset or the form.
        BlockKind::PngText
        | BlockKind::PdfInfo
        | BlockKind::PdfText
        | BlockKind::PdfLink
        | BlockKind::QuickTime
        | BlockKind::JpegComment
        | BlockKind::Svg
        | BlockKind::GifComment
        | BlockKind::Id3
        | BlockKind::Vorbis
        | BlockKind::RiffInfo
        | BlockKind::Bext
        | BlockKind::AiffText
        | BlockKind::Reuse => Ok(()),
    }
}

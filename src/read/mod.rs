//! Reads the metadata of one asset: from bytes to statements.
//!
//! Three steps, each a table to which a row can be added:
//!
//! 1. [`formats`] – which format claims the file, and where in it the metadata
//!    blocks are. JPEG keeps XMP in an APP1 segment.
//! 2. [`blocks`] – what a block says, wherever it was found. XMP is the same in
//!    a JPEG, a PDF and a sidecar.
//! 3. [`vocabulary`] – what it is about. `cc:license` is a license.
//!
//! Reading never fails. What cannot be read is [`Damage`] in the evidence, and
//! whatever was found before it stays. This is the only module that opens the
//! files of a collection.

pub mod blocks;
pub mod containers;
pub mod formats;
mod input;
mod limits;
mod open;
#[cfg(test)]
mod robustness;
mod taker;
#[cfg(test)]
mod testing;
pub mod vocabulary;

use std::path::Path;

pub use input::{HEAD, Input, ReadAt};
pub use limits::{Cap, Limits, Over};
pub use open::{Open, digest, open};
use taker::Taker;

use crate::model::{
    Asset, BlockKind, Damage, DamageKind, Evidence, FileRef, FirstPage, Subject,
};

/// Why a walker or a decoder stopped. What it had found until then is kept.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The system would not let us.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// What was wrong, in terms of the format's own standard.
    #[error("{0}")]
    Malformed(&'static str),
    /// The same, where nothing is lost by it.
    #[error("{0}")]
    Irregular(&'static str),
    /// What was left out, by which nothing is lost that the work says of itself.
    #[error("{0}")]
    Unexamined(&'static str),
    /// Which limit was reached: made by [`Limits::over`], of the one table of them.
    #[error("{0}")]
    Over(Over),
    /// The same, where nothing is lost by it that the work says of itself: made by
    /// [`Limits::aside`].
    #[error("{0}; what goes beyond was not looked at")]
    Aside(Over),
    /// Something that the standard allows and this program does not know.
    #[error("{0}")]
    Unsupported(&'static str),
    /// Something that needs a password.
    #[error("{0}")]
    Encrypted(&'static str),
}

impl Stop {
    /// Whether nothing more can be had of the file after it.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Io(_)) || matches!(self, Self::Over(over) if over.is_final())
    }
}

/// A key and its value, as a block has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// As the block's own standard spells it: `cc:license`, `Artist`, `2:80`.
    pub key: String,
    /// Decoded to Unicode and not trimmed.
    pub value: String,
    /// The language of the value; `None` for `x-default`.
    pub lang: Option<String>,
    /// In bytes from the start of the block.
    pub offset: u64,
}

/// What a walker finds in a file, in file order.
#[derive(Debug, Default)]
pub struct Found {
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    /// A block that its decoder has to read.
    Block { kind: BlockKind, place: Place, bytes: Vec<u8>, part: String },
    /// A block that is there.
    Seen { kind: BlockKind },
    /// A value that the walker has read by itself, with its place in the file.
    Pair { kind: BlockKind, pair: Pair },
    /// What the first page is like.
    FirstPage(FirstPage),
    /// Something that could not be read.
    Skipped { stop: Stop, offset: Option<u64> },
}

impl Item {
    /// A block about the work as a whole.
    fn whole(kind: BlockKind, place: Place, bytes: Vec<u8>) -> Self {
        Self::Block { kind, place, bytes, part: String::new() }
    }
}

/// How the bytes of a block stand in the file.
#[derive(Debug)]
enum Place {
    /// As they are, from this byte on.
    Whole(u64),
    /// In pieces: where in the block and where in the file each begins.
    Pieces(Vec<(u64, u64)>),
    /// Compressed or in hexadecimal digits, in what begins at this byte.
    Inside(u64),
}

/// A block that is put together from parts of the file.
#[derive(Debug, Default)]
pub struct Pieces {
    /// Where in the block and where in the file each piece begins.
    places: Vec<(u64, u64)>,
    bytes: Vec<u8>,
}

impl Pieces {
    /// Appends what stands at `offset` of the file.
    pub fn add(&mut self, offset: u64, bytes: &[u8]) {
        self.places.push((self.len(), offset));
        self.bytes.extend_from_slice(bytes);
    }

    /// All but the first `skip` bytes.
    pub fn without(self, skip: usize) -> Self {
        let first = skip as u64;
        let mut places: Vec<(u64, u64)> = Vec::new();
        for (begins, offset) in self.places {
            let place = match begins.checked_sub(first) {
                Some(begins) => (begins, offset),
                // Cut off, in part or as a whole.
                None => {
                    places.clear();
                    (0, offset.saturating_add(first - begins))
                }
            };
            places.push(place);
        }
        Self { places, bytes: self.bytes.get(skip..).unwrap_or_default().to_vec() }
    }

    /// How many bytes there are so far.
    pub fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Whether there is nothing yet.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes of all pieces.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Place {
    /// Where in the file byte `at` of the block stands.
    fn offset(&self, at: u64) -> u64 {
        match self {
            Self::Whole(start) => start.saturating_add(at),
            Self::Inside(start) => *start,
            Self::Pieces(pieces) => {
                let next = pieces.partition_point(|(begins, _)| *begins <= at);
                let piece = next.checked_sub(1).and_then(|n| pieces.get(n));
                piece.map_or(0, |(begins, start)| start.saturating_add(at - begins))
            }
        }
    }
}

impl Found {
    /// A metadata block whose bytes stand at `offset` of the file.
    pub fn block(&mut self, kind: BlockKind, offset: u64, bytes: impl Into<Vec<u8>>) {
        let place = Place::Whole(offset);
        self.items.push(Item::whole(kind, place, bytes.into()));
    }

    /// A metadata block that was inflated or decoded from what is at `offset`.
    pub fn assembled(&mut self, kind: BlockKind, offset: u64, bytes: impl Into<Vec<u8>>) {
        let place = Place::Inside(offset);
        self.items.push(Item::whole(kind, place, bytes.into()));
    }

    /// A metadata block that is an entry of a ZIP file.
    pub fn content(&mut self, kind: BlockKind, content: containers::zip::Content) {
        let containers::zip::Content { offset, stored, bytes } = content;
        match stored {
            true => self.block(kind, offset, bytes),
            false => self.assembled(kind, offset, bytes),
        }
    }

    /// A metadata block that stands in the file in pieces.
    pub fn pieces(&mut self, kind: BlockKind, pieces: Pieces) {
        let Pieces { places, bytes } = pieces;
        self.items.push(Item::whole(kind, Place::Pieces(places), bytes));
    }

    /// Says that the last block added is about a part of the work: the keys in
    /// it begin with the name of the part.
    pub fn of_part(&mut self, name: String) {
        if let Some(Item::Block { part, .. }) = self.items.last_mut() {
            *part = name;
        }
    }

    /// What a decoder has found that read the file by itself; its offsets count
    /// from the start of the file.
    pub fn decoded(&mut self, decoded: blocks::Decoded) {
        for (kind, pair) in decoded.pairs {
            self.pair(kind, pair);
        }
        for block in decoded.blocks {
            self.block(block.kind, block.offset, block.bytes);
            self.of_part(block.part);
        }
        for (offset, stop) in decoded.problems {
            self.skip_at(offset, stop);
        }
    }

    /// A block of this kind is there, whether or not it says anything wanted.
    pub fn seen(&mut self, kind: BlockKind) {
        self.items.push(Item::Seen { kind });
    }

    /// A value that needs no decoder; its offset counts from the start of the
    /// file.
    pub fn pair(&mut self, kind: BlockKind, pair: Pair) {
        self.items.push(Item::Pair { kind, pair });
    }

    /// What the first page is like, where another follows.
    pub fn first_page(&mut self, page: FirstPage) {
        self.items.push(Item::FirstPage(page));
    }

    /// Notes something that cannot be read but does not end the walk.
    pub fn skip(&mut self, stop: Stop) {
        self.items.push(Item::Skipped { stop, offset: None });
    }

    /// The same, with its place in the file.
    pub fn skip_at(&mut self, offset: u64, stop: Stop) {
        self.items.push(Item::Skipped { stop, offset: Some(offset) });
    }
}

/// Reads `asset` and its sidecars.
pub fn read(asset: &Asset, limits: &Limits) -> Evidence {
    read_by(open, asset, limits)
}

/// Reads `asset` and its sidecars, opened by `open`.
pub fn read_by(open: Open, asset: &Asset, limits: &Limits) -> Evidence {
    let mut evidence = Evidence {
        subject: asset.subject.clone(),
        extension: asset.path.extension(),
        ..Evidence::default()
    };
    match &asset.subject {
        Subject::Unlistable(error) => evidence.damage.push(Damage {
            file: FileRef::Primary,
            kind: DamageKind::Unreadable,
            offset: None,
            what: error.clone(),
        }),
        subject if subject.is_read() => {
            read_file(open, &asset.file, FileRef::Primary, limits, &mut evidence);
        }
        _ => return evidence,
    }
    for (sidecar, n) in asset.sidecars.iter().zip(0..) {
        read_file(open, &sidecar.file, FileRef::Sidecar(n), limits, &mut evidence);
    }
    for path in &asset.ambiguous {
        evidence.damage.push(Damage {
            file: FileRef::Primary,
            kind: DamageKind::Ambiguous,
            offset: None,
            what: format!("{} may describe this file or another", path.name()),
        });
    }
    for (path, what) in &asset.unopened {
        evidence.damage.push(Damage {
            file: FileRef::Primary,
            kind: DamageKind::Unopened,
            offset: None,
            what: format!("its sidecar {} was not opened: {what}", path.name()),
        });
    }
    evidence
}

fn read_file(
    open: Open,
    path: &Path,
    file: FileRef,
    limits: &Limits,
    evidence: &mut Evidence,
) {
    match open(path).and_then(|(source, len)| Input::new(source, len, limits)) {
        Ok(mut input) => read_input(&mut input, file, evidence),
        Err(error) => evidence.damage.push(Damage {
            file,
            kind: DamageKind::Unreadable,
            offset: None,
            what: error.to_string(),
        }),
    }
}

/// Whether the damage tells of [`Limits::time`], so that reading the same bytes
/// again may give more.
pub fn is_of_time(damage: &Damage) -> bool {
    damage.kind == DamageKind::Limit && damage.what.starts_with(limits::TOOK_LONGER)
}

/// Reads one file of an asset from any source of bytes.
///
/// This is all that stands between the bytes of a stranger and the rest of the
/// program; the robustness tests and the fuzz targets call it.
pub fn read_input(input: &mut Input<'_>, file: FileRef, evidence: &mut Evidence) {
    let mut found = Found::default();
    let format = match file {
        FileRef::Primary => {
            let (content, format) = formats::identify(input);
            evidence.content = content;
            evidence.promised =
                formats::broken_promise(evidence.extension.as_deref(), content);
            format
        }
        FileRef::Sidecar(_) => {
            let format = formats::identify_sidecar(input);
            if format.is_none_or(|f| f.id != "xmp" && f.id != "reuse") {
                let what = "the sidecar is neither an XMP packet nor SPDX tags";
                found.skip(Stop::Malformed(what));
            }
            format
        }
    };
    if let Some(format) = format
        && let Err(stop) = (format.walk)(input, &mut found)
    {
        found.skip(stop);
    }
    evidence.cost.add(input.cost());
    let limits = input.limits();
    let mut taker = Taker::new(file, limits, evidence);
    for item in found.items {
        if let Err(stop) = input.in_time() {
            taker.note(&stop, None);
            break;
        }
        taker.take(item);
    }
}

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
pub mod vocabulary;

use std::fs::File;
use std::path::Path;

pub use input::{HEAD, Input, Limits, ReadAt};

use crate::model::{
    Asset, BlockKind, Damage, DamageKind, Evidence, FileRef, Location, Statement, Subject,
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
    /// Which limit was reached.
    #[error("{0}")]
    Limit(&'static str),
    /// Something that the standard allows and this program does not know.
    #[error("{0}")]
    Unsupported(&'static str),
    /// Something that needs a password.
    #[error("{0}")]
    Encrypted(&'static str),
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
    /// A block that its decoder has to read. `stands` tells whether its bytes
    /// stand in the file as they are, so that offsets inside can be added.
    Block { kind: BlockKind, offset: u64, stands: bool, bytes: Vec<u8> },
    /// A block that is there.
    Seen { kind: BlockKind },
    /// A value that the walker has read by itself, with its place in the file.
    Pair { kind: BlockKind, pair: Pair },
    /// Something that could not be read.
    Skipped { stop: Stop, offset: Option<u64> },
}

impl Found {
    /// A metadata block whose bytes stand at `offset` of the file.
    pub fn block(&mut self, kind: BlockKind, offset: u64, bytes: impl Into<Vec<u8>>) {
        self.items.push(Item::Block { kind, offset, stands: true, bytes: bytes.into() });
    }

    /// A metadata block that was inflated or put together from parts, of which
    /// the first is at `offset`.
    pub fn assembled(&mut self, kind: BlockKind, offset: u64, bytes: impl Into<Vec<u8>>) {
        self.items.push(Item::Block { kind, offset, stands: false, bytes: bytes.into() });
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
            read_file(&asset.file, FileRef::Primary, limits, &mut evidence);
        }
        _ => return evidence,
    }
    for (sidecar, n) in asset.sidecars.iter().zip(0..) {
        read_file(&sidecar.file, FileRef::Sidecar(n), limits, &mut evidence);
    }
    for path in &asset.ambiguous {
        evidence.damage.push(Damage {
            file: FileRef::Primary,
            kind: DamageKind::Ambiguous,
            offset: None,
            what: format!("{} may describe this file or another", path.name()),
        });
    }
    evidence
}

fn read_file(path: &Path, file: FileRef, limits: &Limits, evidence: &mut Evidence) {
    match File::open(path).and_then(|f| Input::from_file(f, limits)) {
        Ok(mut input) => read_input(&mut input, file, evidence),
        Err(error) => evidence.damage.push(Damage {
            file,
            kind: DamageKind::Unreadable,
            offset: None,
            what: error.to_string(),
        }),
    }
}

/// Reads one file of an asset from any source of bytes.
///
/// This is all that stands between the bytes of a stranger and the rest of the
/// program; the robustness tests and the fuzz targets call it.
pub fn read_input(input: &mut Input<'_>, file: FileRef, evidence: &mut Evidence) {
    let mut found = Found::default();
    let (content, format) = formats::identify(input);
    if file == FileRef::Primary {
        evidence.content = content;
        evidence.promised =
            formats::broken_promise(evidence.extension.as_deref(), content);
    } else if format.is_none_or(|f| f.id != "xmp") {
        found.skip(Stop::Malformed("the sidecar is not an XMP packet"));
    }
    if let Some(format) = format
        && let Err(stop) = (format.walk)(input, &mut found)
    {
        found.skip(stop);
    }
    evidence.cost.add(input.cost());
    let limits = input.limits();
    for item in found.items {
        take(item, file, limits, evidence);
    }
}

/// Turns what a walker has found into statements.
fn take(item: Item, file: FileRef, limits: &Limits, evidence: &mut Evidence) {
    match item {
        Item::Seen { kind } => evidence.note_block(file, kind),
        Item::Skipped { stop, offset } => {
            evidence.damage.push(damage(file, &stop, offset));
        }
        Item::Pair { kind, pair } => {
            evidence.note_block(file, kind);
            say(kind, pair, file, limits, evidence);
        }
        Item::Block { kind, offset, stands, bytes } => {
            evidence.note_block(file, kind);
            let mut decoded = blocks::Decoded::default();
            if let Err(stop) = blocks::decode(kind, &bytes, limits, &mut decoded) {
                decoded.problems.push((0, stop));
            }
            let place = |at: u64| if stands { offset.saturating_add(at) } else { offset };
            for (kind, mut pair) in decoded.pairs {
                evidence.note_block(file, kind);
                pair.offset = place(pair.offset);
                say(kind, pair, file, limits, evidence);
            }
            for (at, stop) in decoded.problems {
                evidence.damage.push(damage(file, &stop, Some(place(at))));
            }
        }
    }
}

/// Makes a statement of a pair, if its key is one that is wanted.
fn say(kind: BlockKind, pair: Pair, file: FileRef, limits: &Limits, to: &mut Evidence) {
    let Some(property) = vocabulary::property(kind, &pair.key) else { return };
    if to.statements.len() >= limits.statements as usize {
        let stop = Stop::Limit("more statements than the limit allows");
        if to.damage.last().is_none_or(|d| d.what != stop.to_string()) {
            to.damage.push(damage(file, &stop, Some(pair.offset)));
        }
        return;
    }
    to.statements.push(Statement {
        property,
        value: pair.value,
        lang: pair.lang,
        location: Location { file, block: kind, key: pair.key, offset: pair.offset },
    });
}

fn damage(file: FileRef, stop: &Stop, offset: Option<u64>) -> Damage {
    let kind = match stop {
        Stop::Io(_) => DamageKind::Unreadable,
        Stop::Malformed(_) => DamageKind::Malformed,
        Stop::Limit(_) => DamageKind::Limit,
        Stop::Unsupported(_) => DamageKind::Unsupported,
        Stop::Encrypted(_) => DamageKind::Encrypted,
    };
    Damage { file, kind, offset, what: stop.to_string() }
}

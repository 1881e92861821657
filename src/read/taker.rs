//! From what a walker has found to statements.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cap, Item, Limits, Pair, Stop, blocks, vocabulary};
use crate::model::{
    BlockKind, Damage, DamageKind, Evidence, FileRef, Location, Statement,
};

/// The kinds of block that hold one value each: a second of the same key is no
/// further item of a list.
const ONE_VALUE: [BlockKind; 6] = [
    BlockKind::PngText,
    BlockKind::JpegComment,
    BlockKind::GifComment,
    BlockKind::RiffInfo,
    BlockKind::Bext,
    BlockKind::AiffText,
];

/// Turns what a walker has found into statements.
pub(super) struct Taker<'a> {
    file: FileRef,
    limits: &'a Limits,
    /// How many bytes of values may still be kept.
    left: u64,
    /// What was said about limits, so that it is said once for the file.
    limits_noted: BTreeSet<String>,
    evidence: &'a mut Evidence,
    /// How many IIM blocks the file has had so far.
    iim: u32,
    /// How many blocks or single values the file has had so far.
    blocks: u32,
    /// For each key the list that its last value stood in, by block and by list of
    /// the block, and how many lists came before it.
    lists: BTreeMap<(BlockKind, String), ((u32, u16), u32)>,
}

impl<'a> Taker<'a> {
    /// For what is found in `file`.
    pub(super) fn new(
        file: FileRef,
        limits: &'a Limits,
        evidence: &'a mut Evidence,
    ) -> Self {
        Self {
            file,
            limits,
            left: limits.values,
            limits_noted: BTreeSet::new(),
            evidence,
            iim: 0,
            blocks: 0,
            lists: BTreeMap::new(),
        }
    }

    /// Takes one thing.
    pub(super) fn take(&mut self, item: Item) {
        match item {
            Item::Seen { kind } => self.evidence.note_block(self.file, kind),
            Item::Skipped { stop, offset } => {
                self.note(&stop, offset);
            }
            Item::Pair { kind, pair } => {
                self.evidence.note_block(self.file, kind);
                if ONE_VALUE.contains(&kind) {
                    self.blocks = self.blocks.saturating_add(1);
                }
                let nth = self.nth(kind, &pair.key, (self.blocks, 0));
                self.say(kind, pair, nth);
            }
            // A file of a hundred thousand packets is not read to its end.
            Item::Block { kind, place, .. } if self.is_full(place.offset(0)) => {
                self.evidence.note_block(self.file, kind);
            }
            Item::Block { kind, place, bytes, part } => {
                let first = self.evidence.statements.len();
                self.block(kind, &bytes, self.limits.nested_blocks, &|at| {
                    place.offset(at)
                });
                let new = self.evidence.statements.iter_mut().skip(first);
                for statement in new.filter(|_| !part.is_empty()) {
                    statement.location.key = format!("{part}:{}", statement.location.key);
                }
            }
        }
    }

    /// The number for a value of `key` that stands in the list `list` of its block:
    /// how many other lists of that key came before.
    fn nth(&mut self, kind: BlockKind, key: &str, list: (u32, u16)) -> u32 {
        if vocabulary::property(kind, key).is_none() {
            return 0;
        }
        let (last, nth) = self.lists.entry((kind, key.to_owned())).or_insert((list, 0));
        if *last != list {
            (*last, *nth) = (list, nth.saturating_add(1));
        }
        *nth
    }

    /// Reads a block of which byte `at` stands at `place(at)` of the file.
    fn block(
        &mut self,
        kind: BlockKind,
        bytes: &[u8],
        depth: u32,
        place: &dyn Fn(u64) -> u64,
    ) {
        self.evidence.note_block(self.file, kind);
        let mut decoded = blocks::Decoded::default();
        if let Err(stop) = blocks::decode(kind, bytes, self.limits, &mut decoded) {
            decoded.problems.push((0, stop));
        }
        if kind == BlockKind::Iim {
            self.iim = self.iim.saturating_add(1);
        }
        self.blocks = self.blocks.saturating_add(1);
        let block = self.blocks;
        for (n, (kind, mut pair)) in decoded.pairs.into_iter().enumerate() {
            self.evidence.note_block(self.file, kind);
            pair.offset = place(pair.offset);
            // The values of one block belong together; those of a second block
            // are another account of the same thing.
            if kind == BlockKind::Iim && self.iim > 1 {
                pair.key = format!("IPTC{}:{}", self.iim, pair.key);
            }
            let list = decoded.repeated.get(&n).copied().unwrap_or(0);
            let nth = self.nth(kind, &pair.key, (block, list));
            self.say(kind, pair, nth);
        }
        for inner in decoded.blocks {
            match depth.checked_sub(1) {
                Some(depth) => self.block(inner.kind, &inner.bytes, depth, &|at| {
                    place(inner.offset.saturating_add(at))
                }),
                None => decoded
                    .problems
                    .push((inner.offset, self.limits.over(Cap::NestedBlocks))),
            }
        }
        for (at, stop) in decoded.problems {
            self.note(&stop, Some(place(at)));
        }
    }

    /// Notes what could not be read. Of a limit, the first time is enough.
    pub(super) fn note(&mut self, stop: &Stop, offset: Option<u64>) {
        let damage = damage(self.file, stop, offset);
        let is_new = damage.kind != DamageKind::Limit && !stop.is_final()
            || self.limits_noted.insert(damage.what.clone());
        if is_new {
            self.evidence.damage.push(damage);
        }
    }

    /// Makes a statement of a pair, if its key is one that is wanted.
    fn say(&mut self, block: BlockKind, pair: Pair, nth: u32) {
        let Some(property) = vocabulary::property(block, &pair.key) else { return };
        if self.is_full(pair.offset) {
            return;
        }
        let len = pair.value.len() as u64;
        if len > self.limits.value {
            return self.over(pair.offset, Cap::Value);
        }
        let Some(left) = self.left.checked_sub(len) else {
            return self.over(pair.offset, Cap::Values);
        };
        self.left = left;
        self.evidence.statements.push(Statement {
            property,
            value: pair.value,
            lang: pair.lang,
            location: Location {
                file: self.file,
                block,
                key: pair.key,
                offset: pair.offset,
                nth,
            },
        });
    }

    /// Whether there are as many statements as the limits allow, which is noted.
    fn is_full(&mut self, offset: u64) -> bool {
        let is_full = self.evidence.statements.len() >= self.limits.statements as usize;
        if is_full {
            self.over(offset, Cap::Statements);
        }
        is_full
    }

    /// Notes a limit.
    fn over(&mut self, offset: u64, cap: Cap) {
        self.note(&self.limits.over(cap), Some(offset));
    }
}

fn damage(file: FileRef, stop: &Stop, offset: Option<u64>) -> Damage {
    let kind = match stop {
        Stop::Io(_) => DamageKind::Unreadable,
        Stop::Malformed(_) => DamageKind::Malformed,
        Stop::Irregular(_) => DamageKind::Irregular,
        Stop::Unexamined(_) | Stop::Aside(_) => DamageKind::Unexamined,
        Stop::Over(_) => DamageKind::Limit,
        Stop::Unsupported(_) => DamageKind::Unsupported,
        Stop::Encrypted(_) => DamageKind::Encrypted,
    };
    Damage { file, kind, offset, what: stop.to_string() }
}

//! Many keys, looked for wherever a word of a text begins.
//!
//! An automaton over the thousands of names and phrases of the tables takes as
//! long to build as hundreds of files take to read, and the keys are wanted only
//! where a word begins. So they lie in buckets by their first bytes.

use std::cmp::Reverse;
use std::ops::Range;

/// The rows of a table of forms: of which kind each form is, and of which language.
/// A line has one kind, one language and all their forms.
pub(super) fn rows_of<K: Copy>(
    table: &'static str,
    kinds: &'static [(&'static str, K)],
) -> impl Iterator<Item = (K, &'static str, &'static str)> {
    let lines = table.lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(move |line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (kind, language, forms) = (next(), next(), next());
        let kind = kinds.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind);
        forms.split('|').filter_map(move |form| Some((kind?, language, form)))
    })
}

/// Puts hits in order and leaves those that are apart from each other; the longest
/// where several begin at the same place.
pub(super) fn apart<H>(hits: &mut Vec<H>, range: impl Fn(&H) -> &Range<usize>) {
    hits.sort_by_key(|hit| (range(hit).start, Reverse(range(hit).end)));
    let mut end = 0;
    hits.retain(|hit| {
        let keep = range(hit).start >= end;
        if keep {
            end = range(hit).end;
        }
        keep
    });
}

/// Keys by their first bytes.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The keys, by bucket.
    keys: Vec<Key>,
    /// Where the keys of each bucket begin, and where those of the last end.
    starts: Vec<u32>,
    /// Whether there are keys of one byte, and of two.
    short: [bool; 2],
}

/// A key. Most keys of a bucket are told from a text by their first bytes, for
/// which nothing has to be looked up.
#[derive(Debug)]
struct Key {
    /// The first bytes, the first of them lowest.
    head: u64,
    text: Box<str>,
    number: u32,
}

impl Key {
    fn new(text: String, number: u32) -> Self {
        Self { head: head(text.as_bytes()), text: text.into_boxed_str(), number }
    }

    /// Whether `text` begins with it; `text_head` are the first bytes of `text`.
    fn begins(&self, text: &[u8], text_head: u64) -> bool {
        let differs = text_head ^ self.head;
        // The first byte is the lowest.
        let same = differs.trailing_zeros() as usize / 8;
        same >= self.text.len().min(8)
            && (self.text.len() <= 8 || text.starts_with(self.text.as_bytes()))
    }
}

/// The first eight bytes, as a number; a text that is shorter has NULs.
fn head(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text.iter().rev().fold(0, |head, b| head << 8 | u64::from(*b)),
    }
}

/// How many bytes of a key its bucket depends on.
const PREFIX: usize = 3;
/// How many buckets there are, as a power of two: a few for each key.
const BITS: u32 = 14;

impl Lexicon {
    /// A lexicon of `keys`, which are numbered from 0. Empty ones are nowhere.
    pub(super) fn new(keys: impl IntoIterator<Item = String>) -> Self {
        let keys = keys.into_iter().zip(0..).filter(|(key, _)| !key.is_empty());
        let mut keys: Vec<Key> = keys.map(|(key, n)| Key::new(key, n)).collect();
        keys.sort_by_cached_key(|key| bucket(prefix(key.text.as_bytes())));
        let mut starts = vec![0; (1 << BITS) + 1];
        for key in &keys {
            starts[bucket(prefix(key.text.as_bytes())) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let short = [1, 2].map(|len| keys.iter().any(|key| key.text.len() == len));
        Self { keys, starts, short }
    }

    /// The numbers and lengths in bytes of the keys with which `text` begins, in
    /// no order but always the same.
    pub(super) fn at(&self, text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        let [a, b, c] = prefix(text);
        // A key that is shorter is filed as if NULs followed, and looked for apart from
        // longer ones, which may lie in the same bucket.
        let file = |len: usize, prefix| {
            let filed = match len {
                1 | 2 => self.short[len - 1],
                _ => true,
            };
            if filed && text.len() >= len { self.bucket(prefix) } else { &[] }
        };
        let text_head = head(text);
        let fits = move |len: usize| {
            move |key: &&Key| {
                key.begins(text, text_head) && key.text.len().min(PREFIX) == len
            }
        };
        let long = file(PREFIX, [a, b, c]).iter().filter(fits(PREFIX));
        let two = file(2, [a, b, 0]).iter().filter(fits(2));
        let one = file(1, [a, 0, 0]).iter().filter(fits(1));
        long.chain(two).chain(one).map(|key| (key.number as usize, key.text.len()))
    }

    fn bucket(&self, prefix: [u8; PREFIX]) -> &[Key] {
        let bucket = bucket(prefix);
        let (from, to) = (self.starts[bucket], self.starts[bucket + 1]);
        &self.keys[from as usize..to as usize]
    }
}

fn prefix(key: &[u8]) -> [u8; PREFIX] {
    match *key {
        [a, b, c, ..] => [a, b, c],
        [a, b] => [a, b, 0],
        [a] => [a, 0, 0],
        [] => [0; PREFIX],
    }
}

fn bucket([a, b, c]: [u8; PREFIX]) -> usize {
    // Fibonacci hashing: the golden ratio spreads what lies close together.
    let mixed = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9E37_79B1);
    (mixed >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_lie_in_one_bucket_are_found_once() {
        let lexicon = Lexicon::new(["a".to_owned()]);
        let texts = (0x2020_u16..0x7F7F).map(|n| {
            let [b, c] = n.to_be_bytes();
            [b'a', b, c]
        });
        let home = bucket(prefix(b"a"));
        let same: Vec<_> = texts.filter(|text| bucket(*text) == home).collect();
        assert!(!same.is_empty());
        for text in same {
            assert_eq!(lexicon.at(&text).count(), 1, "{text:?}");
        }
    }

    #[test]
    fn every_key_that_a_text_begins_with_is_found() {
        let keys = [
            "a",
            "ab",
            "abc",
            "abcd",
            "b",
            "",
            "表示",
            "表",
            "ab",
            "zzzzzzzz",
            "zzzzzzzzz",
        ];
        let lexicon = Lexicon::new(keys.map(str::to_owned));
        for (text, expected) in [
            ("abcde", &[0, 1, 2, 3, 8][..]),
            ("ab", &[0, 1, 8]),
            ("a", &[0]),
            ("a\0", &[0]),
            ("bcd", &[4]),
            ("表示a", &[6, 7]),
            ("zzzzzzz", &[]),
            ("zzzzzzzz", &[9]),
            ("zzzzzzzzzy", &[9, 10]),
            ("zzzzzzzzy", &[9]),
            ("c", &[]),
            ("a\0c", &[0]),
            ("ab\0", &[0, 1, 8]),
            ("", &[]),
        ] {
            let mut found: Vec<usize> = lexicon
                .at(text.as_bytes())
                .inspect(|(number, len)| assert_eq!(keys[*number].len(), *len))
                .map(|(number, _)| number)
                .collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

//! The phrases of `phrases.tsv`, found in a text in one pass.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::lexicon::Lexicon;
use super::text::{Gap, Text};

/// What a phrase does in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Opens a notice: "copyright", "©".
    Copyright,
    /// Says that there is copyright, naming nobody: "protected by copyright".
    Protected,
    /// "All rights reserved".
    Reserved,
    /// "in the public domain".
    PublicDomain,
    /// Restricts use: "for personal use only".
    Terms,
    /// Restricts use, unless denied: "permission required".
    Permission,
    /// Restricts use beside a prohibition: "without permission".
    Without,
    /// Prohibits: "forbidden".
    Forbid,
    /// Denies what follows in the same part of the sentence: "not".
    Not,
    /// Denies what follows at once: "no", "free of".
    No,
    /// Denies what stands before it: "ではありません".
    After,
    /// Makes what follows a possibility: "if", "may".
    Hedge,
    /// Ends the reach of a denial: "and".
    And,
    /// Stands between "copyright" and the owner: "by", "holder".
    Link,
    /// Is not the name of an owner: "expired", "law", "free".
    NotOwner,
}

const KINDS: &[(&str, Kind)] = &[
    ("copyright", Kind::Copyright),
    ("protected", Kind::Protected),
    ("reserved", Kind::Reserved),
    ("public-domain", Kind::PublicDomain),
    ("terms", Kind::Terms),
    ("permission", Kind::Permission),
    ("without", Kind::Without),
    ("forbid", Kind::Forbid),
    ("not", Kind::Not),
    ("no", Kind::No),
    ("after", Kind::After),
    ("hedge", Kind::Hedge),
    ("and", Kind::And),
    ("link", Kind::Link),
    ("not-owner", Kind::NotOwner),
];

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) kind: Kind,
    /// The languages in which it means this, `*` for all.
    pub(super) langs: Vec<&'static str>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests go through the table"))]
    pub(super) text: &'static str,
}

/// A phrase in a text: the words from `first` to before `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) phrase: &'static Phrase,
    pub(super) first: usize,
    pub(super) end: usize,
}

struct Table {
    lexicon: Lexicon,
    phrases: Vec<Phrase>,
    /// Single words: what they do in which languages, for looking around.
    words: HashMap<String, Vec<(Kind, &'static str)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    // By kind and key, since the same words in two languages are one phrase:
    // "dominio público".
    let mut index: HashMap<(Kind, String), usize> = HashMap::new();
    let mut words: HashMap<String, Vec<_>> = HashMap::new();
    for line in
        include_str!("phrases.tsv").lines().skip(1).filter(|line| !line.starts_with('#'))
    {
        let mut cells = line.split('\t');
        let (Some(kind), Some(lang), Some(text)) =
            (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            continue;
        };
        let key = Text::new(text).folded.trim().to_owned();
        if !key.contains(' ') {
            words.entry(key.clone()).or_default().push((*kind, lang));
        }
        let same = *index.entry((*kind, key)).or_insert_with_key(|(kind, key)| {
            keys.push(key.clone());
            phrases.push(Phrase { kind: *kind, langs: Vec::new(), text });
            phrases.len() - 1
        });
        phrases[same].langs.push(lang);
    }
    Table { lexicon: Lexicon::new(keys), phrases, words }
});

/// Every row.
#[cfg(test)]
pub(super) fn phrases() -> &'static [Phrase] {
    &TABLE.phrases
}

/// A text with the phrases in it, in the order in which they end.
pub(super) struct Reading<'t> {
    pub(super) text: Text<'t>,
    hits: Vec<Hit>,
    /// By word: whether a phrase that denies what stands before it begins here.
    after: Vec<bool>,
}

/// How many words a denial reaches forward within its part of the sentence.
const REACH: usize = 7;

/// How many words after a claim its denial may begin: Hangul counts letters.
const REACH_BACK: usize = 6;

impl<'t> Reading<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        let text = Text::new(original);
        let mut hits = Vec::new();
        let mut after = vec![false; text.words.len()];
        for (first, word) in text.words.iter().enumerate() {
            let start = word.start();
            let rest = text.folded.as_bytes().get(start..).unwrap_or_default();
            for (number, len) in TABLE.lexicon.at(rest) {
                let phrase = &TABLE.phrases[number];
                let end = text.index_at(start + len);
                // "Commercial use. Prohibited are …" is not "commercial use prohibited".
                let inside = text.words.get(first + 1..end).unwrap_or_default();
                if rest.get(len) != Some(&b' ')
                    || inside.iter().any(|word| word.gap == Gap::Sentence)
                {
                    continue;
                }
                if phrase.kind == Kind::After
                    && let Some(mark) = after.get_mut(first)
                {
                    *mark = true;
                }
                hits.push((number, Hit { phrase, first, end }));
            }
        }
        hits.sort_by_key(|(number, hit)| (hit.end, hit.first, *number));
        let hits = hits.into_iter().map(|(_, hit)| hit).collect();
        Self { text, hits, after }
    }

    /// The phrases of one kind, in order.
    pub(super) fn hits(&self, kind: Kind) -> impl Iterator<Item = Hit> {
        self.hits.iter().copied().filter(move |hit| hit.phrase.kind == kind)
    }

    /// By word: whether a phrase of `kind` begins there.
    pub(super) fn starts(&self, kind: Kind) -> Vec<bool> {
        let mut starts = vec![false; self.text.words.len()];
        for hit in self.hits(kind) {
            if let Some(mark) = starts.get_mut(hit.first) {
                *mark = true;
            }
        }
        starts
    }

    /// Whether the word `index` does `kind` in one of `langs`.
    pub(super) fn word_is(&self, index: usize, kind: Kind, langs: &[&str]) -> bool {
        let word = self.text.word(index);
        let rows = TABLE.words.get(word);
        rows.into_iter().flatten().filter(|(k, _)| *k == kind).any(|(_, lang)| {
            // English phrases stand in sentences of every language, but
            // Spanish "no" is no English "not".
            *lang == "*"
                || langs.contains(lang)
                || (langs.contains(&"en") && word != "no")
        })
    }

    /// Whether the words around `hit` deny it, in its part of the sentence;
    /// `near` is how far a "no" reaches, in words.
    pub(super) fn is_denied(&self, hit: Hit, near: usize) -> bool {
        self.before(hit, near, &[Kind::Not]) || self.is_denied_after(hit)
    }

    /// The same, where "if", "unless" and "may" count as well.
    pub(super) fn is_denied_or_hedged(&self, hit: Hit, near: usize) -> bool {
        self.before(hit, near, &[Kind::Not, Kind::Hedge]) || self.is_denied_after(hit)
    }

    fn before(&self, hit: Hit, near: usize, far: &[Kind]) -> bool {
        let langs = &hit.phrase.langs;
        let mut index = hit.first;
        for distance in 1..=REACH {
            // What stands before the word looked at parts it from the rest.
            if self.text.words.get(index).is_none_or(|word| word.gap >= Gap::Part) {
                return false;
            }
            let Some(previous) = index.checked_sub(1) else { return false };
            index = previous;
            if distance <= near && self.word_is(index, Kind::No, langs) {
                return true;
            }
            if far.iter().any(|kind| self.word_is(index, *kind, langs)) {
                return true;
            }
            if self.word_is(index, Kind::And, langs) {
                return false;
            }
        }
        false
    }

    fn is_denied_after(&self, hit: Hit) -> bool {
        let window = hit.end..(hit.end + REACH_BACK).min(self.text.words.len());
        for index in window {
            if self.text.words.get(index).is_none_or(|word| word.gap == Gap::Sentence) {
                return false;
            }
            if self.after.get(index) == Some(&true) {
                return true;
            }
        }
        false
    }
}

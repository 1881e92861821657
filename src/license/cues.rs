//! The words that tell what a sentence does with a license.
//!
//! They stand in `cues.tsv` and are looked for like names, in squashed text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::fold::{Folded, Squashed, key};
use super::lexicon::{Lexicon, apart, rows_of};
use super::names::is_whole;

/// What a cue can say. One form may say several things in several languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Grant,
    Granted,
    Under,
    Verb,
    Label,
    This,
    Not,
    Otherwise,
    Except,
    Excluded,
    Part,
    Beside,
    /// What the work was made from, where a colon follows.
    Origin,
    Picture,
    Mention,
    More,
    Clause,
    Inert,
    Doubt,
    Denied,
    Filler,
    Or,
    Other,
}

const KINDS: [(&str, Cue); 23] = [
    ("grant", Cue::Grant),
    ("granted", Cue::Granted),
    ("under", Cue::Under),
    ("verb", Cue::Verb),
    ("label", Cue::Label),
    ("this", Cue::This),
    ("not", Cue::Not),
    ("otherwise", Cue::Otherwise),
    ("except", Cue::Except),
    ("excluded", Cue::Excluded),
    ("part", Cue::Part),
    ("beside", Cue::Beside),
    ("origin", Cue::Origin),
    ("picture", Cue::Picture),
    ("mention", Cue::Mention),
    ("more", Cue::More),
    ("clause", Cue::Clause),
    ("inert", Cue::Inert),
    ("doubt", Cue::Doubt),
    ("denied", Cue::Denied),
    ("filler", Cue::Filler),
    ("or", Cue::Or),
    ("other", Cue::Other),
];

/// A cue in a folded text.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// Which bytes of the folded text.
    pub(super) range: Range<usize>,
    /// What it says, a bit for each [`Cue`].
    says: u32,
    /// Whether it is of Japanese, Chinese or Korean, where the verb comes last
    /// and no spaces set words apart.
    pub(super) verb_last: bool,
    /// Whether it is capitalised in the source although it need not be, as a
    /// word in a name or a title is.
    pub(super) capital: bool,
}

impl Hit {
    /// Whether it says this.
    pub(super) fn is(&self, cue: Cue) -> bool {
        self.says & 1 << cue as u32 != 0
    }
}

struct Cues {
    lexicon: Lexicon,
    /// What each key says, whether its language puts the verb last, and
    /// whether it capitalises nouns.
    meanings: Vec<(u32, bool, bool)>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut index = HashMap::new();
    let mut keys: Vec<String> = Vec::new();
    let mut meanings: Vec<(u32, bool, bool)> = Vec::new();
    let phrases =
        rows().filter(|(cue, ..)| !matches!(cue, Cue::Filler | Cue::Or | Cue::Other));
    for (cue, language, form) in phrases {
        let verb_last = matches!(language, "ja" | "zh" | "ko");
        let at = *index.entry(key(form)).or_insert_with_key(|key: &String| {
            keys.push(key.clone());
            meanings.push((0, verb_last, language == "de"));
            keys.len() - 1
        });
        meanings[at].0 |= 1 << cue as u32;
    }
    Cues { lexicon: Lexicon::new(keys), meanings }
});

/// Every form of the table, with its cue and its language.
fn rows() -> impl Iterator<Item = (Cue, &'static str, &'static str)> {
    rows_of(include_str!("cues.tsv"), &KINDS)
}

/// Whether a folded word is a [`Cue::Filler`], [`Cue::Or`] or [`Cue::Other`].
pub(super) fn is_word(cue: Cue, word: &str) -> bool {
    static WORDS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
        let mut words = HashMap::new();
        for (cue, _, form) in rows() {
            if matches!(cue, Cue::Filler | Cue::Or | Cue::Other) {
                *words.entry(key(form)).or_insert(0) |= 1 << cue as u32;
            }
        }
        words
    });
    WORDS.get(word).is_some_and(|says| says & 1 << cue as u32 != 0)
}

/// The cues in a part of a text, in order and apart from each other; the longest
/// where several begin at the same place.
pub(super) fn find(
    source: &str,
    folded: &Folded,
    squashed: &Squashed,
    part: Range<usize>,
) -> Vec<Hit> {
    let part = squashed.squashed(part);
    let mut hits: Vec<Hit> = Vec::new();
    for (number, range) in squashed.keys(&CUES.lexicon, part) {
        if !is_together(&folded.text[range.clone()])
            || !is_whole(source, folded, &range)
            || is_in_mail(&folded.text, &range)
        {
            continue;
        }
        let (says, verb_last, nouns) = CUES.meanings[number];
        let original = source.get(folded.source(range.clone())).unwrap_or_default();
        let capital = !nouns
            && original.starts_with(char::is_uppercase)
            && !original.contains([' ', '\n']);
        hits.push(Hit { range, says, verb_last, capital });
    }
    apart(&mut hits, |hit| &hit.range);
    hits
}

/// Whether the words are of a mail address or the name of a host: `info@example.org`.
fn is_in_mail(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let host =
        after.strip_prefix('.').is_some_and(|s| s.starts_with(char::is_alphanumeric));
    before.ends_with('@') || after.starts_with('@') || host
}

/// Whether what stands between the letters of a phrase leaves it one phrase.
fn is_together(text: &str) -> bool {
    let mut run = 0;
    text.bytes().all(|b| {
        if b.is_ascii_alphanumeric() || b >= 0x80 {
            run = 0;
            return true;
        }
        run += 1;
        matches!(b, b' ' | b'\n' | b'-' | b'\'' | b'.') && run <= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::fold::fold;

    #[test]
    fn every_row_has_a_kind_and_a_language() {
        for line in include_str!("cues.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(KINDS.iter().any(|(name, _)| *name == cells[0]), "{line}");
            assert!(cells[2].split('|').all(|form| !key(form).is_empty()), "{line}");
        }
    }

    #[test]
    fn the_longer_cue_counts() {
        let text = "Unless otherwise noted, it is not licensed\nunder";
        let folded = fold(text, 0..text.len(), &[]);
        let squashed = Squashed::new(&folded.text);
        let hits = find(text, &folded, &squashed, 0..folded.text.len());
        let told: Vec<_> =
            hits.iter().map(|h| &text[folded.source(h.range.clone())]).collect();
        assert_eq!(
            told,
            ["Unless otherwise noted", "it", "is", "not", "licensed\nunder"]
        );
        assert!(hits[0].is(Cue::Otherwise) && hits[3].is(Cue::Not));
        assert!(hits[4].is(Cue::Grant) && !hits[4].is(Cue::Verb));
    }
}

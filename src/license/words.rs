//! What single words do in a statement of rights.
//!
//! They stand in `words.tsv`. A cue tells what a sentence says; these tell
//! which words say nothing, so that of the others it is known that they are
//! not understood.

use std::sync::LazyLock;

use super::fold::key;
use super::lexicon::{Lexicon, rows_of};

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An article, a preposition or a particle of a name.
    Glue,
    /// "By", between a thing and who made it.
    Credit,
    /// What was done to the work, and who keeps it.
    Made,
    /// The work itself, and what it may be.
    Work,
    /// What is said of rights, besides licenses.
    Rights,
    /// Announces a field of a credit line.
    Source,
    /// A thing that a work is made from or comes with, and is not it.
    Piece,
    /// Picks out some of many, or others than the work.
    Other,
    /// Stands between a work and what it was made from.
    With,
    /// What is wished, asked, planned, talked about or claimed.
    Want,
    /// The whole of something.
    All,
    /// Says that it is the work of who puts it under a license.
    Own,
    /// Points at what there is one of.
    The,
    /// Stands for a creator of whom nothing is known.
    Nobody,
    /// A credit line, as it is asked for.
    Wording,
}

const KINDS: [(&str, Kind); 15] = [
    ("glue", Kind::Glue),
    ("credit", Kind::Credit),
    ("made", Kind::Made),
    ("work", Kind::Work),
    ("rights", Kind::Rights),
    ("source", Kind::Source),
    ("piece", Kind::Piece),
    ("other", Kind::Other),
    ("with", Kind::With),
    ("want", Kind::Want),
    ("all", Kind::All),
    ("own", Kind::Own),
    ("the", Kind::The),
    ("nobody", Kind::Nobody),
    ("wording", Kind::Wording),
];

/// What a word is, a bit for each [`Kind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    /// Whether it is this.
    pub(super) fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }

    /// Whether it is a word that leaves open nothing.
    pub(super) fn is_harmless(self) -> bool {
        use Kind::{Credit, Glue, Made, Rights, Source, Work};
        [Glue, Credit, Made, Work, Rights, Source].into_iter().any(|k| self.has(k))
    }
}

struct Words {
    lexicon: Lexicon,
    /// Of each key, what it is, and whether it is only how words begin.
    kinds: Vec<(Kinds, bool)>,
    /// Of scripts that set no words apart, where a form may stand anywhere.
    inside: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut keys, mut kinds, mut inside) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, language, form) in rows() {
        if language == UNSPACED {
            inside.push(key(form));
            continue;
        }
        let stem = form.strip_suffix('*');
        keys.push(key(stem.unwrap_or(form)));
        kinds.push((Kinds(1 << kind as u16), stem.is_some()));
    }
    Words { lexicon: Lexicon::new(keys), kinds, inside }
});

/// Stands for the languages that set no words apart.
const UNSPACED: &str = "cjk";

fn rows() -> impl Iterator<Item = (Kind, &'static str, &'static str)> {
    rows_of(include_str!("words.tsv"), &KINDS)
}

/// What a folded word is; nothing, if it is in no row.
pub(super) fn kinds(word: &str) -> Kinds {
    let found = WORDS.lexicon.at(word.as_bytes()).filter_map(|(number, len)| {
        let (kinds, stem) = WORDS.kinds.get(number)?;
        (*stem || len == word.len()).then_some(kinds.0)
    });
    Kinds(found.fold(0, |all, kinds| all | kinds))
}

/// Whether a folded text of a script that sets no words apart holds a form that
/// says of what comes after that it is not the work or not so.
pub(super) fn tells_apart(text: &str) -> bool {
    // Without a letter of such a script there is nothing to look for.
    let unspaced = |c: char| matches!(c, '\u{E00}'..='\u{E7F}' | '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{9FFF}');
    text.contains(unspaced)
        && WORDS.inside.iter().any(|form| text.contains(form.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_kind_and_forms_of_one_word() {
        for line in include_str!("words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(KINDS.iter().any(|(name, _)| *name == cells[0]), "{line}");
            for form in cells[2].split('|') {
                let word = form.strip_suffix('*').unwrap_or(form);
                assert!(!key(word).is_empty(), "{form:?} of {line}");
                let parted = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
                assert!(!word.contains(parted), "{form:?} of {line}");
            }
        }
    }

    #[test]
    fn a_word_is_known_whole_or_by_its_stem() {
        assert!(kinds("photograph").has(Kind::Work));
        assert!(kinds("negotiations").has(Kind::Want));
        assert!(kinds("van").is_harmless());
        assert_eq!(kinds("quarry"), Kinds::default());
        assert_eq!(kinds("negotia"), Kinds::default());
    }
}

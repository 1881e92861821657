//! When two texts are the same text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::places::COMPARED;
use crate::model::{BlockKind, Evidence, Property, Statement};

/// The most bytes that IIM gives a dataset of record 2 (IPTC-IIM 4.2,
/// section 6), where it is so few that real values are cut.
const IIM_LIMITS: [(&str, usize); 8] = [
    ("2:05", 64),
    ("2:40", 256),
    ("2:80", 32),
    ("2:105", 256),
    ("2:110", 32),
    ("2:115", 32),
    ("2:116", 128),
    ("2:118", 128),
];

/// A text, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// As it is shown.
    pub(super) shown: String,
    /// What it is compared by.
    pub(super) key: String,
    /// It fills its field, so that its end may be missing.
    pub(super) cut: bool,
}

impl Text {
    /// The text of `part` of `statement`'s value.
    pub(super) fn new(statement: &Statement, part: &str) -> Self {
        let shown = tidy(part).to_owned();
        let mut key = comparable(&shown);
        let cut = is_cut(statement);
        if cut {
            // A character that was cut in half.
            key.truncate(key.trim_end_matches('\u{FFFD}').len());
        }
        Self { shown, key, cut }
    }

    /// The same, whatever the case of its letters.
    pub(super) fn caseless(statement: &Statement, part: &str) -> Self {
        let text = Self::new(statement, part);
        Self { key: text.key.to_lowercase(), ..text }
    }

    /// Whether both are the same, or one is what a short field has left of the
    /// other.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.key == other.key || self.cut_from(other) || other.cut_from(self)
    }

    /// Whether this is what a short field has left of `whole`.
    pub(super) fn cut_from(&self, whole: &Self) -> bool {
        self.cut && self.key.len() < whole.key.len() && whole.key.starts_with(&self.key)
    }

    /// Several texts as one, for a field that cannot hold a list.
    pub(super) fn joined(parts: &[Self], separator: &str) -> Self {
        let keys: Vec<&str> = parts.iter().map(|p| &*p.key).collect();
        Self { shown: String::new(), key: keys.join(separator), cut: false }
    }

    /// The pieces of the text between any of `separators`.
    pub(super) fn pieces(&self, separators: &[&str]) -> Vec<Self> {
        let mut pieces = vec![&*self.key];
        for separator in separators {
            pieces = pieces.iter().flat_map(|p| p.split(separator)).collect();
        }
        let piece = |key: &str| Self {
            shown: String::new(),
            key: key.trim().to_owned(),
            cut: self.cut,
        };
        pieces.into_iter().map(piece).filter(|p| !p.key.is_empty()).collect()
    }
}

/// `value` without what surrounds it and does not show: white space, the NULs
/// and byte order marks that fields are padded with.
pub(super) fn tidy(value: &str) -> &str {
    value.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}')
    })
}

/// `value` in Unicode form NFC, with one space for any white space.
pub(super) fn comparable(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    // ASCII is in this form.
    let is_plain = value.is_ascii();
    for word in value.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        if is_plain {
            text.push_str(word);
        } else {
            text.extend(word.nfc());
        }
    }
    text
}

/// Whether a short field may have ended inside of what stands at `span` of the
/// value of `statement`, so that more belonged to it: “CC BY” of “CC BY-NC 4.0”.
pub(super) fn is_cut_in(statement: &Statement, span: &Range<usize>) -> bool {
    /// How many words may follow and still be of the same name.
    const WORDS: usize = 3;
    let value = &statement.value;
    // In ASCII no byte of a character can be lost.
    let fills =
        || !value.is_ascii() || limit(statement).is_some_and(|most| value.len() >= most);
    let behind = value.get(span.end..).unwrap_or_default();
    let behind =
        behind.trim_start_matches(|c: char| c.is_ascii_digit() || " .-".contains(c));
    is_cut(statement)
        && fills()
        && !behind.contains(['.', ';', '!', '?', '\n'])
        && behind.split_whitespace().take(WORDS).count() < WORDS
}

/// Whether another block has the whole of which a short field holds the beginning.
pub(super) fn has_whole(evidence: &Evidence, short: &Statement) -> bool {
    let text = Text::new(short, &short.value);
    evidence
        .statements
        .iter()
        .filter(|s| s.location.block != short.location.block)
        .filter(|s| matches!(s.property, Property::Rights | Property::UsageTerms))
        .take(COMPARED)
        .any(|whole| text.cut_from(&Text::new(whole, &whole.value)))
}

/// Whether the value of `statement` fills its field. How many bytes it had
/// there depends on the character set, which is gone; UTF-8 may have lost up
/// to three bytes of its last character.
fn is_cut(statement: &Statement) -> bool {
    let value = &statement.value;
    limit(statement).is_some_and(|most| {
        value.len() + 3 >= most && value.len() <= most + 3
            || value.chars().count() == most
    })
}

/// The most bytes that the field of `statement` can have, where that is few.
fn limit(statement: &Statement) -> Option<usize> {
    let at = &statement.location;
    // `IPTC2:2:80` is of the second block of its file, `Page2:2:80` of a page.
    let is_key = |dataset: &str| {
        at.key.strip_suffix(dataset).is_some_and(|of| of.is_empty() || of.ends_with(':'))
    };
    let limits = IIM_LIMITS.iter().filter(|_| at.block == BlockKind::Iim);
    limits.into_iter().find(|(key, _)| is_key(key)).map(|(_, most)| *most)
}

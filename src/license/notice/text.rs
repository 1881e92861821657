//! Text as words to compare: case, accents, width, hyphens, entities and
//! markup set aside, with the way back to the bytes.

use std::iter;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::fold::is_alphanumeric;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Space, a hyphen, an apostrophe.
    Space,
    /// Comma, colon, dash, bracket, slash.
    Part,
    /// The end of a sentence or of a cell.
    Sentence,
}

/// A word, or a single character of a script that does not space its words.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Which bytes of the original.
    pub(super) span: Range<usize>,
    /// Which bytes of [`Text::folded`].
    at: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Word {
    /// Where it begins in [`Text::folded`].
    pub(super) fn start(&self) -> usize {
        self.at.start
    }
}

/// A text and its words.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub(super) original: &'t str,
    /// The words, with one space before, between and after them.
    pub(super) folded: String,
    pub(super) words: Vec<Word>,
}

/// Entities that matter to a notice; the others only separate words.
const ENTITIES: &[(&str, char)] = &[
    ("&copy;", '©'),
    ("&#169;", '©'),
    ("&#xa9;", '©'),
    ("&nbsp;", ' '),
    ("&#160;", ' '),
    ("&amp;", '&'),
    ("&shy;", '\u{ad}'),
];

/// How far a tag may reach before it is taken for a plain `<`.
const LONGEST_TAG: usize = 400;

/// Words after which a dot does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "inc", "ltd", "corp", "bros", "dept", "univ", "prof", "mrs", "copr", "phot", "fot",
    "www",
];

impl<'t> Text<'t> {
    /// The words of `original`.
    pub(super) fn new(original: &'t str) -> Self {
        let mut text = Self {
            original,
            folded: String::with_capacity(original.len() + 2),
            words: Vec::new(),
        };
        text.folded.push(' ');
        let mut gap = Gap::Sentence;
        let mut open = false; // whether the last word may still grow
        let mut last = ' ';
        let mut at = 0;
        while let Some(c) = original.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_ascii_alphanumeric() {
                let run = &original.as_bytes()[at..];
                let run = run.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                let end = at + run;
                text.push_run(&original[at..end], at, gap, open);
                last = char::from(original.as_bytes()[end - 1]);
                (gap, open, at) = (Gap::Space, true, end);
                continue;
            }
            let rest = &original[at..];
            let (symbol, len) = symbol(rest, c);
            let span = at..at + len;
            at = span.end;
            let Some(c) = symbol else {
                // A tag: parts the words, ends no sentence.
                open = false;
                continue;
            };
            if is_ignorable(c) {
                continue;
            }
            let next = original.get(at..).and_then(|rest| rest.chars().next());
            let mut separated = false;
            for d in folded(c) {
                if is_combining_mark(d) {
                    continue;
                }
                if matches!(d, '©' | '℗') || is_unspaced(d) {
                    text.push(d, span.clone(), gap, false);
                    gap = Gap::Space;
                    open = false;
                } else if is_alphanumeric(d) {
                    text.push(d, span.clone(), gap, open);
                    gap = Gap::Space;
                    open = true;
                } else {
                    separated = true;
                }
            }
            if separated {
                open = false;
                gap = gap.max(text.gap_of(c, last, next));
            }
            last = c;
        }
        text.folded.push(' ');
        text
    }

    fn push(&mut self, c: char, span: Range<usize>, gap: Gap, grow: bool) {
        if grow && let Some(word) = self.words.last_mut() {
            self.folded.push(c);
            word.at.end = self.folded.len();
            word.span.end = span.end;
            return;
        }
        if !self.words.is_empty() {
            self.folded.push(' ');
        }
        let start = self.folded.len();
        self.folded.push(c);
        self.words.push(Word { span, at: start..self.folded.len(), gap });
    }

    /// Adds letters and digits of ASCII, which begin at `at` and need no folding
    /// but of their case.
    fn push_run(&mut self, run: &str, at: usize, gap: Gap, grow: bool) {
        if let Some(first) = run.chars().next() {
            self.push(first.to_ascii_lowercase(), at..at + 1, gap, grow);
        }
        let rest = run.bytes().skip(1).map(|b| char::from(b.to_ascii_lowercase()));
        self.folded.extend(rest);
        if let Some(word) = self.words.last_mut() {
            word.at.end = self.folded.len();
            word.span.end = at + run.len();
        }
    }

    /// What the separator `c` means between `last` and `next`.
    fn gap_of(&self, c: char, last: char, next: Option<char>) -> Gap {
        let ends = next.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')' | '<')
        });
        match c {
            '.' | '!' | '?' if ends && !(c == '.' && self.is_abbreviated()) => {
                Gap::Sentence
            }
            ';' | '|' | '•' | '·' | '。' | '！' | '？' | '؛' | '؟' | '\0' | '¶' => {
                Gap::Sentence
            }
            '\n' | '\r' if matches!(last, '\n' | '\r') => Gap::Sentence,
            ',' | ':' | '(' | ')' | '[' | ']' | '/' | '–' | '—' | '、' | '，' | '：'
            | '،' | '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '（' | '）'
            | '=' => Gap::Part,
            '-' if last.is_whitespace() && next.is_some_and(char::is_whitespace) => {
                Gap::Part
            }
            _ => Gap::Space,
        }
    }

    /// Whether the last word is short for a longer one: `J.`, `St.`, `Inc.`
    fn is_abbreviated(&self) -> bool {
        let Some(index) = self.words.len().checked_sub(1) else { return false };
        let word = self.word(index);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        // "Doe et al." ends more sentences than it goes on with.
        (letters == word.chars().count() && letters <= 2 && word != "al")
            || ABBREVIATIONS.contains(&word)
    }

    /// The word `index`, folded; empty past the end.
    pub(super) fn word(&self, index: usize) -> &str {
        self.words
            .get(index)
            .and_then(|word| self.folded.get(word.at.clone()))
            .unwrap_or("")
    }

    /// The word `index` as written; empty past the end.
    pub(super) fn written(&self, index: usize) -> &'t str {
        self.words
            .get(index)
            .and_then(|word| self.original.get(word.span.clone()))
            .unwrap_or("")
    }

    /// Which word begins at the byte `at` of [`Text::folded`].
    pub(super) fn index_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.at.start < at)
    }

    /// The bytes of the original from word `first` to before word `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Range<usize> {
        match (self.words.get(first), self.words.get(end.saturating_sub(1))) {
            (Some(a), Some(b)) if a.span.start <= b.span.end => a.span.start..b.span.end,
            _ => 0..0,
        }
    }
}

/// What `rest` begins with, for the purposes of a notice, and its length in
/// bytes: `(c)` is ©, an entity its character, a tag nothing.
fn symbol(rest: &str, c: char) -> (Option<char>, usize) {
    match c {
        '(' | '[' => {
            let inner = rest[1..].trim_start_matches(' ');
            // The Cyrillic letter looks the same on a keyboard of two alphabets.
            for (letter, sign) in
                [('c', '©'), ('C', '©'), ('с', '©'), ('С', '©'), ('©', '©'), ('P', '℗')]
            {
                let tail = inner.strip_prefix(letter).map(|t| t.trim_start_matches(' '));
                if let Some(tail) = tail.and_then(|t| t.strip_prefix([')', ']'])) {
                    let len = rest.len() - tail.len();
                    if len <= 8 {
                        return (Some(sign), len);
                    }
                }
            }
        }
        '&' => {
            for (entity, sign) in ENTITIES {
                if rest
                    .get(..entity.len())
                    .is_some_and(|r| r.eq_ignore_ascii_case(entity))
                {
                    return (Some(*sign), entity.len());
                }
            }
        }
        '<' => {
            let inside = rest[1..].chars().next();
            if inside.is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')
                && let Some(end) = rest.bytes().take(LONGEST_TAG).position(|b| b == b'>')
            {
                return (None, end + 1);
            }
        }
        'Ⓒ' | 'ⓒ' | '🄫' => return (Some('©'), c.len_utf8()),
        'Ⓟ' | 'ⓟ' => return (Some('℗'), c.len_utf8()),
        _ => {}
    }
    (Some(c), c.len_utf8())
}

/// `c` without case, accent, width and ligature.
fn folded(c: char) -> impl Iterator<Item = char> {
    // Nearly all there is to fold is ASCII, which has nothing to decompose.
    let plain = c.is_ascii().then(|| c.to_ascii_lowercase());
    let other = plain.is_none().then(|| decomposed(c));
    plain.into_iter().chain(other.into_iter().flatten())
}

fn decomposed(c: char) -> impl Iterator<Item = char> {
    iter::once(c).nfkd().flat_map(char::to_lowercase).flat_map(|c| {
        let (first, second) = match c {
            'ß' => ('s', Some('s')),
            'æ' => ('a', Some('e')),
            'œ' => ('o', Some('e')),
            'ø' => ('o', None),
            'ł' => ('l', None),
            'đ' | 'ð' => ('d', None),
            'ı' => ('i', None),
            'ى' => ('ي', None),
            'ة' => ('ه', None),
            c => (c, None),
        };
        iter::once(first).chain(second)
    })
}

/// Characters that nobody sees: they neither part words nor belong to them.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{640}')
}

/// Whether `c` is of a script that needs no spaces: Han, Kana, and Hangul,
/// which decomposes and takes its particles without a space.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (text, folded) in [
            ("All RIGHTS\u{a0}re\u{ad}served.", " all rights reserved "),
            ("All-Rights—Reserved", " all rights reserved "),
            ("Tous droits re\u{301}serve\u{301}s", " tous droits reserves "),
            ("(C) 2019 | ( c ) 2020", " © 2019 © 2020 "),
            ("&copy; <b>City</b> Museum", " © city museum "),
            ("Straße, Łódź, Ærø", " strasse lodz aero "),
            ("版权所有", " 版 权 所 有 "),
            ("ＡＬＬ ｒｉｇｈｔｓ", " all rights "),
            ("1 < 2 and 3 > 2", " 1 2 and 3 2 "),
            ("", "  "),
        ] {
            assert_eq!(Text::new(text).folded, folded, "{text}");
        }
    }

    #[test]
    fn gaps_tell_sentences_from_parts() {
        let text = Text::new("Photo: J. R. Doe, Acme Inc. here. Next - part | cell");
        let gaps: Vec<Gap> = text.words.iter().map(|word| word.gap).collect();
        use Gap::{Part, Sentence, Space};
        assert_eq!(
            gaps,
            [Sentence, Part, Space, Space, Part, Space, Space, Sentence, Part, Sentence]
        );
    }

    #[test]
    fn spans_lead_back_to_the_bytes() {
        let text = Text::new("Größe «re\u{301}servés» 版权");
        let written: Vec<&str> = (0..text.words.len()).map(|i| text.written(i)).collect();
        assert_eq!(written, ["Größe", "re\u{301}servés", "版", "权"]);
    }
}

//! The text around the words of a reference.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::fold::{ADDRESS, BREAK, Folded};
use super::super::tokens::Token;

/// What stands between two words of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing but spaces, hyphens, slashes and the like.
    Tight,
    /// A bracket opens.
    Open,
    /// A bracket closes.
    Close,
    Comma,
    /// "and", "version", "the".
    Filler,
    /// Anything else: two references, or none.
    Apart,
}

/// A text, as it is and folded.
pub(super) struct Text<'a> {
    pub(super) source: &'a str,
    pub(super) folded: &'a Folded,
}

impl Text<'_> {
    pub(super) fn before(&self, token: &Token) -> &str {
        &self.folded.text[..token.range.start]
    }

    pub(super) fn after(&self, at: usize) -> &str {
        &self.folded.text[at..]
    }

    pub(super) fn original(&self, range: &Range<usize>) -> &str {
        self.source.get(self.folded.source(range.clone())).unwrap_or_default()
    }

    pub(super) fn gap(&self, range: Range<usize>) -> Gap {
        const LONGEST: usize = 32;
        let Some(gap) = self.folded.text.get(range).filter(|g| g.len() <= LONGEST) else {
            return Gap::Apart;
        };
        let mut result = Gap::Tight;
        for c in gap.chars() {
            let found = match c {
                '(' | '[' => Gap::Open,
                ')' | ']' => Gap::Close,
                ',' => Gap::Comma,
                BREAK | ADDRESS | '?' | ';' | '|' | '@' | '<' | '>' | '©' | '%' | '$'
                | '#' => {
                    return Gap::Apart;
                }
                _ => continue,
            };
            if result == Gap::Tight || found == Gap::Open {
                result = found;
            }
        }
        let mut words = 0;
        for word in gap.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            words += 1;
            // "CC BY-N 4.0" has an element that does not exist.
            if word == "n" && gap.starts_with("-n") {
                return Gap::Apart;
            }
            if words > 2 || !is_filler(word) {
                return Gap::Apart;
            }
        }
        // A full stop ends the sentence, except after "v" and "ver".
        let stop = gap.contains('.') && words == 0;
        match (stop, words) {
            (true, _) => Gap::Apart,
            (_, 0) => result,
            _ if result == Gap::Tight => Gap::Filler,
            _ => result,
        }
    }

    pub(super) fn after_in_source(&self, at: usize) -> &str {
        if at >= self.folded.text.len() {
            return "";
        }
        let start = self.folded.source(at..at + 1).start;
        self.source.get(start..).unwrap_or_default()
    }
}

/// Whether `word` may stand inside a reference and says nothing.
fn is_filler(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| FILLERS.split_whitespace().collect());
    WORDS.contains(word)
}

/// "And", "the", "version", in many languages, as they fold.
const FILLERS: &str = "and und et y e en og och i ja a и та the of version ver v vers versie versio \
    versjon wersja verze de la le del der die in type versao versione версия \
    версии версія バージョン 版本 版 버전 の の下 des du with mit under public copyright n ו و \
    los as deed w wersji";

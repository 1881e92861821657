//! A sentence with its cues, and what can be asked of it.

use std::ops::Range;

use super::super::Context;
use super::super::cues::{Cue, Hit, is_word};
use super::super::fold::{ADDRESS, BREAK, Folded};
use super::Found;

/// A sentence, its cues, and where it stands.
pub(super) struct Sentence<'a> {
    pub(super) source: &'a str,
    pub(super) folded: &'a Folded,
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    pub(super) cues: &'a [Hit],
    pub(super) context: Context,
    /// What stands between quotation marks.
    pub(super) quotes: Vec<Range<usize>>,
    /// For each cue, whether it does.
    pub(super) quoted: Vec<bool>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(
        source: &'a str,
        folded: &'a Folded,
        range: Range<usize>,
        cues: &'a [Hit],
        context: Context,
    ) -> Self {
        let text = folded.text.as_str();
        let marks: Vec<usize> = text[range.clone()]
            .match_indices('"')
            .map(|(i, _)| range.start + i)
            .collect();
        let quotes: Vec<_> = marks.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        let mut quote = quotes.iter().peekable();
        let quoted = cues.iter().map(|cue| {
            while quote.next_if(|q| q.end <= cue.range.start).is_some() {}
            quote.peek().is_some_and(|q| q.start <= cue.range.start)
        });
        let quoted = quoted.collect();
        Self { source, folded, text, range, cues, context, quotes, quoted }
    }

    /// The line of the sentence in which `this` stands.
    pub(super) fn line(&self, this: &Found) -> Range<usize> {
        let breaks = ['\n', '|', ';', BREAK];
        let before = &self.text[self.range.start..this.range.start];
        let start =
            before.rfind(breaks).map_or(self.range.start, |i| self.range.start + i + 1);
        let after = &self.text[this.range.end..self.range.end];
        let end = after.find(breaks).map_or(self.range.end, |i| this.range.end + i);
        start..end
    }

    /// Where the fillers begin that end `range`; its start, if it has nothing
    /// else.
    pub(super) fn strip_fillers(&self, range: Range<usize>) -> usize {
        const WORDS: usize = 14;
        let text = &self.text[range.clone()];
        if text.contains(BREAK) {
            return range.end;
        }
        let mut end = text.len();
        for _ in 0..WORDS {
            let trimmed = text[..end]
                .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ADDRESS);
            if trimmed.is_empty() {
                return range.start;
            }
            let start = trimmed
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |i| i + trimmed[i..].chars().next().map_or(1, char::len_utf8));
            let word = &trimmed[start..];
            if !is_word(Cue::Filler, word) && !is_word(Cue::Or, word) {
                return range.start + trimmed.len();
            }
            end = start;
        }
        range.start + end
    }

    /// The cue that ends where the fillers before a reference begin.
    pub(super) fn adjacent(&self, from: usize, lead: usize, to: usize) -> Option<&Hit> {
        let fits =
            |h: &&Hit| h.range.start >= from && h.range.end <= to && h.range.end >= lead;
        let rank = |h: &&Hit| {
            let kinds = [
                Cue::Excluded,
                Cue::Grant,
                Cue::Not,
                Cue::Under,
                Cue::Except,
                Cue::More,
                Cue::Mention,
                Cue::Label,
                Cue::Clause,
            ];
            kinds.iter().position(|k| h.is(*k)).unwrap_or(kinds.len())
        };
        self.cues.iter().filter(fits).min_by_key(rank)
    }

    /// The cues of the sentence that stand in no quotation.
    pub(super) fn loose_cues(&self) -> impl Iterator<Item = &Hit> {
        self.cues.iter().zip(&self.quoted).filter(|(_, quoted)| !**quoted).map(|(h, _)| h)
    }

    /// The cues before `at`, of those in quotations only those in the same one.
    pub(super) fn cues_before(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let quote = self.quotes.iter().find(|q| q.contains(&at));
        let cues = self.cues.iter().zip(&self.quoted);
        let fits = move |(h, quoted): &(&Hit, &bool)| {
            h.range.end <= at
                && (!**quoted || quote.is_some_and(|q| q.contains(&h.range.start)))
        };
        cues.filter(fits).map(|(h, _)| h)
    }

    pub(super) fn cues_within(&self, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let range = range.clone();
        self.cues
            .iter()
            .filter(move |h| h.range.start >= range.start && h.range.end <= range.end)
    }

    pub(super) fn is_question(&self) -> bool {
        let text =
            self.text[self.range.clone()].trim_end_matches([' ', '\n', '"', ')', BREAK]);
        text.ends_with('?') || text.ends_with(';') && text.contains('ά')
    }

    /// Whether the word that ends at `lead` is `word`: "no Creative Commons
    /// license".
    pub(super) fn follows(&self, word: &str, lead: usize) -> bool {
        let before = &self.text[self.range.start..lead.max(self.range.start)];
        let rest = before.strip_suffix(word);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            && self.text[lead..].starts_with(' ')
    }

    /// Whether the grant itself is quoted, in a sentence about it.
    pub(super) fn is_quoted(&self, cue: usize, this: &Found) -> bool {
        let quoted =
            |q: &&Range<usize>| q.contains(&cue) && q.contains(&this.range.start);
        self.quotes.iter().any(|q| quoted(&q))
            && self.loose_cues().any(|h| h.is(Cue::Clause) || h.is(Cue::Mention))
    }

    /// Whether `this` is set off from the words of its line as a credit sets
    /// off a license: by punctuation, after a name, at the start.
    pub(super) fn is_set_off(&self, this: &Found, line: &Range<usize>) -> bool {
        let before =
            self.text[line.start..this.range.start].trim_end_matches([' ', '"', '\'']);
        let lead = line.start + before.len();
        let from = self.strip_fillers(line.start..this.range.start);
        let announced =
            self.adjacent(line.start, from, this.range.start).is_some_and(|h| {
                h.is(Cue::Label)
                    || h.is(Cue::Verb)
                    || h.is(Cue::This)
                    || h.is(Cue::Under) && self.small_words(line.start..h.range.start) < 2
            });
        // "[GFDL or CC BY 3.0]".
        let head = &self.text[line.start..from];
        let last = head.rsplit(|c: char| !c.is_alphanumeric()).next();
        let beside_other =
            head.ends_with(ADDRESS) || last.is_some_and(|w| is_word(Cue::Other, w));
        let ends_apart = match before.chars().next_back() {
            _ if from == line.start || beside_other => true,
            None | Some(ADDRESS) => true,
            Some(c) if !c.is_alphanumeric() => true,
            Some(c) if c.is_ascii_digit() => true,
            // "IMG_1.jpg CC BY 4.0".
            Some(_) if self.text[..self.last_word(line.start..lead)].ends_with('.') => {
                true
            }
            Some(_) => {
                let word = self.last_word(line.start..lead);
                announced || self.is_capital(word) || self.is_labelled_name(word..lead)
            }
        };
        let after = self.strip_leading_fillers(this.range.end..line.end);
        let rest = self.text[after..line.end].trim_start_matches([' ', '"', '\'']);
        // "CC BY 3.0 by Jane Roe".
        let author = ["by ", "von ", "par ", "por ", "via ", "di ", "door ", "av "]
            .iter()
            .find_map(|w| rest.strip_prefix(w))
            .filter(|s| self.is_capital(line.end - s.len()));
        let rest = author.unwrap_or(rest);
        let rest_at = line.end - rest.len();
        // Scripts without capitals: a name of a word or two may follow.
        let short = !rest.is_ascii() && rest.split_whitespace().count() <= 2;
        // "CC BY 4.0 - attribution required".
        let apart = self.text[this.range.end..rest_at].contains(['-', ',', '(', ':']);
        let excepts = |h: &Hit| {
            (h.is(Cue::Otherwise) || h.is(Cue::Except)) && h.range.start == rest_at
                || apart && h.is(Cue::Inert) && h.range.contains(&rest_at)
        };
        let goes_on = rest.starts_with(char::is_alphanumeric)
            && !rest.starts_with(|c: char| c.is_ascii_digit())
            && !self.is_capital(rest_at)
            && !short
            && !self.cues.iter().any(excepts);
        ends_apart && (announced || !goes_on)
    }

    /// Whether a word of a script without case follows a colon: "撮影:山田太郎".
    fn is_labelled_name(&self, word: Range<usize>) -> bool {
        let caseless = !self.text[word.clone()].chars().any(|c| c.is_lowercase());
        caseless && self.text[..word.start].trim_end().ends_with(':')
    }

    /// Where the last word of `range` begins.
    fn last_word(&self, range: Range<usize>) -> usize {
        let text = &self.text[range.clone()];
        let not_word = |c: char| !c.is_alphanumeric();
        let start = text
            .rfind(not_word)
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        range.start + start
    }

    /// Where the fillers end that `range` begins with.
    fn strip_leading_fillers(&self, range: Range<usize>) -> usize {
        const WORDS: usize = 6;
        let mut at = range.start;
        for _ in 0..WORDS {
            let text = &self.text[at..range.end];
            let rest = text.trim_start_matches([' ', '-', '"', '\'']);
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = &rest[..len];
            if len == 0 || !is_word(Cue::Filler, word) && !is_word(Cue::Or, word) {
                break;
            }
            at += text.len() - rest.len() + len;
        }
        at
    }

    /// Whether the letter at `at` is a capital in the source.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let source = self.source.get(self.folded.source(at..at + 1));
        source.is_some_and(|s| s.starts_with(char::is_uppercase))
    }

    /// How many words of `range` begin with a small letter and are no fillers.
    fn small_words(&self, range: Range<usize>) -> usize {
        let mut count = 0;
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = &rest[..len];
            let small = !word.is_empty()
                && !self.is_capital(at)
                && !word.starts_with(|c: char| c.is_ascii_digit());
            if small
                && !is_word(Cue::Filler, word)
                && !matches!(word, "by" | "from" | "via" | "in" | "at")
            {
                count += 1;
            }
            at += len + rest[len..].chars().next().map_or(1, char::len_utf8);
        }
        count
    }
}

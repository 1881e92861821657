//! What takes back a grant that the words before a license seem to give: a day
//! from which it holds, a comparison, the work itself taken out, a port that
//! nobody knows.

use std::ops::Range;

use super::super::Meaning;
use super::super::cues::{Cue, Hit, is_word};
use super::super::fold::BREAK;
use super::Found;
use super::view::Sentence;

/// Words before the day from or until which something holds.
const FROM: [&str; 21] = [
    "before ",
    "until ",
    "till ",
    "bis ",
    "vor ",
    "avant ",
    "jusqu'en ",
    "antes de ",
    "hasta ",
    "from ",
    "as of ",
    "starting ",
    "ab ",
    "a partir de ",
    "a partir du ",
    "dal ",
    "vanaf ",
    "od ",
    "fran ",
    "fra ",
    "с ",
];

impl Sentence<'_> {
    /// Whether this very work is what the sentence takes out: "All content except
    /// this image is licensed under CC BY 4.0".
    pub(super) fn is_all_but_this(&self, before: &[&Hit]) -> bool {
        const NEAR: usize = 3;
        const ARTICLES: [&str; 13] = [
            "the ", "das ", "der ", "die ", "la ", "le ", "el ", "o ", "a ", "il ", "l'",
            "het ", "de ",
        ];
        before.windows(2).any(|pair| {
            let [except, this] = pair else { return false };
            let shown = &self.text[this.range.clone()];
            except.is(Cue::Except)
                && this.is(Cue::This)
                && this.range.start.saturating_sub(except.range.end) <= NEAR
                && !ARTICLES.iter().any(|a| shown.starts_with(a))
                && !shown.starts_with("all ")
        })
    }

    /// Whether the sentence ends by saying that this very work is not meant: "The
    /// site is licensed under CC BY 4.0; this image is not."
    pub(super) fn is_not_of_this(&self, after: &Range<usize>) -> bool {
        const NEAR: usize = 24;
        let mut this: Option<usize> = None;
        self.cues_within(after).any(|hit| {
            if hit.is(Cue::This) {
                this = Some(hit.range.end);
            }
            let near = this.is_some_and(|at| hit.range.start.saturating_sub(at) <= NEAR);
            let rest = &self.text[hit.range.end..self.range.end];
            hit.is(Cue::Not) && near && !rest.contains(char::is_alphanumeric)
        })
    }

    /// Whether the license holds from some day on: "CC BY 4.0 from 2031".
    pub(super) fn is_dated(&self, this: &Found) -> bool {
        let dated = |text: &str| {
            let text = text.trim_start_matches([' ', '(', '[', ',', '-', '"']);
            let rest = FROM.iter().find_map(|w| text.strip_prefix(w));
            rest.is_some_and(|s| s.starts_with("20") || s.starts_with("1 jan"))
        };
        dated(&self.text[this.range.end..self.range.end])
            || dated(&self.text[self.range.start..this.range.start])
    }

    /// Whether the name is only compared to: "CC BY 4.0-like terms".
    pub(super) fn is_likened(&self, this: &Found) -> bool {
        const LIKE: [&str; 7] =
            ["-like", "-style", "-ish", "-compatible", "-type", "-ahnlich", "-artig"];
        let after = &self.text[this.range.end..self.range.end];
        LIKE.iter()
            .any(|l| after.strip_prefix(l).is_some_and(|s| !s.starts_with("licen")))
    }

    /// Whether a single word in the place of a port follows, of which it is not
    /// known what it is: "CC BY 3.0 Narnia". Version 4.0 has no ports to mistake.
    pub(super) fn is_before_a_place(&self, this: &Found) -> bool {
        const SITES: [&str; 12] = [
            "flickr",
            "wikimedia",
            "wikipedia",
            "commons",
            "zenodo",
            "figshare",
            "youtube",
            "vimeo",
            "openstreetmap",
            "europeana",
            "unsplash",
            "github",
        ];
        let Meaning::Tool(tool) = &this.meaning else { return false };
        let ends = self.text[..this.range.end].ends_with(|c: char| c.is_ascii_digit());
        if !ends
            || tool.port().is_some()
            || tool.version() == "4.0"
            || tool.is_public_domain()
        {
            return false;
        }
        let after = &self.text[this.range.end..self.range.end];
        // The "(D)" in "CC BY 3.0 (D)".
        let bracket = after.trim_start_matches(' ').strip_prefix('(');
        if let Some((code, _)) = bracket.and_then(|s| s.split_once(')')) {
            let start =
                this.range.end + after.len() - after.trim_start_matches(' ').len() + 1;
            let original = self.folded.source(start..start + code.len().max(1));
            let original = self.source.get(original).unwrap_or_default();
            return (1..=2).contains(&original.len())
                && original.bytes().all(|b| b.is_ascii_uppercase());
        }
        let Some(rest) = after.strip_prefix(' ') else { return false };
        let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(len);
        let start = this.range.end + 1;
        let original = self.folded.source(start..start + len.max(1));
        let original = self.source.get(original).unwrap_or_default();
        let place = word.len() >= 4
            && original.starts_with(char::is_uppercase)
            && original.chars().skip(1).all(char::is_lowercase);
        let tail = tail.trim_start_matches([' ', '.', ')', ']', '"', BREAK, '\n']);
        let known = SITES.contains(&word)
            || is_word(Cue::Filler, word)
            || self.cues_within(&(start..start + len)).next().is_some();
        place && !known && (tail.is_empty() || tail.starts_with("licen"))
    }
}

//! Licenses of what goes with a picture or a file and is not it: its text, its
//! data, its metadata, the picture that it was made from.

use super::super::Context;
use super::super::cues::{Cue, Hit};
use super::Found;
use super::view::Sentence;

/// Words that join two things which have one license.
const JOINTS: [&str; 14] = [
    "and",
    "und",
    "et",
    "y",
    "e",
    "en",
    "og",
    "och",
    "i",
    "&",
    "+",
    "/",
    ",",
    "as well as",
];

/// Whether a cue points at the work itself. "To" does so in Polish alone.
fn is_work(hit: &Hit) -> bool {
    hit.is(Cue::This) && !hit.is(Cue::Beside) && hit.range.len() > 2
}

impl Sentence<'_> {
    /// Whether `this` is the license of what goes with the work: "Text: CC BY
    /// 4.0", "Metadata are dedicated to the public domain under CC0", "CC BY 4.0
    /// for the text only". In running text "the text" is the work itself.
    pub(super) fn is_beside(&self, from: usize, this: &Found, next: usize) -> bool {
        // "Font: Example Sans" tells nothing of licenses.
        let told = |h: &Hit| h.is(Cue::Mention) && !h.is(Cue::Label) && !h.capital;
        self.context != Context::Prose
            && !self.cues_before(this.range.start).any(told)
            && (self.follows_beside(from, this) || self.precedes_beside(this, next))
    }

    fn follows_beside(&self, from: usize, this: &Found) -> bool {
        const NEAR: usize = 30;
        let start = self.line(this).start.max(from);
        let within = start..this.range.start;
        let mut hits = self.cues_within(&within).take_while(|h| !is_work(h));
        // "Panel A:" as well.
        let source = |h: &Hit| {
            let after = self.text[h.range.end..].trim_start();
            let number = after.split(':').next().unwrap_or_default().trim_end();
            h.is(Cue::Origin)
                && after.contains(':')
                && number.len() <= 2
                && number.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let Some(hit) = hits.find(|h| h.is(Cue::Beside) || source(h)) else {
            return false;
        };
        let rest = &self.text[hit.range.end..this.range.start];
        let after = rest.trim_start_matches([' ', '"', '\'']);
        let labelled = after.starts_with(':') || source(hit);
        let first = !self.text[start..hit.range.start].contains(char::is_alphanumeric);
        if hit.range.start - start > NEAR && !labelled
            || hit.capital && !first && !labelled
        {
            return false;
        }
        let named = |h: &&Hit| {
            h.is(Cue::Picture)
                && self.text[h.range.end..this.range.start].trim_start().starts_with(':')
        };
        if self.is_joined_to_picture(hit)
            || self.cues_within(&(hit.range.end..this.range.start)).any(|h| named(&h))
        {
            return false;
        }
        if labelled || !after.contains(char::is_alphanumeric) {
            return true;
        }
        let says = |h: &&Hit| {
            [Cue::Grant, Cue::Under, Cue::Verb, Cue::Clause].into_iter().any(|c| h.is(c))
        };
        let verb = self.cues_within(&(hit.range.end..this.range.start)).find(says);
        let end = verb.map_or(rest.len(), |v| v.range.start - hit.range.end);
        let small = !self.is_capital(this.range.start - after.len());
        small && !rest[..end].contains(',') && (verb.is_some() || rest.len() <= NEAR)
    }

    fn precedes_beside(&self, this: &Found, next: usize) -> bool {
        const NEAR: usize = 24;
        let after = this.range.end..next.min(self.range.end);
        if self.cues_before(this.range.start).any(is_work) {
            return false;
        }
        let mut hits = self.cues_within(&after).take_while(|h| !is_work(h));
        let Some(hit) = hits.find(|h| h.is(Cue::Beside)) else { return false };
        let gap = &self.text[after.start..hit.range.start];
        let joint = JOINTS.contains(&gap.trim());
        let applies =
            self.cues_within(&(after.start..hit.range.start)).any(|h| h.is(Cue::Granted));
        !hit.capital
            && gap.len() <= NEAR
            && !joint
            && (gap.split_whitespace().count() <= 2 || applies)
            && gap.contains(|c: char| c.is_alphabetic() || c == '(')
            && !gap.contains([',', ';', ':', '.', '-', '|', '\n'])
            && !self.is_joined_to_picture(hit)
    }

    /// Whether the picture stands in one list with what goes with it: "text and
    /// images".
    fn is_joined_to_picture(&self, hit: &Hit) -> bool {
        self.cues.iter().filter(|h| h.is(Cue::Picture)).any(|picture| {
            let (a, b) = if picture.range.start < hit.range.start {
                (picture, hit)
            } else {
                (hit, picture)
            };
            let between = self.text.get(a.range.end..b.range.start).unwrap_or_default();
            JOINTS.contains(&between.trim())
        })
    }

    /// Whether `this` stands in brackets with a credit of its own, and words
    /// follow the bracket: "Portrait (photo: Jane Roe, CC BY 4.0), own edit"
    /// tells what the work was made from.
    pub(super) fn is_source_in_brackets(&self, this: &Found) -> bool {
        let before = &self.text[self.range.start..this.range.start];
        let Some(open) = before.rfind(['(', '[']) else { return false };
        let inside = &before[open..];
        let after = &self.text[this.range.end..self.range.end];
        let Some(close) = after.find([')', ']']) else { return false };
        let title = before[..open].contains(char::is_alphanumeric);
        let credited = inside.contains(':') && !inside.contains([')', ']']);
        title && credited && after[close..].contains(char::is_alphabetic)
    }
}

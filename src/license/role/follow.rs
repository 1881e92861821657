//! What follows a license, and gives it its role: "CC BY 4.0 applies", "CC BY 4.0
//! has been withdrawn", a waiver beside CC0.

use std::ops::Range;

use super::super::cues::{Cue, Hit};
use super::super::{Meaning, Role};
use super::Found;
use super::view::Sentence;

/// How verbs begin that give up rights.
const WAIVERS: [&str; 5] = ["waive", "dedicat", "identified as", "free of known", "vers"];

impl Sentence<'_> {
    /// The role that what follows `this` gives it.
    pub(super) fn followed(&self, this: &Found, next: usize) -> Option<Role> {
        // Korean is folded to jamo, which are many bytes.
        const FAR: usize = 120;
        let after = this.range.end..next.min(self.range.end);
        let mut denied = false;
        for hit in self.cues_within(&after) {
            let gap = hit.range.start - after.start;
            if hit.is(Cue::Denied) {
                let rest = self.text[hit.range.end..self.range.end]
                    .trim_matches(|c: char| !c.is_alphanumeric());
                let whole = self.loose_cues().any(|h| h.is(Cue::This))
                    || rest.is_empty() && !hit.verb_last
                    || hit.verb_last
                        && this.range.start == self.range.start
                        && !self.text[hit.range.clone()].starts_with('不');
                return Some(if whole { Role::Negation } else { Role::Exception });
            }
            if hit.is(Cue::Granted) && gap <= if hit.verb_last { FAR } else { 14 } {
                let role = self.granted(this.range.start, this.range.start, this, next);
                return Some(if role == Role::Grant && denied {
                    Role::Negation
                } else {
                    role
                });
            }
            if hit.is(Cue::Not) {
                denied = gap <= if hit.verb_last { FAR } else { 24 };
                let last = hit.verb_last || self.text[hit.range.clone()].contains("appl");
                if denied && last {
                    return Some(Role::Negation);
                }
            }
        }
        None
    }

    /// Whether a verb follows a "not" that stands after its license.
    pub(super) fn verb_follows(&self, not: &Hit, within: &Range<usize>) -> bool {
        let phrase = &self.text[not.range.clone()];
        phrase.contains("apply")
            || phrase.contains("applicable")
            || self.cues_within(&(not.range.end..within.end)).any(|h| {
                (h.is(Cue::Verb) || h.is(Cue::Granted))
                    && h.range.start - not.range.end <= 12
            })
    }

    /// "Jane Doe has waived all copyright to this work", with CC0.
    pub(super) fn waived(&self, this: &Found) -> Option<Role> {
        let public = matches!(&this.meaning, Meaning::Tool(t) if t.is_public_domain());
        let waives = |h: &Hit| {
            let text = &self.text[h.range.clone()];
            h.is(Cue::Verb) && WAIVERS.iter().any(|w| text.starts_with(w))
        };
        let verb = self.loose_cues().find(|h| waives(h)).filter(|_| public)?;
        let start = verb.range.start.min(this.range.start);
        Some(self.granted(start, start, this, self.range.end))
            .filter(|r| *r != Role::Unclear)
    }
}

//! Several licenses in one sentence: a choice, a list, or the same twice.

use super::super::cues::{Cue, is_word};
use super::super::{Meaning, Role};
use super::Found;
use super::view::Sentence;

impl Sentence<'_> {
    /// Marks two references between which stands "or" as a choice.
    pub(super) fn tell_choice(&self, previous: &mut Found, this: &mut Found) {
        let between = &self.text[previous.range.end..this.range.start];
        let chained = self.strip_fillers(previous.range.end..this.range.start)
            == previous.range.end;
        let or = between.split(|c: char| !c.is_alphanumeric()).any(|w| {
            is_word(Cue::Or, w) && w != "o" || w == "o" && between.contains(" o ")
        });
        if chained && (or || this.continues) && previous.meaning != this.meaning {
            previous.choice = true;
            this.choice = true;
        } else if chained
            && previous.choice
            && between.trim_matches([' ', '(', ')', ':', '<', '>', '-']).is_empty()
        {
            this.choice = true;
        }
    }

    /// Whether another license is offered beside `this`: "or GFDL".
    pub(super) fn offers_other(&self, this: &Found) -> bool {
        fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
        }
        let before = &self.text[self.range.start..this.range.start];
        let after = &self.text[this.range.end..self.range.end];
        let skip =
            |w: &&str| is_word(Cue::Filler, w) || w.bytes().all(|b| b.is_ascii_digit());
        let mut ahead = words(after).take(12).skip_while(skip);
        let mut behind = words(before).rev().take(12).skip_while(skip);
        let is_or = |w: Option<&str>| w.is_some_and(|w| is_word(Cue::Or, w));
        let is_other = |w: &str| is_word(Cue::Other, w);
        is_or(ahead.next()) && ahead.take(5).any(is_other)
            || is_or(behind.next()) && behind.take(6).any(is_other)
    }

    /// A list of three or more different tools in a label grants none of them.
    pub(super) fn doubt_lists(&self, found: &mut [Found]) {
        let mut distinct: Vec<&Meaning> = Vec::new();
        for f in
            found.iter().filter(|f| f.role == Role::Grant && !f.choice && !f.rel_license)
        {
            if !distinct.iter().any(|m| agree(m, &f.meaning)) {
                distinct.push(&f.meaning);
            }
        }
        let says = self
            .loose_cues()
            .any(|h| h.is(Cue::Grant) || h.is(Cue::Verb) || h.is(Cue::Granted));
        if distinct.len() > 2 && !says {
            for f in found.iter_mut().filter(|f| f.role == Role::Grant) {
                f.role = Role::Unclear;
            }
        }
    }
}

/// Whether two references can mean the same: the same tool, or one of them
/// says less than the other.
pub(super) fn agree(a: &Meaning, b: &Meaning) -> bool {
    match (a, b) {
        (Meaning::Tool(tool), Meaning::Unversioned { unit, .. })
        | (Meaning::Unversioned { unit, .. }, Meaning::Tool(tool)) => {
            tool.unit() == *unit
        }
        (Meaning::Unversioned { unit: a, .. }, Meaning::Unversioned { unit: b, .. }) => {
            a == b
        }
        (Meaning::NotATool { .. }, Meaning::Tool(_) | Meaning::Unversioned { .. }) => {
            true
        }
        (a, b) => a == b,
    }
}

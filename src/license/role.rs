//! What a sentence does with the licenses that it names.
//!
//! The rules ask in this order, for each reference: what stands directly
//! before it, what stands directly after it, whether it goes with the reference
//! before it, and last whether the sentence is one at all or a label such as
//! "© 2020 Jane Doe, CC BY 4.0". Whatever stays open is [`Role::Unclear`]: a
//! grant that is none does more harm than one that is missed.

mod beside;
mod borrow;
mod choice;
mod follow;
mod reserve;
mod subject;
mod view;
mod vouch;

use std::ops::Range;

use self::choice::agree;
use self::view::Sentence;

use super::cues::{Cue, Hit};
use super::fold::{ADDRESS, Folded};
use super::{Context, Form, Meaning, Role};

/// A reference whose role is to be told.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Which bytes of the folded text.
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) form: Form,
    /// Whether it continues the one before it: the 2.5 in "3.0, 2.5".
    pub(super) continues: bool,
    /// Whether it stands in a tag with `rel="license"`.
    pub(super) rel_license: bool,
    pub(super) role: Role,
    pub(super) choice: bool,
    pub(super) with_exception: bool,
}

/// Tells the role of each reference of a text.
pub(super) fn assign(
    source: &str,
    folded: &Folded,
    sentences: &[Range<usize>],
    cues: impl Fn(Range<usize>) -> Vec<Hit>,
    context: Context,
    found: &mut [Found],
) {
    let mut grants: Vec<(usize, Meaning)> = Vec::new();
    let mut next = 0;
    for sentence in sentences {
        let first = next;
        while found.get(next).is_some_and(|f| f.range.start < sentence.end) {
            next += 1;
        }
        if first == next {
            continue;
        }
        // Words of a license's own name are no cues.
        let mut cues = cues(sentence.clone());
        let mut names = found[first..next].iter().map(|f| &f.range).peekable();
        cues.retain(|cue| {
            while names.next_if(|n| n.end <= cue.range.start).is_some() {}
            names.peek().is_none_or(|n| n.start >= cue.range.end)
        });
        let sentence = Sentence::new(source, folded, sentence.clone(), &cues, context);
        sentence.assign(&mut found[first..next], &mut grants);
    }
}

impl Sentence<'_> {
    fn assign(&self, found: &mut [Found], grants: &mut Vec<(usize, Meaning)>) {
        for at in 0..found.len() {
            let (before, rest) = found.split_at_mut(at);
            let Some((this, after)) = rest.split_first_mut() else { continue };
            let next = after.first().map_or(self.range.end, |n| n.range.start);
            this.role = self.role(this, before, next, grants);
            if let Some(previous) = before.last_mut() {
                self.tell_choice(previous, this);
            }
            this.choice |= self.offers_other(this);
            if this.role == Role::Grant && !this.rel_license {
                if self.is_before_a_place(this)
                    || self.is_dated(this)
                    || self.is_borrowed(this)
                {
                    this.role = Role::Unclear;
                } else if self.is_likened(this) {
                    this.role = Role::Mention;
                } else if !self.repeats_grant(this, grants)
                    && !self.is_vouched(this, before, after)
                {
                    this.role = Role::Unclear;
                }
            }
            if this.role == Role::Grant {
                let takes_out = |h: &Hit| h.is(Cue::Otherwise) || h.is(Cue::Except);
                this.with_exception = self.loose_cues().any(takes_out);
                grants.push((this.range.end, this.meaning.clone()));
            }
        }
        self.doubt_lists(found);
    }

    fn role(
        &self,
        this: &Found,
        before: &[Found],
        next: usize,
        grants: &[(usize, Meaning)],
    ) -> Role {
        if this.rel_license {
            return Role::Grant;
        }
        let from = before.last().map_or(self.range.start, |b| b.range.end);
        let lead = self.strip_fillers(from..this.range.start);
        // "Original: CC BY 2.0; this version: CC BY-SA 4.0" has a subject for each.
        let anew = before.last().is_some_and(|b| b.role == Role::Exception)
            && self.text[from..this.range.start].contains([';', '\n'])
            && self.cues_within(&(from..this.range.start)).any(|h| h.is(Cue::This));
        if let (Some(previous), true) = (before.last(), lead == from && !anew) {
            return if this.continues || !self.is_no_tool(this) {
                previous.role
            } else {
                Role::Mention
            };
        }
        if self.context == Context::LicenseField && self.is_bare(before, this) {
            return Role::Grant;
        }
        let adjacent = self.adjacent(from, lead, this.range.start);
        let before_name = self.text[from..this.range.start].trim_end();
        let without = WITHOUT.iter().any(|w| self.follows(w, lead));
        let freed =
            without || ["free of", "free from"].iter().any(|w| before_name.ends_with(w));
        // "No copyright (CC0)" denies nothing.
        let inert =
            |h: &Hit| h.is(Cue::Inert) && h.range.start < lead && h.range.end >= lead;
        let no = self.follows("no", lead) && !self.cues.iter().any(inert);
        let denied = adjacent.is_some_and(|h| h.is(Cue::Not)) || no || freed;
        if !denied && (self.is_part() || self.is_excepted(before, this)) {
            return if self.is_question() { Role::Mention } else { Role::Exception };
        }
        if denied {
            return Role::Negation;
        }
        if self.follows("use", lead) || self.follows("using", lead) {
            return Role::Mention;
        }
        let listed = before.last().is_some_and(|b| b.role == Role::Mention);
        if !listed && !self.is_no_tool(this) && self.is_beside(from, this, next) {
            return Role::Exception;
        }
        if let Some(role) = adjacent.and_then(|cue| self.led_by(cue, this, next, grants))
        {
            return role;
        }
        if let Some(role) = self.followed(this, next) {
            return role;
        }
        if let Some(role) = self.waived(this) {
            return role;
        }
        let speaks = |cue| self.loose_cues().any(|h| h.is(cue));
        let prose = speaks(Cue::Mention) || speaks(Cue::Clause) || speaks(Cue::Doubt);
        if !prose && !self.is_no_tool(this) && self.repeats_grant(this, grants) {
            return Role::Grant;
        }
        // "Museum am See, CC BY 4.0" points nowhere.
        let named = |h: &Hit| {
            let before = &self.text[self.range.start..h.range.start];
            h.capital && before.trim_end_matches(' ').ends_with(char::is_alphanumeric)
        };
        let pointed_at =
            adjacent.is_some_and(|h| h.is(Cue::More) && !h.is(Cue::Label) && !named(h));
        if !pointed_at && !listed && self.is_label(this) {
            if self.is_source_in_brackets(this) {
                return Role::Unclear;
            }
            return Role::Grant;
        }
        if self.is_question() || speaks(Cue::Doubt) {
            return self.doubted();
        }
        if speaks(Cue::Mention) || listed {
            return Role::Mention;
        }
        if speaks(Cue::Clause) && !speaks(Cue::Verb) && !speaks(Cue::Under) {
            return Role::Mention;
        }
        Role::Unclear
    }

    /// The role that the cue directly before `this` gives it.
    fn led_by(
        &self,
        cue: &Hit,
        this: &Found,
        next: usize,
        grants: &[(usize, Meaning)],
    ) -> Option<Role> {
        if cue.is(Cue::Excluded) {
            let whole = self.loose_cues().next().is_some_and(|h| h.is(Cue::This));
            return Some(if whole { Role::Negation } else { Role::Exception });
        }
        if cue.is(Cue::Except) {
            return Some(Role::Exception);
        }
        if cue.is(Cue::Grant) {
            return Some(self.granted(cue.range.start, cue.range.start, this, next));
        }
        if cue.is(Cue::Under) {
            let refused = |h: &Hit| h.is(Cue::Not) && cue.range.start - h.range.end <= 12;
            if self.cues_before(cue.range.start).any(refused) {
                return Some(Role::Negation);
            }
            let verbs =
                || self.loose_cues().filter(|h| h.is(Cue::Verb) || h.is(Cue::Granted));
            if let Some(verb) =
                verbs().find(|v| v.range.start < cue.range.start).or(verbs().next())
            {
                let verb = verb.range.start.min(cue.range.start);
                return Some(self.granted(cue.range.start, verb, this, next));
            }
            return None;
        }
        if cue.is(Cue::Not) {
            return Some(Role::Negation);
        }
        if cue.is(Cue::Label) {
            let between = &self.text[cue.range.end..this.range.start];
            if between.contains([':', '=']) && !self.is_question() {
                // "License: CC BY 4.0 (withdrawn)".
                if let Some(Role::Negation | Role::Exception) = self.followed(this, next)
                {
                    return Some(Role::Negation);
                }
                let mention =
                    self.cues_before(cue.range.start).any(|h| h.is(Cue::Mention));
                return Some(
                    if self.loose_cues().any(|h| h.is(Cue::Doubt) && !h.is(Cue::Clause)) {
                        self.doubted()
                    } else if mention {
                        Role::Mention
                    } else {
                        Role::Grant
                    },
                );
            }
            return None;
        }
        if cue.is(Cue::More) && self.repeats_grant(this, grants) {
            return Some(Role::Grant);
        }
        let apart =
            self.text[cue.range.end..this.range.start].contains([',', ';', '/', '|']);
        if cue.is(Cue::Mention) && !(apart && cue.capital)
            || cue.is(Cue::More) && self.is_no_tool(this)
        {
            return Some(Role::Mention);
        }
        // "This image is CC BY 4.0."
        let aside = |h: &&Hit| !h.is(Cue::Otherwise) && !h.is(Cue::Except);
        let begins = self.loose_cues().find(aside).is_some_and(|h| h.is(Cue::This));
        if cue.is(Cue::Clause)
            && begins
            && self.cues_before(cue.range.start).filter(aside).count() <= 2
        {
            let text = &self.text[cue.range.clone()];
            if COPULAS.contains(&text) {
                return Some(self.granted(cue.range.start, cue.range.start, this, next));
            }
        }
        None
    }

    /// The role of `this`, before which a cue at `cue` grants, unless something
    /// else in the sentence takes it back.
    pub(super) fn granted(
        &self,
        cue: usize,
        verb: usize,
        this: &Found,
        next: usize,
    ) -> Role {
        if self.is_question() {
            return self.doubted();
        }
        let mut before: Vec<&Hit> = self.cues_before(cue).collect();
        // The clause begins after the last strong break.
        let clause = self.text[self.range.start..cue]
            .rfind([';'])
            .map_or(self.range.start, |i| self.range.start + i);
        before.retain(|h| h.range.start >= clause);
        let near = |h: &&&Hit| {
            let gap = &self.text[h.range.end..cue];
            gap.len() <= 60 && !gap.contains([',', ':', '(', ADDRESS])
        };
        if before.iter().filter(near).any(|h| h.is(Cue::Not) || h.is(Cue::Denied)) {
            return Role::Negation;
        }
        let after = this.range.end..next.min(self.range.end);
        let denied = |h: &Hit| {
            let near = h.range.start - after.start <= if h.verb_last { 150 } else { 12 };
            h.is(Cue::Not) && near && (h.verb_last || self.verb_follows(h, &after))
        };
        if self.cues_within(&after).any(denied) {
            return Role::Negation;
        }
        if self.is_not_of_this(&after) {
            return Role::Negation;
        }
        let points = before.iter().any(|h| h.is(Cue::This));
        if self.is_all_but_this(&before) {
            return Role::Negation;
        }
        if !points && RELATIVES.iter().any(|r| self.text[..cue].trim_end().ends_with(r)) {
            return Role::Mention;
        }
        if self.loose_cues().any(|h| h.is(Cue::Doubt) && !h.is(Cue::Clause)) {
            return self.doubted();
        }
        if before.iter().any(|h| h.is(Cue::Mention)) {
            return Role::Mention;
        }
        if self.is_generic(verb, points, &before, &after) {
            return Role::Mention;
        }
        if self.is_quoted(cue, this) {
            return Role::Mention;
        }
        Role::Grant
    }

    /// The role in a sentence that doubts, asks or foresees: of this work it
    /// leaves open what holds, else it only speaks of licenses.
    fn doubted(&self) -> Role {
        let general = self.loose_cues().any(|h| h.is(Cue::Mention));
        let points = self.loose_cues().any(|h| h.is(Cue::This));
        if general && !points { Role::Mention } else { Role::Unclear }
    }

    /// Whether the sentence is about a part of the work: "Figure 3", "Cover
    /// photo".
    fn is_part(&self) -> bool {
        let first = |h: &&Hit| {
            h.is(Cue::Part)
                || h.is(Cue::This)
                || h.is(Cue::Except)
                || h.is(Cue::Otherwise)
        };
        let Some(part) = self.loose_cues().find(first).filter(|h| h.is(Cue::Part)) else {
            return false;
        };
        let begins = part.range.start - self.range.start < 30;
        let phrase = &self.text[part.range.clone()];
        let after = self.text[part.range.end..].trim_start_matches([' ', '.', ':']);
        let many = phrase.ends_with('s') && self.loose_cues().any(|h| h.is(Cue::Grant));
        begins
            && (phrase.contains([' ', '-'])
                || after.starts_with(|c: char| c.is_ascii_digit())
                || many
                || phrase.ends_with('s')
                    && self.text[part.range.end..].trim_start().starts_with(':')
                || after.len() < part.range.len()
                || phrase.len() > 9)
    }

    /// Whether `this` is the license of what was taken out of the one before:
    /// "CC BY 4.0, except for figure 7, which is under CC BY-NC 4.0".
    fn is_excepted(&self, before: &[Found], this: &Found) -> bool {
        before.last().is_some_and(|last| {
            let between = last.range.end..this.range.start;
            self.cues_within(&between).any(|h| h.is(Cue::Except))
        })
    }

    /// "Works licensed under CC BY may be copied" is about any such work.
    fn is_generic(
        &self,
        cue: usize,
        points: bool,
        before: &[&Hit],
        after: &Range<usize>,
    ) -> bool {
        let subject = &self.text[self.range.start..cue];
        if points
            || subject.contains(['©', ',', ':'])
            || !subject.contains(char::is_alphabetic)
        {
            return false;
        }
        let mut auxiliaries =
            before.iter().filter(|h| h.is(Cue::Clause) && h.range.end <= cue);
        let aux = auxiliaries.any(|h| self.text[h.range.end..cue].len() <= 24);
        if aux {
            return false;
        }
        let permits = |h: &Hit| {
            let text = &self.text[h.range.clone()];
            h.is(Cue::Verb) && (text.starts_with("may ") || text.starts_with("can "))
        };
        let verb = self
            .cues_within(after)
            .find(|h| h.is(Cue::Clause) || h.is(Cue::Mention) || permits(h));
        verb.is_some_and(|v| {
            let between = &self.text[after.start..v.range.start];
            !v.verb_last
                && !between.contains([',', '.', '(', ')', ':', ADDRESS, '-'])
                && self.strip_fillers(after.start..v.range.start) == after.start
        })
    }

    /// Whether an earlier sentence, not far away, grants what `this` names.
    fn repeats_grant(&self, this: &Found, grants: &[(usize, Meaning)]) -> bool {
        const FAR: usize = 500;
        let near = |end: usize| this.range.start.saturating_sub(end) <= FAR;
        grants
            .iter()
            .rev()
            .take_while(|(end, _)| near(*end))
            .any(|(_, m)| agree(m, &this.meaning))
    }

    /// Whether the sentence, or the line that `this` stands in, is no sentence
    /// but a label: a license beside names, dates and notices.
    fn is_label(&self, this: &Found) -> bool {
        const LONGEST: usize = 260;
        const WORDS: usize = 30;
        if self.context == Context::Prose {
            return false;
        }
        let line = self.line(this);
        if line.len() > LONGEST || self.text[line.clone()].contains('?') {
            return false;
        }
        let speaks = |h: &Hit| {
            const PROSE: [Cue; 7] = [
                Cue::Clause,
                Cue::Mention,
                Cue::Doubt,
                Cue::Not,
                Cue::Denied,
                Cue::Excluded,
                Cue::Except,
            ];
            let name = h.capital && h.range.start > line.start;
            PROSE.into_iter().any(|cue| h.is(cue)) && !h.is(Cue::Label) && !name
        };
        let within = |h: &&Hit| h.range.start >= line.start && h.range.end <= line.end;
        if self.loose_cues().filter(within).any(speaks) {
            return false;
        }
        let words = self.text[line.clone()].split(|c: char| !c.is_alphanumeric());
        words.filter(|w| !w.is_empty()).count() <= WORDS && self.is_set_off(this, &line)
    }

    /// Whether there is nothing but references up to `this`.
    fn is_bare(&self, before: &[Found], this: &Found) -> bool {
        const LONGEST: usize = 1000;
        if self.text.len() > LONGEST {
            return false;
        }
        let mut at = self.range.start;
        let mut bare = self.text[..at].chars().all(|c| !c.is_alphanumeric());
        for found in before.iter().chain([this]) {
            bare &= self.strip_fillers(at..found.range.start) == at;
            at = found.range.end;
        }
        bare && self.strip_fillers(at..self.text.len()) == at
    }

    fn is_no_tool(&self, this: &Found) -> bool {
        matches!(this.meaning, Meaning::NotATool { .. })
    }
}

/// What begins a clause about something named before it.
const RELATIVES: [&str; 8] = [
    "which is",
    "which was",
    "which are",
    "which were",
    "that is",
    "that was",
    "that are",
    "that were",
];

/// "Without", before a license that the work is not under.
const WITHOUT: [&str; 10] =
    ["without", "sans", "sin", "sem", "senza", "zonder", "bez", "utan", "uden", "uten"];

/// "Is", between a work and its license.
const COPULAS: &[&str] = &[
    "is", "are", "ist", "sind", "est", "sont", "es", "é", "e", "zijn", "jest", "är",
    "ar", "er", "je", "sao",
];

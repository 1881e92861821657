//! Whether the words beside a reference leave it a grant.
//!
//! Cues tell what a sentence says, and no table of them holds all that can be
//! said. So a grant needs more than that nothing known speaks against it: in a
//! credit line, every word has to be a name, a date or a word whose sense is
//! known; before a verb, what it is said of has to be the work.

use std::ops::Range;

use super::super::cues::{Cue, Hit, is_word};
use super::super::fold::{ADDRESS, BREAK};
use super::super::words::{Kind, Kinds, kinds, tells_apart};
use super::super::{Context, Role};
use super::Found;
use super::choice::agree;
use super::view::Sentence;

/// A word beside a reference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Which byte of the folded text it begins at.
    pub(super) at: usize,
    pub(super) kinds: Kinds,
    pub(super) case: Case,
    /// Whether punctuation sets it apart from the word before it.
    pub(super) begins: bool,
    /// Whether a colon follows.
    pub(super) colon: bool,
    /// Whether a cue tells what it does.
    pub(super) told: bool,
    /// Whether that cue makes it harmless: "some" in "some rights reserved".
    pub(super) inert: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Small,
    Capital,
    /// A number, or of a script without case.
    None,
}

impl Word<'_> {
    /// Whether its sense is not known, and it is no name.
    pub(super) fn is_unknown(&self) -> bool {
        self.case == Case::Small
            && !self.told
            && !self.kinds.is_harmless()
            && self.text.len() > 1
            && !self.kinds.has(Kind::All)
            && !HOUSES.iter().any(|house| self.text.ends_with(house))
            && !is_word(Cue::Filler, self.text)
            && !is_word(Cue::Or, self.text)
            && !is_word(Cue::Other, self.text)
    }

    /// Whether it is of that kind, and no name.
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.case != Case::Capital && self.has(kind)
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        !self.inert && self.kinds.has(kind)
    }
}

/// So many words beside a reference are looked at.
const MOST: usize = 80;

/// Punctuation that ends a part of a credit line.
const ENDS: [char; 18] = [
    ',', ';', ':', '(', ')', '[', ']', '{', '}', '/', '|', '"', '·', '=', '\n', BREAK,
    ADDRESS, '~',
];

fn is_apart(gap: &str) -> bool {
    gap.contains(ENDS) || gap.contains(" -") || gap.contains("- ")
}

impl Sentence<'_> {
    /// Whether the words beside `this`, which else is granted, leave it that.
    pub(super) fn is_vouched(
        &self,
        this: &Found,
        before: &[Found],
        after: &[Found],
    ) -> bool {
        if self.context == Context::LicenseField {
            return true;
        }
        let from = before.last().map_or(self.range.start, |b| b.range.end);
        let lead = self.strip_fillers(from..this.range.start);
        if lead == from && !before.is_empty() {
            // It goes with the one before it, which was asked.
            return true;
        }
        if self.describes_others(this, after) {
            return false;
        }
        let ties = |h: &&Hit| {
            let kinds = [Cue::Grant, Cue::Under, Cue::Verb, Cue::Clause];
            kinds.into_iter().any(|k| h.is(k)) && !h.is(Cue::Label)
        };
        let tie = self.adjacent(from, lead, this.range.start).filter(ties);
        let line = self.line(this);
        let start = line.start.max(from);
        if let Some(tie) = tie {
            let zone = start..tie.range.start.max(start);
            let says = self
                .cues_within(&(start..this.range.start))
                .any(|h| h.is(Cue::Grant) || h.is(Cue::Verb) || h.is(Cue::Clause));
            return self.is_of_the_work(zone, this)
                && (says
                    || self.context == Context::Prose
                    || self.leaves_credit(this, before, after));
        }
        if let Some(role) = self.waived(this) {
            let words = self.words(start..this.range.start);
            return role != Role::Grant || !words.iter().any(|w| w.is(Kind::Want));
        }
        let next = after.first().map_or(self.range.end, |n| n.range.start);
        if self.followed(this, next).is_some() {
            return self.is_of_the_work(start..this.range.start, this);
        }
        if self.context == Context::Prose {
            return true;
        }
        self.is_credit(start..this.range.start) && self.leaves_credit(this, before, after)
    }

    /// Whether a license stands before what it is of, and that is not the work: "a
    /// CC BY 4.0 print".
    fn describes_others(&self, this: &Found, after: &[Found]) -> bool {
        let limit = after.first().map_or(self.range.end, |f| f.range.start);
        let range = this.range.end..limit;
        if self.context != Context::Prose && tells_apart(&self.text[range.clone()]) {
            return true;
        }
        let words = self.words(range);
        let first = words.iter().find(|w| w.begins || !is_word(Cue::Filler, w.text));
        let noun = first
            .is_some_and(|w| !w.begins && w.is(Kind::Work) && !w.kinds.has(Kind::Rights));
        noun && !self
            .cues_before(this.range.start)
            .next()
            .is_some_and(|h| h.is(Cue::This))
    }

    /// Whether what stands before a license is a credit line: names, dates and
    /// words whose sense is known, or a title that a credit follows.
    fn is_credit(&self, range: Range<usize>) -> bool {
        if tells_apart(&self.text[range.clone()]) {
            return false;
        }
        let words = self.words(range.clone());
        let Some(last) = words.last() else { return true };
        let gap = &self.text[last.at + last.text.len()..range.end];
        if words.iter().enumerate().any(|(i, w)| self.points_away(&words, i, w)) {
            return false;
        }
        // "Thumbnails: CC BY 4.0".
        if gap.trim_start().starts_with([':', '=']) {
            let label = words.iter().rposition(|w| w.begins).unwrap_or(0);
            let label = words.get(label..).unwrap_or_default();
            let known = label
                .iter()
                .any(|w| w.told || w.kinds.has(Kind::Source) || w.kinds.has(Kind::Work));
            let name = label.len() > 1 && label.iter().all(|w| !w.is_unknown());
            return known && label.iter().all(|w| !w.is_unknown()) || name;
        }
        // "Wallpaper pattern: Jane Roe (CC BY 4.0)".
        let mut part = 0;
        for (i, word) in words.iter().enumerate() {
            if word.begins {
                part = i;
            }
            let label = words.get(part..=i).unwrap_or_default();
            let known = label.iter().any(|w| w.kinds.has(Kind::Source));
            if word.colon && !known && label.iter().any(Word::is_unknown) {
                return false;
            }
        }
        if !words.iter().any(Word::is_unknown) {
            return true;
        }
        // A title may say anything, if it is set off, and a credit or a date stands
        // beside it.
        if !is_apart(gap) {
            return false;
        }
        let credited = words.windows(2).any(|pair| {
            let [by, name] = pair else { return false };
            by.kinds.has(Kind::Credit) && name.case == Case::Capital
                || by.colon && by.kinds.has(Kind::Source)
        });
        let noticed = self.text[range].contains(['©', '®'])
            || words.iter().any(|w| matches!(w.text, "copyright" | "c"));
        let named = !last.is_unknown() && last.case != Case::Small;
        // "Jane Roe / Harbour from the air".
        let name = |part: &[Word<'_>]| {
            part.len() > 1 && part.iter().all(|w| w.case == Case::Capital)
        };
        let author = words.chunk_by(|_, w| !w.begins).any(name);
        let own = words.iter().any(|w| w.kinds.has(Kind::Own));
        own || credited || noticed || named || author
    }

    /// Whether a word says that a license is of something else, or not so.
    pub(super) fn points_away(
        &self,
        words: &[Word<'_>],
        i: usize,
        word: &Word<'_>,
    ) -> bool {
        let next = words.get(i + 1);
        // The first word of a line has a capital although it is no name.
        let opens = i == 0 && next.is_none_or(|n| n.case != Case::Capital || n.begins)
            || word.begins && word.colon;
        if word.is(Kind::Other) || i == 0 && word.has(Kind::Other) {
            return true;
        }
        if word.is(Kind::Want) || opens && word.has(Kind::Want) {
            // "Suggested credit".
            return !next.is_some_and(|w| w.kinds.has(Kind::Wording));
        }
        // "Face from a portrait by Jane Roe".
        let before = i.checked_sub(1).and_then(|i| words.get(i));
        if i == 1
            && word.text == "from"
            && before.is_some_and(|w| !w.told && !w.kinds.is_harmless())
        {
            let part = words.get(i..).unwrap_or_default();
            let last = part.iter().skip(1).take_while(|w| !w.begins).last();
            return last.is_some_and(|w| w.case == Case::Capital);
        }
        let first = i == 0 && word.has(Kind::With);
        if word.is(Kind::With) || first {
            // "With kind permission".
            let thanks =
                |w: &Word<'_>| w.kinds.has(Kind::Rights) || w.kinds.has(Kind::Made);
            return !word.told || !next.is_some_and(thanks);
        }
        // "Sound of the sea" is a title.
        let title = next.is_some_and(|n| {
            n.kinds.has(Kind::Glue) && !n.kinds.has(Kind::Credit) && n.text != "from"
        });
        // "Flag icons from FlagKit".
        let second = i == 1
            && word.is(Kind::Piece)
            && !word.begins
            && next.is_none_or(|n| {
                n.begins || n.kinds.has(Kind::Credit) || n.text == "from"
            });
        (word.begins || i == 0 || second)
            && word.has(Kind::Piece)
            && !word.kinds.has(Kind::Work)
            && !title
    }

    /// Whether what follows a license in a credit line takes nothing back:
    /// "(CC BY 4.0), render by J. Roe", "CC BY 4.0 on request".
    fn leaves_credit(&self, this: &Found, before: &[Found], after: &[Found]) -> bool {
        let other = after.iter().find(|f| !agree(&f.meaning, &this.meaning));
        let limit = other.map_or(self.range.end, |f| f.range.start);
        let mut range = this.range.end..limit;
        if let Some(end) = self.text[range.clone()].find(['\n', '|', BREAK]) {
            range.end = range.start + end;
        }
        let mut words = self.words(range.clone());
        let same = |w: &Word<'_>| after.iter().any(|f| f.range.contains(&w.at));
        words.retain(|w| !same(w));
        if other.is_some() {
            // What follows is said of the next one.
            let end = words.iter().position(|w| w.begins).unwrap_or(words.len());
            words.truncate(end);
        }
        if !before.is_empty() && other.is_some() {
            return true;
        }
        let mut part = 0;
        for (i, word) in words.iter().enumerate() {
            if word.begins {
                part = i;
            }
            let away =
                [Kind::Other, Kind::Want, Kind::With].into_iter().any(|k| word.is(k));
            if word.is_unknown() || away && !word.kinds.is_harmless() && !word.told {
                return false;
            }
            let label = words.get(part..=i).unwrap_or_default();
            let known = label.iter().any(|w| w.told || w.kinds.has(Kind::Source));
            if word.colon && !known && label.len() == 1 {
                return false;
            }
        }
        true
    }

    /// The words of `range` that stand in no quotation and no address.
    pub(super) fn words(&self, range: Range<usize>) -> Vec<Word<'_>> {
        let mut words: Vec<Word<'_>> = Vec::new();
        let mut cues = self.cues.iter().peekable();
        let mut quotes = self.quotes.iter().peekable();
        let mut at = range.start;
        while at < range.end && words.len() < MOST {
            let rest = &self.text[at..range.end];
            let gap = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            let (gap, rest) = rest.split_at(gap);
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let text = &rest[..len];
            // "IMG_1.jpg", "jane@example.org".
            let host = gap == "/" && words.last().is_some_and(|w| w.told);
            let joined = (matches!(gap, "." | "@" | "_") || host) && at > range.start;
            let named = words.last_mut().is_some_and(|last| {
                last.colon = gap.trim_start().starts_with(':');
                last.told |= joined;
                // "(c) birdwatcher77", "user jroe".
                let called =
                    last.kinds.has(Kind::Credit) || last.text.starts_with("user");
                let nobody =
                    last.kinds.has(Kind::Source) && kinds(text).has(Kind::Nobody);
                gap == " " && (called || nobody)
            });
            at += gap.len();
            if text.is_empty() {
                break;
            }
            while cues.next_if(|h| h.range.end <= at).is_some() {}
            let cue = cues.peek().filter(|h| h.range.contains(&at));
            while quotes.next_if(|q| q.end <= at).is_some() {}
            if quotes.peek().is_none_or(|q| q.start > at) {
                words.push(Word {
                    text,
                    at,
                    kinds: kinds(text),
                    case: self.case(at, len),
                    begins: is_apart(gap),
                    colon: false,
                    told: joined || named || cue.is_some_and(|h| tells(h)),
                    inert: cue.is_some_and(|h| {
                        h.is(Cue::Inert) || h.is(Cue::Otherwise) || h.is(Cue::Grant)
                    }),
                });
            }
            at += len;
        }
        // Where nothing is capitalised, small letters tell nothing.
        let lower = |w: &Word<'_>| w.case == Case::Small || w.text.parse::<u32>().is_ok();
        let line = self.source.get(self.folded.source(self.range.clone()));
        if words.iter().all(lower)
            && words.len() <= 4
            && !line.unwrap_or_default().contains(char::is_uppercase)
        {
            words.iter_mut().for_each(|w| w.case = Case::None);
        }
        words
    }

    fn case(&self, at: usize, len: usize) -> Case {
        let source = self.source.get(self.folded.source(at..at + len.max(1)));
        let source = source.unwrap_or_default();
        if source.contains(char::is_uppercase)
            || source.contains(|c: char| c.is_ascii_digit())
        {
            Case::Capital
        } else if source.starts_with(char::is_lowercase) {
            Case::Small
        } else {
            Case::None
        }
    }
}

/// How words end, where words are joined, that are of a house.
const HOUSES: [&str; 9] = [
    "museum",
    "museet",
    "museo",
    "bibliotek",
    "biblioteket",
    "arkiv",
    "arkivet",
    "arkisto",
    "kirjasto",
];

/// Whether a cue tells what its words do in a credit line.
fn tells(hit: &Hit) -> bool {
    [
        Cue::Label,
        Cue::This,
        Cue::Inert,
        Cue::Otherwise,
        Cue::Except,
        Cue::Picture,
        Cue::Under,
        Cue::Verb,
        Cue::Granted,
        Cue::Grant,
        Cue::More,
    ]
    .into_iter()
    .any(|cue| hit.is(cue))
}

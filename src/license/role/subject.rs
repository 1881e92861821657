//! What a verb is said of: "Copies of this image are licensed under …" is not
//! about the image.

use std::ops::Range;

use super::super::Context;
use super::super::cues::{Cue, Hit};
use super::super::fold::ADDRESS;
use super::super::words::{Kind, kinds, tells_apart};
use super::view::Sentence;
use super::vouch::{Case, Word};
use super::{COPULAS, Found, RELATIVES};

impl Sentence<'_> {
    /// Whether what a verb is said of is the work: `zone` is what stands before
    /// the verb and its license.
    pub(super) fn is_of_the_work(&self, zone: Range<usize>, this: &Found) -> bool {
        if zone.start == this.range.start {
            return true;
        }
        if self.context != Context::Prose && tells_apart(&self.text[zone.clone()]) {
            return false;
        }
        let whole = zone.start;
        let zone = self.past_exception(zone);
        let words = self.words(zone.clone());
        let Some(first) = words.first() else { return true };
        // "To" points at the work in Polish, and there it comes first.
        let points = |h: &&Hit| {
            h.is(Cue::This) && (h.range.len() > 2 || h.range.start == first.at)
        };
        let shown = self.cues_within(&zone).find(points);
        let shown = shown.map_or(zone.end, |h| h.range.start);
        let early = words.iter().take_while(|w| w.at < shown).count();
        let (early, _) = words.split_at(early);
        let wanted =
            first.has(Kind::Want) && words.get(1).is_none_or(|w| w.case != Case::Capital);
        if wanted || words.iter().any(|w| w.is(Kind::Want)) {
            return false;
        }
        if first.has(Kind::Other) && first.at < shown
            || early.iter().any(|w| w.is(Kind::Other))
        {
            return false;
        }
        let is_head = |w: &&Word<'_>| {
            !w.kinds.has(Kind::Glue) && w.text.len() > 1 && !w.kinds.has(Kind::All)
        };
        let Some(head) = words.iter().find(is_head) else { return true };
        if shown < zone.end {
            if self.is_told_of(
                shown,
                early,
                this,
                first.at == whole_word(self.text, whole),
            ) {
                return false;
            }
            // "We make this image available", but not "Copies of this image are".
            if early.last().is_some_and(|w| !w.kinds.has(Kind::Glue)) {
                return true;
            }
        }
        head.at >= shown
            || self.is_said_of_the_work(&zone, &words, head, shown < zone.end, this)
    }

    /// Whether the work is shown in a question or in what someone else says: "Can
    /// this be licensed", "A friend told me this is".
    fn is_told_of(
        &self,
        shown: usize,
        early: &[Word<'_>],
        this: &Found,
        opens: bool,
    ) -> bool {
        let Some(first) = early.first() else { return false };
        let asks = self
            .cues
            .iter()
            .any(|h| h.range.start == first.at && h.is(Cue::Clause) && !h.is(Cue::This));
        if opens && asks && early.len() == 1 {
            return true;
        }
        let after = shown..this.range.start;
        let verb = self.cues_within(&after).find(|h| h.is(Cue::Clause));
        let copula = verb.is_some_and(|h| COPULAS.contains(&&self.text[h.range.clone()]));
        let apart =
            self.text[..shown].trim_end_matches(' ').ends_with([',', ':', '-', ')']);
        copula && !apart && early.iter().any(Word::is_unknown)
    }

    /// Whether a sentence that points at nothing, or at the work only to say what
    /// is of it, is about the work.
    fn is_said_of_the_work(
        &self,
        zone: &Range<usize>,
        words: &[Word<'_>],
        head: &Word<'_>,
        shown: bool,
        this: &Found,
    ) -> bool {
        let from_head = words.iter().skip_while(|w| w.at < head.at);
        let mut phrase =
            from_head.take_while(|w| !w.kinds.has(Kind::Glue) || w.at == head.at);
        let work = phrase.any(|w| w.kinds.has(Kind::Work));
        // "Original content of this work".
        if head.has(Kind::Piece) && !head.told && !(work && shown) {
            return false;
        }
        let next = words.iter().find(|w| w.at > head.at);
        // "Low-quality copies", "Les petites images".
        let chosen = !head.kinds.is_harmless()
            && next.is_some_and(|w| w.is(Kind::Work) && self.text[..w.at].ends_with(' '));
        let is_verb = |h: &&Hit| {
            let glue = kinds(&self.text[h.range.clone()]).has(Kind::Glue);
            h.is(Cue::Clause)
                && !h.is(Cue::This)
                && !h.capital
                && h.range.len() > 1
                && !glue
        };
        let verb = self.cues_within(&(zone.start..this.range.start)).find(is_verb);
        let Some(verb) = verb else {
            let away = |(i, w): (usize, &Word<'_>)| {
                !w.has(Kind::Piece) && self.points_away(words, i, w)
            };
            return !chosen && !words.iter().enumerate().any(away);
        };
        // "Volume 1 is".
        let number = |w: &Word<'_>| w.text.len() < 3 && w.text.parse::<u32>().is_ok();
        if next.is_some_and(number) {
            return false;
        }
        // "The survey is available" is about the only one there is.
        let the =
            words.iter().take_while(|w| w.at < head.at).any(|w| w.kinds.has(Kind::The));
        // "The photos of our partner are".
        let mut of = words.iter().skip_while(|w| w.at <= head.at);
        let mut of = of
            .by_ref()
            .skip_while(|w| !w.kinds.has(Kind::Glue))
            .take_while(|w| w.at < verb.range.start);
        if work && !shown && self.context != Context::Prose && of.any(Word::is_unknown) {
            return false;
        }
        if the || work {
            return !chosen
                || work && !the && head.case == Case::Capital && !opens(words, head);
        }
        let relative = RELATIVES.iter().any(|r| self.text[zone.clone()].contains(r));
        let before_verb = &self.text[zone.start..verb.range.start];
        if relative
            || head.text == "it"
            || head.kinds.has(Kind::Rights)
            || before_verb.contains(['"', '©', ADDRESS])
        {
            return true;
        }
        let subject = words.iter().take_while(|w| w.at < verb.range.start);
        let is_name = |w: &&Word<'_>| {
            w.case == Case::Capital && w.text.starts_with(char::is_alphabetic)
        };
        let names = subject.clone().filter(is_name).count();
        names > 1 && subject.clone().all(|w| !w.is_unknown())
            || subject.clone().all(|w| w.case == Case::None)
    }

    /// What is left of `zone` after "Except where otherwise noted," and "With the
    /// exception of the logo,".
    fn past_exception(&self, zone: Range<usize>) -> Range<usize> {
        let except = |h: &&Hit| h.is(Cue::Otherwise) || h.is(Cue::Except);
        let hit = self.cues_within(&zone).find(except).map(|h| h.range.clone());
        let Some(hit) = hit else { return zone };
        if self.text[zone.start..hit.start].contains(char::is_alphanumeric) {
            return zone;
        }
        let rest = &self.text[hit.end..zone.end];
        let start = rest.find(',').map_or(hit.end, |i| hit.end + i + 1);
        start..zone.end
    }
}

/// Whether the words begin with `head`.
fn opens(words: &[Word<'_>], head: &Word<'_>) -> bool {
    words.first().is_some_and(|w| w.at == head.at)
}

/// Where the first word from `at` on begins.
fn whole_word(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find(char::is_alphanumeric).unwrap_or(rest.len())
}

//! What a work has borrowed, and under which license that is: "This work uses
//! icons released under CC BY 4.0" says nothing of the work's own.

use super::Found;
use super::view::Sentence;

/// Words behind which stands what a work has borrowed, folded.
const BORROWS: [&str; 31] = [
    " makes use of ",
    " make use of ",
    " made use of ",
    " uses ",
    " using ",
    " utilizes ",
    " utilises ",
    " includes ",
    " contains ",
    " incorporates ",
    " include ",
    " contain ",
    " incorporate ",
    " incorporated ",
    " features ",
    " quotes ",
    " reproduces ",
    " builds on ",
    " built on ",
    " based on ",
    " derived from ",
    " taken from ",
    " taken almost verbatim from ",
    " verwendet ",
    " enthalt ",
    " beinhaltet ",
    " zeigt ",
    " zitiert ",
    " basiert auf ",
    " utilise ",
    " contient ",
];
/// Words by which that is then under a license.
const UNDER: [&str; 7] =
    [" under ", " licensed ", " licenced ", " released ", " unter ", " sous ", " bajo "];
/// Words by which a sentence comes back to its subject.
const AGAIN: [&str; 9] = [
    " and is ",
    " and are ",
    " and was ",
    " and were ",
    ", is ",
    ", are ",
    " it is ",
    " und ist ",
    " et est ",
];

/// How much before a license is looked at, in bytes.
const NEAR: usize = 400;

impl Sentence<'_> {
    /// Whether what stands before `this` is about something that the work borrows.
    pub(super) fn is_borrowed(&self, this: &Found) -> bool {
        let end = this.range.start;
        let far = end.saturating_sub(NEAR).max(self.range.start);
        let far = (far..=end).find(|at| self.text.is_char_boundary(*at)).unwrap_or(end);
        let words = self.text[far..end].split_whitespace();
        let before = words.fold(String::from(" "), |all, word| all + word + " ");
        let behind = BORROWS
            .iter()
            .filter_map(|words| Some(before.rfind(words)? + words.len() - 1))
            .max();
        let Some(behind) = behind.and_then(|at| before.get(at..)) else { return false };
        let has = |words: &[&str]| words.iter().any(|w| behind.contains(w));
        has(&UNDER) && !has(&AGAIN)
    }
}

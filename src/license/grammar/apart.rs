//! Whether a name belongs to the words around it. The names of elements are
//! words of other licenses too, and "by" is one of any sentence.

use super::super::cues::{Cue, is_word};
use super::super::fold::{ADDRESS, BREAK, floor};
use super::Parts;
use super::join::LICENSES;
use super::text::Text;

/// Words of other licenses' names, as they fold: "Datenlizenz Deutschland –
/// Namensnennung", "Open Data Commons Attribution License".
const FAMILIES: &[&str] = &[
    "datenlizenz",
    "data license",
    "data licence",
    "data commons",
    "open data",
    "open database",
    "open license",
    "open licence",
    "licence ouverte",
    "government",
    "public attribution",
    "public license",
    "public licence",
    "dl-de",
    "dl de",
    "kogl",
    "ogdl",
    "odc",
    "odbl",
    "cpal",
    "ogl",
    "nlod",
    "gnu",
    "gpl",
    "gfdl",
];

/// Words in small letters after which the name of a license begins, beside
/// fillers and words for "license".
const LEADS: &[&str] = &[
    "under", "unter", "sous", "bajo", "sob", "sotto", "onder", "pod", "med", "mit",
    "con", "na",
];

impl Text<'_> {
    /// Whether the words before the parts, or an id in brackets after them, make
    /// them the name of a license of somebody else.
    pub(super) fn is_of_another(&self, p: &Parts) -> bool {
        const NEAR: usize = 80;
        let before = &self.folded.text[..p.range.start];
        let near = &before[floor(before, before.len().saturating_sub(NEAR))..];
        let ends = [':', ';', '\n', '|', BREAK, ADDRESS];
        let clause = near.rfind(ends).map_or(near, |at| &near[at..]);
        let clause = clause.rsplit(". ").next().unwrap_or(clause);
        let whole = |at: usize, len: usize| {
            !clause[..at].ends_with(char::is_alphanumeric)
                && !clause[at + len..].starts_with(char::is_alphanumeric)
        };
        let named = |f: &str| clause.match_indices(f).any(|(at, f)| whole(at, f.len()));
        let after = self.after(p.range.end).trim_start_matches([' ', '(', '[', '-']);
        FAMILIES.iter().any(|f| named(f) || after.starts_with(f))
    }

    /// Whether a name that begins at `at` is set off from the words before it: by
    /// punctuation, or by words that lead to a license. "Photo by ND 2.0" and
    /// "Boost Attribution 2.0" are not.
    pub(super) fn stands_apart(&self, at: usize) -> bool {
        let mut end = at;
        for _ in 0..2 {
            let before = self.folded.text[..end].trim_end_matches([' ', '"', '\'']);
            let Some(last) = before.chars().next_back() else { return true };
            if !last.is_alphanumeric() {
                return true;
            }
            let start = before
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            let word = &before[start..];
            let original = self.original(&(start..before.len()));
            if !original.contains(|c: char| c.is_uppercase() || c.is_lowercase()) {
                // Scripts without capitals do not set words apart either.
                return !last.is_numeric();
            }
            if !LICENSES.iter().any(|w| word.starts_with(w)) {
                let small = !original.starts_with(char::is_uppercase);
                return LEADS.contains(&word) && (small || start == 0)
                    || small && is_word(Cue::Filler, word);
            }
            if start == 0 {
                // "Licence Paternité 2.0" may be a license of that name.
                return false;
            }
            end = start;
        }
        true
    }

    /// Whether the letters of the parts are of one case, as codes are.
    pub(super) fn is_of_one_case(&self, p: &Parts) -> bool {
        let original = self.original(&p.range);
        !(original.contains(char::is_uppercase) && original.contains(char::is_lowercase))
    }
}

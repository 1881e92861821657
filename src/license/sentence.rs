//! Where sentences end: at a full stop that ends one, at the end of a
//! paragraph, and after a long time anyway.

use std::ops::Range;

use super::fold::{ADDRESS, BREAK, Folded};

/// No sentence is longer, in bytes, where a space ends it.
const LONGEST: usize = 1500;

/// No sentence is longer, but for a reference at its end. Each reference is held
/// against the whole of its sentence, and in 64 kB of "CC0;" that took seconds.
const LONGEST_WORD: usize = 2 * LONGEST;

/// Words before whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "vs", "etc", "no", "nr", "fig", "figs", "dr", "mr", "mrs", "ms",
    "prof", "ca", "z.b", "d.h", "vol", "st", "cf", "abb", "bzw", "vgl", "ver", "v", "np",
    "tzv", "tj", "p.ex", "t.ex", "f.eks", "sog", "u.a", "inc", "ltd", "co", "al",
    "approx", "lic",
];

/// The sentences of a folded text, in order; together they are all of it.
pub(super) fn split(
    source: &str,
    folded: &Folded,
    keep: &[Range<usize>],
) -> Vec<Range<usize>> {
    let text = &folded.text;
    let mut keep = keep.iter().peekable();
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        while keep.next_if(|r| r.end <= at).is_some() {}
        let inside = keep.peek().is_some_and(|r| r.start <= at);
        let end = at + c.len_utf8();
        let ends = match c {
            BREAK => true,
            '.' | '!' | '?' if !inside => ends_sentence(source, folded, at, c),
            ' ' | '\n' if !inside => at - start >= LONGEST,
            _ => !inside && at - start >= LONGEST_WORD,
        };
        if ends {
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..text.len());
    sentences
}

/// Whether the mark at `at` ends a sentence.
fn ends_sentence(source: &str, folded: &Folded, at: usize, mark: char) -> bool {
    let text = &folded.text;
    let after = text[at + 1..].trim_start_matches(['"', '\'', ')', ']']);
    let next = after.trim_start_matches([' ', '\n']);
    if next.len() == after.len() && !after.is_empty() && !after.starts_with(BREAK) {
        return false;
    }
    if mark != '.' || next.is_empty() || next.starts_with(ADDRESS) {
        return true;
    }
    let before = &text[..at];
    let word_start = before
        .char_indices()
        .rev()
        .take(8)
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
        .last()
        .map_or(at, |(i, _)| i);
    let word = &before[word_start..];
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    if initial || ABBREVIATIONS.contains(&word) {
        return false;
    }
    // A sentence does not begin with a small letter.
    let next_at = text.len() - next.len();
    let original =
        source.get(folded.source(next_at..next_at + 1).start..).unwrap_or_default();
    !original.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::fold::fold;

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        for (text, expected) in [
            ("One. Two! Three? Four", 4),
            ("Fig. 3 by J. Doe, e.g. CC BY 4.0.", 1),
            ("See creativecommons.org. It is", 2),
            ("end. but small", 1),
            ("これは作品です。次の文。", 2),
            ("One\n\nTwo", 2),
            ("One\nTwo", 1),
            ("(One.) Two", 2),
        ] {
            let folded = fold(text, 0..text.len(), &[]);
            let got = split(text, &folded, &[]);
            let full: Vec<_> = got
                .iter()
                .filter(|r| !folded.text[(*r).clone()].trim().is_empty())
                .collect();
            assert_eq!(full.len(), expected, "{text}: {got:?}");
        }
    }
}

//! The passages of a text that may be about rights.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What such passages have in them, without white space, in lower case. It need
/// not be much: whoever reads the passages knows the words better.
const MARKS: [&str; 33] = [
    "creativecommons",
    "licensebuttons",
    "rightsstatements",
    "ccby",
    "cc-by",
    "cc0",
    "publicdomain",
    "©",
    "copyright",
    "licen",
    "lizen",
    "lisens",
    "lisans",
    "liçen",
    "лиценз",
    "Лиценз",
    "ліценз",
    "Ліценз",
    "лиценц",
    "Лиценц",
    "άδεια",
    "Άδεια",
    "رخصة",
    "רישיון",
    "ライセンス",
    "许可",
    "授權",
    "라이선스",
    "allrights",
    "allerechte",
    "tousdroits",
    "domainepublic",
    "dominiopúblico",
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(MARKS)
        .expect("short patterns make an automaton")
});

/// Up to this length, in bytes, a paragraph is kept whole.
const WHOLE: usize = 1_200;
/// How much of a longer one is kept before and after a mark, at least and at most:
/// whole sentences.
const AROUND: Range<usize> = 300..900;

/// The passages of `text`, in order, so many at most, and whether there are more.
pub(in super::super) fn passages(text: &str, most: usize) -> (Vec<&str>, bool) {
    // White space apart, as writers set letters where they want.
    let mut squashed = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        squashed.push(c);
        places.resize(squashed.len(), at);
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for hit in FINDER.find_iter(&squashed) {
        let Some(at) = places.get(hit.start()).copied() else { continue };
        if ranges.last().is_some_and(|range| at < range.end) {
            continue;
        }
        let range = around(text, at);
        let full = ranges.len() >= most;
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = range.end,
            _ if full => return (cut(text, ranges), true),
            _ => ranges.push(range),
        }
    }
    (cut(text, ranges), false)
}

fn cut(text: &str, ranges: Vec<Range<usize>>) -> Vec<&str> {
    let parts = ranges.into_iter().filter_map(|range| text.get(range));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The paragraph around `at`, or the sentences around it in a long one.
fn around(text: &str, at: usize) -> Range<usize> {
    // What begins or ends farther away is long, however far.
    let from = floor(text, at.saturating_sub(WHOLE + 2));
    let to = ceiling(text, at.saturating_add(WHOLE + 2));
    let (before, after) = (text.get(from..at), text.get(at..to));
    let start = before.and_then(|part| part.rfind("\n\n")).map_or(from, |n| from + n + 2);
    let end = after.and_then(|part| part.find("\n\n")).map_or(to, |n| at + n);
    if end - start <= WHOLE {
        return start..end;
    }
    let earliest = start.max(floor(text, at.saturating_sub(AROUND.end)));
    let latest = end.min(ceiling(text, at.saturating_add(AROUND.end)));
    let near = earliest.max(floor(text, at.saturating_sub(AROUND.start)));
    let far = latest.min(ceiling(text, at.saturating_add(AROUND.start)));
    let begins = text.get(earliest..near).and_then(|part| ends(part).last());
    let stops = text.get(far..latest).and_then(|part| ends(part).next());
    let from = if earliest == start { start } else { earliest };
    begins.map_or(from, |n| earliest + n)..stops.map_or(latest, |n| far + n)
}

/// Where sentences end, as far as that can be told without knowing the language.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            let space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
            if matches!(c, '。' | '！' | '？')
                || matches!(c, '.' | '!' | '?') && space && chars.peek().is_some()
            {
                return Some(at + c.len_utf8());
            }
        }
        None
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceiling(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_about_rights_are_kept_whole() {
        let text = "A title\n\nSome words.\n\n© 2020 Jane Doe.\nLicensed under CC BY 4.0.\n\nMore";
        let expected = vec!["© 2020 Jane Doe.\nLicensed under CC BY 4.0."];
        assert_eq!(passages(text, 40), (expected, false));
        assert_eq!(passages("Nothing of the kind.", 40), (vec![], false));
    }

    #[test]
    fn spaces_between_letters_hide_nothing() {
        assert_eq!(passages("C r e a t i v e C o m m o n s", 40).0.len(), 1);
        assert_eq!(passages("Creative\nCommons", 40).0.len(), 1);
    }

    #[test]
    fn of_a_long_paragraph_whole_sentences_are_kept() {
        let words = "These are words. ".repeat(500);
        let text = format!("{words}This is licensed under CC BY 4.0. {words}");
        let (found, more) = passages(&text, 40);
        assert_eq!(found.len(), 1);
        assert!(!more && found[0].len() < 2 * AROUND.end + 100, "{}", found[0].len());
        assert!(found[0].starts_with("These are") && found[0].ends_with("words."));
        let no_ends = "é".repeat(5000) + "©" + &"é".repeat(5000);
        assert_eq!(passages(&no_ends, 40).0[0].chars().filter(|c| *c == '©').count(), 1);
    }

    #[test]
    fn too_many_passages_are_told() {
        let text = "a license\n\n".repeat(40 + 1);
        let (found, more) = passages(&text, 40);
        assert_eq!((found.len(), more), (40, true));
    }
}

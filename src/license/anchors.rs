//! Where in a long text it is worth to look: stretches around whatever could
//! belong to a reference. Most of a page is none.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::floor;
use super::names::{self, Name};

/// How much of the text around an anchor is read, in bytes: the sentence that
/// it stands in, as a rule.
const AROUND: usize = 400;

/// No stretch is longer, so that the memory for one is bounded.
const LONGEST: usize = 1 << 16;

/// The stretches of `text` that can hold references, in order and apart from
/// each other.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for hit in ANCHORS.automaton.find_iter(text) {
        if all.last().is_some_and(|last| hit.end() + AROUND <= last.end) {
            continue;
        }
        let alone = ANCHORS.alone[hit.pattern().as_usize()];
        let version = || has_version(&text.as_bytes()[hit.end()..]);
        if !is_likely(text.as_bytes(), hit.start(), hit.end()) || !alone && !version() {
            continue;
        }
        let start = space_before(text, hit.start().saturating_sub(AROUND));
        let end = space_after(text, hit.end() + AROUND);
        match all.last_mut() {
            Some(last) if start <= last.end && end - last.start <= LONGEST => {
                last.end = end
            }
            Some(last) => {
                let start = start.max(last.end);
                all.push(start..end.max(start));
            }
            None => all.push(start..end),
        }
    }
    all
}

struct Anchors {
    automaton: AhoCorasick,
    /// For each pattern, whether it is enough alone. Names of BY are words of
    /// prose, and without "CC" or another element a version has to follow.
    alone: Vec<bool>,
}

static ANCHORS: LazyLock<Anchors> = LazyLock::new(|| {
    let (patterns, alone): (Vec<String>, Vec<bool>) = patterns().into_iter().unzip();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(patterns)
        .expect("some thousand short patterns make an automaton");
    Anchors { automaton, alone }
});

/// Whether a version stands near the start of `text`.
fn has_version(text: &[u8]) -> bool {
    const NEAR: usize = 64;
    let mut pairs = text[..text.len().min(NEAR)].windows(2);
    pairs.any(|p| matches!(p, [b'1'..=b'4', b'.' | b','] | [0xEF, 0xBC]))
}

fn patterns() -> BTreeMap<String, bool> {
    let mut patterns = BTreeMap::new();
    let fixed = [
        "cc",
        "creative",
        "licensebuttons",
        "rightsstatements",
        "spdx.org",
        "pdm",
        "domain mark",
        "domain-mark",
        "domainmark",
        "domain certification",
        "certification 1",
        "certification-1",
        "copyright-only dedication",
        "sampling plus",
        "sampling+",
        "sampling 1.0",
        "samplingplus",
        "nations 2.0",
        "rel=\"license",
        "rel='license",
        // Letters that are invisible, wide, or look like those of "CC".
        "\u{AD}",
        "\u{200B}",
        "\u{2060}",
        "\u{FEFF}",
        "\u{1F16D}",
        "Ｃ",
        "ｃ",
        "СС",
        "сс",
        "Сс",
        "Сc",
        "сc",
        "cс",
        "CС",
        "Cс",
        "ϹϹ",
        "cϲ",
        "ϲϲ",
    ];
    patterns.extend(fixed.map(|p| (p.to_owned(), true)));
    for first in ["by", "nc", "sa", "nd"] {
        for second in ["by", "nc", "nd", "sa"] {
            for between in
                ["", "-", "_", " ", "/", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}"]
            {
                if first != second && (first == "by" || second == "by") {
                    patterns.insert(format!("{first}{between}{second}"), true);
                }
            }
        }
    }
    for (name, text) in names::rows() {
        let wanted = match name {
            Name::Element(_) | Name::Commons => true,
            Name::Unit(_) => !text.is_ascii(),
            _ => false,
        };
        if !wanted || text.len() < 4 {
            continue;
        }
        let alone = !matches!(name, Name::Element(elements) if elements.by);
        let mut add = |pattern: String| {
            *patterns.entry(pattern).or_insert(alone) |= alone;
        };
        if text.is_ascii() {
            for between in ["", " ", "-"] {
                add(text.replace([' ', '-'], between));
            }
            continue;
        }
        // The longest word will do, in any case and composition.
        let words = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
        let Some(word) = words.max_by_key(|w| w.len()) else { continue };
        let lower = word.to_lowercase();
        let mut title = lower.chars();
        let title: String =
            title.next().into_iter().flat_map(char::to_uppercase).chain(title).collect();
        for word in [word.to_owned(), lower, title, word.to_uppercase()] {
            add(word.nfd().collect());
            add(word);
        }
    }
    patterns
}

/// Rules out most of "accept", "creative work" and "standby".
fn is_likely(text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| text.get(i));
    let word = &text[start..end];
    let rest = text.get(end..text.len().min(end + 24)).unwrap_or_default();
    let joined = before.is_some_and(u8::is_ascii_alphabetic);
    if word.eq_ignore_ascii_case(b"cc") {
        let next = rest.iter().find(|b| b.is_ascii_alphanumeric() || **b >= 0x80);
        let glued = rest.first().is_some_and(u8::is_ascii_alphanumeric);
        let fits = |b: &u8| match b.to_ascii_lowercase() {
            b'b' | b'n' | b's' | b'z' | b'p' | b'o' | b'0' => true,
            b'a' | b'd' | b'c' | b'l' | b'1'..=b'4' => !glued,
            other => other >= 0x80,
        };
        return !joined && next.is_some_and(fits);
    }
    if word.eq_ignore_ascii_case(b"creative") {
        let common = |w: &[u8]| w.eq_ignore_ascii_case(b"common");
        return rest.windows(6).any(common)
            || rest.contains(&0xC2)
            || rest.contains(&b'<');
    }
    if word.is_ascii()
        && word.first().is_some_and(u8::is_ascii_alphabetic)
        && word.len() <= 6
    {
        let letter = rest.first().is_some_and(u8::is_ascii_alphabetic);
        let code = rest.get(..2).is_some_and(|c| {
            [b"by", b"nc", b"nd", b"sa"].iter().any(|k| c.eq_ignore_ascii_case(*k))
        });
        let version = rest.first().is_some_and(|b| b.eq_ignore_ascii_case(&b'v'));
        let spaced = word.contains(&b' ');
        return !joined && (!letter || !spaced && (code || version));
    }
    true
}

/// The place of white space at or before `at`, not too far away, or one near
/// `at` where a character begins.
fn space_before(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(..at).unwrap_or_default();
    let space = bytes.iter().rev().take(FAR).position(|b| matches!(b, b' ' | b'\n'));
    floor(text, at - space.map_or(0, |back| back + 1))
}

/// The place of white space at or after `at`, not too far away, or one near
/// `at` where a character begins.
fn space_after(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let space = bytes.iter().take(FAR).position(|b| matches!(b, b' ' | b'\n'));
    let mut at = at + space.unwrap_or(0);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// How far away white space is looked for, in bytes.
const FAR: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::{TOOLS, read};

    #[test]
    fn prose_without_licenses_is_skipped() {
        let text = "They accept the creative account of standby crews, according to the \
                    access log; by naming them, by sand, by ncuti. "
            .repeat(50);
        assert!(stretches(&text).is_empty(), "{:?}", stretches(&text));
    }

    #[test]
    fn stretches_are_in_order_and_apart() {
        let text =
            format!("{}CC BY 4.0 {} CC0", "word ".repeat(900), "word ".repeat(30_000));
        let all = stretches(&text.repeat(2));
        assert_eq!(all.len(), 4);
        assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let dense = "CC BY 4.0 ".repeat(20_000);
        assert!(stretches(&dense).iter().all(|s| s.len() <= LONGEST + 2 * AROUND));
    }

    /// What is read in a short text is read in a long one too.
    #[test]
    fn nothing_is_lost_in_a_long_text() {
        let filler = "Lorem ipsum dolor sit amet. ".repeat(60);
        // "Sampling 1.0" counts only where a text says nothing else.
        let tools = TOOLS.iter().filter(|t| !t.unit().as_str().starts_with("sampling"));
        let titles = tools.flat_map(|t| {
            [t.title_native(), t.title(), t.identifier(), t.url()].map(str::to_owned)
        });
        for title in titles.chain(
            ["Ｃ Ｃ ＢＹ 4.0", "crea\u{AD}tive commons", "СС BY"].map(str::to_owned),
        ) {
            let short: Vec<_> = read(&title).into_iter().map(|r| r.meaning).collect();
            let long = read(&format!("{filler}\n\n{title}\n\n{filler}"));
            let long: Vec<_> = long.into_iter().map(|r| r.meaning).collect();
            assert_eq!(long, short, "{title}");
        }
    }
}

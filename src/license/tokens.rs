//! The words of a text that can be part of a reference: names, short forms
//! such as `CCBYSA4.0`, version numbers, codes of ports.

use std::ops::Range;

use super::fold::{ADDRESS, Folded, Squashed};
use super::names::{self, Name};
use super::resolve::{Elements, is_port};

/// A word of a reference.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Which bytes of the folded text.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "CC".
    Cc,
    /// "Creative Commons", in any language.
    Commons,
    /// Elements: by name, or as codes.
    Elements { elements: Elements, named: bool },
    /// A unit without elements; `weak` where the word is also an everyday one.
    Unit { unit: &'static str, weak: bool, named: bool },
    /// "CCO", with the letter.
    LetterO,
    /// A version; `bare` where it is one digit without more.
    Version { version: String, bare: bool },
    /// "International", "Unported".
    Generic,
    /// A jurisdiction; by its code, which may also be a word.
    Port { code: String, named: bool },
    /// "License".
    License,
}

/// The tokens of a text, in order and apart from each other.
pub(super) fn find(source: &str, folded: &Folded, squashed: &Squashed) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for hit in names::find(source, folded, squashed) {
        if hit.range.start < at {
            continue;
        }
        words(source, folded, at..hit.range.start, &mut tokens);
        at = hit.range.end;
        tokens.push(Token {
            kind: kind_of(hit.name, folded, &hit.range),
            range: hit.range,
        });
    }
    words(source, folded, at..folded.text.len(), &mut tokens);
    tokens
}

fn kind_of(name: Name, folded: &Folded, range: &Range<usize>) -> Kind {
    match name {
        Name::Element(elements) => Kind::Elements { elements, named: true },
        Name::Commons => Kind::Commons,
        Name::Unit("sampling") if folded.text[range.end..].starts_with('+') => {
            Kind::Unit { unit: "sampling+", weak: true, named: true }
        }
        Name::Unit(unit) => {
            let weak = matches!(unit, "sampling" | "sampling+" | "devnations")
                || folded.text[range.clone()].len() <= 10
                || folded.text[range.clone()].starts_with("copyright");
            let named = !folded.text[range.clone()].starts_with("cc");
            Kind::Unit { unit, weak, named }
        }
        Name::Generic => Kind::Generic,
        Name::License => Kind::License,
        Name::Port(code) => Kind::Port { code: code.to_owned(), named: true },
    }
}

/// The tokens among the words of `range`, which holds no names.
fn words(source: &str, folded: &Folded, range: Range<usize>, tokens: &mut Vec<Token>) {
    let bytes = folded.text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let is_word = |i: usize| i < range.end && bytes[i].is_ascii_alphanumeric();
        let mut end = at + 1;
        while is_word(end) {
            end += 1;
        }
        let alone = folded.text[..at].chars().next_back().is_none_or(is_separate)
            && folded.text[end..].chars().next().is_none_or(is_separate);
        let next =
            if alone { word(source, folded, at..end, range.end, tokens) } else { end };
        at = next.max(end);
    }
}

/// Whether a Latin word may stand beside `c` without a space.
fn is_separate(c: char) -> bool {
    !c.is_alphanumeric() || ('\u{0E00}'..='\u{FFFF}').contains(&c)
}

/// Reads the word at `at` and returns where it ends: a version takes in its
/// decimal point.
fn word(
    source: &str,
    folded: &Folded,
    at: Range<usize>,
    limit: usize,
    tokens: &mut Vec<Token>,
) -> usize {
    let text = &folded.text[at.clone()];
    let version_before = tokens.last().and_then(|t| match &t.kind {
        Kind::Version { version, bare: false } if t.range.end + 1 == at.start => {
            Some(version.clone())
        }
        _ => None,
    });
    let mut push = |range: Range<usize>, kind| tokens.push(Token { range, kind });
    if text.as_bytes()[0].is_ascii_digit() {
        let before = folded.text[..at.start].trim_end_matches(['.', ',']);
        let inner =
            before.len() < at.start && before.ends_with(|c: char| c.is_ascii_digit());
        // "3.0,2.5,2.0" are three.
        let listed = version_before.is_some() && folded.text[..at.start].ends_with(',');
        let inner = inner && !listed;
        let number = number(&folded.text[at.start..limit]).filter(|_| !inner);
        let number = number.filter(|(version, len, _)| {
            !is_measure(source, folded, version, at.start + len)
        });
        return number.map_or(at.end, |(version, len, bare)| {
            push(at.start..at.start + len, Kind::Version { version, bare });
            at.start + len
        });
    }
    // What the word says, and whether a version is glued to it, as in "v4" and
    // "CCBYv4.0".
    let (stem, rest) = match text.strip_prefix("cc0") {
        // "CC012" is somebody's number.
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => return at.end,
        Some(rest) => (&text[..3], rest),
        None => {
            let stem = text.trim_end_matches(|c: char| c.is_ascii_digit());
            (stem, &text[stem.len()..])
        }
    };
    let (stem, digits) = match (stem.strip_suffix('v'), rest.strip_prefix('v')) {
        (Some(stem), _) if !rest.is_empty() => (stem, at.end - rest.len()),
        (_, Some(digits)) => (stem, at.end - digits.len()),
        _ => (stem, at.end - rest.len()),
    };
    let version = match rest {
        "" => None,
        _ => match glued_number(&folded.text[digits..limit]) {
            Some(version) => Some(version),
            None => return at.end,
        },
    };
    let stem_end = at.start + stem.len();
    match stem_kind(stem) {
        // "CC" is glued to the codes in "CCBY".
        Some(kind @ Kind::Elements { .. }) if stem.starts_with("cc") => {
            push(at.start..at.start + 2, Kind::Cc);
            push(at.start + 2..stem_end, kind);
        }
        Some(kind) => push(at.start..stem_end, kind),
        None if stem.is_empty() => {}
        None => {
            if let Some(code) = port_code(source, folded, &at, version_before.as_deref())
            {
                push(at.clone(), Kind::Port { code, named: false });
            }
            return at.end;
        }
    }
    version.map_or(at.end, |(version, len)| {
        push(digits..digits + len, Kind::Version { version, bare: false });
        digits + len
    })
}

/// What a Latin word without a version says.
fn stem_kind(stem: &str) -> Option<Kind> {
    let unit = |unit, weak, named| Some(Kind::Unit { unit, weak, named });
    match stem {
        "cc" => Some(Kind::Cc),
        "cco" => Some(Kind::LetterO),
        "cc0" => unit("zero", false, false),
        "pdm" => unit("mark", true, false),
        "certification" => unit("certification", true, false),
        _ => codes(stem).map(|elements| Kind::Elements { elements, named: false }),
    }
}

/// The elements of a word that is nothing but their codes: `by`, `ccbyncsa`.
fn codes(stem: &str) -> Option<Elements> {
    let codes = stem.strip_prefix("cc").unwrap_or(stem);
    // "sand" and "ncsa" are words of their own.
    let fits = codes.len() < stem.len()
        || codes.starts_with("by")
        || matches!(codes, "nc" | "nd" | "sa" | "ncnd" | "ndnc" | "ncby" | "saby");
    if !fits || codes.len() > 8 || !codes.len().is_multiple_of(2) {
        return None;
    }
    Elements::parse(codes)
}

/// A version at the start of `text`: in full, its length, and whether it is
/// one digit alone.
fn number(text: &str) -> Option<(String, usize, bool)> {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let major = digits(text);
    let rest = &text[major..];
    let minor = match rest.strip_prefix(['.', ',']) {
        Some(rest) => digits(rest),
        None => 0,
    };
    if minor == 0 {
        let whole = major == 1 && !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let known = matches!(text.as_bytes().first(), Some(b'0'..=b'4'));
        return (whole && known).then(|| (format!("{}.0", &text[..1]), 1, true));
    }
    let len = major + 1 + minor;
    let after = &text[len..];
    let goes_on = after.starts_with(|c: char| c.is_ascii_lowercase())
        || after.strip_prefix('.').is_some_and(|s| digits(s) > 0);
    // A comma in a version is a decimal comma: "4,0".
    let comma = rest.starts_with(',') && !matches!(&rest[1..=minor], "0" | "5");
    if major > 2 || minor > 2 || goes_on || comma {
        return None;
    }
    Some((text[..len].replace(',', "."), len, false))
}

/// A version that is glued to a word: `4.0`, `4`, `40`.
fn glued_number(text: &str) -> Option<(String, usize)> {
    const SHORT: [&str; 6] = ["10", "20", "21", "25", "30", "40"];
    if let Some(short) = text.get(..2).filter(|s| SHORT.contains(s))
        && !text[2..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
    {
        return Some((format!("{}.{}", &short[..1], &short[1..]), 2));
    }
    number(text).map(|(version, len, _)| (version, len))
}

/// Whether a unit follows the number that ends at `end`: "4.0 MB".
fn is_measure(source: &str, folded: &Folded, version: &str, end: usize) -> bool {
    const UNITS: [&str; 34] = [
        "kb",
        "mb",
        "tb",
        "kib",
        "mib",
        "gib",
        "mp",
        "mpx",
        "mpix",
        "px",
        "dpi",
        "ppi",
        "megabyte",
        "megabytes",
        "megapixel",
        "megapixels",
        "kg",
        "mg",
        "km",
        "cm",
        "mm",
        "nm",
        "inch",
        "inches",
        "ft",
        "lb",
        "oz",
        "ml",
        "hz",
        "khz",
        "mhz",
        "ghz",
        "sec",
        "stars",
    ];
    const LETTERS: [&str; 4] = ["g", "m", "x", "l"];
    let rest = &folded.text[end..];
    let word = rest.trim_start_matches([' ', '-']);
    let at = folded.text.len() - word.len();
    if word.starts_with(['%', '€', '×']) {
        return true;
    }
    let len = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    match &word[..len] {
        // A port of the versions that were ported to it.
        "gb" => !matches!(version, "2.0" | "2.5"),
        unit if LETTERS.contains(&unit) => {
            let source = source.get(folded.source(at..at + len)).unwrap_or_default();
            source.starts_with(char::is_lowercase)
        }
        unit => UNITS.contains(&unit),
    }
}

/// The port whose code the word at `at` is, where it is written as one: in
/// capitals, joined by a hyphen or slash, or in small letters as the last word
/// after a version. After a version of which there are ports, two capitals that
/// are none stand for one that does not exist.
fn port_code(
    source: &str,
    folded: &Folded,
    at: &Range<usize>,
    version: Option<&str>,
) -> Option<String> {
    let text = &folded.text[at.clone()];
    let code = if text == "gb" { "uk" } else { text };
    if text.len() != 2 && code != "igo" && code != "scotland" || !text.is_ascii() {
        return None;
    }
    let joined = folded.text[..at.start].ends_with(['-', '/', '_']);
    let capital = || {
        let source = source.get(folded.source(at.clone())).unwrap_or_default();
        !source.chars().any(char::is_lowercase)
    };
    if text.len() > 2 || is_port(code) && (joined || capital()) {
        return Some(code.to_owned());
    }
    let version = version?;
    let rest = folded.text[at.end..].trim_start_matches([' ', '\n', '<']);
    let last = !rest.starts_with(char::is_alphanumeric);
    // "CC BY 3.0 at https://..." is a sentence.
    let word = matches!(text, "at" | "in") && rest.starts_with(ADDRESS);
    let fits = if is_port(code) {
        !word
    } else {
        version != "4.0" && capital() && text.bytes().all(|b| b.is_ascii_alphabetic())
    };
    (last && fits).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::fold::fold;

    fn tokens(text: &str) -> String {
        let folded = fold(text, 0..text.len(), &[]);
        let squashed = Squashed::new(&folded.text);
        let show = |token: Token| match token.kind {
            Kind::Cc => "cc".to_owned(),
            Kind::Commons => "commons".to_owned(),
            Kind::Elements { elements: e, named } => {
                let all = [("by", e.by), ("nc", e.nc), ("nd", e.nd), ("sa", e.sa)];
                let codes: Vec<_> = all.iter().filter(|e| e.1).map(|e| e.0).collect();
                format!("{}{}", codes.join("+"), if named { "!" } else { "" })
            }
            Kind::Unit { unit, .. } => format!("<{unit}>"),
            Kind::LetterO => "cc(o)".to_owned(),
            Kind::Version { version, bare } => {
                format!("{version}{}", if bare { "?" } else { "" })
            }
            Kind::Generic => "generic".to_owned(),
            Kind::Port { code, .. } => format!("@{code}"),
            Kind::License => "license".to_owned(),
        };
        find(text, &folded, &squashed).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_of_references_are_told_from_others() {
        for (text, expected) in [
            ("CC BY 4.0", "cc by 4.0"),
            ("ccbyncsav3", "cc by+nc+sa 3.0"),
            ("CCBYSA4.0", "cc by+sa 4.0"),
            ("CC-BY40", "cc by 4.0"),
            ("CC BY v.4.0, v4", "cc by 4.0 4.0"),
            ("CC BY-SA 4,0", "cc by sa 4.0"),
            ("CC BY 2020", "cc by"),
            ("CC BY 10.5281/zenodo", "cc by"),
            ("CC BY 4", "cc by 4.0?"),
            ("CC0 1.0 CC0v1.0 CC01", "<zero> 1.0 <zero> 1.0"),
            ("CCO PDM", "cc(o) <mark>"),
            ("sand ncsa accept cccc", ""),
            ("CC BY 3.0 DE, 3.0-de, 3.0 de, in", "cc by 3.0 @de 3.0 @de 3.0 @de"),
            ("CC BY 3.0 XX, 3.0 de Jane", "cc by 3.0 @xx 3.0"),
            ("CC BY 4.0 MB, 2.0 MP, 2.0 GB", "cc by 2.0 @uk"),
            ("Attribution-ShareAlike 3.0 Germany", "by! sa! 3.0 @de"),
            ("Creative Commons Zero Licence", "<zero> license"),
            ("CC BY 4.0に", "cc by 4.0"),
            ("version 1.2.3", ""),
            ("cc-by-3.0,2.5,2.0", "cc by 3.0 2.5 2.0"),
            ("Sampling+ 1.0", "<sampling+> 1.0"),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }
}

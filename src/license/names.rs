//! The names under which texts speak of licenses, in many languages.
//!
//! The names stand in `names.tsv` and `ports.tsv`. They are looked for in
//! squashed text, so neither case nor spaces, hyphens and diacritics matter.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::{Folded, Squashed, key};
use super::lexicon::{Lexicon, apart};
use super::resolve::Elements;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// One license element.
    Element(Elements),
    /// Creative Commons itself.
    Commons,
    /// A unit without elements.
    Unit(&'static str),
    /// That a tool is not ported: "International", "Unported".
    Generic,
    /// A license, whichever.
    License,
    /// A jurisdiction.
    Port(&'static str),
}

struct Names {
    lexicon: Lexicon,
    /// What each key names.
    meanings: Vec<Name>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (keys, meanings): (Vec<String>, Vec<Name>) =
        rows().map(|(name, text)| (key(text), name)).unzip();
    Names { lexicon: Lexicon::new(keys), meanings }
});

/// Every name of the tables, as it is written there.
pub(super) fn rows() -> impl Iterator<Item = (Name, &'static str)> {
    let data = |table: &'static str| table.lines().filter(|l| !l.starts_with('#'));
    let names = data(include_str!("names.tsv")).filter_map(|line| {
        let mut cells = line.split('\t');
        let name = named(cells.next()?)?;
        Some((name, cells.nth(1)?))
    });
    let ports = data(include_str!("ports.tsv")).flat_map(|line| {
        let (code, names) = line.split_once('\t').unwrap_or((line, ""));
        names.split('|').map(move |n| (Name::Port(code), n))
    });
    names.chain(ports)
}

fn named(word: &'static str) -> Option<Name> {
    Some(match word {
        "by" | "nc" | "nd" | "sa" => Name::Element(Elements::parse(word)?),
        "commons" => Name::Commons,
        "generic" => Name::Generic,
        "license" => Name::License,
        unit => Name::Unit(unit),
    })
}

/// A name in a folded text.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// Which bytes of the folded text.
    pub(super) range: Range<usize>,
    pub(super) name: Name,
}

/// The names in a text, in order and apart from each other; the longest where
/// several begin at the same place.
pub(super) fn find(source: &str, folded: &Folded, squashed: &Squashed) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (number, range) in squashed.keys(&NAMES.lexicon, 0..squashed.text.len()) {
        let name = NAMES.meanings[number];
        if is_whole(source, folded, &range)
            && is_together(&folded.text[range.clone()], name)
        {
            hits.push(Hit { range, name });
        }
    }
    apart(&mut hits, |hit| &hit.range);
    hits
}

/// Whether `range` begins and ends with a word.
pub(super) fn is_whole(source: &str, folded: &Folded, range: &Range<usize>) -> bool {
    is_edge(source, folded, range.start) && is_edge(source, folded, range.end)
}

/// Whether a word can end and another begin at `at`, which is not so between
/// two letters of a script that sets words apart.
fn is_edge(source: &str, folded: &Folded, at: usize) -> bool {
    let bytes = folded.text.as_bytes();
    let (Some(&a), Some(&b)) =
        (at.checked_sub(1).and_then(|i| bytes.get(i)), bytes.get(at))
    else {
        return true;
    };
    let (class, other) = if a.is_ascii() && b.is_ascii() {
        (class(char::from(a)), class(char::from(b)))
    } else {
        let before = folded.text[..at].chars().next_back();
        let after = folded.text[at..].chars().next();
        (before.map_or(Class::Other, class), after.map_or(Class::Other, class))
    };
    if class == Class::Other || other == Class::Other || class != other {
        return true;
    }
    match class {
        Class::Joined => true,
        Class::Digit => false,
        // "ShareAlike" is two words.
        _ => {
            let capital = |at: usize| {
                let from = folded.source(at..at + 1).start;
                source.as_bytes().get(from).is_some_and(u8::is_ascii_uppercase)
            };
            capital(at) && !capital(at - 1)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A letter of a script that does not set words apart, or that hangs
    /// particles on them.
    Joined,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        '\u{0E00}'..='\u{0EFF}'
        | '\u{1100}'..='\u{11FF}'
        | '\u{3040}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Class::Joined,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether what stands between the letters of a name leaves it one name.
fn is_together(text: &str, name: Name) -> bool {
    let loose = matches!(name, Name::Port(_) | Name::Unit(_) | Name::Generic);
    let mut run = 0;
    text.chars().all(|c| {
        if c.is_alphanumeric() {
            run = 0;
            return true;
        }
        run += 1;
        let fits = matches!(c, ' ' | '\n' | '-' | '\'' | '/' | '!' | '+' | '·' | '_')
            || loose && matches!(c, '&' | ':' | ',' | '(' | ')' | '.');
        fits && run <= 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::fold::fold;
    use crate::license::resolve::is_port;

    fn names(text: &str) -> Vec<String> {
        let folded = fold(text, 0..text.len(), &[]);
        let squashed = Squashed::new(&folded.text);
        let hits = find(text, &folded, &squashed);
        hits.iter().map(|h| text[folded.source(h.range.clone())].to_owned()).collect()
    }

    #[test]
    fn names_are_found_in_any_spelling() {
        for (text, expected) in [
            ("Creative  Commons", &["Creative  Commons"][..]),
            ("CREATIVECOMMONS", &["CREATIVECOMMONS"]),
            ("attribution-NON COMMERCIAL", &["attribution", "NON COMMERCIAL"]),
            ("AttributionNonCommercial", &["Attribution", "NonCommercial"]),
            ("noncommercial editions", &["noncommercial"]),
            ("attributions, non. Commercial", &[]),
            ("表示 - 非営利 - 継承", &["表示", "非営利", "継承"]),
            ("UK: England & Wales", &["UK: England & Wales"]),
            ("Nevezd meg! - Ne add el!", &["Nevezd meg", "Ne add el"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn every_name_of_the_tables_is_found_as_itself() {
        for (name, text) in rows() {
            let folded = fold(text, 0..text.len(), &[]);
            let hits = find(text, &folded, &Squashed::new(&folded.text));
            assert_eq!(hits.first().map(|h| h.name), Some(name), "{text}");
            if let Name::Port(code) = name {
                // Beside the ports, countries that have none.
                assert!(is_port(code) || code.len() == 2, "{code}");
            }
        }
    }
}

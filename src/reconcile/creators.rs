//! The creators of the work: the list that each place gives.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::places::{COMPARED, Found, merge, ranked, resolved};
use super::text::{Text, tidy};
use crate::license::notice;
use crate::model::{
    BlockKind, Evidence, FileRef, Property, Resolved, Statement, StatementId,
};

/// The names in one place.
struct Names {
    names: Vec<Text>,
    keys: BTreeSet<String>,
}

/// The creators that `evidence` names; the name to attribute only where there
/// are none.
pub(super) fn creators(evidence: &Evidence) -> Resolved<Vec<String>> {
    let creators = of(evidence, Property::Creator);
    if creators.is_empty() { of(evidence, Property::AttributionName) } else { creators }
}

fn of(evidence: &Evidence, property: Property) -> Resolved<Vec<String>> {
    let mut places: Vec<Found<Names>> = Vec::new();
    let mut numbers = BTreeMap::new();
    for (id, statement) in ranked(evidence, |s| s.property == property) {
        for name in split(statement) {
            if tidy(&name).is_empty() || notice::is_placeholder_creator(&name) {
                continue;
            }
            let name = Text::caseless(statement, &name);
            match numbers.entry(list(statement)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(places.len());
                    places.push(Found {
                        value: Names {
                            keys: BTreeSet::from([name.key.clone()]),
                            names: vec![name],
                        },
                        from: vec![id],
                        aside: statement.location.is_aside(),
                    });
                }
                Entry::Occupied(number) => {
                    if let Some(place) = places.get_mut(*number.get()) {
                        add(place, id, name);
                    }
                }
            }
        }
    }
    let fuller = |new: &Names, old: &Names| {
        let is_cut =
            |o: &Text| o.cut && new.names.iter().take(COMPARED).any(|n| o.cut_from(n));
        new.names.len() > old.names.len() || old.names.iter().any(is_cut)
    };
    resolved(merge(places, agree, fuller), |names| {
        names.names.into_iter().map(|text| text.shown).collect()
    })
}

fn add(place: &mut Found<Names>, id: StatementId, name: Text) {
    if place.from.last() != Some(&id) {
        place.from.push(id);
    }
    if place.value.keys.insert(name.key.clone()) {
        place.value.names.push(name);
    }
}

/// In which list of names a statement stands. What XMP says twice, in two packets, are
/// two lists; other blocks repeat a field for each name.
fn list(statement: &Statement) -> (FileRef, BlockKind, &str, u32) {
    let at = &statement.location;
    let nth = if at.block == BlockKind::Xmp { at.nth } else { 0 };
    (at.file, at.block, &at.key, nth)
}

/// Whether both name the same people, in whatever order. A field that holds
/// one text may have the whole list in it, cut at its end.
fn agree(a: &Names, b: &Names) -> bool {
    // Most often there is one name, and it is the same, or plainly another one.
    if let ([one], [other]) = (&*a.names, &*b.names)
        && ![one, other].iter().any(|text| text.key.as_bytes().contains(&b','))
    {
        return one.agrees(other);
    }
    a.names.iter().map(|n| &n.key).eq(b.names.iter().map(|n| &n.key))
        || same_set(&a.names, &b.names)
        || in_one(&a.names, &b.names)
        || in_one(&b.names, &a.names)
}

fn same_set(a: &[Text], b: &[Text]) -> bool {
    within(a, b) && within(b, a)
}

/// Whether `b` has every name of `a`.
fn within(a: &[Text], b: &[Text]) -> bool {
    let mut keys: HashSet<&str> = b.iter().map(|text| &*text.key).collect();
    let spoken: Vec<String> = b.iter().filter_map(|text| inverted(&text.key)).collect();
    keys.extend(spoken.iter().map(|key| &**key));
    let cut = a.iter().chain(b).any(|text| text.cut);
    a.iter().all(|x| {
        keys.contains(&*x.key)
            || inverted(&x.key).is_some_and(|key| keys.contains(&*key))
            || cut && b.iter().take(COMPARED).any(|y| x.agrees(y))
    })
}

/// A name with the family name first, in the order of speech: `doe, jane` is
/// `jane doe`. Cataloguers write the one and cameras the other.
fn inverted(name: &str) -> Option<String> {
    const WORDS: usize = 4;
    let (family, given) = name.split_once(", ")?;
    let is_name = |part: &str| {
        (1..=WORDS).contains(&part.split(' ').take(WORDS + 1).count())
            && part.contains(char::is_alphabetic)
            && !part
                .contains(|c: char| c.is_numeric() || matches!(c, ',' | ';' | '@' | '/'))
    };
    (is_name(family) && is_name(given)).then(|| format!("{given} {family}"))
}

/// Whether `one` is the list `many` as a single text.
fn in_one(one: &[Text], many: &[Text]) -> bool {
    let [one] = one else { return false };
    many.len() > 1
        && (same_set(
            &one.pieces(&[";", ",", "|", " and ", " & ", " und ", " et "]),
            many,
        ) || ["; ", ", ", ";", " and "]
            .iter()
            .any(|separator| one.cut_from(&Text::joined(many, separator))))
}

/// The names in a statement. Exif has no lists, so that names are separated
/// with a semicolon there and one that has a semicolon itself is put in quotes
/// (Metadata Working Group, Guidelines 2.0, creator). PDF and PNG have none
/// either, and programs do the same there.
fn split(statement: &Statement) -> Vec<String> {
    let key = statement.location.key.rsplit(':').next().unwrap_or_default();
    let lists = match statement.location.block {
        BlockKind::Exif => matches!(key, "Artist" | "XPAuthor"),
        BlockKind::PdfInfo | BlockKind::PngText => true,
        _ => false,
    };
    if !lists {
        return vec![statement.value.clone()];
    }
    let mut names = vec![String::new()];
    let mut quoted = false;
    for c in statement.value.chars() {
        let name = names.last().map_or("", |name| name);
        // A nickname in the middle of a name keeps its marks.
        match c {
            '"' if quoted || name.trim().is_empty() => quoted = !quoted,
            ';' if !quoted && !is_entity(name) => names.push(String::new()),
            _ => {
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
        }
    }
    // A quote that never closes is part of a name, and nobody lists thousands.
    if quoted || names.len() > COMPARED { vec![statement.value.clone()] } else { names }
}

/// Whether `text` ends as a character reference does before its semicolon:
/// `M&uuml`. None has a name of one letter: `AT&T`.
fn is_entity(text: &str) -> bool {
    const LONGEST: usize = 8;
    let end = text.char_indices().rev().take(LONGEST + 1).find(|(_, c)| *c == '&');
    let name = end.and_then(|(at, _)| text.get(at + 1..)).unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    name.len() > 1 && name.chars().all(is_name)
}

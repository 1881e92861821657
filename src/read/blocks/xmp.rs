//! XMP packets (ISO 16684-1). The reading itself is in [`crate::xmp`].

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use rustc_hash::FxHasher;

use super::Decoded;
use crate::model::BlockKind;
use crate::read::vocabulary;
use crate::read::{Cap, Limits, Pair, Stop};
use crate::xmp::{self, Fault};

/// Reads a packet.
///
/// A key has the prefix that [`xmp`] gives to the namespace, and the local name
/// as the vocabulary spells it: `dc:Creator` in a packet is `dc:creator` here.
/// Only properties of the vocabulary are kept.
///
/// # Errors
///
/// None; what is wrong with the packet is in the problems of `out`.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let own = xmp::Limits {
        bytes: usize::try_from(limits.block).unwrap_or(usize::MAX),
        depth: limits.xmp_depth,
        elements: limits.xmp_elements,
        attributes: limits.xmp_attributes,
        namespaces: limits.xmp_namespaces,
        // One more, for the caller to see that there are more.
        properties: limits.statements.saturating_add(1) as usize,
        path: limits.xmp_path,
        entities: limits.xmp_entities,
        repairs: limits.xmp_repairs,
        reread: limits.xmp_reread,
    };
    let packet = xmp::read(bytes, &own, &|path| key(path).is_some());
    // Where the last property of each key began, and how many came before it.
    let mut elements: BTreeMap<&str, (usize, u16)> = BTreeMap::new();
    for property in packet.properties {
        let Some(key) = key(&property.path) else { continue };
        // The address of a person who is named is no second name.
        if property.form == xmp::Form::Named && is_of_person(key) {
            continue;
        }
        let (element, nth) = elements.entry(key).or_insert((property.element, 0));
        if *element != property.element {
            (*element, *nth) = (property.element, nth.saturating_add(1));
        }
        if *nth > 0 {
            out.repeated.insert(out.pairs.len(), *nth);
        }
        let pair = Pair {
            key: key.to_owned(),
            value: property.value,
            lang: property.lang,
            offset: property.offset as u64,
        };
        out.pair(BlockKind::Xmp, pair);
    }
    for problem in packet.problems {
        let stop = match problem.fault {
            Fault::Limit(cap) => limits.over(over(cap)),
            fault if fault.loses() => Stop::Malformed(fault.as_str()),
            fault => Stop::Irregular(fault.as_str()),
        };
        out.problems.push((problem.offset as u64, stop));
    }
    Ok(())
}

/// Whether the values of a key are people or bodies.
fn is_of_person(key: &str) -> bool {
    use crate::model::Property::{Contributor, Creator, Owner, Publisher};
    let term = vocabulary::row(BlockKind::Xmp, key);
    term.is_some_and(|t| [Contributor, Creator, Owner, Publisher].contains(&t.property))
}

/// The limit of the table that stands behind one of the packet.
fn over(cap: xmp::Cap) -> Cap {
    match cap {
        xmp::Cap::Bytes => Cap::Block,
        xmp::Cap::Depth => Cap::XmpDepth,
        xmp::Cap::Elements => Cap::XmpElements,
        xmp::Cap::Attributes => Cap::XmpAttributes,
        xmp::Cap::Namespaces => Cap::XmpNamespaces,
        xmp::Cap::Properties => Cap::Statements,
        xmp::Cap::Path => Cap::XmpPath,
        xmp::Cap::Entities => Cap::XmpEntities,
        xmp::Cap::Repairs => Cap::XmpRepairs,
        xmp::Cap::Reread => Cap::XmpReread,
    }
}

/// The keys of the vocabulary, in an order that does not mind their case. Their
/// length comes first: it tells most of them apart at once.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let xmp = vocabulary::terms().filter(|t| t.block == BlockKind::Xmp);
    let mut keys: Vec<_> = xmp.map(|t| t.key).collect();
    keys.sort_by(|a, b| compare(a, b));
    keys
});

/// The same, for those that are spelled as they should be.
static EXACT: LazyLock<HashSet<&'static str, BuildHasherDefault<FxHasher>>> =
    LazyLock::new(|| KEYS.iter().copied().collect());

/// The key that the vocabulary has for a path.
fn key(path: &str) -> Option<&'static str> {
    if let Some(key) = EXACT.get(path) {
        return Some(key);
    }
    let at = KEYS.binary_search_by(|key| compare(key, path)).ok()?;
    KEYS.get(at).copied()
}

fn compare(a: &str, b: &str) -> Ordering {
    let in_order = || {
        let a = a.bytes().map(|b| b.to_ascii_lowercase());
        a.cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
    };
    a.len().cmp(&b.len()).then_with(in_order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_vocabulary_can_be_found_and_has_a_known_prefix() {
        for term in vocabulary::terms().filter(|t| t.block == BlockKind::Xmp) {
            assert_eq!(key(term.key), Some(term.key));
            for name in term.key.split('/') {
                let (prefix, local) = name.split_once(':').expect(term.key);
                assert_eq!(xmp::known_prefix(prefix), Some(prefix), "{}", term.key);
                assert!(!local.is_empty(), "{}", term.key);
            }
        }
    }

    #[test]
    fn a_repeated_property_is_told_from_the_items_of_an_array() {
        let packet = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
            <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:title='T'>\
            <dc:rights><rdf:Bag><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Bag></dc:rights>\
            <dc:source>S</dc:source><dc:rights>C</dc:rights>\
            </rdf:Description></rdf:RDF>";
        let mut out = Decoded::default();
        decode(packet, &Limits::default(), &mut out).unwrap();
        let said = out.pairs.iter().enumerate().map(|(n, (_, pair))| {
            (&*pair.value, out.repeated.get(&n).copied().unwrap_or(0))
        });
        let all = [("T", 0), ("A", 0), ("B", 0), ("S", 0), ("C", 1)];
        assert_eq!(said.collect::<Vec<_>>(), all);
    }

    #[test]
    fn the_address_of_a_person_is_no_second_name() {
        let agent = |about, name| {
            format!(
                "<cc:Agent rdf:about='{about}'><dc:title>{name}</dc:title></cc:Agent>"
            )
        };
        let packet = format!(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
             xmlns:cc='http://creativecommons.org/ns#' \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><cc:Work rdf:about=''>\
             <dc:creator>{}</dc:creator><dc:creator>{}</dc:creator>\
             <dc:rights>{}</dc:rights></cc:Work></rdf:RDF>",
            agent("u:1", "A"),
            agent("u:2", " "),
            agent("u:3", "B"),
        );
        let mut out = Decoded::default();
        decode(packet.as_bytes(), &Limits::default(), &mut out).unwrap();
        let said = out.pairs.iter().map(|(_, p)| format!("{} {}", p.key, p.value));
        let all = [
            "dc:creator/dc:title A",
            "dc:creator u:2",
            "dc:creator/dc:title  ",
            "dc:rights u:3",
            "dc:rights/dc:title B",
        ];
        assert_eq!(said.collect::<Vec<_>>(), all);
    }

    #[test]
    fn a_key_is_spelled_as_in_the_vocabulary_whatever_the_packet_has() {
        let packet = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
            <rdf:Description xmlns:z='http://purl.org/dc/elements/1.1/' z:Creator='A'/>\
            </rdf:RDF>";
        let mut out = Decoded::default();
        decode(packet, &Limits::default(), &mut out).unwrap();
        let pair = Pair {
            key: "dc:creator".to_owned(),
            value: "A".to_owned(),
            lang: None,
            offset: packet.iter().rposition(|b| *b == b'A').unwrap() as u64,
        };
        assert_eq!(out.pairs, [(BlockKind::Xmp, pair)]);
        assert!(out.problems.is_empty());
    }
}

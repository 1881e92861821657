//! XMP packets (ISO 16684-1). The reading itself is in [`crate::xmp`].

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::Decoded;
use crate::model::BlockKind;
use crate::read::vocabulary::TERMS;
use crate::read::{Limits, Pair, Stop};
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
    let limits = xmp::Limits {
        bytes: usize::try_from(limits.block).unwrap_or(usize::MAX),
        // One more, for the caller to see that there are more.
        properties: limits.statements.saturating_add(1) as usize,
        ..xmp::Limits::default()
    };
    let packet = xmp::read(bytes, &limits, &|path| key(path).is_some());
    for property in packet.properties {
        let Some(key) = key(&property.path) else { continue };
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
            Fault::Limit(what) => Stop::Limit(what),
            fault if fault.loses() => Stop::Malformed(fault.as_str()),
            fault => Stop::Irregular(fault.as_str()),
        };
        out.problems.push((problem.offset as u64, stop));
    }
    Ok(())
}

/// The keys of the vocabulary, in an order that does not mind their case.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let xmp = TERMS.iter().filter(|t| t.block == BlockKind::Xmp);
    let mut keys: Vec<_> = xmp.map(|t| t.key).collect();
    keys.sort_by(|a, b| compare(a, b));
    keys
});

/// The key that the vocabulary has for a path.
fn key(path: &str) -> Option<&'static str> {
    let at = KEYS.binary_search_by(|key| compare(key, path)).ok()?;
    KEYS.get(at).copied()
}

fn compare(a: &str, b: &str) -> Ordering {
    let a = a.bytes().map(|b| b.to_ascii_lowercase());
    a.cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_vocabulary_can_be_found_and_has_a_known_prefix() {
        for term in TERMS.iter().filter(|t| t.block == BlockKind::Xmp) {
            assert_eq!(key(term.key), Some(term.key));
            for name in term.key.split('/') {
                let (prefix, local) = name.split_once(':').expect(term.key);
                assert_eq!(xmp::known_prefix(prefix), Some(prefix), "{}", term.key);
                assert!(!local.is_empty(), "{}", term.key);
            }
        }
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

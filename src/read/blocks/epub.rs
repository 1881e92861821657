//! The package document of an EPUB (EPUB 3.3, 5; OPF 2.0.1).

use super::Decoded;
use super::markup::{self, Root, Value};
use crate::model::BlockKind;
use crate::read::{Limits, Pair, Stop, vocabulary};

const OPF: BlockKind = BlockKind::EpubOpf;

/// Reads a package document: elements of Dublin Core, `meta` and `link`.
///
/// What refines another element or is about a part of the publication is left
/// out (5.5.4.1: `refines`).
///
/// # Errors
///
/// [`Stop::Malformed`] where it is not well-formed XML; what came before is in
/// `out`.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let wanted = |name: &str| matches!(name, "meta" | "link") || key(name).is_some();
    markup::values(bytes, limits, &wanted, out, &|value, root, out| {
        if value.attribute("refines").is_some_and(|refined| !refined.is_empty()) {
            return;
        }
        match &*value.name {
            "meta" => meta(value, root, out),
            "link" => link(&value, root, out),
            name => {
                if let Some(key) = key(name) {
                    say(key, value.text.clone(), &value, out);
                }
            }
        }
    })
}

/// `<meta property="dcterms:license">text</meta>`, or in the form of OPF 2
/// `<meta name="rights" content="text"/>`.
fn meta(mut value: Value, root: &Root, out: &mut Decoded) {
    let text = std::mem::take(&mut value.text);
    if let Some(key) = value.attribute("property").and_then(|name| term(name, root)) {
        say(key, text, &value, out);
    } else if let (Some(name), Some(content)) =
        (value.attribute("name"), value.attribute("content"))
        && let Some(key) = term(name, root)
    {
        say(key, content.to_owned(), &value, out);
    }
}

/// `<link rel="dcterms:license" href="https://…"/>`
fn link(value: &Value, root: &Root, out: &mut Decoded) {
    let (Some(rel), Some(href)) = (value.attribute("rel"), value.attribute("href"))
    else {
        return;
    };
    let is_license = |key: &&str| {
        vocabulary::property(OPF, key) == Some(crate::model::Property::License)
    };
    let keys = rel.split_whitespace().filter_map(|name| term(name, root));
    // All of them have the one address.
    if let Some(key) = keys.into_iter().find(is_license) {
        say(key, href.to_owned(), value, out);
    }
}

fn say(key: &str, text: String, value: &Value, out: &mut Decoded) {
    let lang = value.attribute("xml:lang").map(str::to_owned);
    let pair = Pair { key: key.to_owned(), value: text, lang, offset: value.offset };
    out.pair(OPF, pair);
}

/// The key of a name whose prefix the package declares, or reserves (5.4.1.5
/// and D.1): `dcterms:license`.
fn term(name: &str, root: &Root) -> Option<&'static str> {
    let Some((prefix, local)) = name.split_once(':') else { return key(name) };
    let prefixes = root.iter().find(|(name, _)| name == "prefix");
    let mut words = prefixes.map_or("", |(_, value)| value).split_whitespace();
    let declared = words.clone().zip(words.by_ref().skip(1)).take(100).find_map(|pair| {
        let (word, uri) = pair;
        (word.strip_suffix(':')? == prefix).then_some(uri)
    });
    match declared {
        Some(uri) => key(&format!("{}:{local}", markup::prefix_of(uri)?)),
        None => key(name),
    }
}

/// The key of the vocabulary: OPF 1 writes `dc:Title`.
fn key(name: &str) -> Option<&'static str> {
    vocabulary::row(OPF, name).map(|term| term.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(metadata: &str) -> Vec<String> {
        let opf = format!(
            "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' \
             prefix='c: http://creativecommons.org/ns# dcterms: http://example.org/'>\
             <metadata xmlns:x='http://purl.org/dc/elements/1.1/'>{metadata}</metadata>\
             <manifest><item id='i' href='dc:title'/></manifest></package>"
        );
        let mut out = Decoded::default();
        decode(opf.as_bytes(), &Limits::default(), &mut out).unwrap();
        let line = |(_, p): &(_, Pair)| format!("{}={}", p.key, p.value);
        out.pairs.iter().map(line).collect()
    }

    #[test]
    fn elements_and_properties_are_known_by_their_namespace() {
        for (metadata, expected) in [
            ("<x:title>A &amp; B</x:title>", &["dc:title=A & B"][..]),
            ("<x:Title>A</x:Title>", &["dc:title=A"]),
            ("<dc:title>A</dc:title>", &["dc:title=A"]),
            ("<x:rights>A <i>b</i> c</x:rights>", &["dc:rights=A b c"]),
            ("<x:rights/>", &["dc:rights="]),
            ("<meta property='c:license'>A</meta>", &["cc:license=A"]),
            // Declared to be something else.
            ("<meta property='dcterms:license'>A</meta>", &[]),
            ("<meta property='schema:name'>A</meta>", &[]),
            ("<meta name='rights' content='A'/>", &["rights=A"]),
            ("<meta name='cover' content='A'/>", &[]),
            (
                "<link rel='c:license' href='http://a.org/'/>",
                &["cc:license=http://a.org/"],
            ),
            ("<link rel='license' href='http://a.org/'/>", &["license=http://a.org/"]),
            ("<link rel='record' href='http://a.org/'/>", &[]),
            ("<link rel='license' refines='#p' href='http://a.org/'/>", &[]),
            ("<meta refines='#p' property='c:license'>A</meta>", &[]),
        ] {
            assert_eq!(said(metadata), expected, "{metadata}");
        }
    }
}

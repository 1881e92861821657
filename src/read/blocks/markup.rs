//! Values in a document of XML: elements that are wanted, with their text.
//!
//! Entities are not expanded, so that they cannot multiply; depth and number of
//! elements are bounded.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::Decoded;
use super::charset::Text;
use crate::read::{Cap, Limits, Stop};

/// An element that is wanted.
#[derive(Debug, Default)]
pub(super) struct Value {
    /// With the prefix of [`NAMESPACES`]; without one where the namespace is
    /// that of the document itself.
    pub(super) name: String,
    /// As they are written, with their references replaced.
    pub(super) attributes: Vec<(String, String)>,
    /// All text inside.
    pub(super) text: String,
    /// Where the text begins, in bytes from the start of the block.
    pub(super) offset: u64,
}

/// The attributes of the root element, as they are written.
pub(super) type Root = Vec<(String, String)>;

impl Value {
    /// The value of an attribute, by its name as it is written.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }
}

/// The prefixes that are used here, whatever the document says.
static NAMESPACES: &[(&str, &str)] = &[
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/elements/1.0/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://creativecommons.org/ns#", "cc"),
    ("http://web.resource.org/cc/", "cc"),
    ("http://www.w3.org/1999/xhtml/vocab#", "xhv"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("http://openoffice.org/2000/meta", "meta"),
];

/// The prefix of a namespace that is wanted.
pub(super) fn prefix_of(uri: &str) -> Option<&'static str> {
    NAMESPACES.iter().find(|(n, _)| *n == uri).map(|(_, prefix)| *prefix)
}

/// Hands each element of a wanted name to `take`, in the order in which they
/// end. Elements inside of it belong to its text.
///
/// # Errors
///
/// [`Stop::Malformed`] where the document is not well-formed, [`Stop::Over`]
/// over a limit; what came before has been handed over.
pub(super) fn values(
    bytes: &[u8],
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
    out: &mut Decoded,
    take: &dyn Fn(Value, &Root, &mut Decoded),
) -> Result<(), Stop> {
    let source = Text::xml(bytes);
    let mut reader = NsReader::from_str(&source.text);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut elements) = (0, 0);
    // The value being read, and at which depth its element stands.
    let mut open: Option<(usize, Value)> = None;
    let mut root = Root::new();
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event.map_err(|_| Stop::Malformed("XML is not well-formed"))? {
            Event::Start(tag) => {
                (depth, elements) = (depth + 1, elements + 1);
                if depth > limits.xml_depth {
                    return Err(limits.over(Cap::XmlDepth));
                }
                if elements > limits.xml_elements {
                    return Err(limits.over(Cap::XmlElements));
                }
                if elements == 1 {
                    root = attributes(&tag, limits.xml_attributes);
                }
                if open.is_none() {
                    let name = name(&reader, &tag);
                    if wanted(&name) {
                        let most = limits.xml_attributes;
                        if tag.attributes().with_checks(false).nth(most).is_some() {
                            let place = source.place(at);
                            out.problem(place, limits.over(Cap::XmlAttributes));
                        }
                        let attributes = attributes(&tag, most);
                        let offset = source.place(at);
                        let value =
                            Value { name, attributes, offset, text: String::new() };
                        open = Some((depth, value));
                    }
                }
            }
            Event::End(_) => {
                if let Some((_, value)) = open.take_if(|(start, _)| *start == depth) {
                    take(value, &root, out);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) => add(&mut open, &text, limits)?,
            Event::CData(text) => add(&mut open, &text, limits)?,
            Event::GeneralRef(name) => {
                let written = format!("&{};", &*name);
                match quick_xml::escape::unescape(&written) {
                    Ok(text) => add(&mut open, &text, limits)?,
                    Err(_) => add(&mut open, &written, limits)?,
                }
            }
            Event::Eof if depth > 0 => {
                return Err(Stop::Malformed("XML ends inside an element"));
            }
            Event::Eof if elements == 0 => {
                return Err(Stop::Malformed("XML has no element"));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Appends to the text of the value being read.
fn add(
    open: &mut Option<(usize, Value)>,
    text: &str,
    limits: &Limits,
) -> Result<(), Stop> {
    if let Some((_, value)) = open {
        if (value.text.len() + text.len()) as u64 > limits.value {
            return Err(limits.over(Cap::Value));
        }
        value.text.push_str(text);
    }
    Ok(())
}

/// The name of an element with the prefix that is used here. An undeclared
/// prefix means what it usually does.
fn name(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> String {
    let (namespace, local) = reader.resolver().resolve_element(tag.name());
    let local = local.as_ref();
    match namespace {
        ResolveResult::Bound(namespace) => match prefix_of(namespace.as_ref()) {
            Some(prefix) => format!("{prefix}:{local}"),
            None => local.to_owned(),
        },
        ResolveResult::Unbound => local.to_owned(),
        ResolveResult::Unknown(_) => tag.name().as_ref().to_owned(),
    }
}

/// The attributes of a tag, so many at most.
fn attributes(tag: &BytesStart<'_>, most: usize) -> Vec<(String, String)> {
    let mut all = tag.attributes();
    let all = all.with_checks(false).take(most).flatten();
    all.map(|a| {
        let written = &*a.value;
        let value = quick_xml::escape::unescape(written)
            .map_or_else(|_| written.to_owned(), |v| v.into_owned());
        (a.key.as_ref().to_owned(), value)
    })
    .collect()
}

//! The names of elements and attributes, resolved: Namespaces in XML 1.0.

use std::borrow::Cow;

use super::attributes::{Attribute, Attributes, normalized};
use super::namespaces::{known_prefix, prefix_of};
use super::tree::Element;
use super::{Cap, Fault, Limits, Problems};

/// A name whose namespace is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// As in a path; empty without a namespace.
    pub(super) prefix: &'a str,
    /// The prefix means a namespace of the packet that is not known here, and
    /// is used for another one here.
    pub(super) foreign: bool,
    pub(super) local: &'a str,
}

impl Name<'_> {
    pub(super) fn is(&self, prefix: &str, local: &str) -> bool {
        !self.foreign && self.prefix == prefix && self.local == local
    }

    /// Whether it can be a property: not markup, and not of the syntax.
    pub(super) fn is_property(&self) -> bool {
        !matches!(self.prefix, "" | "xhtml" | "rdf" | "xml" | "x")
    }

    /// `rdf:li`, or `rdf:_1` and so on: RDF/XML 2.15.
    pub(super) fn is_item(&self) -> bool {
        let number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
        self.is("rdf", "li")
            || (self.prefix == "rdf" && self.local.strip_prefix('_').is_some_and(number))
    }

    pub(super) fn is_array(&self) -> bool {
        ["Alt", "Bag", "Seq", "List"].iter().any(|a| self.is("rdf", a))
    }

    /// A class that nodes are of, in the packets that were met.
    pub(super) fn is_class(&self) -> bool {
        let agents = ["Agent", "Person", "Organization", "Group"];
        ["Work", "License", "Agent"].iter().any(|c| self.is("cc", c))
            || agents.iter().any(|c| self.is("foaf", c))
    }
}

/// An element with its names resolved.
pub(super) struct Opened<'a> {
    pub(super) name: Name<'a>,
    pub(super) attributes: Vec<(Name<'a>, Attribute<'a>)>,
    /// How many namespaces were in scope around it.
    outer: usize,
}

impl<'a> Opened<'a> {
    pub(super) fn get(&self, prefix: &str, local: &str) -> Option<Attribute<'a>> {
        self.attributes.iter().find(|(n, _)| n.is(prefix, local)).map(|(_, a)| *a)
    }

    /// The language inside, where around it is `lang`.
    pub(super) fn lang(&self, lang: Option<&'a str>) -> Option<&'a str> {
        self.get("xml", "lang").map_or(lang, |a| Some(a.value))
    }
}

/// The prefixes in scope, the innermost last.
#[derive(Default)]
pub(super) struct Scope<'a>(Vec<(&'a str, Name<'a>)>);

impl<'a> Scope<'a> {
    /// The namespace of a prefix, as a name without a local part.
    pub(super) fn get(&self, prefix: &str) -> Option<Name<'a>> {
        self.0.iter().rev().find(|(p, _)| *p == prefix).map(|(_, namespace)| *namespace)
    }

    /// Brings into scope what the tag of `element` declares.
    pub(super) fn open(
        &mut self,
        element: &Element<'a>,
        entities: &[(&'a str, &'a str)],
        limits: &Limits,
        problems: &mut Problems,
    ) -> Opened<'a> {
        let outer = self.0.len();
        let mut attributes = Attributes::new(element.attributes);
        let mut plain = Vec::new();
        for (count, mut attribute) in attributes.by_ref().enumerate() {
            attribute.at += element.attributes_at;
            if count >= limits.attributes {
                let fault = Fault::Limit(Cap::Attributes);
                problems.add(attribute.at, fault);
                break;
            }
            match attribute.name.strip_prefix("xmlns") {
                Some("") => self.declare("", attribute, entities, limits, problems),
                Some(name) if name.starts_with(':') => {
                    let prefix = name.get(1..).unwrap_or_default();
                    self.declare(prefix, attribute, entities, limits, problems);
                }
                _ => plain.push(attribute),
            }
        }
        if attributes.crowded {
            problems.add(element.attributes_at, Fault::Crowded);
        }
        if attributes.broken {
            problems.add(element.attributes_at, Fault::Attribute);
        }
        let name = self.resolve(element.name, true, element.attributes_at, problems);
        let attributes = plain
            .into_iter()
            .map(|a| (self.resolve(a.name, false, a.at, problems), a))
            .collect();
        Opened { name, attributes, outer }
    }

    /// Takes it out again.
    pub(super) fn leave(&mut self, opened: &Opened<'_>) {
        self.0.truncate(opened.outer);
    }

    fn declare(
        &mut self,
        prefix: &'a str,
        attribute: Attribute<'a>,
        entities: &[(&'a str, &'a str)],
        limits: &Limits,
        problems: &mut Problems,
    ) {
        if self.0.len() >= limits.namespaces {
            let fault = Fault::Limit(Cap::Namespaces);
            problems.add(attribute.at, fault);
            return;
        }
        // Illustrator writes `xmlns:x="&ns_extend;"`.
        let entity = attribute.value.strip_prefix('&').and_then(|v| v.strip_suffix(';'));
        let declared =
            entity.and_then(|entity| entities.iter().find(|(name, _)| *name == entity));
        let uri = match declared {
            Some((_, uri)) => Cow::Borrowed(*uri),
            None => normalized(attribute.value).0,
        };
        let name = match prefix_of(&uri) {
            Some(known) => Name { prefix: known, foreign: false, local: "" },
            None => {
                let taken = prefix.is_empty() || known_prefix(prefix).is_some();
                Name { prefix, foreign: taken && !uri.is_empty(), local: "" }
            }
        };
        self.0.push((prefix, name));
    }

    fn resolve(
        &self,
        name: &'a str,
        is_element: bool,
        at: usize,
        problems: &mut Problems,
    ) -> Name<'a> {
        let Some((prefix, local)) = name.split_once(':') else {
            // A default namespace is for elements only.
            let default = self.get("").filter(|_| is_element);
            let none = Name { prefix: "", foreign: false, local: name };
            return default.map_or(none, |namespace| Name { local: name, ..namespace });
        };
        if let Some(namespace) = self.get(prefix) {
            return Name { local, ..namespace };
        }
        if prefix != "xml" {
            problems.add(at, Fault::Prefix);
        }
        // Where its declaration is lost, a prefix still says what it always has.
        Name { prefix: known_prefix(prefix).unwrap_or(prefix), foreign: false, local }
    }
}

//! Elements to properties: RDF/XML as ISO 16684-1, 7 has it, with the other
//! ways to write the same that RDF allows and generators use.
//!
//! RDF/XML is striped: inside a node element (`rdf:Description`, `cc:Work`) are
//! property elements, inside those node elements or text.

use std::borrow::Cow;

use super::attributes::{Attribute, Attributes, is_space, normalized, unescape};
use super::namespaces::{known_prefix, prefix_of};
use super::tree::{Element, End, Tree};
use super::{Fault, Form, Limits, Problems, Property};

/// The properties of a packet.
pub(super) fn properties(
    tree: &Tree<'_>,
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
    problems: &mut Problems,
) -> Vec<Property> {
    let mut walk = Walk {
        tree,
        limits,
        wanted,
        problems,
        scope: Vec::new(),
        path: String::new(),
        found: Vec::new(),
        seen_rdf: false,
    };
    for root in &tree.roots {
        walk.outside(root);
    }
    if !walk.seen_rdf && !walk.problems.0.is_empty() {
        // The head of the packet is lost. What is left of it begins anywhere.
        for root in &tree.roots {
            walk.fragment(root);
        }
    }
    walk.found
}

/// A name whose namespace is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name<'a> {
    /// As in a path; empty without a namespace.
    prefix: &'a str,
    /// The prefix means a namespace of the packet that is not known here, and
    /// is used for another one here.
    foreign: bool,
    local: &'a str,
}

impl Name<'_> {
    fn is(&self, prefix: &str, local: &str) -> bool {
        !self.foreign && self.prefix == prefix && self.local == local
    }

    /// Whether it can be a property: not markup, and not of the syntax.
    fn is_property(&self) -> bool {
        !matches!(self.prefix, "" | "xhtml" | "rdf" | "xml" | "x")
    }

    /// `rdf:li`, or `rdf:_1` and so on: RDF/XML 2.15.
    fn is_item(&self) -> bool {
        let number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
        self.is("rdf", "li")
            || (self.prefix == "rdf" && self.local.strip_prefix('_').is_some_and(number))
    }

    fn is_array(&self) -> bool {
        ["Alt", "Bag", "Seq", "List"].iter().any(|a| self.is("rdf", a))
    }

    /// A class that nodes are of, in the packets that were met.
    fn is_class(&self) -> bool {
        let agents = ["Agent", "Person", "Organization", "Group"];
        ["Work", "License", "Agent"].iter().any(|c| self.is("cc", c))
            || agents.iter().any(|c| self.is("foaf", c))
    }
}

/// An element with its names resolved.
struct Opened<'a> {
    name: Name<'a>,
    attributes: Vec<(Name<'a>, Attribute<'a>)>,
    /// How many namespaces were in scope around it.
    outer: usize,
}

impl<'a> Opened<'a> {
    fn get(&self, prefix: &str, local: &str) -> Option<Attribute<'a>> {
        self.attributes.iter().find(|(n, _)| n.is(prefix, local)).map(|(_, a)| *a)
    }

    /// The language inside, where around it is `lang`.
    fn lang(&self, lang: Option<&'a str>) -> Option<&'a str> {
        self.get("xml", "lang").map_or(lang, |a| Some(a.value))
    }
}

struct Walk<'a, 'w> {
    tree: &'w Tree<'a>,
    limits: &'w Limits,
    wanted: &'w dyn Fn(&str) -> bool,
    problems: &'w mut Problems,
    /// The prefixes in scope, the innermost last.
    scope: Vec<(&'a str, Name<'a>)>,
    path: String,
    found: Vec<Property>,
    seen_rdf: bool,
}

/// What a value is in: the language around it, and how long the path is of what
/// holds the property.
#[derive(Clone, Copy)]
struct Around<'a> {
    lang: Option<&'a str>,
    path: usize,
}

impl<'a> Walk<'a, '_> {
    // Names.

    fn open(&mut self, element: &Element<'a>) -> Opened<'a> {
        let outer = self.scope.len();
        let mut attributes = Attributes::new(element.attributes);
        let mut plain = Vec::new();
        for (count, mut attribute) in attributes.by_ref().enumerate() {
            attribute.at += element.attributes_at;
            if count >= self.limits.attributes {
                let fault = Fault::Limit("XMP element has too many attributes");
                self.problems.add(attribute.at, fault);
                break;
            }
            match attribute.name.strip_prefix("xmlns") {
                Some("") => self.declare("", attribute),
                Some(name) if name.starts_with(':') => {
                    self.declare(name.get(1..).unwrap_or_default(), attribute);
                }
                _ => plain.push(attribute),
            }
        }
        if attributes.crowded {
            self.problems.add(element.attributes_at, Fault::Crowded);
        }
        if attributes.broken {
            self.problems.add(element.attributes_at, Fault::Attribute);
        }
        let name = self.resolve(element.name, true, element.attributes_at);
        let attributes =
            plain.into_iter().map(|a| (self.resolve(a.name, false, a.at), a)).collect();
        Opened { name, attributes, outer }
    }

    fn leave(&mut self, opened: &Opened<'_>) {
        self.scope.truncate(opened.outer);
    }

    fn declare(&mut self, prefix: &'a str, attribute: Attribute<'a>) {
        if self.scope.len() >= self.limits.namespaces {
            let fault = Fault::Limit("XMP packet declares too many namespaces");
            self.problems.add(attribute.at, fault);
            return;
        }
        // Illustrator writes `xmlns:x="&ns_extend;"`.
        let uri =
            match attribute.value.strip_prefix('&').and_then(|v| v.strip_suffix(';')) {
                Some(entity) => {
                    let declared =
                        self.tree.entities.iter().find(|(name, _)| *name == entity);
                    Cow::Borrowed(declared.map_or(attribute.value, |(_, uri)| *uri))
                }
                None => normalized(attribute.value).0,
            };
        let name = match prefix_of(&uri) {
            Some(known) => Name { prefix: known, foreign: false, local: "" },
            None => Name { prefix, foreign: known_prefix(prefix).is_some(), local: "" },
        };
        self.scope.push((prefix, name));
    }

    fn resolve(&mut self, name: &'a str, is_element: bool, at: usize) -> Name<'a> {
        let Some((prefix, local)) = name.split_once(':') else {
            // A default namespace is for elements only.
            let default = self.scope.iter().rev().find(|(p, _)| p.is_empty());
            return match default.filter(|_| is_element) {
                Some((_, namespace)) => Name { local: name, ..*namespace },
                None => Name { prefix: "", foreign: false, local: name },
            };
        };
        if let Some((_, namespace)) = self.scope.iter().rev().find(|(p, _)| *p == prefix)
        {
            return Name { local, ..*namespace };
        }
        if prefix == "xml" {
            return Name { prefix, foreign: false, local };
        }
        self.problems.add(at, Fault::Prefix);
        // Where its declaration is lost, a prefix still says what it always has.
        Name { prefix: known_prefix(prefix).unwrap_or(prefix), foreign: false, local }
    }

    /// Adds `name` to the path. `false` if the path would become too long.
    fn enter(&mut self, name: Name<'_>, at: usize) -> bool {
        let len = name.prefix.len() + name.local.len() + 3;
        if self.path.len() + len > self.limits.path {
            self.problems.add(at, Fault::Limit("XMP property has too long a name"));
            return false;
        }
        if !self.path.is_empty() {
            self.path.push('/');
        }
        if name.foreign {
            self.path.push('?');
        }
        self.path.push_str(name.prefix);
        self.path.push(':');
        self.path.push_str(name.local);
        true
    }

    // Nodes.

    /// Looks for RDF in an element that is none.
    fn outside(&mut self, element: &Element<'a>) {
        let opened = self.open(element);
        let name = opened.name;
        let lang = opened.lang(None);
        if name.is("rdf", "RDF") {
            self.seen_rdf = true;
            for child in &element.children {
                let opened = self.open(child);
                self.subject(child, &opened, lang);
                self.leave(&opened);
            }
        } else if name.is("rdf", "Description") || name.is("cc", "Work") {
            self.seen_rdf = true;
            self.subject(element, &opened, lang);
        } else {
            for child in &element.children {
                self.outside(child);
            }
        }
        self.leave(&opened);
    }

    /// Takes for a property what has lost all around it.
    fn fragment(&mut self, element: &Element<'a>) {
        let opened = self.open(element);
        if opened.name.is("x", "xmpmeta") || opened.name.is("x", "xapmeta") {
            element.children.iter().for_each(|child| self.fragment(child));
        } else {
            self.property(element, &opened, Around { lang: None, path: 0 });
        }
        self.leave(&opened);
    }

    /// A node that the packet is about, or one that stands beside it.
    fn subject(
        &mut self,
        element: &Element<'a>,
        opened: &Opened<'a>,
        lang: Option<&'a str>,
    ) {
        if opened.name.is("rdf", "RDF") {
            for child in &element.children {
                let opened = self.open(child);
                self.subject(child, &opened, lang);
                self.leave(&opened);
            }
            return;
        }
        let len = self.path.len();
        let is_work =
            opened.name.is("rdf", "Description") || opened.name.is("cc", "Work");
        // What a license or a person beside the work is called is not the title
        // of the work.
        let class = if !is_work {
            Some(opened.name)
        } else if is_license(element, opened) {
            Some(Name { prefix: "cc", foreign: false, local: "License" })
        } else {
            None
        };
        if class.is_none_or(|class| self.enter(class, element.attributes_at)) {
            self.members(element, opened, lang);
        }
        self.path.truncate(len);
    }

    /// The properties of a node: as attributes and as elements.
    fn members(
        &mut self,
        element: &Element<'a>,
        opened: &Opened<'a>,
        lang: Option<&'a str>,
    ) -> bool {
        let lang = opened.lang(lang);
        let any = self.attribute_members(opened, lang);
        let around = Around { lang, path: self.path.len() };
        for child in &element.children {
            let opened = self.open(child);
            self.property(child, &opened, around);
            self.leave(&opened);
        }
        any || !element.children.is_empty()
    }

    fn attribute_members(&mut self, opened: &Opened<'a>, lang: Option<&'a str>) -> bool {
        let len = self.path.len();
        let mut any = false;
        for (name, attribute) in opened.attributes.iter().filter(|(n, _)| n.is_property())
        {
            any = true;
            if self.enter(*name, attribute.at) {
                self.say_attribute(*attribute, lang, Form::Attribute);
            }
            self.path.truncate(len);
        }
        any
    }

    // Properties.

    /// An element in the place of a property.
    fn property(
        &mut self,
        element: &Element<'a>,
        opened: &Opened<'a>,
        around: Around<'a>,
    ) {
        let name = opened.name;
        if name.is("rdf", "Description") || name.is("rdf", "RDF") {
            // One that is not closed has swallowed the next.
            self.subject(element, opened, around.lang);
        } else if name.is_array() || name.is_item() {
            if !self.path.is_empty() {
                self.node(element, opened, around);
            }
        } else if name.is_property() {
            let len = self.path.len();
            if self.enter(name, element.attributes_at) {
                self.value(element, opened, Around { path: len, ..around });
            }
            self.path.truncate(len);
        }
    }

    /// The value of the property that the path names.
    fn value(&mut self, element: &Element<'a>, opened: &Opened<'a>, around: Around<'a>) {
        let lang = opened.lang(around.lang);
        let around = Around { lang, ..around };
        match opened.get("rdf", "parseType").map(|a| a.value) {
            Some("Literal") => return self.say_markup(element, lang),
            Some("Resource") if !has_value(element, opened) => {
                self.members(element, opened, lang);
                return;
            }
            _ => {}
        }
        let uri = opened.get("rdf", "resource");
        if let Some(uri) = uri {
            self.say_attribute(uri, lang, Form::Resource);
        }
        let blank = element.text.chars().all(is_space);
        if element.children.is_empty() {
            // An empty element may have the fields of a structure as attributes;
            // beside text they are qualifiers.
            let fields = blank && {
                if let Some(value) = opened.get("rdf", "value") {
                    self.say_attribute(value, lang, Form::Attribute);
                    true
                } else {
                    self.attribute_members(opened, lang)
                }
            };
            if uri.is_none() && !fields {
                self.say_text(element, lang);
            }
            return;
        }
        if element.end == End::Whole && (!blank || self.has_markup(element)) {
            self.problems.add(element.inner.0, Fault::Markup);
            return self.say_markup(element, lang);
        }
        if !blank && element.end == End::Implied {
            self.say_text(element, lang);
        }
        let qualified = has_value(element, opened);
        if !qualified {
            self.attribute_members(opened, lang);
        }
        for (n, child) in element.children.iter().enumerate() {
            let opened = self.open(child);
            let name = opened.name;
            let is_value = match element.end {
                _ if name.is_array() || name.is_item() => true,
                End::Whole => true,
                End::Cut => n == 0 && blank,
                End::Implied | End::Torn => {
                    n == 0 && blank && (name.is("rdf", "Description") || name.is_class())
                }
            };
            if name.is("rdf", "value") {
                self.value(child, &opened, around);
            } else if qualified {
                // A qualifier: ISO 16684-1, 7.8.
            } else if is_value {
                self.node(child, &opened, around);
            } else {
                // Not closed, so this is its neighbour and not in it.
                let inner = self.path.split_off(around.path);
                self.property(child, &opened, around);
                self.path.push_str(&inner);
            }
            self.leave(&opened);
        }
    }

    /// An element in the place of a value.
    fn node(&mut self, element: &Element<'a>, opened: &Opened<'a>, around: Around<'a>) {
        let name = opened.name;
        let lang = opened.lang(around.lang);
        let around = Around { lang, ..around };
        if name.is_array() {
            if element.children.is_empty() {
                // A list without items: there, and blank.
                self.say_text(element, lang);
            }
            for child in &element.children {
                let opened = self.open(child);
                if opened.name.is_item() {
                    self.value(child, &opened, around);
                } else if element.end == End::Whole {
                    self.node(child, &opened, around);
                } else {
                    let inner = self.path.split_off(around.path);
                    self.property(child, &opened, around);
                    self.path.push_str(&inner);
                }
                self.leave(&opened);
            }
        } else if name.is_item() {
            self.value(element, opened, around);
        } else if name.is("rdf", "Description")
            || name.is_class()
            || opened.get("rdf", "about").is_some()
        {
            if has_value(element, opened) {
                return self.value(element, opened, around);
            }
            if let Some(uri) = opened.get("rdf", "about").filter(|a| !a.value.is_empty())
            {
                self.say_attribute(uri, lang, Form::Resource);
            }
            self.members(element, opened, lang);
        } else {
            // A field of a structure whose rdf:parseType was left out.
            self.property(element, opened, around);
        }
    }

    /// Whether a child is not of RDF: `<a href="…">` in a text.
    fn has_markup(&mut self, element: &Element<'a>) -> bool {
        element.children.iter().any(|child| {
            // No declaration of the child itself is needed to see this.
            let prefixed = child.name.contains(':');
            !prefixed && {
                let opened = self.open(child);
                self.leave(&opened);
                matches!(opened.name.prefix, "" | "xhtml")
            }
        })
    }

    // Values.

    fn say_text(&mut self, element: &Element<'a>, lang: Option<&'a str>) {
        if matches!(element.end, End::Whole | End::Implied) {
            self.say(&element.text, element.text_at, lang, Form::Text);
        }
    }

    /// The inside of an element as it stands, with its references replaced.
    fn say_markup(&mut self, element: &Element<'a>, lang: Option<&'a str>) {
        let (from, to) = element.inner;
        let has_end = matches!(element.end, End::Whole | End::Implied);
        if has_end && (self.wanted)(&self.path) {
            let inside = self.tree.text.get(from..to).unwrap_or_default();
            self.say(&unescape(inside).0, from, lang, Form::Markup);
        }
    }

    fn say_attribute(
        &mut self,
        attribute: Attribute<'a>,
        lang: Option<&'a str>,
        form: Form,
    ) {
        if (self.wanted)(&self.path) {
            let (value, whole) = normalized(attribute.value);
            if !whole {
                self.problems.add(attribute.at, Fault::Reference);
            }
            self.say(&value, attribute.at, lang, form);
        }
    }

    fn say(&mut self, value: &str, at: usize, lang: Option<&str>, form: Form) {
        if self.path.is_empty() || !(self.wanted)(&self.path) {
            return;
        }
        if self.found.len() >= self.limits.properties {
            self.problems.add(at, Fault::Limit("XMP packet has too many properties"));
            return;
        }
        if value.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r'))
        {
            self.problems.add(at, Fault::Control);
        }
        // The longest that are registered have 35 bytes: RFC 5646, 4.4.1.
        let is_lang = |l: &&str| {
            !l.is_empty() && l.len() <= 64 && !l.eq_ignore_ascii_case("x-default")
        };
        self.found.push(Property {
            path: self.path.clone(),
            value: value.to_owned(),
            lang: lang.filter(is_lang).map(str::to_owned),
            offset: at,
            form,
        });
    }
}

/// Whether an element is a value with qualifiers: it has an `rdf:value`.
fn has_value(element: &Element<'_>, opened: &Opened<'_>) -> bool {
    // The prefix is `rdf` in every packet that was met.
    opened.get("rdf", "value").is_some()
        || element.children.iter().any(|c| c.name.ends_with(":value"))
}

/// Whether a node describes a legal tool and not the work.
fn is_license(element: &Element<'_>, opened: &Opened<'_>) -> bool {
    let tool = |uri: &str| {
        let uri = uri.trim_start_matches("http").trim_start_matches(['s', ':', '/']);
        let path = uri.trim_start_matches("www.").strip_prefix("creativecommons.org/");
        path.is_some_and(|p| p.starts_with("licenses/") || p.starts_with("publicdomain/"))
    };
    let old_tool = |uri: &str| uri.starts_with("http://web.resource.org/cc/PublicDomain");
    let about = opened.get("rdf", "about");
    about.is_some_and(|a| tool(a.value) || old_tool(a.value))
        || element.children.iter().any(|child| {
            child.name.ends_with(":type")
                && Attributes::new(child.attributes).any(|a| {
                    a.name.ends_with(":resource")
                        && (a.value.ends_with("creativecommons.org/ns#License")
                            || a.value.ends_with("web.resource.org/cc/License"))
                })
        })
}

//! Elements to properties: RDF/XML as ISO 16684-1, 7 has it, with the other
//! ways to write the same that RDF allows and generators use.
//!
//! RDF/XML is striped: inside a node element (`rdf:Description`, `cc:Work`) are
//! property elements, inside those node elements or text.

use super::attributes::is_blank;
use super::names::{Name, Opened, Scope};
use super::subject::{self, Works};
use super::tree::{Element, End, Tree};
use super::{Cap, Fault, Form, Limits, Problems, Property};

mod values;

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
        scope: Scope::default(),
        works: Works::default(),
        path: String::new(),
        element: 0,
        found: Vec::new(),
        seen_rdf: false,
    };
    walk.works = walk.works_beside_rdf(&tree.roots);
    for root in &tree.roots {
        walk.outside(root);
    }
    if !walk.seen_rdf && !walk.problems.0.is_empty() {
        // The head of the packet is lost. What is left of it begins anywhere.
        for root in tree.roots.iter().skip(tree.fragments) {
            walk.fragment(root);
        }
    }
    walk.found
}

struct Walk<'a, 'w> {
    tree: &'w Tree<'a>,
    limits: &'w Limits,
    wanted: &'w dyn Fn(&str) -> bool,
    problems: &'w mut Problems,
    scope: Scope<'a>,
    /// Which of the nodes around are the file.
    works: Works<'a>,
    path: String,
    /// Where the top-level property begins that is being read.
    element: usize,
    found: Vec<Property>,
    seen_rdf: bool,
}

/// What a property is in.
#[derive(Clone, Copy)]
struct Around<'a> {
    lang: Option<&'a str>,
    /// How long the path is of what holds the property.
    path: usize,
    /// Whether that ends where it should, so that all inside belongs there.
    whole: bool,
}

impl<'a> Walk<'a, '_> {
    fn open(&mut self, element: &Element<'a>) -> Opened<'a> {
        self.scope.open(element, &self.tree.entities, self.limits, self.problems)
    }

    fn leave(&mut self, opened: &Opened<'_>) {
        self.scope.leave(opened);
    }

    /// Adds `name` to the path. `false` if the path would become too long.
    fn enter(&mut self, name: Name<'_>, at: usize) -> bool {
        let len = name.prefix.len() + name.local.len() + 3;
        if self.path.len() + len > self.limits.path {
            self.problems.add(at, Fault::Limit(Cap::Path));
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
            let works = self.works_in(&element.children);
            let around = std::mem::replace(&mut self.works, works);
            for child in &element.children {
                let opened = self.open(child);
                self.subject(child, &opened, lang);
                self.leave(&opened);
            }
            self.works = around;
        } else if subject::is_work(name) {
            self.seen_rdf = true;
            self.subject(element, &opened, lang);
        } else {
            let works = self.works_beside_rdf(&element.children);
            let around = std::mem::replace(&mut self.works, works);
            for child in &element.children {
                self.outside(child);
            }
            self.works = around;
        }
        self.leave(&opened);
    }

    /// Which of sibling nodes are the file, where some may be nodes. Those inside
    /// of `rdf:RDF` are noted when it is read.
    fn works_beside_rdf(&mut self, nodes: &[Element<'a>]) -> Works<'a> {
        let local = |node: &Element<'a>| {
            node.name.rsplit_once(':').map_or(node.name, |(_, local)| local)
        };
        if nodes.iter().any(|node| matches!(local(node), "Description" | "Work")) {
            self.works_in(nodes)
        } else {
            Works::default()
        }
    }

    /// Which of sibling nodes are the file.
    fn works_in(&mut self, nodes: &[Element<'a>]) -> Works<'a> {
        let mut works = Works::default();
        self.note_works(nodes, &mut works);
        works
    }

    fn note_works(&mut self, nodes: &[Element<'a>], works: &mut Works<'a>) {
        for node in nodes {
            let opened = self.open(node);
            if opened.name.is("rdf", "RDF") {
                self.note_works(&node.children, works);
            } else if subject::is_work(opened.name) && !subject::is_license(node, &opened)
            {
                works.note(&opened);
            }
            self.leave(&opened);
        }
    }

    /// Takes for a property what has lost all around it.
    fn fragment(&mut self, element: &Element<'a>) {
        let opened = self.open(element);
        if opened.name.is("x", "xmpmeta") || opened.name.is("x", "xapmeta") {
            element.children.iter().for_each(|child| self.fragment(child));
        } else {
            self.property(element, &opened, Around { lang: None, path: 0, whole: false });
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
        let class = |prefix, local| Name { prefix, foreign: false, local };
        // What a license or a person beside the work is called is not the title
        // of the work, and what another resource is under is not its license.
        let class = if !subject::is_work(opened.name) {
            Some(opened.name)
        } else if subject::is_license(element, opened) {
            Some(class("cc", "License"))
        } else if self.works.is_other(opened) {
            Some(class("rdfs", "Resource"))
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
        let whole = element.end == End::Whole;
        let around = Around { lang, path: self.path.len(), whole };
        for child in element.children.iter().filter(|c| !c.astray) {
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
            if len == 0 {
                self.element = attribute.at;
            }
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
            if around.whole {
                // What was around it is lost, be it the work or something else.
                self.problems.add(element.attributes_at, Fault::Node);
            } else {
                // One that is not closed has swallowed the next.
                self.subject(element, opened, around.lang);
            }
        } else if name.is_array() || name.is_item() {
            if !self.path.is_empty() {
                self.node(element, opened, around);
            }
        } else if name.is_property() {
            let len = self.path.len();
            if len == 0 {
                self.element = element.attributes_at;
            }
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
            Some("Resource") if !self.has_value(element, opened) => {
                self.members(element, opened, lang);
                return;
            }
            _ => {}
        }
        let uri = opened.get("rdf", "resource");
        if let Some(uri) = uri {
            self.say_attribute(uri, lang, Form::Resource);
        }
        let blank = is_blank(&element.text);
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
            if (self.wanted)(&self.path) {
                self.problems.add(element.inner.0, Fault::Markup);
            }
            return self.say_markup(element, lang);
        }
        let leads =
            element.children.first().is_some_and(|c| element.text_at < c.attributes_at);
        let has_text = !blank && leads;
        if has_text && element.end == End::Implied {
            self.say_text(element, lang);
        }
        let qualified = self.has_value(element, opened);
        if !qualified {
            self.attribute_members(opened, lang);
        }
        // With text or a node inside, it can have no fields: what follows is its
        // neighbour, which it holds because it is not closed.
        let mut full = has_text;
        let is_neighbour = |name: Name<'_>| match name.is("rdf", "Description") {
            true => !around.whole,
            false => element.end != End::Whole && name.is_property(),
        };
        for child in &element.children {
            let opened = self.open(child);
            let name = opened.name;
            if name.is("rdf", "value") {
                self.value(child, &opened, around);
            } else if qualified {
                // A qualifier: ISO 16684-1, 7.8.
            } else if full && is_neighbour(name) {
                self.neighbour(child, &opened, around);
            } else {
                full |= !name.is_property() || name.is_class();
                self.node(child, &opened, around);
            }
            self.leave(&opened);
        }
    }

    /// A property inside another one that is not closed.
    fn neighbour(
        &mut self,
        element: &Element<'a>,
        opened: &Opened<'a>,
        around: Around<'a>,
    ) {
        let inner = self.path.split_off(around.path);
        self.property(element, opened, Around { whole: false, ..around });
        self.path.push_str(&inner);
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
            let mut has_items = false;
            for child in &element.children {
                let opened = self.open(child);
                let is_astray = has_items && element.end != End::Whole;
                if opened.name.is_item() {
                    has_items = true;
                    self.value(child, &opened, around);
                } else if is_astray && opened.name.is_property() {
                    self.neighbour(child, &opened, around);
                } else {
                    self.node(child, &opened, around);
                }
                self.leave(&opened);
            }
        } else if name.is_item() {
            self.value(element, opened, around);
        } else if name.is("rdf", "Description")
            || name.is_class()
            || opened.get("rdf", "about").is_some()
        {
            if self.has_value(element, opened) {
                return self.value(element, opened, around);
            }
            let before = self.found.len();
            self.members(element, opened, lang);
            let members = self.found.get(before..).unwrap_or_default();
            let is_named = members.iter().any(|p| p.is_name_of(&self.path));
            if let Some(uri) = opened.get("rdf", "about").filter(|a| !a.value.is_empty())
            {
                let form = if is_named { Form::Named } else { Form::Resource };
                self.say_attribute(uri, lang, form);
            }
        } else {
            // A field of a structure whose rdf:parseType was left out.
            self.property(element, opened, around);
        }
    }

    /// Whether an element is a value with qualifiers: it has an `rdf:value`.
    fn has_value(&self, element: &Element<'a>, opened: &Opened<'a>) -> bool {
        let is_rdf = |prefix: &str| {
            self.scope.get(prefix).is_some_and(|namespace| namespace.is("rdf", ""))
        };
        opened.get("rdf", "value").is_some()
            || element
                .children
                .iter()
                .any(|c| c.name.strip_suffix(":value").is_some_and(is_rdf))
    }

    /// Whether a child is not of RDF: `<a href="…">` in a text.
    fn has_markup(&mut self, element: &Element<'a>) -> bool {
        element.children.iter().any(|child| {
            // No declaration of the child itself is needed to see this.
            let prefixed = child.name.contains(':');
            !prefixed && {
                let opened = self.open(child);
                self.leave(&opened);
                matches!(opened.name.prefix, "" | "xhtml") && !opened.name.foreign
            }
        })
    }
}

//! The elements of a packet, whatever state it is in.
//!
//! The tokenizer finds tags, text and references. Here they become a tree, and
//! where the packet is not well-formed XML the tokenizer starts anew behind the
//! place: an element that is not closed ends with the one around it, and a tag
//! without an end ends where the next begins.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::attributes::{Attributes, character, is_blank, is_space, is_strange, name_at};
use super::{Cap, Fault, Limits, Problems};

/// The elements of a packet.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) roots: Vec<Element<'a>>,
    /// How many of the first roots were inside of something that is lost: only
    /// its end tag is there.
    pub(super) fragments: usize,
    /// The entities that its document type declares: name and value.
    pub(super) entities: Vec<(&'a str, &'a str)>,
}

/// An element. Places are in bytes of the text of the packet.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    /// What follows the name in the tag.
    pub(super) attributes: &'a str,
    /// Where [`Self::attributes`] begins.
    pub(super) attributes_at: usize,
    /// The text that stands in it and in no other, its references replaced.
    pub(super) text: Cow<'a, str>,
    /// Where the text begins.
    pub(super) text_at: usize,
    /// What is between its tags, from where to where.
    pub(super) inner: (usize, usize),
    pub(super) children: Vec<Element<'a>>,
    /// How many children stand before the last text that is not blank.
    before_text: Option<usize>,
    is_tag_checked: bool,
    /// It was inside of something else than its parent: between it and something
    /// unreadable before it, only the end tag of that is left.
    pub(super) astray: bool,
    pub(super) end: End,
}

impl Element<'_> {
    fn note_text(&mut self, text: &str) {
        if !is_blank(text) {
            self.before_text = Some(self.children.len());
        }
    }

    /// Whether `text` is to be the text of this element, and nothing before it.
    ///
    /// What stands behind a child is not added to what stands before it. It is
    /// kept only to see that it is there.
    fn takes_anew(&self, text: &str) -> bool {
        match self.children.is_empty() {
            true => self.text.is_empty(),
            false => is_blank(&self.text) && !is_blank(text),
        }
    }
}

/// How an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With its end tag.
    Whole,
    /// With the end tag of an element around it.
    Implied,
    /// With the packet: its text may not be all there.
    Cut,
    /// As [`End::Implied`] or [`End::Cut`], and its start tag has lost its end,
    /// so that what looks like its text may have been attributes.
    Torn,
}

/// How long an entity may be: twice what Illustrator writes for its namespaces.
/// One that is longer is as if it were not declared, and told as such.
const ENTITY: usize = 256;

impl<'a> Tree<'a> {
    pub(super) fn new(text: &'a str, limits: &Limits, problems: &mut Problems) -> Self {
        let mut builder = Builder {
            text,
            limits,
            problems,
            roots: Vec::new(),
            open: Vec::new(),
            too_deep: 0,
            fragments: 0,
            elements: 0,
            reached: 0,
            entities: Vec::new(),
        };
        let mut from = 0;
        // What is behind a broken place is read twice, and was read up to the
        // end of the packet where a quote is missing.
        let mut again = limits.reread.max(text.len().saturating_mul(8));
        let mut repairs = limits.repairs;
        while let Some(next) = builder.run(from) {
            let cost = builder.reached.saturating_sub(next);
            let (cost, turns) = (again.checked_sub(cost), repairs.checked_sub(1));
            let cap = if cost.is_none() { Cap::Reread } else { Cap::Repairs };
            let Some(left) = cost.zip(turns) else {
                builder.problems.add(next, Fault::Limit(cap));
                break;
            };
            (again, repairs) = left;
            from = next;
        }
        builder.finish();
        let Builder { roots, fragments, entities, .. } = builder;
        Self { text, roots, fragments, entities }
    }
}

struct Builder<'a, 'b> {
    text: &'a str,
    limits: &'b Limits,
    problems: &'b mut Problems,
    roots: Vec<Element<'a>>,
    /// The elements that are not closed yet, outermost first.
    open: Vec<Element<'a>>,
    /// How many elements beyond the limit of depth are open.
    too_deep: usize,
    fragments: usize,
    elements: usize,
    /// How far the tokenizer has read.
    reached: usize,
    entities: Vec<(&'a str, &'a str)>,
}

impl<'a> Builder<'a, '_> {
    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Reads on at `from`. Where markup is broken, returns where to start anew.
    fn run(&mut self, from: usize) -> Option<usize> {
        let mut reader = Reader::from_str(self.text.get(from..)?);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let at = from + usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event();
            let end = from + usize::try_from(reader.buffer_position()).ok()?;
            self.reached = end;
            let again = match event {
                Ok(Event::Start(_)) => self.start(at + 1, end - 1, false),
                Ok(Event::Empty(_)) => self.start(at + 1, end - 2, true),
                Ok(Event::End(_)) => self.end(at, end),
                Ok(Event::Text(_)) => {
                    let text = self.slice(at, end);
                    if text.starts_with('&') {
                        self.problems.add(at, Fault::Reference);
                    }
                    self.push_text(text, at);
                    None
                }
                Ok(Event::CData(_)) => {
                    let text = self.slice(at + "<![CDATA[".len(), end - "]]>".len());
                    self.push_text(text, at);
                    None
                }
                Ok(Event::GeneralRef(name)) => {
                    match character(&name) {
                        Some(c) => self.push_owned(c.encode_utf8(&mut [0; 4]), at),
                        None => {
                            self.problems.add(at, Fault::Reference);
                            self.push_text(self.slice(at, end), at);
                        }
                    }
                    None
                }
                Ok(Event::PI(_) | Event::Decl(_)) => self.instruction(at, end),
                Ok(Event::DocType(_)) => {
                    self.declare(self.slice(at, end));
                    None
                }
                Ok(Event::Comment(_)) => None,
                Ok(Event::Eof) => return None,
                Err(_) => {
                    let at = from + usize::try_from(reader.error_position()).ok()?;
                    return self.broken(at);
                }
            };
            if again.is_some() || self.elements > self.limits.elements {
                return again;
            }
        }
    }

    /// A start tag, between `<` and `>`. Returns where to start anew.
    fn start(&mut self, at: usize, end: usize, empty: bool) -> Option<usize> {
        let tag = self.slice(at, end);
        let Some(name) = name_at(tag) else { return self.bare(at - 1) };
        let attributes = tag.get(name.len()..).unwrap_or_default();
        // A quote or an end was lost, unless the attributes tell otherwise.
        let bracket = memchr::memchr(b'<', attributes.as_bytes());
        let cut = bracket.filter(|_| !Attributes::are_whole(attributes));
        if bracket.is_some() {
            self.problems.add(at - 1, Fault::Tag);
        }
        let attributes_at = at + name.len();
        let Some(len) = cut else {
            self.push(name, attributes, attributes_at, end + 1 + usize::from(empty));
            if empty {
                self.close(end + 2, End::Whole);
            }
            return None;
        };
        self.torn(name, attributes.get(..len).unwrap_or_default(), attributes_at);
        Some(attributes_at + len)
    }

    /// A start tag that has lost its end.
    fn torn(&mut self, name: &'a str, attributes: &'a str, at: usize) {
        let next = at + attributes.len();
        let tag = attributes.trim_end_matches(is_space);
        let empty = tag.strip_suffix('>').unwrap_or(tag).strip_suffix('/');
        self.push(name, empty.unwrap_or(attributes), at, next);
        if let Some(element) = self.open.last_mut().filter(|_| self.too_deep == 0) {
            element.end = End::Torn;
        }
        if empty.is_some() {
            self.close(next, End::Torn);
        }
    }

    /// An end tag, with `</` and `>`. Returns where to start anew.
    fn end(&mut self, at: usize, end: usize) -> Option<usize> {
        let tag = self.slice(at + 2, end - 1);
        let name = name_at(tag).unwrap_or_default();
        let cut = tag.find('<').map(|len| at + 2 + len);
        if cut.is_some() {
            self.problems.add(at, Fault::Tag);
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return cut;
        }
        let Some(depth) = self.open.iter().rposition(|e| e.name == name) else {
            self.problems.add(at, Fault::StrayEnd);
            self.lost_around(name);
            return cut;
        };
        while self.open.len() > depth + 1 {
            self.problems.add(at, Fault::Unclosed);
            self.close(at, End::Implied);
        }
        self.close(at, End::Whole);
        if let Some(parent) = self.open.last_mut().filter(|_| tag.contains(is_strange)) {
            // It has run into another tag.
            self.problems.add(at, Fault::Tag);
            parent.before_text = Some(parent.children.len());
        }
        cut
    }

    /// There is an end tag of this name, and no start tag.
    fn lost_around(&mut self, name: &str) {
        let local = name.rsplit(':').next().unwrap_or_default();
        if matches!(local, "Description" | "RDF" | "xmpmeta" | "xapmeta") {
            // What was inside of these was so wherever it is now.
            return;
        }
        let Some(parent) = self.open.last_mut() else {
            self.fragments = self.roots.len();
            return;
        };
        // The start tag may have been where now is something unreadable, be it
        // in the tag around.
        if !parent.is_tag_checked {
            parent.is_tag_checked = true;
            let damaged = !Attributes::are_whole(parent.attributes)
                || parent.attributes.contains(is_strange);
            if parent.before_text.is_none() && damaged {
                parent.before_text = Some(0);
            }
        }
        if let Some(before) = parent.before_text.take() {
            parent.children.iter_mut().skip(before).for_each(|c| c.astray = true);
        }
    }

    /// A processing instruction. Returns where to start anew.
    fn instruction(&mut self, at: usize, end: usize) -> Option<usize> {
        let inside = self.slice(at + 2, end);
        let known = ["xpacket", "xml", "adobe-"].iter().any(|n| inside.starts_with(n));
        // Without its own `?>` it would swallow all up to the next.
        let tag = inside.find('<').filter(|_| known)?;
        self.problems.add(at, Fault::Tag);
        let own = inside.find('>').filter(|end| *end < tag);
        Some(at + 2 + own.map_or(tag, |end| end + 1))
    }

    /// What the tokenizer cannot read. Returns where to start anew.
    fn broken(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        if rest.starts_with("<!--") || rest.starts_with("<![CDATA[") {
            // Without its end, all of the rest may belong to it.
            return None;
        }
        if rest.starts_with("<?") {
            return self.instruction(at, self.text.len());
        }
        if rest.starts_with("<!") {
            return self.bare(at);
        }
        if let Some(tag) = rest.strip_prefix("</") {
            return tag.find('<').map(|len| {
                self.problems.add(at, Fault::Tag);
                self.end(at, at + 2 + len + 1);
                at + 2 + len
            });
        }
        let tag = rest.get(1..)?;
        let Some(name) = name_at(tag) else { return self.bare(at) };
        let len = tag.find('<').unwrap_or(tag.len());
        self.problems.add(at, Fault::Tag);
        let attributes = tag.get(name.len()..len).unwrap_or_default();
        self.torn(name, attributes, at + 1 + name.len());
        (len < tag.len()).then_some(at + 1 + len)
    }

    /// `<` stands for itself.
    fn bare(&mut self, at: usize) -> Option<usize> {
        self.problems.add(at, Fault::Tag);
        if at + 1 >= self.text.len() {
            return None;
        }
        self.push_text(self.slice(at, at + 1), at);
        Some(at + 1)
    }

    fn push(&mut self, name: &'a str, attributes: &'a str, at: usize, inner: usize) {
        self.elements += 1;
        if self.elements > self.limits.elements {
            self.problems.add(at, Fault::Limit(Cap::Elements));
            return;
        }
        if self.too_deep > 0 || self.open.len() >= self.limits.depth {
            self.problems.add(at, Fault::Limit(Cap::Depth));
            // What is left out of it does not leave it blank.
            if let Some(parent) = self.open.last_mut() {
                parent.end = End::Torn;
            }
            self.too_deep += 1;
            return;
        }
        self.open.push(Element {
            name,
            attributes,
            attributes_at: at,
            text: Cow::Borrowed(""),
            text_at: inner,
            inner: (inner, inner),
            children: Vec::new(),
            before_text: None,
            is_tag_checked: false,
            astray: false,
            end: End::Whole,
        });
    }

    /// Ends the innermost element before `at`.
    fn close(&mut self, at: usize, end: End) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(mut element) = self.open.pop() else { return };
        element.inner.1 = at.max(element.inner.0);
        if element.end != End::Torn {
            element.end = end;
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.roots.push(element),
        }
    }

    fn push_text(&mut self, text: &'a str, at: usize) {
        if memchr::memchr(b'\r', text.as_bytes()).is_some() {
            // XML 1.0, 2.11.
            self.push_owned(&text.replace("\r\n", "\n").replace('\r', "\n"), at);
            return;
        }
        match self.text_owner() {
            Some(element) if element.takes_anew(text) => {
                element.note_text(text);
                element.text = Cow::Borrowed(text);
                element.text_at = at;
            }
            _ => self.push_owned(text, at),
        }
    }

    fn push_owned(&mut self, text: &str, at: usize) {
        let Some(element) = self.text_owner() else { return };
        element.note_text(text);
        if element.takes_anew(text) {
            element.text = Cow::Owned(text.to_owned());
            element.text_at = at;
        } else if element.children.is_empty() {
            element.text.to_mut().push_str(text);
        }
    }

    fn text_owner(&mut self) -> Option<&mut Element<'a>> {
        self.open.last_mut().filter(|_| self.too_deep == 0)
    }

    /// Takes the entities of a document type: XML 1.0, 4.2. Those that refer to
    /// others or to files are not declared for us.
    fn declare(&mut self, doctype: &'a str) {
        let declarations = doctype.split("<!ENTITY").skip(1);
        for (n, declaration) in declarations.enumerate() {
            if n >= self.limits.entities {
                let at = declaration.as_ptr() as usize - self.text.as_ptr() as usize;
                self.problems.add(at, Fault::Limit(Cap::Entities));
                break;
            }
            let declaration = declaration.trim_start_matches(is_space);
            let Some(name) = name_at(declaration) else { continue };
            let rest = declaration.get(name.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(is_space);
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\''))
            else {
                continue;
            };
            let value = rest.get(1..).and_then(|r| r.split_once(quote)).map(|(v, _)| v);
            if let Some(value) = value.filter(|v| v.len() <= ENTITY && !v.contains('&')) {
                self.entities.push((name, value));
            }
        }
    }

    fn finish(&mut self) {
        let at = self.text.len();
        self.too_deep = 0;
        if !self.open.is_empty() && self.elements <= self.limits.elements {
            self.problems.add(at, Fault::Truncated);
        }
        while !self.open.is_empty() {
            self.close(at, End::Cut);
        }
    }
}

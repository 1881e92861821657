//! The tags of a page, one after the other.

use std::collections::BTreeMap;

use html5gum::Span;
use html5gum::emitters::callback::CallbackEvent;

use super::super::json_ld::Works;
use super::super::{Decoded, charset::Text, markup};
use crate::model::{BlockKind, Property};
use crate::read::vocabulary::{self, Term};
use crate::read::{Cap, Limits, Pair, Stop};

/// The attributes that are looked at.
const ATTRIBUTES: [&str; 10] = [
    "about", "content", "href", "lang", "name", "property", "rel", "resource", "src",
    "type",
];
/// Elements that have no content and no end tag (HTML, 13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

pub(super) struct Page<'a> {
    limits: &'a Limits,
    /// The start tag being read.
    name: String,
    attributes: BTreeMap<&'static str, Attribute>,
    /// The attribute being read.
    attribute: Option<&'static str>,
    /// Elements whose text is being read.
    captures: Vec<Capture>,
    /// Elements that say what everything inside is about.
    subjects: Vec<Subject>,
    /// Elements of a subject that were too deep to be kept.
    lost_subject: bool,
    /// The script of JSON-LD being read.
    script: Option<(usize, Vec<u8>)>,
    works: Works,
    is_titled: bool,
    /// How many `svg` elements are open: a title in one is that of a picture.
    pictures: usize,
    elements: bool,
    /// Whether there was a start tag `html`, and an end tag.
    root: (bool, bool),
    pairs: Vec<Pair>,
    problems: Vec<(usize, Stop)>,
}

#[derive(Default)]
struct Attribute {
    value: Vec<u8>,
    at: Option<usize>,
}

/// An element whose text is the value of a property.
struct Capture {
    term: &'static Term,
    element: Open,
    text: Vec<u8>,
    at: usize,
}

/// An element with `about`.
struct Subject {
    element: Open,
    is_page: bool,
}

/// An element that is open, and how many of the same name are inside.
struct Open {
    name: String,
    inside: usize,
}

impl Open {
    fn start(&mut self, name: &str) {
        self.inside += usize::from(self.name == name);
    }

    /// Whether an end tag of this name ends it.
    fn is_ended_by(&mut self, name: &[u8]) -> bool {
        if self.name.as_bytes() != name {
            return false;
        }
        match self.inside.checked_sub(1) {
            Some(inside) => self.inside = inside,
            None => return true,
        }
        false
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            name: String::new(),
            attributes: BTreeMap::new(),
            attribute: None,
            captures: Vec::new(),
            subjects: Vec::new(),
            lost_subject: false,
            script: None,
            works: Works::default(),
            is_titled: false,
            pictures: 0,
            elements: false,
            root: (false, false),
            pairs: Vec::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name =
                    String::from_utf8_lossy(name.get(..32).unwrap_or(name)).into();
                self.attributes.clear();
                self.attribute = None;
            }
            CallbackEvent::AttributeName { name } => {
                let known = ATTRIBUTES.into_iter().find(|a| a.as_bytes() == name);
                // Of two with one name, the first counts (HTML, 13.2.5.33).
                self.attribute = known.filter(|a| !self.attributes.contains_key(a));
                if let Some(name) = self.attribute {
                    self.attributes.insert(name, Attribute::default());
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let attribute = self.attribute.and_then(|a| self.attributes.get_mut(a));
                if let Some(attribute) = attribute {
                    attribute.at.get_or_insert(span.start);
                    if add(&mut attribute.value, value, self.limits.value) {
                        return;
                    }
                    self.problems.push((span.start, self.limits.over(Cap::Value)));
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start(span.end),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text(value, span.start),
            _ => {}
        }
    }

    /// A start tag that ends at `end`.
    fn start(&mut self, end: usize) {
        let name = std::mem::take(&mut self.name);
        self.elements = true;
        self.root.0 |= name == "html";
        self.pictures += usize::from(name == "svg");
        let is_void = VOID.contains(&&*name);
        if !is_void {
            self.captures.iter_mut().for_each(|c| c.element.start(&name));
            self.subjects.iter_mut().for_each(|s| s.element.start(&name));
        }
        let is_page = match self.attributes.get("about") {
            Some(about) => {
                let is_page = about.value.is_empty();
                if !is_void && self.subjects.len() < self.limits.html_depth {
                    let element = Open { name: name.clone(), inside: 0 };
                    self.subjects.push(Subject { element, is_page });
                } else if !is_void && !is_page {
                    self.lost_subject = true;
                    self.problems.push((end, self.limits.over(Cap::HtmlDepth)));
                }
                is_page
            }
            None => self.subjects.last().is_none_or(|subject| subject.is_page),
        };
        if is_page && !self.lost_subject {
            self.statements(&name, is_void, end);
        }
        self.name = name;
    }

    /// What a tag that is about the page says.
    fn statements(&mut self, name: &str, is_void: bool, end: usize) {
        let rel = self.value("rel");
        if let Some((href, at)) = self.value("href").or_else(|| self.value("resource")) {
            let links = matches!(name, "a" | "area" | "link");
            let relations = words(&rel).filter_map(|relation| match &*relation {
                "license" | "copyright" if links => term(&format!("rel={relation}")),
                _ => property(&relation).filter(|term| is_address(term)),
            });
            for term in each_once(relations) {
                self.say(term, href.clone(), at);
            }
        }
        let properties = self.value("property");
        for term in each_once(words(&properties).filter_map(|name| property(&name))) {
            let address =
                ["href", "resource", "src"].into_iter().find_map(|a| self.value(a));
            if let Some((content, at)) = self.value("content") {
                self.say(term, content, at);
            } else if let (true, Some((href, at))) = (is_address(term), address) {
                if rel.is_none() {
                    self.say(term, href, at);
                }
            } else if !is_void {
                self.capture(term, name, end);
            }
        }
        match name {
            "title" if !self.is_titled && self.pictures == 0 => {
                self.is_titled = true;
                if let Some(term) = term("title") {
                    self.capture(term, name, end);
                }
            }
            "meta" => {
                let named = self.value("name").map(|(name, _)| meta(&name));
                if let (Some(Some(term)), Some((content, at))) =
                    (named, self.value("content"))
                {
                    self.say(term, content, at);
                }
            }
            "script" => {
                let json = self.value("type").is_some_and(|(t, _)| {
                    t.trim().eq_ignore_ascii_case("application/ld+json")
                });
                self.script = json.then(|| (end, Vec::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.root.1 |= [&b"html"[..], b"body"].contains(&name);
        if name == b"svg" {
            self.pictures = self.pictures.saturating_sub(1);
        }
        if name == b"script"
            && let Some((at, text)) = self.script.take()
        {
            let done = self.works.read(&text, at, self.limits);
            self.problems.extend(done.err().map(|stop| (at, stop)));
        }
        let mut open = Vec::new();
        // In the order in which they began, which is the one of the page.
        for mut capture in std::mem::take(&mut self.captures) {
            match capture.element.is_ended_by(name) {
                true => self.say(capture.term, text_of(&capture.text), capture.at),
                false => open.push(capture),
            }
        }
        self.captures = open;
        if let Some(n) =
            self.subjects.iter_mut().rposition(|s| s.element.is_ended_by(name))
        {
            self.subjects.truncate(n);
        }
    }

    fn text(&mut self, text: &[u8], at: usize) {
        if let Some((_, script)) = &mut self.script
            && !add(script, text, self.limits.script)
        {
            self.script = None;
            self.problems.push((at, self.limits.over(Cap::Script)));
        }
        let before = self.captures.len();
        let limit = self.limits.value;
        self.captures.retain_mut(|capture| add(&mut capture.text, text, limit));
        if self.captures.len() < before {
            self.problems.push((at, self.limits.over(Cap::Value)));
        }
    }

    fn capture(&mut self, term: &'static Term, name: &str, end: usize) {
        if self.captures.len() >= self.limits.html_depth {
            self.problems.push((end, self.limits.over(Cap::HtmlDepth)));
            return;
        }
        let element = Open { name: name.to_owned(), inside: 0 };
        self.captures.push(Capture { term, element, text: Vec::new(), at: end });
    }

    fn value(&self, name: &str) -> Option<(String, usize)> {
        let attribute = self.attributes.get(name)?;
        Some((text_of(&attribute.value), attribute.at.unwrap_or_default()))
    }

    fn say(&mut self, term: &Term, value: String, at: usize) {
        // One more than are kept, for the caller to see that there are more.
        if self.pairs.len() <= self.limits.statements as usize {
            let key = term.key.to_owned();
            self.pairs.push(Pair { key, value, lang: None, offset: at as u64 });
        }
    }

    /// Hands over what was found, with its places in the bytes of `source`.
    pub(super) fn finish(
        mut self,
        source: &Text<'_>,
        out: &mut Decoded,
    ) -> Result<(), Stop> {
        self.pairs.extend(self.works.pairs());
        self.pairs.sort_by_key(|pair| pair.offset);
        for mut pair in self.pairs {
            pair.offset = source.place(pair.offset as usize);
            out.pair(BlockKind::Html, pair);
        }
        self.problems.sort_by_key(|(at, _)| *at);
        self.problems.dedup_by_key(|(_, stop)| stop.to_string());
        for (at, stop) in self.problems {
            out.problem(source.place(at), stop);
        }
        if !self.elements {
            return Err(Stop::Malformed("the page has no element"));
        }
        if !self.captures.is_empty() || self.script.is_some() {
            return Err(Stop::Malformed("the page ends inside an element"));
        }
        // It may be left out (HTML, 13.1.2.4). A page that does so, without the one
        // of its body, and says where it begins is rare; one that was cut short is
        // not.
        if self.root == (true, false) {
            return Err(Stop::Malformed("the page ends before its end tag"));
        }
        Ok(())
    }
}

/// Appends, unless that makes `to` longer than `limit`.
fn add(to: &mut Vec<u8>, bytes: &[u8], limit: u64) -> bool {
    let fits = (to.len() + bytes.len()) as u64 <= limit;
    if fits {
        to.extend_from_slice(bytes);
    }
    fits
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The words of an attribute, in lower case but for what follows a colon.
fn words(value: &Option<(String, usize)>) -> impl Iterator<Item = String> {
    let value = value.as_ref().map_or("", |(value, _)| value);
    value.split_ascii_whitespace().map(|word| match word.contains(':') {
        true => word.to_owned(),
        false => word.to_ascii_lowercase(),
    })
}

/// Terms without those that came before: an attribute that lists them is a set (RDFa
/// Core 1.1, 5), which cannot have more than the vocabulary.
fn each_once(terms: impl Iterator<Item = &'static Term>) -> Vec<&'static Term> {
    let mut set: Vec<&'static Term> = Vec::new();
    for term in terms {
        if set.iter().all(|known| known.key != term.key) {
            set.push(term);
        }
    }
    set
}

/// The row of the vocabulary for `name`, in any case.
fn term(name: &str) -> Option<&'static Term> {
    vocabulary::row(BlockKind::Html, name)
}

/// The row of a property of RDFa: `cc:license`, or its whole address. The
/// prefixes are those of the initial context of RDFa and of ccREL.
fn property(name: &str) -> Option<&'static Term> {
    let (prefix, local) = match name.rsplit_once(['#', '/']) {
        Some((start, local)) if name.starts_with("http") => {
            let uri = name.get(..=start.len())?;
            (markup::prefix_of(uri)?, local)
        }
        _ => {
            let (prefix, local) = name.split_once([':', '.'])?;
            let prefix = match &*prefix.to_ascii_lowercase() {
                "dct" | "dcterms" | "dcterm" => "dcterms",
                "dc" | "dc11" => "dc",
                "cc" => "cc",
                "xhv" => "xhv",
                _ => return None,
            };
            (prefix, local)
        }
    };
    term(&format!("{prefix}:{local}"))
}

/// The row of a name of `meta`: `DC.Rights`, `dcterms:license`, `copyright`.
fn meta(name: &str) -> Option<&'static Term> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("title") {
        return term("meta.title");
    }
    if name.contains(['=', '/']) || name.len() > 40 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("schema:") {
        return None;
    }
    term(&lower.replacen(':', ".", 1).replacen("dct.", "dcterms.", 1))
        .or_else(|| property(name))
}

/// Whether the value of a property is the address of something.
fn is_address(term: &Term) -> bool {
    matches!(
        term.property,
        Property::License
            | Property::AttributionUrl
            | Property::Source
            | Property::MorePermissions
            | Property::UseGuidelines
    )
}

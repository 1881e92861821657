//! JSON-LD in a page (JSON-LD 1.1, 7; schema.org): what it says about the work
//! that the page is or shows.
//!
//! A page may list works of others. Its own word are the objects whose type is
//! a kind of page, and of the rest one that stands alone: a single article, or
//! where there is none, a single picture.

use serde_json::{Map, Value};

use crate::model::BlockKind;
use crate::read::{Cap, Limits, Pair, Stop, vocabulary};

/// The works that the scripts of a page describe.
#[derive(Default)]
pub(super) struct Works {
    found: Vec<(Kind, Vec<Pair>)>,
    /// Which limit was reached.
    over: Option<Cap>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Work,
    Medium,
}

impl Works {
    /// Reads a script that begins at `at`.
    pub(super) fn read(
        &mut self,
        script: &[u8],
        at: usize,
        limits: &Limits,
    ) -> Result<(), Stop> {
        // The parser refuses what is nested deeper than 128.
        let value: Value = serde_json::from_slice(script)
            .map_err(|_| Stop::Malformed("JSON-LD is not well-formed JSON"))?;
        for object in list(&value) {
            self.object(object, at, limits);
            for object in object.get("@graph").map(list).into_iter().flatten() {
                self.object(object, at, limits);
            }
        }
        self.over.take().map_or(Ok(()), |cap| Err(limits.over(cap)))
    }

    fn object(&mut self, value: &Value, at: usize, limits: &Limits) {
        let Value::Object(object) = value else { return };
        let Some(kind) = kind(object) else { return };
        self.work(kind, object, at, limits);
        let main = object.get("mainEntity").filter(|_| kind == Kind::Page);
        if let Some(Value::Object(main)) = main
            && let Some(kind) = self::kind(main)
        {
            self.work(kind, main, at, limits);
        }
    }

    fn work(
        &mut self,
        kind: Kind,
        object: &Map<String, Value>,
        at: usize,
        limits: &Limits,
    ) {
        if self.found.len() >= limits.json_objects {
            self.over.get_or_insert(Cap::JsonObjects);
            return;
        }
        let mut all = Vec::new();
        for (name, value) in object {
            let Some(term) = term(name) else { continue };
            if list(value).count() > limits.json_values {
                self.over.get_or_insert(Cap::JsonValues);
            }
            all.extend(pairs(term, value, at, limits.json_values));
        }
        self.found.push((kind, all));
    }

    /// What was said about the page.
    pub(super) fn pairs(&mut self) -> Vec<Pair> {
        let count = |kind| self.found.iter().filter(|(k, _)| *k == kind).count();
        let (pages, works, media) =
            (count(Kind::Page), count(Kind::Work), count(Kind::Medium));
        let is_own = |kind| match kind {
            Kind::Page => true,
            Kind::Work => works == 1,
            Kind::Medium => media == 1 && works == 0 && pages == 0,
        };
        let own = std::mem::take(&mut self.found).into_iter().filter(|(k, _)| is_own(*k));
        own.flat_map(|(_, pairs)| pairs).collect()
    }
}

/// What kind of work an object is, by its type; `None` for people, sites and
/// whatever is no work.
fn kind(object: &Map<String, Value>) -> Option<Kind> {
    let types = object.get("@type").map(list).into_iter().flatten();
    let mut kinds = types.filter_map(Value::as_str).map(|t| match local(t) {
        "ImageObject" | "Photograph" | "VideoObject" | "AudioObject" | "MediaObject"
        | "3DModel" | "DataDownload" => Some(Kind::Medium),
        t if t.ends_with("Page") => Some(Kind::Page),
        "CreativeWork" | "Article" | "NewsArticle" | "ScholarlyArticle"
        | "TechArticle" | "Report" | "BlogPosting" | "Book" | "Chapter" | "Course"
        | "Dataset" | "DigitalDocument" | "Guide" | "HowTo" | "LearningResource"
        | "Manuscript" | "Map" | "Painting" | "Play" | "Poster" | "Recipe" | "Review"
        | "Sculpture" | "SheetMusic" | "SoftwareSourceCode" | "Thesis"
        | "VisualArtwork" | "ArchiveComponent" | "Drawing" | "Collection" => {
            Some(Kind::Work)
        }
        _ => None,
    });
    kinds.find_map(|kind| kind)
}

/// The row of the vocabulary for a property.
fn term(name: &str) -> Option<&'static vocabulary::Term> {
    let name = format!("schema:{}", local(name));
    vocabulary::terms().find(|t| t.block == BlockKind::Html && t.key == name)
}

/// The values of a property, so many at most.
fn pairs(term: &vocabulary::Term, value: &Value, at: usize, most: usize) -> Vec<Pair> {
    let texts = list(value).take(most).filter_map(|value| text(term.key, value));
    let pair = |text: &str| Pair {
        key: term.key.to_owned(),
        value: text.to_owned(),
        lang: None,
        offset: at as u64,
    };
    texts.map(pair).collect()
}

/// A text, or what stands for an object: the name of somebody, the address of
/// anything else.
fn text<'v>(property: &str, value: &'v Value) -> Option<&'v str> {
    let object = match value {
        Value::String(text) => return Some(text),
        Value::Object(object) => object,
        _ => return None,
    };
    let somebody = ["author", "creator", "copyrightHolder", "publisher"];
    let keys: &[&str] = match somebody.contains(&local(property)) {
        true => &["name", "@value"],
        false => &["@id", "url", "@value", "name"],
    };
    keys.iter().find_map(|key| object.get(*key)?.as_str())
}

/// The items of an array, or the one value.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let items: &[Value] = match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    };
    items.iter()
}

/// A name without its vocabulary: `https://schema.org/license`, `schema:license`.
fn local(name: &str) -> &str {
    name.rsplit(['/', '#', ':']).next().unwrap_or_default()
}

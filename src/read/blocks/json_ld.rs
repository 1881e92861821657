//! JSON-LD in a page (JSON-LD 1.1, 7; schema.org): what it says about the work
//! that the page is or shows.
//!
//! A page may list works of others. Its own word are the objects whose type is
//! a kind of page, and of the rest one that stands alone: a single article, or
//! where there is none, a single picture.

use serde_json::{Map, Value};

use crate::model::BlockKind;
use crate::read::{Pair, Stop, vocabulary};

/// How many objects are looked at, and how many values of one property.
const OBJECTS: usize = 1_000;
const VALUES: usize = 100;

/// The works that the scripts of a page describe.
#[derive(Default)]
pub(super) struct Works {
    found: Vec<(Kind, Vec<Pair>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Work,
    Medium,
}

impl Works {
    /// Reads a script that begins at `at`.
    pub(super) fn read(&mut self, script: &[u8], at: usize) -> Result<(), Stop> {
        // The parser refuses what is nested deeper than 128.
        let value: Value = serde_json::from_slice(script)
            .map_err(|_| Stop::Malformed("JSON-LD is not well-formed JSON"))?;
        for object in list(&value) {
            self.object(object, at);
            for object in object.get("@graph").map(list).into_iter().flatten() {
                self.object(object, at);
            }
        }
        match self.found.len() < OBJECTS {
            true => Ok(()),
            false => Err(Stop::Limit("more objects of JSON-LD than the limit allows")),
        }
    }

    fn object(&mut self, value: &Value, at: usize) {
        let Value::Object(object) = value else { return };
        let Some(kind) = kind(object).filter(|_| self.found.len() < OBJECTS) else {
            return;
        };
        self.found.push((kind, all_pairs(object, at)));
        let main = object.get("mainEntity").filter(|_| kind == Kind::Page);
        if let Some(Value::Object(main)) = main
            && let Some(kind) = self::kind(main)
        {
            self.found.push((kind, all_pairs(main, at)));
        }
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
    let mut kinds =
        types.filter_map(Value::as_str).take(VALUES).map(|t| match local(t) {
            "ImageObject" | "Photograph" | "VideoObject" | "AudioObject"
            | "MediaObject" | "3DModel" | "DataDownload" => Some(Kind::Medium),
            t if t.ends_with("Page") => Some(Kind::Page),
            "CreativeWork" | "Article" | "NewsArticle" | "ScholarlyArticle"
            | "TechArticle" | "Report" | "BlogPosting" | "Book" | "Chapter"
            | "Course" | "Dataset" | "DigitalDocument" | "Guide" | "HowTo"
            | "LearningResource" | "Manuscript" | "Map" | "Painting" | "Play"
            | "Poster" | "Recipe" | "Review" | "Sculpture" | "SheetMusic"
            | "SoftwareSourceCode" | "Thesis" | "VisualArtwork" | "ArchiveComponent"
            | "Drawing" | "Collection" => Some(Kind::Work),
            _ => None,
        });
    kinds.find_map(|kind| kind)
}

fn all_pairs(object: &Map<String, Value>, at: usize) -> Vec<Pair> {
    object.iter().flat_map(|(name, value)| pairs(name, value, at)).collect()
}

/// The values of a property that the vocabulary has.
fn pairs(name: &str, value: &Value, at: usize) -> Vec<Pair> {
    let name = format!("schema:{}", local(name));
    let known = |t: &&vocabulary::Term| t.block == BlockKind::Html && t.key == name;
    let Some(term) = vocabulary::terms().find(known) else { return Vec::new() };
    let texts = list(value).take(VALUES).filter_map(|value| text(&name, value));
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

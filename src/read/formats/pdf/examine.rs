//! What the pages of a document say: the metadata of pages and of the pictures on
//! them (ISO 32000-2, 14.3.2), links (12.5.6.5) and text.
//!
//! A work states its license where it begins or where it ends, so the text of the
//! first two and the last two pages is read; of 26 documents with such a statement
//! among 4,022, none had it elsewhere. The pages between are looked at for links to
//! sites that name licenses, and read only where there is one. What stands there
//! is aside: it may be about a picture or a chapter.
//!
//! What cannot be read of the first and the last pages is damage, because the
//! license may stand there. What was not looked at between them is
//! [`Stop::Unexamined`]: nothing there states the license of the work by itself.

use std::collections::HashSet;

use super::document::Document;
use super::object::{Dict, Object};
use super::pages::{End, Page, Walk};
use super::strings;
use super::text::{Reader, passages};
use crate::model::BlockKind;
use crate::read::{Cap, Found, Pair, Stop};

/// How many pages at either end are read.
const EDGE: usize = 2;
/// Up to which length a file is read as a whole, in bytes: before its pages are
/// looked at, and once so many calls have been needed that one more is cheaper.
const SHORT: u64 = 32 << 10;
const MEDIUM: u64 = 512 << 10;
const CALLS: u64 = 16;
/// The longest address of a link that is kept, in bytes.
const ADDRESS: usize = 2_000;
/// The sites that name licenses.
const SITES: [&str; 6] = [
    "creativecommons.org",
    "creativecommons.net",
    "creativecommons.com",
    "licensebuttons.net",
    "rightsstatements.org",
    "spdx.org/licenses/",
];

/// What is found on the pages, and what is left of the limits.
struct Examiner<'f> {
    found: &'f mut Found,
    reader: Reader,
    /// How many annotations may still be looked at.
    annotations: u32,
    /// The metadata streams that have been read, by object number.
    metadata: HashSet<u32>,
    /// Whether a link or a picture could not be had.
    missed: bool,
    /// What is wrong with the pages themselves.
    problems: Vec<Stop>,
}

/// Reads the pages, and returns what went wrong with the structure of the document.
pub(super) fn read(document: &mut Document<'_, '_>, found: &mut Found) -> Vec<Stop> {
    // Without the password there is nothing to read, and that is said already.
    if document.crypt.as_ref().is_some_and(|crypt| crypt.is_locked()) {
        return Vec::new();
    }
    // So is a catalog that cannot be had.
    let Ok(catalog) = document.catalog() else { return Vec::new() };
    let Some(root) = catalog.get("Pages").cloned() else { return Vec::new() };
    let limits = document.source.input.limits();
    let mut examiner = Examiner {
        found,
        reader: Reader::new(limits),
        annotations: limits.annotations,
        metadata: HashSet::new(),
        missed: false,
        problems: Vec::new(),
    };
    if let Some(Object::Ref(id)) = catalog.get("Metadata") {
        examiner.metadata.insert(id.number);
    }
    let held = document.source.input.hold(SHORT);
    if let Err(stop) = held.and_then(|()| examiner.pages(document, &root)) {
        examiner.problems.push(stop);
    }
    examiner.problems
}

impl Examiner<'_> {
    fn pages(
        &mut self,
        document: &mut Document<'_, '_>,
        root: &Object,
    ) -> Result<(), Stop> {
        // It may have a page to each entry: once is enough.
        let Some(root) = self.soft(document.resolve(root))? else { return Ok(()) };
        let mut last = Vec::new();
        let mut walk = Walk::new(root.clone(), End::Last);
        while last.len() < EDGE
            && let Some(page) = self.next(&mut walk, document)?
        {
            last.push(page);
        }
        last.reverse();
        let is_last = |page: &Page| {
            page.object != 0 && last.iter().any(|l| l.object == page.object)
        };
        let limit = document.source.input.limits().pages as usize;
        let mut walk = Walk::new(root.clone(), End::First);
        let mut number = 0;
        let mut met = 0;
        while met < last.len() && number < limit.max(EDGE) {
            let Some(page) = self.next(&mut walk, document)? else { break };
            number += 1;
            let at_end = is_last(&page);
            met += usize::from(at_end);
            self.page(document, &page, number, number <= EDGE || at_end)?;
        }
        let rest = last.len().saturating_sub(met);
        if rest == 0 || walk.is_over() {
            return Ok(());
        }
        let count = root.dict().and_then(|root| root.integer("Count"));
        let count = count.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let total = count.max(number + rest);
        if total > number + rest {
            self.found.skip(document.limits().aside(Cap::Pages));
        }
        for (back, page) in (0..rest).rev().zip(last.iter().skip(met)) {
            self.page(document, page, total - back, true)?;
        }
        Ok(())
    }

    /// The next page that can be had.
    fn next(
        &mut self,
        walk: &mut Walk,
        document: &mut Document<'_, '_>,
    ) -> Result<Option<Page>, Stop> {
        loop {
            // Each turn takes a node off the walk.
            let next = walk.next(document);
            if let Some(page) = self.soft(next)? {
                return Ok(page);
            }
        }
    }

    /// Reads one page; of one that is not at the edge, only the links, and the
    /// text around those.
    fn page(
        &mut self,
        document: &mut Document<'_, '_>,
        page: &Page,
        number: usize,
        is_edge: bool,
    ) -> Result<(), Stop> {
        let input = &mut document.source.input;
        if input.cost().calls > CALLS {
            input.hold(MEDIUM)?;
        }
        if is_edge {
            self.xmp(document, &page.dict, &format!("Page{number}"))?;
            self.pictures(document, page, number)?;
        }
        let key = format!("{}page-{number}", if is_edge { "" } else { "inner-" });
        let links = self.links(document, page)?;
        let has_link = !links.is_empty();
        for (value, offset) in links {
            let pair = Pair { key: key.clone(), value, lang: None, offset };
            self.found.pair(BlockKind::PdfLink, pair);
        }
        if !is_edge && !has_link {
            return Ok(());
        }
        let shown = self.reader.read(document, page)?;
        let (passages, more) = passages(&shown.text, document.limits().passages);
        for passage in passages {
            let value = passage.to_owned();
            let pair = Pair { key: key.clone(), value, lang: None, offset: page.at };
            self.found.pair(BlockKind::PdfText, pair);
        }
        let more = more.then(|| document.limits().over(Cap::Passages));
        match shown.problem.or(more) {
            Some(Stop::Malformed(_)) if is_edge => {
                let stop = Stop::Malformed("the content of a page is damaged");
                self.found.skip_at(page.at, stop);
            }
            Some(stop) if is_edge => self.found.skip_at(page.at, stop),
            Some(_) => {
                let what = "the text around a link was not all read";
                self.found.skip_at(page.at, Stop::Unexamined(what));
            }
            None => {}
        }
        Ok(())
    }

    /// The addresses of links on a page that lead to a site that names licenses,
    /// each once, with its place.
    fn links(
        &mut self,
        document: &mut Document<'_, '_>,
        page: &Page,
    ) -> Result<Vec<(String, u64)>, Stop> {
        let mut links: Vec<(String, u64)> = Vec::new();
        let annotations = page.dict.get("Annots").cloned().unwrap_or_default();
        let Some(Object::Array(annotations)) =
            self.aside(document.resolve(&annotations))?
        else {
            return Ok(links);
        };
        for annotation in annotations {
            let Some(left) = self.annotations.checked_sub(1) else {
                self.found.skip_at(page.at, document.limits().aside(Cap::Annotations));
                break;
            };
            self.annotations = left;
            let Some(Object::Dict(annotation)) =
                self.aside(document.resolve(&annotation))?
            else {
                continue;
            };
            let Some(action) = annotation.get("A").cloned() else { continue };
            let Some(Object::Dict(action)) = self.aside(document.resolve(&action))?
            else {
                continue;
            };
            let Some(address) = action.get("URI").cloned() else { continue };
            let Some(Object::String(address)) = self.aside(document.resolve(&address))?
            else {
                continue;
            };
            let offset = address.offset;
            let address = strings::decode(&address.bytes).text;
            let lower = address.to_ascii_lowercase();
            if address.len() <= ADDRESS
                && SITES.iter().any(|site| lower.contains(site))
                && links.iter().all(|(known, _)| *known != address)
            {
                links.push((address, offset));
            }
        }
        Ok(links)
    }

    /// The metadata of the pictures on a page.
    fn pictures(
        &mut self,
        document: &mut Document<'_, '_>,
        page: &Page,
        number: usize,
    ) -> Result<(), Stop> {
        let Some(Object::Dict(resources)) =
            self.aside(document.resolve(&page.resources))?
        else {
            return Ok(());
        };
        let objects = resources.get("XObject").cloned().unwrap_or_default();
        let Some(Object::Dict(objects)) = self.aside(document.resolve(&objects))? else {
            return Ok(());
        };
        let most = document.limits().pictures;
        if objects.0.len() > most {
            self.found.skip_at(page.at, document.limits().aside(Cap::Pictures));
        }
        for (name, object) in objects.0.iter().take(most) {
            let Some(Object::Dict(object)) = self.aside(document.resolve(object))? else {
                continue;
            };
            if object.name("Subtype") == Some(b"Image") {
                let name = String::from_utf8_lossy(name);
                let name: String =
                    name.chars().filter(char::is_ascii_alphanumeric).collect();
                self.xmp(document, &object, &format!("Page{number}/{name}"))?;
            }
        }
        Ok(())
    }

    /// The metadata stream of a page or a picture.
    fn xmp(
        &mut self,
        document: &mut Document<'_, '_>,
        dict: &Dict,
        part: &str,
    ) -> Result<(), Stop> {
        let Some(Object::Ref(id)) = dict.get("Metadata") else { return Ok(()) };
        if !self.metadata.insert(id.number) {
            return Ok(());
        }
        let Some(Some(placed)) = self.aside(document.load(id.number))? else {
            return Ok(());
        };
        if placed.stream.is_none() {
            return Ok(());
        }
        match document.stream(&placed, document.room(Cap::Inflated)) {
            Ok(stream) => {
                self.found.metadata(stream);
                self.found.of_part(part.to_owned());
            }
            Err(stop) => drop(self.aside::<()>(Err(stop))?),
        }
        Ok(())
    }

    /// Nothing, where a link or a picture cannot be had: that is said once. What is
    /// of the file system stays an error.
    fn aside<T>(&mut self, got: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match got {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Io(error)) => Err(Stop::Io(error)),
            Err(_) => {
                if !self.missed {
                    self.missed = true;
                    let what = "not all links and pictures of the pages can be read";
                    self.found.skip(Stop::Unexamined(what));
                }
                Ok(None)
            }
        }
    }

    /// Nothing, where a page cannot be had: that is kept for once. What is of the
    /// file system stays an error.
    fn soft<T>(&mut self, got: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match got {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Io(error)) => Err(Stop::Io(error)),
            Err(stop) => {
                if self.problems.is_empty() {
                    self.problems.push(stop);
                }
                Ok(None)
            }
        }
    }
}

//! What the pages of a document say: the metadata of pages and of the pictures on
//! them (ISO 32000-2, 14.3.2), links (12.5.6.5) and text.
//!
//! A work states its license where it begins or where it ends, so the text of the
//! first two and the last two pages is read; of 26 documents with such a statement
//! among 4,022, none had it elsewhere. The pages between are looked at for links to
//! sites that name licenses, and read only where there is one. What stands there
//! is aside: it may be about a picture or a chapter.
//!
//! Where a repository has put a page before the document, what stands on it is of a
//! cover: [`cover`] has how that is known.
//!
//! What cannot be read of the first and the last pages is damage, because the
//! license may stand there. What was not looked at between them is
//! [`Stop::Unexamined`]: nothing there states the license of the work by itself.

use std::collections::HashSet;

use super::annotations::{self, Annotated};
use super::cover;
use super::document::Document;
use super::object::{Dict, Object};
use super::pages::{End, Page, Walk};
use super::text::{self, Reader, Shown, passages};
use crate::model::BlockKind;
use crate::read::{Cap, Found, Pair, Stop};

/// How many pages at either end are read.
const EDGE: usize = 2;
/// Up to which length a file is read as a whole, in bytes: before its pages are
/// looked at, and once so many calls have been needed that one more is cheaper.
const SHORT: u64 = 32 << 10;
const MEDIUM: u64 = 512 << 10;
const CALLS: u64 = 16;
/// What is found on the pages, and what is left of the limits.
struct Examiner<'f> {
    found: &'f mut Found,
    reader: Reader,
    /// How many annotations may still be looked at, between the edges and there: the
    /// first pages must not use up what the last ones need.
    annotations: [u32; 2],
    /// What the first page shows, until the next has been read.
    first: Option<String>,
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
        annotations: [limits.annotations; 2],
        first: None,
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
        let mut ahead = None;
        while met < last.len() && number < limit.max(EDGE) {
            let next = match ahead.take() {
                Some(page) => Some(page),
                None => self.next(&mut walk, document)?,
            };
            let Some(page) = next else { break };
            number += 1;
            let at_end = is_last(&page);
            met += usize::from(at_end);
            // The second page tells whether the first is a cover.
            if number == 1 && met < last.len() {
                ahead = self.next(&mut walk, document)?;
            }
            let is_edge = number <= EDGE || at_end;
            self.page(document, &page, number, is_edge, ahead.as_ref())?;
        }
        let rest = last.len().saturating_sub(met);
        if rest == 0 || walk.is_over() {
            return Ok(());
        }
        let count = root.dict().and_then(|root| root.integer("Count"));
        let count = count.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let total = count.max(number + rest);
        // A tree that claims fewer pages than it has is no reason to keep silent.
        let is_beyond = |page: Page| !is_last(&page);
        if total > number + rest || self.next(&mut walk, document)?.is_some_and(is_beyond)
        {
            self.found.skip(document.limits().aside(Cap::Pages));
        }
        for (back, page) in (0..rest).rev().zip(last.iter().skip(met)) {
            self.page(document, page, total - back, true, None)?;
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
    /// text around those. `next` is the page behind the first one.
    fn page(
        &mut self,
        document: &mut Document<'_, '_>,
        page: &Page,
        number: usize,
        is_edge: bool,
        next: Option<&Page>,
    ) -> Result<(), Stop> {
        let input = &mut document.source.input;
        if input.cost().calls > CALLS {
            input.hold(MEDIUM)?;
        }
        if is_edge {
            self.xmp(document, &page.dict, &format!("Page{number}"))?;
            self.pictures(document, page, number)?;
        }
        let [between, edges] = &mut self.annotations;
        let left = if is_edge { edges } else { between };
        let annotated = annotations::read(document, page, left)?;
        let Annotated { links, notes, problem } = annotated;
        let has_link = !links.is_empty();
        let shown = match is_edge || has_link {
            true => self.reader.read(document, page)?,
            false => Shown::default(),
        };
        let limit = document.limits().passages;
        let (passages, mut more) = passages(&shown.text, limit);
        let speaks = !passages.is_empty() || has_link;
        let kind = match next {
            _ if !is_edge => "inner-",
            Some(next)
                if speaks && cover::is_cover(document, &shown.text, page, next) =>
            {
                "cover-"
            }
            _ => "",
        };
        let key = format!("{kind}page-{number}");
        let pair = |value: &str, offset| Pair {
            key: key.clone(),
            value: value.to_owned(),
            lang: None,
            offset,
        };
        for (address, offset) in &links {
            self.found.pair(BlockKind::PdfLink, pair(address, *offset));
        }
        for passage in passages {
            self.found.pair(BlockKind::PdfText, pair(passage, page.at));
        }
        if is_edge || has_link {
            for (note, offset) in &notes {
                let (passages, further) = text::passages(note, limit);
                more |= further;
                for passage in passages {
                    self.found.pair(BlockKind::PdfText, pair(passage, *offset));
                }
            }
        }
        if let Some(first) = self.first.take().filter(|_| number == 2) {
            let rest = match shown.text.is_empty() {
                false => cover::mark(&shown.text),
                // A picture: another file, as far as its length tells.
                true => cover::mark(&document.source.input.len().to_string()),
            };
            self.found.first_page(cover::first_page(&first, rest));
        }
        self.first = (next.is_some() && speaks).then_some(shown.text);
        let more = more.then(|| document.limits().over(Cap::Passages));
        match problem {
            Some(stop) if is_edge => self.found.skip_at(page.at, stop),
            Some(Stop::Over(over)) => self.found.skip_at(page.at, Stop::Aside(over)),
            Some(_) => self.miss(),
            None => {}
        }
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

    /// Nothing, where a picture cannot be had: that is said once. What is of the file
    /// system stays an error.
    fn aside<T>(&mut self, got: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match got {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Io(error)) => Err(Stop::Io(error)),
            Err(_) => {
                self.miss();
                Ok(None)
            }
        }
    }

    /// Says once that something aside is missing.
    fn miss(&mut self) {
        if !self.missed {
            self.missed = true;
            let what = "not all links and pictures of the pages can be read";
            self.found.skip(Stop::Unexamined(what));
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

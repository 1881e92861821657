//! Which first pages come again before works that are not alike.

use std::collections::HashMap;
use std::ops::Range;

use super::{Budget, EXAMPLES};
use crate::license::{Meaning, Role};
use crate::model::{
    AssetPath, BlockKind, Candidate, FirstPage, Licensing, Location, Record,
};

/// How many pages are kept apart.
const PAGES: usize = 20_000;
/// How many pages with the same mark a page is compared with.
const COMPARED: usize = 8;
/// How many works behind one page are told apart.
const WORKS: usize = 8;
/// How much of what a page says is kept, in characters.
const SHOWN: usize = 200;

/// The first pages of a collection that speak of a license.
#[derive(Debug, Default)]
pub struct Covers {
    pages: Vec<Cover>,
    /// The first pages that have a mark.
    by_mark: HashMap<u32, Vec<usize>>,
    budget: Budget,
}

/// A page, and the files that begin with it.
#[derive(Debug)]
pub struct Cover {
    /// What the first of them says of the license.
    pub text: String,
    /// How many files begin with it.
    pub files: u64,
    /// For how many of them nothing but the page settles the license.
    pub alone: u64,
    /// How many different works follow it, as far as that was counted.
    pub works: usize,
    /// Some of the files.
    pub paths: Vec<AssetPath>,
    page: FirstPage,
    meaning: Meaning,
    seen: Vec<u32>,
}

impl Covers {
    pub(super) fn add(&mut self, record: &Record) {
        let Some(page) = &record.evidence.first_page else { return };
        let evidence = &record.evidence;
        let speaks = |c: &&Candidate| {
            is_of_first(&evidence[c.statement].location)
                && matches!(
                    c.reference.role,
                    Role::Grant | Role::Exception | Role::Unclear
                )
        };
        let is_link =
            |c: &&Candidate| evidence[c.statement].location.block == BlockKind::PdfLink;
        // Words tell more than an address, which stands before them.
        let candidates = record.tasl.candidates.iter().filter(speaks);
        let Some(candidate) = candidates.min_by_key(is_link) else { return };
        let said =
            sentence(&evidence[candidate.statement].value, &candidate.reference.span);
        let n = self.find(page, &candidate.reference.meaning, said);
        let Some(cover) = n.and_then(|n| self.pages.get_mut(n)) else {
            self.budget.cut = true;
            return;
        };
        cover.files += 1;
        if !cover.seen.contains(&page.rest) && cover.seen.len() < WORKS {
            cover.seen.push(page.rest);
            cover.works = cover.seen.len();
        }
        let is_settled = matches!(record.tasl.license, Licensing::Settled(_));
        let mut from = record.tasl.grants.iter().flat_map(|g| &g.from);
        let only_there =
            is_settled && from.all(|id| is_of_first(&evidence[*id].location));
        cover.alone += u64::from(only_there);
        let path = &record.asset.path;
        self.budget.keep(&mut cover.paths, path, EXAMPLES);
    }

    /// The number of what is kept of pages like `page` that speak of the same license; `None` where
    /// there is nothing and nothing more can be kept.
    fn find(&mut self, page: &FirstPage, meaning: &Meaning, said: &str) -> Option<usize> {
        let near = page.marks.iter().filter_map(|mark| self.by_mark.get(mark));
        let is_known = |n: &&usize| {
            self.pages
                .get(**n)
                .is_some_and(|p| p.meaning == *meaning && p.page.is_like(page))
        };
        if let Some(known) = near.flatten().find(is_known) {
            return Some(*known);
        }
        let cost = 4 * SHOWN + 16 * page.marks.len();
        if self.pages.len() >= PAGES || !self.budget.take(cost) {
            return None;
        }
        let n = self.pages.len();
        for mark in &page.marks {
            let pages = self.by_mark.entry(*mark).or_default();
            if pages.len() < COMPARED {
                pages.push(n);
            }
        }
        self.pages.push(Cover {
            text: said.chars().take(SHOWN).collect(),
            files: 0,
            alone: 0,
            works: 0,
            paths: Vec::new(),
            page: page.clone(),
            meaning: meaning.clone(),
            seen: Vec::new(),
        });
        Some(n)
    }

    /// The pages with which at least `files` files begin, of at least `works` works,
    /// in the order found.
    pub fn repeated(&self, files: u64, works: usize) -> impl Iterator<Item = &Cover> {
        self.pages.iter().filter(move |p| p.files >= files && p.works >= works)
    }

    pub(super) fn is_cut(&self) -> bool {
        self.budget.cut
    }
}

/// The sentence of `text` in which `part` stands, as far as full stops tell.
fn sentence<'a>(text: &'a str, part: &Range<usize>) -> &'a str {
    const ENDS: [&str; 4] = [". ", ".\n", "! ", "\n\n"];
    let (Some(before), Some(after)) = (text.get(..part.start), text.get(part.end..))
    else {
        return text;
    };
    let begins = ENDS.iter().filter_map(|end| Some(before.rfind(end)? + end.len()));
    let stops = ENDS.iter().filter_map(|end| Some(part.end + after.find(end)? + 1));
    let range = begins.max().unwrap_or(0)..stops.min().unwrap_or(text.len());
    text.get(range).unwrap_or(text).trim()
}

/// Whether a statement stands on the first page of a PDF.
fn is_of_first(at: &Location) -> bool {
    matches!(at.block, BlockKind::PdfText | BlockKind::PdfLink)
        && matches!(&*at.key, "page-1" | "cover-page-1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_license_is_shown_in_its_sentence() {
        for (text, part, expected) in [
            ("Title. Under CC BY 4.0. More.", "CC BY 4.0", "Under CC BY 4.0."),
            ("A title\nof two.\nUnder CC BY 4.0", "CC BY 4.0", "Under CC BY 4.0"),
            ("Title\n\nUnder CC BY\n4.0\n\nmore", "CC BY\n4.0", "Under CC BY\n4.0"),
            ("é CC0 é", "CC0", "é CC0 é"),
        ] {
            let at = text.find(part).unwrap();
            assert_eq!(sentence(text, &(at..at + part.len())), expected, "{text}");
        }
    }
}

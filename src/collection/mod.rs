//! What is remembered of a collection while its records pass: enough for the
//! rules that look at the whole, and no more.
//!
//! The records come in path order, on one thread. Every part has a bound of its
//! own, so that the memory does not grow with the number of files; where a bound
//! was reached, [`Collection::is_cut`] says so. Only what is kept of an export
//! grows with it, and the export is in memory anyway.

mod catalogue;
mod covers;
mod creators;
mod folders;
mod titles;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::{AssetPath, Record, RecordTotals, Status};
use crate::policy::Policies;
use crate::records::Records;

pub use catalogue::{Ambiguous, Catalogue};
pub use covers::{Cover, Covers};
pub(crate) use creators::common;
pub use creators::{Creators, Name, Spelling};
pub use folders::{Folder, Folders, Outlier};
pub use titles::{Title, Titles};

/// How many paths are kept of one thing, where they are what has to be looked at.
const EXAMPLES: usize = 20;
/// How many where a few are enough.
const FEW_EXAMPLES: usize = 3;

/// What is remembered of a collection.
#[derive(Debug, Default)]
pub struct Collection {
    /// Which first pages come again.
    pub covers: Covers,
    /// How its creators are spelled.
    pub creators: Creators,
    /// Which licenses its folders have.
    pub folders: Folders,
    /// Which titles come again.
    pub titles: Titles,
    /// How it compares with the records given.
    pub catalogue: Option<Catalogue>,
    exceptions: Vec<u64>,
}

impl Collection {
    /// Nothing yet, to be held against `records`.
    pub fn new(policies: &Policies, records: Option<&Records>) -> Self {
        Self {
            catalogue: records.map(Catalogue::new),
            exceptions: vec![0; policies.exceptions.len()],
            ..Self::default()
        }
    }

    /// Takes note of a record.
    pub fn add(&mut self, record: &Record, policies: &Policies) {
        if let Some(catalogue) = &mut self.catalogue {
            catalogue.add(record);
        }
        for finding in record.findings.iter().filter(|f| f.waived.is_some()) {
            let path = policies.path_of(&record.asset);
            for (exception, used) in policies.exceptions.iter().zip(&mut self.exceptions)
            {
                *used += u64::from(
                    !exception.expired && exception.covers(&path, finding.rule),
                );
            }
        }
        if record.status() == Status::Skipped {
            return;
        }
        self.covers.add(record);
        self.creators.add(record);
        self.folders.add(record);
        self.titles.add(record);
    }

    /// Comes after the last record. `records` are those it was made with.
    pub fn finish(&mut self, records: Option<&Records>) -> Option<RecordTotals> {
        self.folders.finish();
        let (catalogue, records) = (self.catalogue.as_mut()?, records?);
        Some(catalogue.finish(records))
    }

    /// How often each exception of the policy was used, in their order.
    pub fn exceptions_used(&self) -> &[u64] {
        &self.exceptions
    }

    /// Whether a bound was reached, so that something may have been missed.
    pub fn is_cut(&self) -> bool {
        let catalogue = self.catalogue.as_ref().is_some_and(Catalogue::is_cut);
        catalogue
            || self.covers.is_cut()
            || self.creators.is_cut()
            || self.titles.is_cut()
            || self.folders.is_cut()
    }
}

/// How many bytes of names, texts and paths one part may still keep. Names and
/// paths are strangers' text, so that their number alone bounds nothing.
#[derive(Debug)]
struct Budget {
    left: usize,
    /// Whether something was not kept.
    cut: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: 16 << 20, cut: false }
    }
}

/// About what an entry costs besides its text.
const ENTRY: usize = 128;

impl Budget {
    /// Takes the cost of a text of `len` bytes, if there is enough.
    fn take(&mut self, len: usize) -> bool {
        let left = self.left.checked_sub(len + ENTRY);
        match left {
            Some(left) => self.left = left,
            None => self.cut = true,
        }
        left.is_some()
    }

    /// Keeps a path as an example, unless there are `most` or it costs too much.
    fn keep(&mut self, paths: &mut Vec<AssetPath>, path: &AssetPath, most: usize) {
        // Its bytes, and its text.
        if paths.len() < most && self.take(2 * path.as_str().len()) {
            paths.push(path.clone());
        }
    }

    /// Gives back what a path cost that is no longer kept.
    fn give_back(&mut self, path: &AssetPath) {
        self.left += 2 * path.as_str().len() + ENTRY;
    }
}

/// A text without case, accents and punctuation.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        let letters = |c: char| !c.is_ascii_alphanumeric();
        let words = text.split(letters).filter(|word| !word.is_empty());
        let mut folded = String::with_capacity(text.len());
        for word in words {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        }
        return folded;
    }
    let bare: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

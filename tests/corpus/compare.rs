//! Holds the evidence of a file against its truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use tasl::model::{BlockKind, Evidence, Property, Statement};

use crate::truth::{Entry, FIELDS, Truth, block};

/// How the values of each field came out.
#[derive(Default)]
pub struct Tally(BTreeMap<&'static str, Count>);

/// How the values of one field came out.
#[derive(Clone, Copy, Default)]
pub struct Count {
    /// Values of the truth.
    pub values: usize,
    /// Of these, read without regard to white space at the ends.
    pub agreeing: usize,
    /// Of these, read to the letter.
    pub exact: usize,
    /// Of these that agree, with another language.
    pub other_language: usize,
    /// Values read that the truth does not have.
    pub beyond: usize,
}

impl Tally {
    pub fn of(&self, field: &str) -> Count {
        self.0.get(field).copied().unwrap_or_default()
    }
}

/// A value on one side only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub path: String,
    /// `missed` or `beyond`.
    pub kind: String,
    pub field: String,
    pub block: String,
    /// The beginning of the value.
    pub value: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\t{}\t{}\t{}\t{}",
            self.path, self.kind, self.field, self.block, self.value
        )
    }
}

/// Values on one side only, each with its cause where that is known.
#[derive(Default)]
pub struct Differences(BTreeMap<Row, Cause>);

/// Why a value is on one side only.
#[derive(Default)]
pub struct Cause {
    /// It stands in a part of the file that is not read: no reader is wrong.
    pub outside: bool,
    pub text: String,
}

impl Differences {
    /// Reads the table that is kept by hand.
    pub fn known(file: &Path) -> Self {
        let mut known = Self::default();
        for line in fs::read_to_string(file).unwrap().lines().skip(1) {
            let [path, kind, field, block, value, reach, cause] =
                line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            assert!(!cause.is_empty(), "{path}: a difference needs a cause");
            let row = Row {
                path: path.to_owned(),
                kind: kind.to_owned(),
                field: field.to_owned(),
                block: block.to_owned(),
                value: value.to_owned(),
            };
            assert!(["outside", "-"].contains(&reach), "{line}");
            let outside = reach == "outside";
            let cause = Cause { outside, text: cause.to_owned() };
            assert!(known.0.insert(row, cause).is_none(), "{line} twice");
        }
        known
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.keys()
    }

    pub fn with_causes(&self) -> impl Iterator<Item = (&Row, &Cause)> {
        self.0.iter()
    }

    /// How many values of a field stand in parts that are not read.
    pub fn outside(&self, field: &str) -> usize {
        let missed = |row: &Row| row.field == field && row.kind == "missed";
        self.0.iter().filter(|(row, cause)| missed(row) && cause.outside).count()
    }

    pub fn has(&self, row: &Row) -> bool {
        self.0.contains_key(row)
    }

    fn note(&mut self, truth: &Truth, kind: &str, field: &str, block: &str, value: &str) {
        let value = value.trim().escape_debug().take(60).collect();
        let row = Row {
            path: truth.path.clone(),
            kind: kind.to_owned(),
            field: field.to_owned(),
            block: block.to_owned(),
            value,
        };
        self.0.insert(row, Cause::default());
    }
}

/// A value that was read.
struct Said {
    property: Property,
    block: BlockKind,
    value: String,
    lang: Option<String>,
}

/// How strictly a value is compared.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// To the letter, in the same language.
    Same,
    /// To the letter.
    Exact,
    /// But for white space at the ends.
    Trimmed,
}

/// Pairs the values of the truth with those read, each with one at most.
pub fn compare(
    truth: &Truth,
    evidence: &Evidence,
    tally: &mut Tally,
    found: &mut Differences,
) {
    let mut said = said(&evidence.statements);
    let mut reached = BTreeSet::new();
    // Values that agree to the letter find each other first.
    for how in [How::Same, How::Exact, How::Trimmed] {
        for (n, entry) in truth.entries.iter().enumerate() {
            if !reached.contains(&n) && take(&mut said, entry, how) {
                reached.insert(n);
                let count = tally.0.entry(name(&entry.field)).or_default();
                count.agreeing += 1;
                count.exact += usize::from(how != How::Trimmed);
                count.other_language += usize::from(how == How::Exact);
            }
        }
    }
    for (n, entry) in truth.entries.iter().enumerate() {
        // Blocks of other applications are outside of what is compared.
        let Some(block) = block(&entry.place) else { continue };
        tally.0.entry(name(&entry.field)).or_default().values += 1;
        if !reached.contains(&n) {
            let value = entry.values.first().unwrap();
            found.note(truth, "missed", &entry.field, block.as_str(), value);
        }
    }
    for entry in &truth.recoverable {
        let _ = take(&mut said, entry, How::Trimmed);
    }
    for value in said {
        let Some((field, _)) = FIELDS.iter().find(|(_, p)| *p == value.property) else {
            continue;
        };
        tally.0.entry(field).or_default().beyond += 1;
        found.note(truth, "beyond", field, value.block.as_str(), &value.value);
    }
}

/// Removes from `said` what agrees with `entry`.
fn take(said: &mut Vec<Said>, entry: &Entry, how: How) -> bool {
    let property = FIELDS.iter().find(|(f, _)| *f == entry.field).map(|(_, p)| *p);
    let block = block(&entry.place);
    let agrees = |s: &Said, value: &str| match how {
        How::Same => s.value == value && lower(&s.lang) == lower(&entry.lang),
        How::Exact => s.value == value,
        How::Trimmed => s.value.trim() == value.trim(),
    };
    let at = said.iter().position(|s| {
        Some(s.property) == property
            && Some(s.block) == block
            && entry.values.iter().any(|value| agrees(s, value))
    });
    at.map(|at| said.remove(at)).is_some()
}

/// The values read, as the truth writes them.
fn said(statements: &[Statement]) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for s in statements {
        let (block, key) = (s.location.block, s.location.key.as_str());
        // A field that the truth does not look at.
        if (block, key) == (BlockKind::Exif, "DocumentName") {
            continue;
        }
        // The two parts of Copyright are one value of two lines.
        if (block, key) == (BlockKind::Exif, "CopyrightEditor")
            && let Some(photographer) = said.last_mut()
        {
            photographer.value = format!("{}\n{}", photographer.value, s.value);
            continue;
        }
        let value = match s.property {
            Property::Marked => s.value.to_ascii_lowercase(),
            _ => s.value.clone(),
        };
        let lang = s.lang.clone();
        said.push(Said { property: s.property, block, value, lang });
    }
    said
}

fn name(field: &str) -> &'static str {
    FIELDS.iter().find(|(f, _)| *f == field).unwrap().0
}

/// Tags of languages are the same in any case: RFC 5646, 2.1.1.
fn lower(lang: &Option<String>) -> Option<String> {
    lang.as_deref().map(str::to_ascii_lowercase)
}

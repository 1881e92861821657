//! Entries: what the repository's own record says of a file.

/// What one row of an export says of a file, as far as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What names the file: a path, a file name or an identifier.
    pub key: String,
    /// The line of the export that the row begins on, from 1.
    pub line: u64,
    /// As written; empty where the record says nothing.
    pub license: String,
    /// One name each.
    pub creators: Vec<String>,
    /// As written.
    pub title: String,
    /// As written.
    pub source: String,
}

/// How a file and its record compare in one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Both say the same.
    Agree,
    /// Only the file says something.
    FileOnly,
    /// Only the record says something.
    RecordOnly,
    /// They say different things.
    Contradict,
    /// Neither says anything.
    Neither,
    /// One of them says something that cannot be told.
    Unclear,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] = [
        Self::Agree,
        Self::FileOnly,
        Self::RecordOnly,
        Self::Contradict,
        Self::Neither,
        Self::Unclear,
    ];

    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::FileOnly => "file-only",
            Self::RecordOnly => "record-only",
            Self::Contradict => "contradict",
            Self::Neither => "neither",
            Self::Unclear => "unclear",
        }
    }
}

/// What looking for the record of a file has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Catalogued {
    /// There is none.
    Missing,
    /// There is one.
    One(Comparison),
    /// Several have the same key, so that it cannot be told: their lines.
    Several(Vec<u64>),
}

impl Catalogued {
    /// The one record.
    pub fn one(&self) -> Option<&Comparison> {
        match self {
            Self::One(comparison) => Some(comparison),
            Self::Missing | Self::Several(_) => None,
        }
    }

    /// The name in reports.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Missing => "none",
            Self::One(_) => "one",
            Self::Several(_) => "several",
        }
    }
}

/// How a file compares with its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The place of the record in the export.
    pub index: u32,
    /// The record.
    pub entry: Entry,
    /// The license that the record names, in its normal form where it is
    /// understood.
    pub record_license: Option<String>,
    /// About the license.
    pub license: Verdict,
    /// About the creators.
    pub creators: Verdict,
}

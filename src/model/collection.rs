//! What is found about a collection as a whole, its policy and its records.

use super::{AssetPath, Confidence, Severity, Waiver};

/// One thing that a rule has found about the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionFinding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: a folder, a name, the key of a record. Within a rule,
    /// no two findings have the same.
    pub subject: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The files that it is about, or some of them where there are very many.
    pub paths: Vec<AssetPath>,
    /// Whether to believe it without a look.
    pub confidence: Confidence,
    /// The exception that accepts it: then it counts for nothing.
    pub waived: Option<Waiver>,
}

/// How the files of an audit compare with the records of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordTotals {
    /// How many records there are.
    pub entries: u64,
    /// How many files have each [`Verdict`](super::Verdict) about the license,
    /// in the order of [`Verdict::ALL`](super::Verdict::ALL).
    pub license: [u64; 6],
    /// The same about the creators.
    pub creators: [u64; 6],
    /// How many files have no record.
    pub files_without_record: u64,
    /// Of how many files it cannot be told which of several records is theirs.
    pub files_with_several: u64,
    /// The keys of the records that no file has, with their lines.
    pub without_file: Vec<(String, u64)>,
}

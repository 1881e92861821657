//! Findings: what is wrong with an asset.

use std::fmt;

use super::{FileRef, StatementId};

/// One thing that a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong with this asset, in one sentence with its own values.
    pub message: String,
    /// The statements that it is about.
    pub at: Vec<StatementId>,
    /// The place in a file that it is about, where no statement could be read.
    pub place: Option<(FileRef, Option<u64>)>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A tidy-up, or something to know.
    Note,
    /// A duty of the license or the rule of an aggregator is at risk.
    Warning,
    /// The work cannot be reused as labelled, or no verdict can be given.
    Error,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

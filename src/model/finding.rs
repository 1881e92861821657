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
    /// How sure it is.
    pub confidence: Confidence,
    /// What would mend it, where nobody has to decide anything.
    pub fix: Option<Fix>,
    /// The exception that accepts it: then it counts for nothing.
    pub waived: Option<Waiver>,
}

impl Finding {
    /// Marks it as one that somebody has to look at before it is believed.
    pub fn needs_review(&mut self) -> &mut Self {
        self.confidence = Confidence::NeedsReview;
        self
    }

    /// Says what would mend it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}

/// Why a finding is accepted: an exception of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, as `YYYY-MM-DD`.
    pub expires: String,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It rests on what prose seems to mean, or on a likelihood.
    NeedsReview,
    /// It follows from what the file says.
    #[default]
    Certain,
}

impl Confidence {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeedsReview => "needs-review",
            Self::Certain => "certain",
        }
    }
}

/// A change that mends a finding without a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Give a property of XMP this value.
    Set {
        /// As XMP spells it: `cc:license`.
        key: &'static str,
        /// The whole value.
        value: String,
    },
    /// Give the place of a statement this value instead.
    Replace {
        /// Which statement.
        statement: StatementId,
        /// The whole value.
        value: String,
    },
    /// Take a statement out.
    Remove {
        /// Which statement.
        statement: StatementId,
    },
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
        f.pad(self.as_str())
    }
}

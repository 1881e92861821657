//! Records: what a report is made of.

use super::{
    Asset, Catalogued, CollectionFinding, Content, DamageKind, Evidence, Finding,
    RecordTotals, Severity, Subject, Tasl,
};

/// All that an audit knows of one asset.
#[derive(Clone, Debug)]
pub struct Record {
    /// The asset.
    pub asset: Asset,
    /// What was read.
    pub evidence: Evidence,
    /// What it amounts to.
    pub tasl: Tasl,
    /// In the order of the catalogue.
    pub findings: Vec<Finding>,
    /// What the record of the repository says; `None` where no records were
    /// given.
    pub catalogued: Option<Catalogued>,
}

impl Record {
    /// How reading went.
    pub fn status(&self) -> Status {
        Status::of(&self.asset.subject, &self.evidence)
    }

    /// The severity of the worst finding that counts.
    pub fn worst(&self) -> Option<Severity> {
        self.counted().map(|f| f.severity).max()
    }

    /// The findings that count: those that no exception accepts.
    pub fn counted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.waived.is_none())
    }
}

/// How reading an asset went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// All there was to read has been read, whether or not it keeps to the rules of
    /// its format.
    Ok,
    /// A limit, a password or a part of unknown kind left something unread.
    Incomplete,
    /// The file breaks the rules of its format, and something may be lost by it.
    Malformed,
    /// Nothing could be read.
    Unreadable,
    /// A format that can carry metadata which is not read yet.
    Unsupported,
    /// Not applicable: nothing that an audit is about.
    Skipped,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::Ok,
        Self::Incomplete,
        Self::Malformed,
        Self::Unreadable,
        Self::Unsupported,
        Self::Skipped,
    ];

    /// The status of evidence about such a subject.
    pub fn of(subject: &Subject, evidence: &Evidence) -> Self {
        let has = |kind| evidence.damage.iter().any(|d| d.kind == kind);
        if has(DamageKind::Unreadable) || has(DamageKind::Panic) {
            return Self::Unreadable;
        }
        match (subject, evidence.content) {
            (Subject::Unlistable(_), _) => Self::Unreadable,
            (Subject::Symlink | Subject::Loop | Subject::Special(_), _)
            | (_, Content::NotMedia { .. }) => Self::Skipped,
            (_, Content::Unsupported { .. }) => Self::Unsupported,
            (_, Content::Unknown) => Self::Unreadable,
            (_, Content::Format { .. }) if has(DamageKind::Malformed) => Self::Malformed,
            (_, Content::Format { .. })
                if evidence.damage.iter().any(|d| d.kind.loses()) =>
            {
                Self::Incomplete
            }
            (_, Content::Format { .. }) => Self::Ok,
        }
    }

    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Incomplete => "incomplete",
            Self::Malformed => "malformed",
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported",
            Self::Skipped => "skipped",
        }
    }
}

/// Counts over a run, kept by the scan and not by the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many records.
    pub files: u64,
    /// How many records of each [`Status`], in the order of [`Status::ALL`].
    pub by_status: [u64; 6],
    /// How many of those skipped have a name that promises something to audit:
    /// a `.jpg` without a byte in it.
    pub broken: u64,
    /// How many of those skipped are links that were not followed.
    pub links: u64,
    /// How many are directories that could not be listed, and no files.
    pub unlistable: u64,
    /// How many have places that were not looked at, with nothing lost that could be
    /// the license of the work: [`Evidence::unexamined`].
    pub unexamined: u64,
    /// How many findings of each severity, in the order of [`Severity::ALL`].
    pub by_severity: [u64; 3],
    /// How many findings more an exception accepts.
    pub waived: u64,
    /// What reading cost.
    pub cost: super::Cost,
    /// What was found about the collection as a whole. It counts in
    /// [`Self::by_severity`].
    pub collection: Vec<CollectionFinding>,
    /// Whether there was more in the collection than is remembered of it, so
    /// that something may be missing from [`Self::collection`].
    pub collection_is_cut: bool,
    /// How the files compare with the records, where some were given.
    pub records: Option<RecordTotals>,
}

impl Totals {
    /// Counts a record.
    pub fn add(&mut self, record: &Record) {
        self.files += 1;
        let status = record.status();
        self.by_status[status as usize] += 1;
        let subject = &record.asset.subject;
        self.unlistable += u64::from(matches!(subject, Subject::Unlistable(_)));
        if status == Status::Skipped {
            self.broken += u64::from(record.evidence.promised.is_some());
            self.links += u64::from(*subject == Subject::Symlink);
        }
        self.unexamined += u64::from(record.evidence.unexamined().next().is_some());
        for finding in &record.findings {
            match finding.waived {
                None => self.by_severity[finding.severity as usize] += 1,
                Some(_) => self.waived += 1,
            }
        }
        self.cost.add(record.evidence.cost);
    }

    /// Counts what was found about the collection as a whole.
    pub fn add_collection(&mut self, findings: Vec<CollectionFinding>) {
        for finding in &findings {
            match finding.waived {
                None => self.by_severity[finding.severity as usize] += 1,
                Some(_) => self.waived += 1,
            }
        }
        self.collection.extend(findings);
    }

    /// The number of findings at `severity` or above.
    pub fn at_least(&self, severity: Severity) -> u64 {
        self.by_severity[severity as usize..].iter().sum()
    }

    /// Whether there was nothing to audit: all was skipped, and no name promises
    /// otherwise.
    pub fn is_vain(&self) -> bool {
        self.files == self.by_status[Status::Skipped as usize] && self.broken == 0
    }

    /// How many files were looked into: neither skipped nor unsupported.
    pub fn audited(&self) -> u64 {
        self.files
            - self.by_status[Status::Skipped as usize]
            - self.by_status[Status::Unsupported as usize]
    }
}

//! What the text report remembers of the records.

use std::collections::BTreeMap;

use super::folders::Folders;
use super::{Example, cut, keep};
use crate::model::{DamageKind, License, Licensing, Record, Severity, Status};
use crate::report::{on_one_line, visible_path};
use crate::rules;

/// How many examples of each thing are kept.
pub(super) const EXAMPLES: usize = 3;
/// The longest text that is kept, in characters.
const LONGEST: usize = 300;
/// How many names of other licenses are kept apart. They are strangers' text.
const OTHERS: usize = 100;

#[derive(Default)]
pub(super) struct Tally {
    pub(super) folders: Folders,
    /// How many files have a sidecar.
    pub(super) sidecars: u64,
    settled: BTreeMap<String, u64>,
    others: usize,
    unsettled: BTreeMap<Unsettled, u64>,
    by_rule: BTreeMap<&'static str, Group>,
    /// How many files could not be read.
    pub(super) closed: u64,
    pub(super) closed_examples: Vec<Example>,
}

/// Why there is no license to name, in the order shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unsettled {
    Choice,
    Conflict,
    Unclear,
    None,
    Unknown,
    NotRead,
}

impl Unsettled {
    fn as_str(self) -> &'static str {
        match self {
            Self::Choice => "(a choice of licenses)",
            Self::Conflict => "(statements that contradict each other)",
            Self::Unclear => "(a license that is not named exactly)",
            Self::None => "(no license stated)",
            Self::Unknown => "(unknown: could not be read whole)",
            Self::NotRead => "(unknown: format not read yet)",
        }
    }
}

/// The findings of one rule.
pub(super) struct Group {
    pub(super) worst: Severity,
    pub(super) summary: Option<&'static str>,
    pub(super) files: u64,
    pub(super) examples: Vec<Example>,
}

impl Tally {
    pub(super) fn add(&mut self, record: &Record) {
        self.folders.add(record);
        self.sidecars += u64::from(!record.asset.sidecars.is_empty());
        self.add_license(record);
        self.add_findings(record);
        if record.status() == Status::Unreadable {
            self.closed += 1;
            keep(&mut self.closed_examples, || {
                let damage = &record.evidence.damage;
                let closed = |k| matches!(k, DamageKind::Unreadable | DamageKind::Panic);
                let reason = damage.iter().find(|d| closed(d.kind)).map(|d| &*d.what);
                (
                    visible_path(&record.asset.path),
                    reason.unwrap_or("no reason given").to_owned(),
                )
            });
        }
    }

    fn add_license(&mut self, record: &Record) {
        let unsettled = match (&record.tasl.license, record.status()) {
            (_, Status::Skipped) => return,
            (Licensing::Settled(license), _) => return self.add_settled(license),
            (Licensing::Choice(_), _) => Unsettled::Choice,
            (Licensing::VersionConflict(_) | Licensing::Conflict(_), _) => {
                Unsettled::Conflict
            }
            (Licensing::Unclear, _) => Unsettled::Unclear,
            (Licensing::None, Status::Unsupported) => Unsettled::NotRead,
            (Licensing::None, _) if record.evidence.is_complete() => Unsettled::None,
            (Licensing::None, _) => Unsettled::Unknown,
        };
        *self.unsettled.entry(unsettled).or_default() += 1;
    }

    fn add_settled(&mut self, license: &License) {
        let mut label = match license {
            License::Tool(tool) => tool.identifier().to_owned(),
            License::RightsStatement(rights) => {
                format!("{} (rights statement)", rights.label())
            }
            License::Other(text) => cut(&on_one_line(text), LONGEST),
        };
        if matches!(license, License::Other(_)) && !self.settled.contains_key(&label) {
            self.others += 1;
            if self.others > OTHERS {
                "other licenses".clone_into(&mut label);
            }
        }
        *self.settled.entry(label).or_default() += 1;
    }

    fn add_findings(&mut self, record: &Record) {
        for (n, finding) in record.findings.iter().enumerate() {
            let group = self.by_rule.entry(finding.rule).or_insert_with(|| Group {
                worst: finding.severity,
                summary: rules::find(finding.rule).map(|r| r.summary),
                files: 0,
                examples: Vec::new(),
            });
            group.worst = group.worst.max(finding.severity);
            let first = !record.findings[..n].iter().any(|f| f.rule == finding.rule);
            if first {
                group.files += 1;
                keep(&mut group.examples, || {
                    (visible_path(&record.asset.path), cut(&finding.message, LONGEST))
                });
            }
        }
    }

    /// The licenses with the number of files, the most used first; then what is
    /// not settled.
    pub(super) fn licenses(&self) -> Vec<(String, u64)> {
        let mut rows: Vec<_> =
            self.settled.iter().map(|(l, n)| (l.clone(), *n)).collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        rows.extend(self.unsettled.iter().map(|(u, n)| (u.as_str().to_owned(), *n)));
        rows
    }

    /// The rules with findings, the worst first.
    pub(super) fn findings(&self) -> Vec<(&'static str, &Group)> {
        let mut groups: Vec<_> = self.by_rule.iter().map(|(r, g)| (*r, g)).collect();
        groups.sort_by_key(|(_, g)| {
            (std::cmp::Reverse(g.worst), std::cmp::Reverse(g.files))
        });
        groups
    }
}

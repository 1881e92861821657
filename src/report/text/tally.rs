//! What the text report remembers of the records.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::folders::Folders;
use super::{Example, cut, keep};
use crate::model::{
    DamageKind, Finding, License, Licensing, Record, Severity, Status, Subject, Waiver,
};
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
    /// The findings that an exception accepts.
    pub(super) waived: BTreeMap<&'static str, Accepted>,
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

/// The findings of one rule that an exception accepts.
pub(super) struct Accepted {
    pub(super) files: u64,
    /// Of the first: why, by whom and until when.
    pub(super) waiver: Waiver,
    pub(super) examples: Vec<String>,
}

impl Group {
    fn new(rule: &'static str, worst: Severity) -> Self {
        let summary = rules::find(rule).map(|r| r.summary);
        Self { worst, summary, files: 0, examples: Vec::new() }
    }

    /// Adds what another group of the same rule has.
    fn add(&mut self, other: Self) {
        self.worst = self.worst.max(other.worst);
        self.files += other.files;
        for example in other.examples {
            keep(&mut self.examples, || example);
        }
    }
}

impl Tally {
    pub(super) fn add(&mut self, record: &Record) {
        let closed = self.folders.add(record);
        self.take(closed);
        self.sidecars += u64::from(!record.asset.sidecars.is_empty());
        self.add_license(record);
        self.add_findings(record);
        self.add_waived(record);
        let is_directory = matches!(record.asset.subject, Subject::Unlistable(_));
        if record.status() == Status::Unreadable && !is_directory {
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
            _ if matches!(record.asset.subject, Subject::Unlistable(_)) => return,
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
        let counted: Vec<&Finding> = record.counted().collect();
        for (n, finding) in counted.iter().enumerate() {
            let first = !counted[..n].iter().any(|f| f.rule == finding.rule);
            // What a folder without any metadata lacks is told once.
            let groups = match self.folders.bare_groups(record, finding.rule) {
                Some(groups) => groups,
                None => &mut self.by_rule,
            };
            let group = groups
                .entry(finding.rule)
                .or_insert_with(|| Group::new(finding.rule, finding.severity));
            group.worst = group.worst.max(finding.severity);
            if first {
                group.files += 1;
                keep(&mut group.examples, || {
                    (visible_path(&record.asset.path), cut(&finding.message, LONGEST))
                });
            }
        }
    }

    fn add_waived(&mut self, record: &Record) {
        for finding in &record.findings {
            let Some(waiver) = &finding.waived else { continue };
            let accepted = self.waived.entry(finding.rule).or_insert_with(|| Accepted {
                files: 0,
                waiver: waiver.clone(),
                examples: Vec::new(),
            });
            accepted.files += 1;
            if accepted.examples.len() < EXAMPLES {
                accepted.examples.push(visible_path(&record.asset.path));
            }
        }
    }

    /// Comes after the last record.
    pub(super) fn finish(&mut self) {
        let closed = self.folders.finish();
        self.take(closed);
    }

    /// Takes back the findings of folders that turned out not to be bare.
    fn take(&mut self, closed: Vec<(&'static str, Group)>) {
        for (rule, group) in closed {
            match self.by_rule.entry(rule) {
                Entry::Vacant(vacant) => {
                    vacant.insert(group);
                }
                Entry::Occupied(mut there) => there.get_mut().add(group),
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

//! Folders in which nothing has metadata: the mark of a program that removed it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::tally::Group;
use crate::model::{Record, Status};
use crate::report::visible_path;

/// How many such folders are named.
const NAMED: usize = 5;
/// How many files a folder must have to be named.
const FEW: u64 = 3;

/// Counts folders while they pass in path order. Only those that are open, from
/// the top to the present one, are in memory.
#[derive(Default)]
pub(super) struct Folders {
    open: Vec<Folder>,
    /// How many folders had files in them.
    pub(super) seen: u64,
    /// How many of them have no metadata at all.
    pub(super) bare: u64,
    /// The largest of those, with the number of their files.
    pub(super) largest: Vec<(String, u64)>,
    /// How many files those folders have, with the findings told of them at
    /// once, by rule.
    pub(super) told: BTreeMap<&'static str, u64>,
}

/// The rules that find what a file without any metadata lacks.
const LACKS: [&str; 2] = ["license-missing", "no-metadata-block"];

struct Folder {
    path: String,
    /// The path, made harmless.
    shown: String,
    files: u64,
    bare: u64,
    /// What its bare files lack, as long as it may be bare as a whole.
    groups: BTreeMap<&'static str, Group>,
}

impl Folders {
    /// Takes note of a record, and gives the findings of folders that are not
    /// bare back.
    pub(super) fn add(&mut self, record: &Record) -> Vec<(&'static str, Group)> {
        let mut back = Vec::new();
        let path = record.asset.path.directory();
        while let Some(last) = self.open.last() {
            if is_within(path, &last.path) {
                break;
            }
            self.close(&mut back);
        }
        if self.open.last().is_none_or(|last| last.path != path) {
            let shown = visible_path(&record.asset.path);
            let shown = shown.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.open.push(Folder {
                path: path.to_owned(),
                shown: shown.to_owned(),
                files: 0,
                bare: 0,
                groups: BTreeMap::new(),
            });
            self.seen += 1;
        }
        if let Some(folder) = self.open.last_mut()
            && record.status() != Status::Skipped
        {
            folder.files += 1;
            folder.bare += u64::from(is_bare(record));
            if folder.files > folder.bare {
                back.extend(std::mem::take(&mut folder.groups));
            }
        }
        back
    }

    /// Where a finding about a bare file of a folder that may be bare waits for
    /// the end of that folder.
    pub(super) fn bare_groups(
        &mut self,
        record: &Record,
        rule: &str,
    ) -> Option<&mut BTreeMap<&'static str, Group>> {
        let folder = self.open.last_mut()?;
        let waits = LACKS.contains(&rule) && is_bare(record);
        (waits && folder.files == folder.bare).then_some(&mut folder.groups)
    }

    /// Comes after the last record.
    pub(super) fn finish(&mut self) -> Vec<(&'static str, Group)> {
        let mut back = Vec::new();
        while !self.open.is_empty() {
            self.close(&mut back);
        }
        back
    }

    fn close(&mut self, back: &mut Vec<(&'static str, Group)>) {
        let Some(folder) = self.open.pop() else { return };
        if folder.files < FEW || folder.files != folder.bare {
            back.extend(folder.groups);
            return;
        }
        for (rule, group) in folder.groups {
            *self.told.entry(rule).or_default() += group.files;
        }
        self.bare += 1;
        self.largest.push((folder.shown, folder.files));
        // Stable, so that of folders of one size the first stays first.
        self.largest.sort_by_key(|(_, files)| Reverse(*files));
        self.largest.truncate(NAMED);
    }
}

/// Whether a file was read whole and has no metadata.
fn is_bare(record: &Record) -> bool {
    let evidence = &record.evidence;
    evidence.is_complete()
        && evidence.blocks.is_empty()
        && evidence.statements.is_empty()
        && record.status() != Status::Skipped
}

/// Whether `path` is `folder` or below it.
fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|r| r.is_empty() || r.starts_with('/'))
}

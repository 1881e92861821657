//! How the files compare with the records of an export.

use std::collections::{BTreeMap, BTreeSet};

use super::{Budget, FEW_EXAMPLES};
use crate::model::{AssetPath, Catalogued, Record, RecordTotals, Status};
use crate::records::Records;

/// Counts what became of each record. Its memory grows with the export.
#[derive(Debug)]
pub struct Catalogue {
    totals: RecordTotals,
    /// For each record, how many files have it.
    files: Vec<u32>,
    /// The first file of each record, to be told should there be another.
    first: BTreeMap<u32, Vec<AssetPath>>,
    /// By the lines of the export.
    ambiguous: BTreeMap<Vec<u64>, Ambiguous>,
    budget: Budget,
}

/// A key that does not lead from one file to one record.
#[derive(Clone, Debug, Default)]
pub struct Ambiguous {
    /// The key, as the export has it.
    pub key: String,
    /// The lines of the export that have it.
    pub lines: Vec<u64>,
    /// How many files it fits.
    pub files: u64,
    /// Some of them.
    pub paths: Vec<AssetPath>,
}

impl Catalogue {
    pub(super) fn new(records: &Records) -> Self {
        let totals =
            RecordTotals { entries: records.len() as u64, ..RecordTotals::default() };
        let files = vec![0; records.len()];
        let (first, ambiguous, budget) = Default::default();
        Self { totals, files, first, ambiguous, budget }
    }

    pub(super) fn add(&mut self, record: &Record) {
        let path = &record.asset.path;
        match &record.catalogued {
            None => {}
            Some(Catalogued::Missing) => {
                let is_work = record.status() != Status::Skipped;
                self.totals.files_without_record += u64::from(is_work);
            }
            Some(Catalogued::One(comparison)) => {
                self.totals.license[comparison.license as usize] += 1;
                self.totals.creators[comparison.creators as usize] += 1;
                if let Some(files) = self.files.get_mut(comparison.index as usize) {
                    *files = files.saturating_add(1);
                }
                let paths = self.first.entry(comparison.index).or_default();
                self.budget.keep(paths, path, FEW_EXAMPLES);
            }
            Some(Catalogued::Several(lines)) => {
                self.totals.files_with_several += 1;
                // The export bounds how many there can be.
                let known = self.ambiguous.entry(lines.clone()).or_default();
                known.files += 1;
                self.budget.keep(&mut known.paths, path, FEW_EXAMPLES);
            }
        }
    }

    pub(super) fn finish(&mut self, records: &Records) -> RecordTotals {
        for (key, lines) in records.repeated() {
            let known = self.ambiguous.entry(lines.clone()).or_default();
            key.clone_into(&mut known.key);
            known.lines = lines;
        }
        let twice: BTreeSet<u64> =
            self.ambiguous.values().flat_map(|a| a.lines.iter().copied()).collect();
        let mut without = Vec::new();
        for (n, files) in (0..).zip(&self.files) {
            let Some(entry) = records.get(n) else { continue };
            if *files == 0 && !twice.contains(&entry.line) {
                without.push((entry.key.clone(), entry.line));
            }
        }
        self.totals.without_file = without;
        for (n, paths) in &self.first {
            let files = self.files.get(*n as usize).copied().unwrap_or(0);
            if let (2.., Some(entry)) = (files, records.get(*n)) {
                let ambiguous = Ambiguous {
                    key: entry.key.clone(),
                    lines: vec![entry.line],
                    files: files.into(),
                    paths: paths.clone(),
                };
                self.ambiguous.insert(vec![entry.line], ambiguous);
            }
        }
        self.totals.clone()
    }

    pub(super) fn is_cut(&self) -> bool {
        self.budget.cut
    }

    /// The keys that do not lead from one file to one record, in the order of
    /// the export. Complete after the last record.
    pub fn ambiguous(&self) -> impl Iterator<Item = &Ambiguous> {
        self.ambiguous.values()
    }

    /// The keys of the records that no file has, with their lines. Complete
    /// after the last record.
    pub fn without_file(&self) -> &[(String, u64)] {
        &self.totals.without_file
    }
}

//! Which licenses folders have.

use std::collections::BTreeMap;

use super::{Budget, EXAMPLES};
use crate::model::{AssetPath, License, Licensing, Record};

/// How many licensed files a folder must have to have a norm.
const FEW: u64 = 20;
/// How many of a hundred files must agree for a norm.
const NORM: u64 = 90;
/// How many licenses of one folder are kept apart.
const LICENSES: usize = 50;
/// How many folders with outliers are kept.
const FOLDERS: usize = 1_000;

/// Counts folders while they pass in path order. Only those that are open, from
/// the top to the present one, are in memory, and those with outliers.
#[derive(Debug, Default)]
pub struct Folders {
    open: Vec<Open>,
    outliers: Vec<Folder>,
    budget: Budget,
}

#[derive(Debug)]
struct Open {
    path: String,
    files: u64,
    licenses: BTreeMap<String, (u64, Vec<AssetPath>)>,
}

/// A folder of which nearly all files have the same license.
#[derive(Debug)]
pub struct Folder {
    /// Its path, empty for the root.
    pub path: String,
    /// How many licensed files are in it, not below it.
    pub files: u64,
    /// The license that nearly all of them have.
    pub norm: String,
    /// How many have it.
    pub agree: u64,
    /// Those that have others.
    pub outliers: Vec<Outlier>,
}

/// A license that few files of a folder have.
#[derive(Debug)]
pub struct Outlier {
    /// Its name.
    pub license: String,
    /// How many files have it.
    pub files: u64,
    /// Some of them.
    pub paths: Vec<AssetPath>,
}

impl Folders {
    pub(super) fn add(&mut self, record: &Record) {
        let path = record.asset.path.directory();
        while self.open.last().is_some_and(|last| !is_within(path, &last.path)) {
            self.close();
        }
        let Licensing::Settled(license) = &record.tasl.license else { return };
        if self.open.last().is_none_or(|last| last.path != path) {
            let licenses = BTreeMap::new();
            self.open.push(Open { path: path.to_owned(), files: 0, licenses });
        }
        let Some(folder) = self.open.last_mut() else { return };
        folder.files += 1;
        let name = name(license);
        if folder.licenses.len() >= LICENSES && !folder.licenses.contains_key(&name) {
            self.budget.cut = true;
            return;
        }
        let (files, paths) = folder.licenses.entry(name).or_default();
        *files += 1;
        self.budget.keep(paths, &record.asset.path, EXAMPLES);
    }

    pub(super) fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
        self.outliers.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn close(&mut self) {
        let Some(Open { path, files, licenses }) = self.open.pop() else { return };
        let Some((norm, agree)) = licenses
            .iter()
            .max_by_key(|(_, (n, _))| *n)
            .map(|(l, (n, _))| (l.clone(), *n))
        else {
            return;
        };
        let has_outliers = files >= FEW && agree < files && agree * 100 >= files * NORM;
        let is_kept = has_outliers && self.outliers.len() < FOLDERS;
        self.budget.cut |= has_outliers && !is_kept;
        let (outliers, rest): (Vec<_>, Vec<_>) =
            licenses.into_iter().partition(|(license, _)| is_kept && *license != norm);
        for path in rest.iter().flat_map(|(_, (_, paths))| paths) {
            self.budget.give_back(path);
        }
        if !is_kept {
            return;
        }
        let outliers = outliers
            .into_iter()
            .map(|(license, (files, paths))| Outlier { license, files, paths })
            .collect();
        self.outliers.push(Folder { path, files, norm, agree, outliers });
    }

    /// The folders with outliers, by path. Complete after the last record.
    pub fn with_outliers(&self) -> &[Folder] {
        &self.outliers
    }

    pub(super) fn is_cut(&self) -> bool {
        self.budget.cut
    }
}

fn name(license: &License) -> String {
    match license {
        License::Tool(tool) => tool.identifier().to_owned(),
        License::RightsStatement(statement) => statement.label().to_owned(),
        License::Other(text) => text.chars().take(100).collect(),
    }
}

/// Whether `path` is `folder` or below it.
fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|r| r.is_empty() || r.starts_with('/'))
}

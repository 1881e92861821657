//! Folders in which nothing has metadata: the mark of a program that removed it.

use std::cmp::Reverse;

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
}

struct Folder {
    path: String,
    /// The path, made harmless.
    shown: String,
    files: u64,
    bare: u64,
}

impl Folders {
    pub(super) fn add(&mut self, record: &Record) {
        let path = record.asset.path.directory();
        while let Some(last) = self.open.last() {
            if is_within(path, &last.path) {
                break;
            }
            self.close();
        }
        if self.open.last().is_none_or(|last| last.path != path) {
            let shown = visible_path(&record.asset.path);
            let shown = shown.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.open.push(Folder {
                path: path.to_owned(),
                shown: shown.to_owned(),
                files: 0,
                bare: 0,
            });
            self.seen += 1;
        }
        let Some(folder) = self.open.last_mut() else { return };
        let evidence = &record.evidence;
        if record.status() != Status::Skipped {
            folder.files += 1;
            let bare = evidence.is_complete() && evidence.blocks.is_empty();
            folder.bare += u64::from(bare && evidence.statements.is_empty());
        }
    }

    /// Comes after the last record.
    pub(super) fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(folder) = self.open.pop() else { return };
        if folder.files >= FEW && folder.files == folder.bare {
            self.bare += 1;
            self.largest.push((folder.shown, folder.files));
            // Stable, so that of folders of one size the first stays first.
            self.largest.sort_by_key(|(_, files)| Reverse(*files));
            self.largest.truncate(NAMED);
        }
    }
}

/// Whether `path` is `folder` or below it.
fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|r| r.is_empty() || r.starts_with('/'))
}

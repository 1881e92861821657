//! Stamps: what must not have changed.

use std::fs::Metadata;
use std::iter;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::model::{Asset, Subject};

/// The files of an asset, the sidecars after it.
pub(super) fn files(asset: &Asset) -> impl Iterator<Item = &Path> {
    iter::once(&*asset.file).chain(asset.sidecars.iter().map(|s| &*s.file))
}

/// What an asset looked like from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Of the asset and of each sidecar.
    files: Vec<FileStamp>,
    /// What listing the directory told.
    subject: (String, Vec<String>),
    /// The names of sidecars that may or may not belong to it.
    ambiguous: Vec<String>,
    /// The names of sidecars that are not opened, with what they are.
    unopened: Vec<(String, String)>,
}

/// Of one file. Times are in nanoseconds from 1970 on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileStamp {
    name: String,
    len: u64,
    modified: i64,
    /// When the file was last changed in any way, where the system tells. A
    /// program that puts the time of modification back, as some writers of
    /// metadata can, cannot put this one back.
    changed: i64,
}

impl Stamp {
    /// The stamp of `asset` as it is now, or `None` where it cannot be told.
    pub(super) fn of(asset: &Asset) -> Option<Self> {
        let names = iter::once(&asset.path).chain(asset.sidecars.iter().map(|s| &s.path));
        let stamp = |(file, path): (&Path, &crate::model::AssetPath)| {
            let found = file.metadata().ok()?;
            Some(FileStamp {
                name: path.name().to_owned(),
                len: found.len(),
                modified: nanoseconds(found.modified().ok()?)?,
                changed: changed(&found)?,
            })
        };
        let masters = match &asset.subject {
            Subject::AmbiguousSidecar(masters) => masters.clone(),
            _ => Vec::new(),
        };
        Some(Self {
            files: files(asset).zip(names).map(stamp).collect::<Option<_>>()?,
            subject: (asset.subject.as_str().to_owned(), masters),
            ambiguous: asset.ambiguous.iter().map(|a| a.name().to_owned()).collect(),
            unopened: asset
                .unopened
                .iter()
                .map(|(path, what)| (path.name().to_owned(), (*what).to_owned()))
                .collect(),
        })
    }

    /// Whether all that is not in the bytes of the files is the same.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let names = |s: &Self| s.files.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
        self.subject == other.subject
            && self.ambiguous == other.ambiguous
            && self.unopened == other.unopened
            && names(self) == names(other)
    }

    /// Whether no file was changed in the time `settle` before `now`, or after.
    pub(super) fn is_older_than(&self, settle: Duration, now: SystemTime) -> bool {
        let Some(latest) = now.checked_sub(settle).and_then(nanoseconds) else {
            return false;
        };
        self.files.iter().all(|f| f.modified.max(f.changed) <= latest)
    }
}

fn nanoseconds(time: SystemTime) -> Option<i64> {
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_nanos()).ok()?,
    };
    Some(nanoseconds)
}

#[cfg(unix)]
fn changed(found: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt as _;
    found.ctime().checked_mul(1_000_000_000)?.checked_add(found.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_found: &Metadata) -> Option<i64> {
    Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_a_moment_ago_or_in_the_future_is_not_trusted() {
        let now = UNIX_EPOCH + Duration::from_secs(1000);
        let stamp = |modified: i64, changed: i64| Stamp {
            files: vec![FileStamp {
                name: "a.jpg".to_owned(),
                len: 1,
                modified: modified * 1_000_000_000,
                changed: changed * 1_000_000_000,
            }],
            subject: ("file".to_owned(), Vec::new()),
            ambiguous: Vec::new(),
            unopened: Vec::new(),
        };
        for (modified, changed, trusted) in [
            (998, 998, true),
            (-5, 900, true),
            (999, 900, false),
            (900, 999, false),
            (2000, 900, false),
        ] {
            let stamp = stamp(modified, changed);
            let is = stamp.is_older_than(Duration::from_secs(2), now);
            assert_eq!(is, trusted, "{modified} {changed}");
        }
    }
}

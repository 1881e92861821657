//! What is in one directory.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::Path;

use super::pairing::{self, Mine, Role};
use super::{NOISE, Options};

/// The entries of a directory, by name, and which sidecar belongs to which.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    /// What ended the listing early.
    pub(super) trouble: Option<String>,
    pub(super) left_out: u64,
    /// Of entries that have a role other than [`Role::Own`].
    roles: HashMap<usize, Role>,
    /// Of masters that have sidecars.
    mine: HashMap<usize, Mine>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file, or a link to one that is followed.
    File,
    Directory,
    /// A link to a directory that is to be followed.
    LinkedDirectory,
    /// A link that is not followed, or leads nowhere.
    Link,
    Special(&'static str),
}

impl Listing {
    /// Lists `dir`, of which `real` is the path without links.
    ///
    /// The kinds come with the listing itself on the usual file systems: no
    /// call for each entry.
    pub(super) fn read(dir: &Path, real: &Path, options: &Options) -> io::Result<Self> {
        let mut listing = Self::default();
        let excepted: Vec<&OsStr> = options
            .except
            .iter()
            .filter(|path| path.parent() == Some(real))
            .filter_map(|path| path.file_name())
            .collect();
        for entry in fs::read_dir(dir)? {
            match entry.and_then(|e| Ok((e.file_name(), e.file_type()?))) {
                Ok((name, _)) if excepted.contains(&&*name) => {}
                Ok((name, _)) if is_left_out(&name, options.hidden) => {
                    listing.left_out += 1
                }
                Ok((name, found)) => {
                    let kind = kind(found, || dir.join(&name), options.follow);
                    listing.entries.push(Entry { name, kind });
                }
                // An entry that went away between the listing and the question
                // for its kind is not in the directory.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => listing.trouble = Some(super::in_words(&error)),
            }
        }
        listing.settle();
        Ok(listing)
    }

    /// What can be told of the surroundings of `name` where its directory
    /// cannot be listed: which of the usual sidecars are there. One that other
    /// masters may claim as well is ambiguous.
    pub(super) fn guess(dir: &Path, name: &OsStr, options: &Options) -> Self {
        let mut listing = Self::default();
        let path = Path::new(name);
        let with = |extension: &str| {
            let mut longer = name.to_owned();
            longer.push(extension);
            longer
        };
        let mut names =
            vec![name.to_owned(), with(".xmp"), with(".XMP"), with(".license")];
        names.extend(["xmp", "XMP"].map(|e| path.with_extension(e).into_os_string()));
        names.sort();
        names.dedup();
        for name in names {
            if let Ok(found) = fs::symlink_metadata(dir.join(&name)) {
                let kind = kind(found.file_type(), || dir.join(&name), options.follow);
                listing.entries.push(Entry { name, kind });
            }
        }
        listing.settle();
        for (n, mine) in &mut listing.mine {
            let master = listing.entries[*n].name.as_encoded_bytes();
            let sure = |s: &usize| {
                listing.entries[*s].name.as_encoded_bytes().starts_with(master)
            };
            let (sidecars, unsure) = mine.sidecars.iter().partition(|s| sure(s));
            let unopened = std::mem::take(&mut mine.unopened);
            *mine = Mine { sidecars, ambiguous: unsure, unopened };
        }
        listing
    }

    fn settle(&mut self) {
        self.entries.sort_unstable_by(|a, b| {
            a.name.as_encoded_bytes().cmp(b.name.as_encoded_bytes())
        });
        (self.roles, self.mine) = pairing::pair(&self.entries);
    }

    pub(super) fn position(&self, name: &OsStr) -> Option<usize> {
        let name = name.as_encoded_bytes();
        self.entries.binary_search_by(|e| e.name.as_encoded_bytes().cmp(name)).ok()
    }

    pub(super) fn role(&self, n: usize) -> Role {
        self.roles.get(&n).cloned().unwrap_or(Role::Own)
    }

    pub(super) fn sidecars_of(&self, n: usize) -> Option<&Mine> {
        self.mine.get(&n)
    }
}

/// Whether an entry of this name is left out.
pub(super) fn is_left_out(name: &OsStr, hidden: bool) -> bool {
    let bytes = name.as_encoded_bytes();
    bytes.starts_with(b"._")
        || (!hidden && bytes.starts_with(b"."))
        || name.to_str().is_some_and(|name| NOISE.contains(&name))
}

fn kind(found: FileType, path: impl Fn() -> std::path::PathBuf, follow: bool) -> Kind {
    if found.is_file() {
        Kind::File
    } else if found.is_dir() {
        Kind::Directory
    } else if found.is_symlink() {
        if !follow {
            return Kind::Link;
        }
        match fs::metadata(path()) {
            Ok(target) if target.is_file() => Kind::File,
            Ok(target) if target.is_dir() => Kind::LinkedDirectory,
            Ok(target) => Kind::Special(special(target.file_type())),
            Err(_) => Kind::Link,
        }
    } else {
        Kind::Special(special(found))
    }
}

/// What it is that is neither file, directory nor link.
#[cfg(unix)]
pub(super) fn special(found: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if found.is_fifo() {
        "FIFO"
    } else if found.is_socket() {
        "socket"
    } else {
        "device"
    }
}

/// What it is that is neither file, directory nor link.
#[cfg(not(unix))]
pub(super) fn special(_found: FileType) -> &'static str {
    "device"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_cannot_be_listed_still_gives_the_sidecars_in_full() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["a.jpg", "a.jpg.xmp", "a.XMP", "b.jpg"] {
            fs::write(directory.path().join(name), b"").unwrap();
        }
        let name = OsStr::new("a.jpg");
        let listing = Listing::guess(directory.path(), name, &Options::default());
        let mine = listing.sidecars_of(listing.position(name).unwrap()).unwrap();
        let named = |of: &[usize]| -> Vec<&OsStr> {
            of.iter().map(|n| &*listing.entries[*n].name).collect()
        };
        assert_eq!(named(&mine.sidecars), ["a.jpg.xmp"]);
        // There may be an `a.tif` as well.
        assert_eq!(named(&mine.ambiguous), ["a.XMP"]);
    }
}

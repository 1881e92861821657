//! Finds the assets below the roots and pairs them with their sidecars.
//!
//! Assets come in the order of the roots and, below each, in the order of
//! [`AssetPath`]. One listing for each level of the tree is in memory, never
//! the whole tree. Directories are listed and nothing else: no file is opened,
//! and none is asked for its length or date.
//!
//! `walkdir` walks in the same order, but what stands in a subdirectory comes
//! between the files of a directory, so that a file and its sidecar do not meet.
//! It also takes twice as long: 90 ms against 45 ms for 100,000 files in 100
//! directories, sorted and named.
//!
//! # What is an asset
//!
//! Every file, whatever its name, with these exceptions:
//!
//! - A sidecar is part of its master, as the module `pairing` lays down. An
//!   orphan, and a sidecar that two masters may claim, is an asset by itself.
//! - What a system writes for its own use is left out and counted
//!   ([`Assets::left_out`]): see [`NOISE`]. So are hidden files, if asked for.
//! - The files named in [`Options::except`], which the program itself writes.
//!
//! A symbolic link, FIFO, socket or device is an asset that is not opened; so
//! is a directory that cannot be listed.

mod listing;
mod pairing;
mod roots;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{io, vec};

use crate::model::{Asset, AssetPath, Sidecar, Subject};
use listing::{Entry, Kind, Listing};
use pairing::Role;
pub use roots::RootError;
use roots::{Root, RootKind};

/// Which entries are looked at.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names that begin with a dot.
    pub hidden: bool,
    /// Follow symbolic links. No directory is listed twice: a link to one that
    /// the walk comes to anyway, because it is a root or below one, is named and
    /// not followed, and any other is entered on the first way that leads to it.
    pub follow: bool,
    /// Files that are no part of the collection, by their absolute paths: the
    /// reports being written.
    pub except: Vec<PathBuf>,
    /// The roots come from a list: each is called what the list calls it, and
    /// one that is not there is a file that cannot be read.
    pub is_list: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { hidden: true, follow: false, except: Vec::new(), is_list: false }
    }
}

/// Files and directories that systems write for their own use. Files that begin
/// with `._`, where macOS keeps what the file system cannot, are of them.
pub const NOISE: &[&str] = &[
    ".DS_Store",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    ".git",
    ".hg",
    ".svn",
    "$RECYCLE.BIN",
    "@eaDir",
    "System Volume Information",
    "Thumbs.db",
    "__MACOSX",
    "desktop.ini",
    "ehthumbs.db",
];

/// The assets below `roots`, which are files or directories.
///
/// Paths are relative to the root; with several roots, the name of the root
/// comes before them. Where two roots have the same name, as much of the path
/// above is added as tells them apart. A root named twice, or inside another, is
/// audited once: see [`Assets::covered`].
///
/// # Errors
///
/// [`RootError`], if a root cannot be found or listed.
pub fn discover(roots: &[PathBuf], options: Options) -> Result<Assets, RootError> {
    let (roots, covered) = roots::settle(roots, &options)?;
    let named = roots.iter().map(|r| r.real.clone()).collect();
    let directories = roots
        .iter()
        .filter(|r| matches!(r.kind, RootKind::Directory { .. }))
        .map(|r| r.real.clone())
        .collect();
    Ok(Assets {
        roots: roots.into_iter(),
        covered,
        named,
        directories,
        beside: None,
        stack: Vec::new(),
        linked: HashSet::new(),
        left_out: 0,
        options,
    })
}

/// Iterates over the assets; made by [`discover`].
#[derive(Debug)]
pub struct Assets {
    roots: vec::IntoIter<Root>,
    covered: Vec<PathBuf>,
    /// The roots, by their real paths.
    named: HashSet<PathBuf>,
    /// Those that are directories.
    directories: HashSet<PathBuf>,
    /// The directory of the last root that is a file, and what is in it.
    beside: Option<(PathBuf, Listing)>,
    stack: Vec<Frame>,
    /// Directories that were entered through a link or below one, by their real
    /// paths, which are the same for every way to a directory and on every
    /// system.
    linked: HashSet<PathBuf>,
    left_out: u64,
    options: Options,
}

/// A directory that is being gone through.
#[derive(Debug)]
struct Frame {
    /// Where it can be opened.
    dir: PathBuf,
    /// The same without links.
    real: PathBuf,
    /// What its entries have before their names in reports: empty or `a/b/`.
    prefix: Vec<u8>,
    listing: Listing,
    next: usize,
    /// It is a link or below one.
    linked: bool,
}

impl Assets {
    /// How many entries have been left out so far: [`NOISE`], and hidden ones
    /// where they are not wanted. What is inside a directory left out is not
    /// counted.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The roots still to come that are directories: as they stand before the
    /// paths of what is in them, and their real paths.
    pub fn directories(&self) -> Vec<(PathBuf, PathBuf)> {
        let roots = self.roots.as_slice().iter();
        let is_directory = |root: &&Root| matches!(root.kind, RootKind::Directory { .. });
        roots.filter(is_directory).map(|r| (r.given.clone(), r.real.clone())).collect()
    }

    /// The roots, as given, that are part of another root or named again.
    pub fn covered(&self) -> &[PathBuf] {
        &self.covered
    }

    /// Goes into a directory, or says why not.
    fn enter(
        &mut self,
        dir: PathBuf,
        real: PathBuf,
        path: AssetPath,
        top: bool,
        linked: bool,
    ) -> Option<Asset> {
        match Listing::read(&dir, &real, &self.options) {
            Ok(listing) => {
                self.left_out += listing.left_out;
                let mut prefix = Vec::new();
                if !top {
                    prefix = raw(&path).to_vec();
                    prefix.push(b'/');
                }
                let trouble = listing.trouble.clone();
                self.stack.push(Frame {
                    dir: dir.clone(),
                    real,
                    prefix,
                    listing,
                    next: 0,
                    linked,
                });
                trouble.map(|error| unlistable(path, dir, error))
            }
            Err(error) => Some(unlistable(path, dir, in_words(&error))),
        }
    }

    /// Goes into the directory behind a link, unless that has been done.
    fn enter_link(&mut self, dir: PathBuf, path: AssetPath) -> Option<Asset> {
        let subject = match dir.canonicalize() {
            Ok(real) if self.stack.iter().any(|f| f.real == real) => Subject::Loop,
            Ok(real) if self.is_walked(&real) => Subject::Symlink,
            Ok(real) if self.linked.insert(real.clone()) => {
                return self.enter(dir, real, path, false, true);
            }
            Ok(_) => Subject::Symlink,
            Err(error) => Subject::Unlistable(in_words(&error)),
        };
        Some(lone(path, dir, subject))
    }

    /// Goes into a directory below a link, unless that has been or will be done
    /// on another way: then its files have their lines there.
    fn enter_below_link(
        &mut self,
        dir: PathBuf,
        real: PathBuf,
        path: AssetPath,
    ) -> Option<Asset> {
        if self.is_walked(&real) || !self.linked.insert(real.clone()) {
            return None;
        }
        self.enter(dir, real, path, false, true)
    }

    /// Whether the walk comes to this directory without any link.
    fn is_walked(&self, real: &Path) -> bool {
        self.directories.contains(real)
            || roots::is_below(real, &self.directories, &self.options)
    }

    fn begin(&mut self, root: Root) -> Option<Asset> {
        let path = AssetPath::from_bytes(root.name);
        match root.kind {
            RootKind::Directory { prefixed } => {
                self.enter(root.given, root.real, path, !prefixed, false)
            }
            RootKind::Missing => Some(lone(path, root.given, Subject::File)),
            RootKind::File => self.file_root(root.given, &root.real, path),
            RootKind::Special(kind) => {
                Some(lone(path, root.given, Subject::Special(kind)))
            }
        }
    }

    /// A file that was named by itself, with what stands beside it.
    fn file_root(
        &mut self,
        file: PathBuf,
        real: &Path,
        path: AssetPath,
    ) -> Option<Asset> {
        let (Some(directory), Some(name)) = (real.parent(), real.file_name()) else {
            return Some(lone(path, file, Subject::File));
        };
        if self.beside.as_ref().is_none_or(|(listed, _)| listed != directory) {
            let everything = Options { hidden: true, ..self.options.clone() };
            let listing = Listing::read(directory, directory, &everything)
                .unwrap_or_else(|_| Listing::guess(directory, name, &everything));
            self.beside = Some((directory.to_owned(), listing));
        }
        let (directory, listing) = self.beside.as_ref()?;
        let Some(n) = listing.position(name) else {
            return Some(lone(path, file, Subject::File));
        };
        let prefix = raw(&path);
        let prefix = &prefix[..prefix.len() - name.len().min(prefix.len())];
        let mut asset = asset(directory, prefix, listing, n);
        if let Role::Paired(master) = listing.role(n) {
            let master = directory.join(&listing.entries[master].name);
            if self.named.contains(&master) {
                return None;
            }
        }
        asset.file = file;
        // A link that was named is meant to be followed.
        if asset.subject == Subject::Symlink {
            asset.subject = Subject::File;
        }
        asset.path = path;
        Some(asset)
    }
}

impl Iterator for Assets {
    type Item = Asset;

    fn next(&mut self) -> Option<Asset> {
        loop {
            let Some(frame) = self.stack.last_mut() else {
                let root = self.roots.next()?;
                if let Some(asset) = self.begin(root) {
                    return Some(asset);
                }
                continue;
            };
            let n = frame.next;
            frame.next += 1;
            let Some(entry) = frame.listing.entries.get(n) else {
                self.stack.pop();
                continue;
            };
            let found = match entry.kind {
                Kind::Directory | Kind::LinkedDirectory => {
                    let path = joined(&frame.prefix, &entry.name);
                    let dir = frame.dir.join(&entry.name);
                    let real = frame.real.join(&entry.name);
                    match (entry.kind, frame.linked) {
                        (Kind::LinkedDirectory, _) => self.enter_link(dir, path),
                        (_, true) => self.enter_below_link(dir, real, path),
                        (_, false) => self.enter(dir, real, path, false, false),
                    }
                }
                _ if matches!(frame.listing.role(n), Role::Paired(_)) => None,
                _ => Some(asset(&frame.dir, &frame.prefix, &frame.listing, n)),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Entry `n` of a listing as an asset, with its sidecars.
fn asset(dir: &Path, prefix: &[u8], listing: &Listing, n: usize) -> Asset {
    let Entry { name, kind } = &listing.entries[n];
    let subject = match (*kind, listing.role(n)) {
        (Kind::File, Role::Orphan) => Subject::OrphanSidecar,
        (Kind::File, Role::Ambiguous(masters)) => Subject::AmbiguousSidecar(
            masters
                .iter()
                .map(|m| joined(&[], &listing.entries[*m].name).as_str().to_owned())
                .collect(),
        ),
        (Kind::Link, _) => Subject::Symlink,
        (Kind::Special(kind), _) => Subject::Special(kind),
        _ => Subject::File,
    };
    let mut asset = lone(joined(prefix, name), dir.join(name), subject);
    if let Some(mine) = listing.sidecars_of(n) {
        let names = |of: &[usize]| -> Vec<AssetPath> {
            of.iter().map(|s| joined(prefix, &listing.entries[*s].name)).collect()
        };
        asset.ambiguous = names(&mine.ambiguous);
        let what = |n: &usize| match listing.entries[*n].kind {
            Kind::Special(kind) => kind,
            _ => "symbolic link",
        };
        asset.unopened = names(&mine.unopened)
            .into_iter()
            .zip(mine.unopened.iter().map(what))
            .collect();
        asset.sidecars = names(&mine.sidecars)
            .into_iter()
            .zip(&mine.sidecars)
            .map(|(path, s)| Sidecar { path, file: dir.join(&listing.entries[*s].name) })
            .collect();
    }
    asset
}

fn lone(path: AssetPath, file: PathBuf, subject: Subject) -> Asset {
    let (sidecars, ambiguous, unopened) = (Vec::new(), Vec::new(), Vec::new());
    Asset { path, file, subject, sidecars, ambiguous, unopened }
}

fn unlistable(path: AssetPath, file: PathBuf, error: String) -> Asset {
    lone(path, file, Subject::Unlistable(error))
}

fn joined(prefix: &[u8], name: &OsStr) -> AssetPath {
    let name = name.as_encoded_bytes();
    let mut raw = Vec::with_capacity(prefix.len() + name.len());
    raw.extend_from_slice(prefix);
    raw.extend_from_slice(name);
    AssetPath::from_bytes(raw)
}

fn raw(path: &AssetPath) -> &[u8] {
    path.raw().unwrap_or(path.as_str().as_bytes())
}

/// The error as a curator would say it, the same on every platform where the
/// cause is a common one.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "it is not there any more".to_owned(),
        _ => error.to_string(),
    }
}

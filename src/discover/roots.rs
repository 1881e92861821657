//! The roots of an audit: which there are, and what they are called.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Options;
use super::listing::{is_left_out, special};

/// A root that cannot be audited.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// There is no such file or directory.
    #[error("{}: there is no such file or directory", .0.display())]
    Missing(PathBuf),
    /// The system would not let us look.
    #[error("{}: {}", .0.display(), super::in_words(.1))]
    Closed(PathBuf, io::Error),
}

/// A root that will be audited.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) given: PathBuf,
    /// Absolute and without links, except that a file may be a link itself.
    pub(super) real: PathBuf,
    /// The name in reports.
    pub(super) name: Vec<u8>,
    pub(super) kind: RootKind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum RootKind {
    /// `prefixed` if its name stands before the paths of what is in it.
    Directory {
        prefixed: bool,
    },
    File,
    Special(&'static str),
    /// It is on a list and not there.
    Missing,
}

/// Looks the roots up, drops those that others cover, and names the rest.
pub(super) fn settle(
    given: &[PathBuf],
    options: &Options,
) -> Result<(Vec<Root>, Vec<PathBuf>), RootError> {
    let look = |given: &PathBuf| match look(given) {
        Err(_) if options.is_list => Ok(missing(given)),
        looked => looked,
    };
    let looked: Vec<Root> = given.iter().map(look).collect::<Result<_, _>>()?;
    let directories: HashSet<PathBuf> = looked
        .iter()
        .filter(|r| matches!(r.kind, RootKind::Directory { .. }))
        .map(|r| r.real.clone())
        .collect();
    let mut seen = HashSet::new();
    let mut covered = Vec::new();
    let mut roots = Vec::new();
    for root in looked.into_iter().filter(|r| !options.except.contains(&r.real)) {
        if !seen.insert(root.real.clone()) || is_inside(&root, &directories, options) {
            covered.push(root.given);
        } else {
            roots.push(root);
        }
    }
    let several = roots.len() > 1;
    for root in &mut roots {
        if let RootKind::Directory { prefixed } = &mut root.kind {
            *prefixed = several;
        }
    }
    if options.is_list {
        roots.iter_mut().for_each(|root| root.name = in_full(&root.given));
    } else if several {
        tell_apart(&mut roots);
    }
    Ok((roots, covered))
}

fn missing(given: &Path) -> Root {
    Root {
        given: given.to_owned(),
        real: given.to_owned(),
        name: in_full(given),
        kind: RootKind::Missing,
    }
}

/// A path as the name of a root: `a/b` for `./a/b` and `/a/b`.
fn in_full(given: &Path) -> Vec<u8> {
    let names = given.components().filter_map(|c| match c {
        std::path::Component::Normal(_) | std::path::Component::ParentDir => {
            Some(c.as_os_str().as_encoded_bytes())
        }
        _ => None,
    });
    let name = names.collect::<Vec<_>>().join(&b'/');
    if name.is_empty() { given.as_os_str().as_encoded_bytes().to_vec() } else { name }
}

fn look(given: &Path) -> Result<Root, RootError> {
    let closed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => RootError::Missing(given.to_owned()),
        _ => RootError::Closed(given.to_owned(), error),
    };
    let found = fs::metadata(given).map_err(closed)?;
    let whole = given.canonicalize().map_err(closed)?;
    let (kind, real) = if found.is_dir() {
        // The audit of a directory that cannot be listed has no verdict.
        fs::read_dir(given).map_err(closed)?;
        (RootKind::Directory { prefixed: false }, whole)
    } else {
        let parent = match given.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let parent = parent.canonicalize().map_err(closed)?;
        let real = given.file_name().map_or(whole, |name| parent.join(name));
        let kind = match found.is_file() {
            true => RootKind::File,
            false => RootKind::Special(special(found.file_type())),
        };
        (kind, real)
    };
    // `a/..` and `.` have no name of their own.
    let name = given.file_name().or(real.file_name()).unwrap_or(real.as_os_str());
    let name = name.as_encoded_bytes().to_vec();
    Ok(Root { given: given.to_owned(), real, name, kind })
}

/// Whether the walk through one of `directories` comes to `root`.
fn is_inside(root: &Root, directories: &HashSet<PathBuf>, options: &Options) -> bool {
    if fs::symlink_metadata(&root.real).is_ok_and(|m| m.is_symlink()) && !options.follow {
        return false;
    }
    is_below(&root.real, directories, options)
}

/// Whether the walk through one of `directories` comes to what is at `real`, a
/// path without links.
pub(super) fn is_below(
    real: &Path,
    directories: &HashSet<PathBuf>,
    options: &Options,
) -> bool {
    let mut below = real;
    while let (Some(name), Some(parent)) = (below.file_name(), below.parent()) {
        if is_left_out(name, options.hidden) {
            return false;
        }
        if directories.contains(parent) {
            return true;
        }
        below = parent;
    }
    false
}

/// Puts as many directories before the names of roots as tells them apart.
fn tell_apart(roots: &mut [Root]) {
    // The longest path bounds the number of rounds.
    let rounds = roots.iter().map(|r| r.real.components().count()).max().unwrap_or(0);
    for parts in 2..=rounds {
        let mut times: HashMap<Vec<u8>, u32> = HashMap::new();
        for root in roots.iter() {
            *times.entry(root.name.clone()).or_default() += 1;
        }
        if times.values().all(|n| *n == 1) {
            return;
        }
        for root in roots.iter_mut().filter(|r| times.get(&r.name) != Some(&1)) {
            let names: Vec<&[u8]> = root
                .real
                .components()
                .filter(|c| matches!(c, std::path::Component::Normal(_)))
                .map(|c| c.as_os_str().as_encoded_bytes())
                .collect();
            let from = names.len().saturating_sub(parts);
            root.name = names[from..].join(&b'/');
        }
    }
}

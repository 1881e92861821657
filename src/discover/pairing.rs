//! Which sidecar belongs to which master.
//!
//! A sidecar is a file with the extension `.xmp`, in any case, or `.license`.
//! Two conventions are in use for the first: `a.jpg.xmp` (darktable, digiKam,
//! ExifTool) and `a.xmp` (Adobe); and one for the second (REUSE 3.3).
//!
//! - `a.jpg.xmp` belongs to `a.jpg`, which it names in full.
//! - Otherwise `a.xmp` belongs to the one file beside it that is called `a`, a
//!   dot and an extension, where the extension is not one of [`NO_MASTERS`].
//!   Where there are two, nobody can tell: it is ambiguous, stands on a line of
//!   its own, and each of the masters is told.
//! - `a.jpg.license` belongs to `a.jpg`, and to nothing else. One that names a
//!   sidecar is about that sidecar, and a file by itself.
//! - A sidecar without such a file is an orphan. If what bears the name is a
//!   link that is not followed, the sidecar is a file by itself.
//! - A sidecar that is itself a link that is not followed, or a special file, is
//!   not opened. It stands on a line of its own, and every master that it may
//!   belong to is told: something about that master is not known.
//!
//! Names are compared byte by byte, and only within one directory.

use std::collections::HashMap;

use super::listing::{Entry, Kind};

/// Extensions of files that stand beside a work and are none: notes, listings,
/// checksums, settings, backups. `a.txt` beside `a.jpg` does not make `a.xmp`
/// ambiguous.
const NO_MASTERS: &[&str] = &[
    "aae", "bak", "bib", "cop", "cos", "csv", "db", "dop", "htm", "html", "ini", "json",
    "jsonl", "license", "lnk", "log", "md", "md5", "nfo", "on1", "pp3", "rtf", "sha1",
    "sha256", "sha512", "srt", "thm", "tmp", "tsv", "txt", "url", "vrd", "vtt", "xml",
    "yaml", "yml",
];

/// What an entry is among its neighbours; numbers are those of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It stands for itself.
    Own,
    /// The sidecar of this master.
    Paired(usize),
    /// The sidecar of one of these masters.
    Ambiguous(Vec<usize>),
    /// A sidecar without a master.
    Orphan,
}

/// The sidecars of one master, in name order.
#[derive(Debug, Default)]
pub(super) struct Mine {
    pub(super) sidecars: Vec<usize>,
    pub(super) ambiguous: Vec<usize>,
    /// Links and special files that are called like sidecars of it.
    pub(super) unopened: Vec<usize>,
}

/// Pairs `entries`, which are sorted by name.
pub(super) fn pair(entries: &[Entry]) -> (HashMap<usize, Role>, HashMap<usize, Mine>) {
    let mut roles = HashMap::new();
    let mut mine: HashMap<usize, Mine> = HashMap::new();
    for (n, entry) in entries.iter().enumerate() {
        let name = entry.name.as_encoded_bytes();
        let Some((stem, kind)) = sidecar_stem(name) else { continue };
        if matches!(entry.kind, Kind::Directory | Kind::LinkedDirectory) {
            continue;
        }
        let masters = match kind {
            Sidecar::Xmp => masters(entries, stem),
            Sidecar::License if sidecar_stem(stem).is_some() => continue,
            Sidecar::License => named_in_full(entries, stem).into_iter().collect(),
        };
        if entry.kind != Kind::File {
            for master in masters {
                mine.entry(master).or_default().unopened.push(n);
            }
            continue;
        }
        let role = match masters.as_slice() {
            [] if kind == Sidecar::License && find(entries, stem).is_some() => Role::Own,
            [] if kind == Sidecar::License => Role::Orphan,
            [] if is_taken(entries, stem) => Role::Own,
            [] => Role::Orphan,
            [master] => {
                mine.entry(*master).or_default().sidecars.push(n);
                Role::Paired(*master)
            }
            several => {
                for master in several {
                    mine.entry(*master).or_default().ambiguous.push(n);
                }
                Role::Ambiguous(several.to_vec())
            }
        };
        roles.insert(n, role);
    }
    (roles, mine)
}

/// The file with this name, if it is none that is a sidecar itself.
fn named_in_full(entries: &[Entry], name: &[u8]) -> Option<usize> {
    find(entries, name)
        .filter(|n| entries[*n].kind == Kind::File && sidecar_stem(name).is_none())
}

/// The masters of an XMP sidecar with this stem.
fn masters(entries: &[Entry], stem: &[u8]) -> Vec<usize> {
    if let Some(n) = named_in_full(entries, stem) {
        return vec![n];
    }
    same_stem(entries, stem)
        .filter(|(n, extension)| entries[*n].kind == Kind::File && is_master(extension))
        .map(|(n, _)| n)
        .collect()
}

/// Whether something that is not opened bears the name of the master.
fn is_taken(entries: &[Entry], stem: &[u8]) -> bool {
    let closed = |n: usize| matches!(entries[n].kind, Kind::Link | Kind::Special(_));
    find(entries, stem).is_some_and(closed)
        || same_stem(entries, stem)
            .any(|(n, extension)| closed(n) && is_master(extension))
}

fn find(entries: &[Entry], name: &[u8]) -> Option<usize> {
    entries.binary_search_by(|e| e.name.as_encoded_bytes().cmp(name)).ok()
}

/// The entries called `stem`, a dot and an extension, with that.
fn same_stem<'e>(
    entries: &'e [Entry],
    stem: &'e [u8],
) -> impl Iterator<Item = (usize, &'e [u8])> {
    let extension = move |entry: &'e Entry| {
        entry.name.as_encoded_bytes().strip_prefix(stem)?.strip_prefix(b".")
    };
    let start = entries.partition_point(|e| {
        let name = e.name.as_encoded_bytes();
        name < stem || (name.starts_with(stem) && name[stem.len()..] < b"."[..])
    });
    (start..)
        .zip(&entries[start..])
        .map_while(move |(n, e)| Some((n, extension(e)?)))
        .filter(|(_, extension)| !extension.contains(&b'.'))
}

/// Whether a file with this extension can be the work that `a.xmp` describes.
fn is_master(extension: &[u8]) -> bool {
    let extension = extension.to_ascii_lowercase();
    // ExifTool keeps what it has changed as `a.jpg_original`.
    extension != b"xmp"
        && !extension.ends_with(b"_original")
        && !extension.ends_with(b"~")
        && !NO_MASTERS.iter().any(|e| e.as_bytes() == extension)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sidecar {
    Xmp,
    License,
}

/// The name of a sidecar without its extension, and which kind it is.
fn sidecar_stem(name: &[u8]) -> Option<(&[u8], Sidecar)> {
    let xmp = name.split_last_chunk::<4>();
    let (stem, kind) = match xmp.filter(|(_, e)| e.eq_ignore_ascii_case(b".xmp")) {
        Some((stem, _)) => (stem, Sidecar::Xmp),
        None => (name.strip_suffix(b".license")?, Sidecar::License),
    };
    (!stem.is_empty()).then_some((stem, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each sidecar of a directory is, as text.
    fn told(names: &[&str]) -> Vec<String> {
        let mut entries: Vec<Entry> = names
            .iter()
            .map(|name| match name.strip_suffix('@') {
                Some(link) => Entry { name: link.into(), kind: Kind::Link },
                None => Entry { name: name.into(), kind: Kind::File },
            })
            .collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let name = |n: &usize| entries[*n].name.to_str().unwrap().to_owned();
        let (roles, _) = pair(&entries);
        let mut told: Vec<String> = roles
            .iter()
            .map(|(n, role)| {
                let what = match role {
                    Role::Own => "own".to_owned(),
                    Role::Orphan => "orphan".to_owned(),
                    Role::Paired(master) => name(master),
                    Role::Ambiguous(masters) => {
                        masters.iter().map(name).collect::<Vec<_>>().join(" or ")
                    }
                };
                format!("{}: {what}", name(n))
            })
            .collect();
        told.sort();
        told
    }

    #[test]
    fn both_conventions_are_paired_and_collisions_are_not_guessed() {
        let table: &[(&[&str], &[&str])] = &[
            (&["a.jpg", "a.jpg.xmp"], &["a.jpg.xmp: a.jpg"]),
            (&["a.jpg", "a.xmp"], &["a.xmp: a.jpg"]),
            (&["a.jpg", "a.XMP"], &["a.XMP: a.jpg"]),
            (&["a.jpg", "a.xmp", "a.jpg.xmp"], &["a.jpg.xmp: a.jpg", "a.xmp: a.jpg"]),
            (&["a.jpg", "a.tif", "a.xmp"], &["a.xmp: a.jpg or a.tif"]),
            (
                &["a.jpg", "a.tif", "a.tif.xmp", "a.xmp"],
                &["a.tif.xmp: a.tif", "a.xmp: a.jpg or a.tif"],
            ),
            (&["a.jpg", "a.txt", "a.CSV", "a.jpg_original", "a.xmp"], &["a.xmp: a.jpg"]),
            (&["a.txt", "a.txt.xmp"], &["a.txt.xmp: a.txt"]),
            (&["a.txt", "a.xmp"], &["a.xmp: orphan"]),
            (&["a.jpg", "a.jpg.tif", "a.jpg.xmp"], &["a.jpg.xmp: a.jpg"]),
            (&["a.jpg.tif", "a.jpg.xmp"], &["a.jpg.xmp: a.jpg.tif"]),
            (&["a", "a.xmp"], &["a.xmp: a"]),
            (&["a b.jpg", "a!.jpg", "a-.jpg", "a.jpg", "a.xmp"], &["a.xmp: a.jpg"]),
            (&["A.jpg", "a.xmp"], &["a.xmp: orphan"]),
            (&["a.xmp", "a.xmp.xmp"], &["a.xmp.xmp: orphan", "a.xmp: orphan"]),
            (&["a.jpg@", "a.xmp"], &["a.xmp: own"]),
            (&[".xmp", "xmp", ".jpg"], &[]),
            (
                &["a.jpg", "a.jpg.license", "a.jpg.xmp", "a.xmp"],
                &["a.jpg.license: a.jpg", "a.jpg.xmp: a.jpg", "a.xmp: a.jpg"],
            ),
            (&["a.jpg", "a.license", "a.xmp"], &["a.license: orphan", "a.xmp: a.jpg"]),
            (&["a.jpg", "a.jpg.LICENSE"], &[]),
            (&["a.jpg", "a.jpg.xmp", "a.jpg.xmp.license"], &["a.jpg.xmp: a.jpg"]),
            (&["a.jpg@", "a.jpg.license"], &["a.jpg.license: own"]),
            (&["a.jpg.license"], &["a.jpg.license: orphan"]),
            (&[".license", "a", "a.license"], &["a.license: a"]),
        ];
        for (names, expected) in table {
            assert_eq!(told(names), *expected, "{names:?}");
        }
    }
}

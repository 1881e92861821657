//! What the tests over the fixtures share.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};

use tasl::model::{Asset, AssetPath, Evidence, FileRef, Subject};
use tasl::read::{Input, Limits, read, read_input};

/// A path of this package.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every regular file below `directory`, in the order of their paths.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The fixtures that the tests read: those of the formats and the collection.
/// The evidence beside them is not among them.
pub fn fixtures() -> Vec<PathBuf> {
    ["collection", "untidy", "formats", "pdf"]
        .into_iter()
        .map(|part| here("fixtures").join(part))
        .filter(|directory| directory.is_dir())
        .flat_map(|directory| files_below(&directory))
        .filter(|file| !is_about_others(file))
        .collect()
}

/// Whether a file is evidence, a script or a page about the fixtures.
pub fn is_about_others(file: &Path) -> bool {
    file.extension().is_some_and(|e| e == "tasl" || e == "py" || e == "md")
}

/// The name of a fixture in messages.
pub fn name(file: &Path) -> String {
    AssetPath::new(&here("fixtures"), file).as_str().to_owned()
}

/// The evidence of a file without sidecars.
pub fn evidence_of(file: &Path) -> Evidence {
    let asset = Asset {
        path: AssetPath::new(&here("fixtures"), file),
        file: file.to_owned(),
        subject: Subject::File,
        sidecars: Vec::new(),
        ambiguous: Vec::new(),
        unopened: Vec::new(),
    };
    read(&asset, &Limits::default())
}

/// The evidence of bytes in memory.
pub fn evidence_in(bytes: &[u8]) -> Evidence {
    let limits = Limits::default();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(bytes, &limits), FileRef::Primary, &mut evidence);
    evidence
}

/// Holds `actual` against a committed file, or writes the file where
/// `SNAPSHOTS=overwrite` is set.
pub fn assert_committed(file: &Path, actual: &str) {
    if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
        fs::write(file, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    let differs = expected.lines().zip(actual.lines()).position(|(e, a)| e != a);
    let at = differs.unwrap_or(expected.lines().count().min(actual.lines().count()));
    assert!(
        expected == actual,
        "{} line {}\n  committed: {}\n  now:       {}\n\
         `SNAPSHOTS=overwrite cargo test` writes it anew; look at the difference",
        file.display(),
        at + 1,
        expected.lines().nth(at).unwrap_or("(end)"),
        actual.lines().nth(at).unwrap_or("(end)"),
    );
}

/// Says that a test could not run here.
pub fn skipped(what: &str) {
    eprintln!("SKIPPED: {what}");
}

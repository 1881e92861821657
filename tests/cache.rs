//! With a cache, reports are the same byte for byte, and less is read.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;
#[cfg(unix)]
#[path = "cache/program.rs"]
mod program;

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use common::{BARE_JPEG, Tree, jpeg, licensed_jpeg, xmp};
use tasl::cache::{self, Cache, Tally};
use tasl::discover::{self, discover};
use tasl::model::{Record, Totals};
use tasl::read::{self, Open, ReadAt};
use tasl::report::{REPORTS, Report, Style, Tee};
use tasl::scan::{Options, ScanError, scan_with};

#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How to audit.
#[derive(Clone)]
struct How {
    threads: usize,
    open: Open,
    cache: cache::Options,
    /// Fails to write the report of this record.
    fail_at: Option<u32>,
}

/// As usual, and without waiting until files are old enough to be kept.
fn usual() -> How {
    let cache = cache::Options { settle: Duration::ZERO, ..cache::Options::default() };
    How { threads: 2, open: read::open, cache, fail_at: None }
}

struct Audited {
    reports: Vec<Vec<u8>>,
    tally: Tally,
    warnings: Vec<String>,
}

struct FailAt(Option<u32>);

impl Report for FailAt {
    fn record(&mut self, _record: &Record) -> io::Result<()> {
        self.0 = self.0.map(|n| n.saturating_sub(1));
        match self.0 {
            Some(0) => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }

    fn end(&mut self, _totals: &Totals) -> io::Result<()> {
        Ok(())
    }
}

fn audit(roots: &[PathBuf], dir: Option<&Path>, how: &How) -> Audited {
    let mut tee = Tee::default();
    let mut all = Vec::new();
    tee.0.push(Box::new(FailAt(how.fail_at)));
    for format in REPORTS {
        let bytes = Bytes::default();
        tee.0.push((format.open)(Box::new(bytes.clone()), &Style::default()));
        all.push(bytes);
    }
    let mut options = Options::new(NonZeroUsize::new(how.threads).unwrap());
    options.open = how.open;
    let assets = discover(roots, discover::Options::default()).unwrap();
    let mut cache = match dir {
        Some(dir) => {
            let directories = assets.directories();
            let here = Path::new("here");
            Cache::open(dir, &directories, here, &options.limits, how.cache).unwrap()
        }
        None => Cache::default(),
    };
    let result = scan_with(assets, &options, &mut cache, &mut tee);
    assert_eq!(result.is_ok(), how.fail_at.is_none());
    assert!(matches!(result, Ok(_) | Err(ScanError::Report(_))));
    drop(tee);
    Audited {
        reports: all.into_iter().map(|bytes| bytes.0.take()).collect(),
        tally: cache.tally(),
        warnings: cache.warnings().to_vec(),
    }
}

fn roots(tree: &Tree) -> [PathBuf; 1] {
    [tree.root().to_owned()]
}

/// A file system on which nothing can be opened.
fn never(_: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
    Err(io::Error::other("this was to come from the cache"))
}

/// A tree with a bit of everything that can be read.
fn mixed() -> Tree {
    let tree =
        Tree::of(&["empty.jpg", "orphan.xmp", "notes.txt", "both.tif", "both.png"]);
    for n in 0..24 {
        let bytes = match n % 4 {
            0 => licensed_jpeg(),
            1 => BARE_JPEG.to_vec(),
            2 => jpeg("<not XMP"),
            _ => licensed_jpeg()[..40].to_vec(),
        };
        tree.write(format!("{}/{n:02}.jpg", n % 3), &bytes);
    }
    tree.write("both.xmp", xmp("<dc:source>x</dc:source>").as_bytes());
    tree.write("0/00.jpg.xmp", xmp("<dc:creator>Max Roe</dc:creator>").as_bytes());
    tree
}

/// 24 in the folders and 6 at the top.
const FILES: u64 = 30;

/// The only file of that extension in a directory of caches.
fn cache_file(dir: &Path, extension: &str) -> PathBuf {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut files = files.filter(|path| path.extension().is_some_and(|e| e == extension));
    let file = files.next().unwrap();
    assert_eq!(files.next(), None);
    file
}

#[test]
fn reports_are_the_same_with_any_cache_on_any_number_of_threads() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let roots = roots(&tree);
    let expected = audit(&roots, None, &usual());
    for threads in [1, 2, 8] {
        fs::remove_dir_all(dir.root()).unwrap();
        let how = How { threads, ..usual() };
        let empty = audit(&roots, Some(dir.root()), &how);
        assert!(empty.reports == expected.reports, "empty, {threads} threads");
        assert_eq!((empty.tally.known, empty.tally.read), (0, FILES));
        assert!(empty.tally.bytes > 0);
        for how in [How { open: never, ..how.clone() }, How { threads: 3, ..how.clone() }]
        {
            let full = audit(&roots, Some(dir.root()), &how);
            assert!(full.reports == expected.reports, "full, {threads} threads");
            assert_eq!(full.tally, Tally { known: FILES, read: 0, bytes: 0 });
            assert_eq!(full.warnings, [""; 0]);
        }
        let file = cache_file(dir.root(), "cache");
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        let partial = audit(&roots, Some(dir.root()), &how);
        assert!(partial.reports == expected.reports, "partial, {threads} threads");
        assert!((1..FILES).contains(&partial.tally.known), "{:?}", partial.tally);
    }
}

#[test]
fn reports_are_the_same_with_a_damaged_cache() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let roots = roots(&tree);
    let expected = audit(&roots, Some(dir.root()), &usual()).reports;
    let file = cache_file(dir.root(), "cache");
    let whole = fs::read(&file).unwrap();
    // A linear congruential generator: the same damage in every run.
    let mut state: u64 = 0x7A51;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let mut known = 0;
    for round in 0..40 {
        let mut damaged = whole.clone();
        for _ in 0..=random(3) {
            let at = random(damaged.len());
            match random(4) {
                0 => damaged[at] = random(256) as u8,
                1 => damaged.insert(at, b'\n'),
                2 => damaged.truncate(at.max(1)),
                _ => {
                    let end = (at + random(2000)).min(damaged.len());
                    let part = damaged[at..end].to_vec();
                    damaged.splice(at..at, part);
                }
            }
        }
        fs::write(&file, &damaged).unwrap();
        let audited = audit(&roots, Some(dir.root()), &usual());
        assert!(audited.reports == expected, "round {round}");
        assert_eq!(audited.warnings, [""; 0]);
        known += audited.tally.known;
    }
    assert!(known > 40, "{known} in all rounds");
    for strange in [&b""[..], b"\n", b"\0", &[0xFF; 10_000], b"tasl-cache 1\n"] {
        fs::write(&file, strange).unwrap();
        let audited = audit(&roots, Some(dir.root()), &usual());
        assert!(audited.reports == expected, "{strange:?}");
        assert_eq!(audited.tally.known, 0);
    }
}

#[test]
fn what_has_changed_is_read_and_nothing_else() {
    let put_back = |tree: &Tree, name: &str, bytes: &[u8]| {
        let before = fs::metadata(tree.path(name)).unwrap().modified().unwrap();
        tree.write(name, bytes);
        let file = File::options().write(true).open(tree.path(name)).unwrap();
        file.set_modified(before).unwrap();
    };
    let creator = |name: &str| xmp(&format!("<dc:creator>{name}</dc:creator>"));
    type Change<'a> = (&'a str, &'a dyn Fn(&Tree), u64);
    let changes: [Change<'_>; 10] = [
        ("nothing", &|_| {}, 0),
        ("another length", &|t| t.write("0/00.jpg", BARE_JPEG), 1),
        ("the same length and time", &|t| put_back(t, "0/00.jpg", &licensed_jpeg()), 1),
        ("a sidecar", &|t| t.write("0/00.jpg.xmp", creator("Ann Roe").as_bytes()), 1),
        (
            "a sidecar of the same length and time",
            &|t| put_back(t, "0/00.jpg.xmp", creator("Tim Roe").as_bytes()),
            1,
        ),
        ("a sidecar more", &|t| t.write("1/01.xmp", creator("Ann Roe").as_bytes()), 1),
        ("a sidecar less", &|t| fs::remove_file(t.path("0/00.jpg.xmp")).unwrap(), 1),
        ("a name", &|t| fs::rename(t.path("1/04.jpg"), t.path("1/zz.tif")).unwrap(), 1),
        ("a file less", &|t| fs::remove_file(t.path("2/02.jpg")).unwrap(), 0),
        (
            "files more",
            &|t| ["0/0.jpg", "9.jpg"].iter().for_each(|n| t.write(n, BARE_JPEG)),
            2,
        ),
    ];
    for (what, change, read) in changes {
        let (tree, dir) = (mixed(), Tree::of(&[]));
        let roots = roots(&tree);
        audit(&roots, Some(dir.root()), &usual());
        change(&tree);
        let audited = audit(&roots, Some(dir.root()), &usual());
        let expected = audit(&roots, None, &usual());
        assert!(audited.reports == expected.reports, "{what}");
        // Other systems do not tell when a file was changed in any way.
        if cfg!(unix) || !what.contains("same") {
            assert_eq!(audited.tally.read, read, "{what}");
        }
        let again = audit(&roots, Some(dir.root()), &How { open: never, ..usual() });
        assert!(again.reports == expected.reports, "{what}, once more");
    }
}

#[test]
fn an_ambiguous_sidecar_more_is_noticed() {
    let (tree, dir) = (Tree::of(&[]), Tree::of(&[]));
    for name in ["a.jpg", "a.tif"] {
        tree.write(name, &licensed_jpeg());
    }
    let roots = roots(&tree);
    audit(&roots, Some(dir.root()), &usual());
    tree.write("a.xmp", xmp("<dc:creator>Max Roe</dc:creator>").as_bytes());
    let audited = audit(&roots, Some(dir.root()), &usual());
    assert!(audited.reports == audit(&roots, None, &usual()).reports);
    assert_eq!(audited.tally.read, 3);
}

#[test]
fn an_audit_that_ended_early_is_gone_on_with() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let roots = roots(&tree);
    let expected = audit(&roots, None, &usual()).reports;
    let known = |audited: &Audited| audited.tally.known;
    for at in [5, 12, 3, 25] {
        let how = How { fail_at: Some(at), threads: 1, ..usual() };
        audit(&roots, Some(dir.root()), &how);
    }
    // What the longest of them had read is known, and so is what stood before.
    let audited = audit(&roots, Some(dir.root()), &usual());
    assert!(audited.reports == expected);
    assert!(known(&audited) >= 25, "{:?}", audited.tally);
    // One that ended early takes nothing from a complete one.
    let how = How { fail_at: Some(2), ..usual() };
    audit(&roots, Some(dir.root()), &how);
    let audited = audit(&roots, Some(dir.root()), &How { open: never, ..usual() });
    assert!(audited.reports == expected);
    assert_eq!(known(&audited), FILES);
}

#[test]
fn what_could_not_be_read_is_read_again() {
    fn fails_at_one(path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
        if path.ends_with("1/04.jpg") || path.ends_with("0/00.jpg.xmp") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        read::open(path)
    }
    fn panics_at_one(path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
        assert!(!path.ends_with("1/04.jpg"), "an unlucky moment");
        read::open(path)
    }
    let tree = mixed();
    let roots = roots(&tree);
    let expected = audit(&roots, None, &usual()).reports;
    for (open, read) in [(fails_at_one as Open, 2), (panics_at_one as Open, 1)] {
        let dir = Tree::of(&[]);
        let unlucky = audit(&roots, Some(dir.root()), &How { open, ..usual() });
        assert!(unlucky.reports != expected);
        let audited = audit(&roots, Some(dir.root()), &usual());
        assert!(audited.reports == expected);
        assert_eq!(audited.tally.read, read);
    }
}

#[test]
fn what_was_changed_a_moment_ago_is_not_kept() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let how = How { cache: cache::Options::default(), ..usual() };
    for _ in 0..2 {
        let audited = audit(&roots(&tree), Some(dir.root()), &how);
        assert_eq!(audited.tally.known, 0);
    }
}

#[test]
fn verified_files_are_known_by_their_bytes() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let roots = roots(&tree);
    let cache = cache::Options { verify: true, ..usual().cache };
    let verified = How { cache, ..usual() };
    let expected = audit(&roots, None, &usual()).reports;
    // What was kept without is not enough.
    audit(&roots, Some(dir.root()), &usual());
    let audited = audit(&roots, Some(dir.root()), &verified);
    assert_eq!((audited.tally.read, audited.reports == expected), (FILES, true));
    // Other times, the same bytes.
    for n in [0, 3, 6] {
        let path = tree.path(format!("0/{n:02}.jpg"));
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    let audited = audit(&roots, Some(dir.root()), &verified);
    assert_eq!((audited.tally.read, audited.reports == expected), (0, true));
    assert!(audited.tally.bytes > 0);
    // And known by their new times from now on.
    let audited = audit(&roots, Some(dir.root()), &How { open: never, ..usual() });
    assert_eq!((audited.tally.read, audited.reports == expected), (0, true));
}

#[test]
fn each_root_has_a_cache_of_its_own() {
    let (one, other, dir) = (mixed(), mixed(), Tree::of(&[]));
    let both = [one.root().to_owned(), other.root().to_owned()];
    audit(&both, Some(dir.root()), &usual());
    let turned = [other.root().to_owned(), one.root().to_owned()];
    for roots in [&both[..], &both[..1], &turned, &turned[..1]] {
        let audited = audit(roots, Some(dir.root()), &How { open: never, ..usual() });
        assert_eq!(audited.tally.read, 0, "{roots:?}");
        assert!(audited.reports == audit(roots, None, &usual()).reports);
    }
}

#[test]
fn of_two_audits_at_once_the_second_one_keeps_nothing() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let roots = roots(&tree);
    let expected = audit(&roots, Some(dir.root()), &usual()).reports;
    let limits = read::Limits::default();
    let mut assets = discover(&roots, discover::Options::default()).unwrap();
    let directories = assets.directories();
    let mut first =
        Cache::open(dir.root(), &directories, Path::new("here"), &limits, usual().cache)
            .unwrap();
    let ticket = first.look_up(&assets.next().unwrap());
    let second = audit(&roots, Some(dir.root()), &How { open: never, ..usual() });
    assert_eq!(
        second.warnings,
        ["another audit is writing the cache; this one only reads it"]
    );
    assert!(second.reports == expected);
    first.keep(ticket);
    drop(first);
    let third = audit(&roots, Some(dir.root()), &How { open: never, ..usual() });
    assert_eq!(third.warnings, [""; 0]);
    assert!(third.reports == expected);
}

#[test]
fn files_named_by_themselves_are_known_in_any_order() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    let names = ["2/05.jpg", "orphan.xmp", "0/00.jpg", "1/04.jpg", "0/03.jpg"];
    let files: Vec<PathBuf> = names.iter().map(|name| tree.path(name)).collect();
    let expected = |files: &[PathBuf]| audit(files, None, &usual()).reports;
    // One that ended early leaves a journal.
    let how = How { fail_at: Some(3), threads: 1, ..usual() };
    audit(&files, Some(dir.root()), &how);
    let first = audit(&files, Some(dir.root()), &usual());
    assert!(first.tally.known >= 3 && first.reports == expected(&files));
    let turned: Vec<PathBuf> = files.iter().rev().skip(1).cloned().collect();
    for files in [&files, &turned] {
        let audited = audit(files, Some(dir.root()), &How { open: never, ..usual() });
        assert_eq!(audited.tally.read, 0, "{files:?}");
        assert!(audited.reports == expected(files), "{files:?}");
    }
    // What was not looked at the last time is forgotten.
    let audited = audit(&files, Some(dir.root()), &usual());
    assert_eq!((audited.tally.read, audited.reports == expected(&files)), (1, true));
    // A directory among them has its own.
    let both = [tree.path("0"), tree.path("1/04.jpg"), tree.path("2")];
    audit(&both, Some(dir.root()), &usual());
    let audited = audit(&both, Some(dir.root()), &How { open: never, ..usual() });
    assert_eq!((audited.tally.read, audited.reports == expected(&both)), (0, true));
}

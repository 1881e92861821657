//! The reports are the same, byte for byte, on any number of threads.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use common::{BARE_JPEG, Tree, jpeg, licensed_jpeg, xmp};
use tasl::discover::{self, discover};
use tasl::model::{Record, Totals};
use tasl::read::{self, ReadAt};
use tasl::report::{REPORTS, Report, Rows, Style, Tee};
use tasl::scan::{Options, ScanError, scan};

/// A writer whose bytes can be had afterwards.
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

/// Every report on `root`, with a row a file and a row a finding.
fn reports(root: &Path, threads: usize, window: usize) -> Vec<(String, Vec<u8>)> {
    let mut tee = Tee::default();
    let mut all = Vec::new();
    for rows in [Rows::Files, Rows::Findings] {
        for format in REPORTS {
            let bytes = Bytes::default();
            let style = Style { rows, ..Style::default() };
            tee.0.push((format.open)(Box::new(bytes.clone()), &style));
            all.push((format!("{} {rows:?}", format.id), bytes));
        }
    }
    let mut options = Options::new(NonZeroUsize::new(threads).unwrap());
    options.window = NonZeroUsize::new(window).unwrap();
    let roots: [PathBuf; 1] = [root.to_owned()];
    let assets = discover(&roots, discover::Options::default()).unwrap();
    scan(assets, &options, &mut tee).unwrap();
    drop(tee);
    all.into_iter().map(|(name, bytes)| (name, bytes.0.take())).collect()
}

/// A tree with a bit of everything, in which some files take much longer.
fn mixed() -> Tree {
    let tree =
        Tree::of(&["empty.jpg", "orphan.xmp", "notes.txt", "both.tif", "both.png"]);
    let long = "<dc:source>somewhere</dc:source>".repeat(200);
    for n in 0..60 {
        let bytes = match n % 6 {
            0 => licensed_jpeg(),
            1 => BARE_JPEG.to_vec(),
            2 => jpeg(&xmp(&long)),
            3 => jpeg("<not XMP"),
            4 => licensed_jpeg()[..40].to_vec(),
            _ => jpeg(&xmp("<cc:license>CC BY</cc:license>")),
        };
        tree.write(format!("{}/{n:02}.jpg", n % 4), &bytes);
    }
    tree.write("both.xmp", xmp("<dc:source>x</dc:source>").as_bytes());
    tree.write("0/00.jpg.xmp", xmp("<dc:creator>Max Roe</dc:creator>").as_bytes());
    tree
}

fn assert_same_everywhere(root: &Path, ways: &[(usize, usize)]) {
    let expected = reports(root, 1, 1);
    assert!(expected.iter().all(|(_, bytes)| !bytes.is_empty()));
    for &(threads, window) in ways {
        for ((name, one), (_, other)) in
            expected.iter().zip(reports(root, threads, window))
        {
            assert!(*one == other, "{name}: {threads} threads, window {window}");
        }
    }
}

#[test]
fn reports_are_the_same_on_any_number_of_threads() {
    let ways = [(1, 64), (2, 1), (2, 7), (2, 64), (8, 1), (8, 33), (8, 256)];
    assert_same_everywhere(mixed().root(), &ways);
}

#[test]
fn reports_on_the_corpus_are_the_same_on_any_number_of_threads() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/files");
    if !corpus.is_dir() {
        println!("skipped: {} is not there", corpus.display());
        return;
    }
    assert_same_everywhere(&corpus, &[(2, 64), (8, 64)]);
}

/// Sets the interrupt at the third record, and fails at `fail_at`.
struct Meddler<'o> {
    options: &'o Options,
    records: u32,
    fail_at: Option<u32>,
    ended: bool,
}

impl Report for Meddler<'_> {
    fn record(&mut self, _record: &Record) -> io::Result<()> {
        self.records += 1;
        if self.fail_at == Some(self.records) {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        if self.fail_at.is_none() && self.records == 3 {
            self.options.interrupt.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn end(&mut self, _totals: &Totals) -> io::Result<()> {
        self.ended = true;
        Ok(())
    }
}

#[test]
fn an_interrupt_ends_the_scan_at_once_and_the_report_is_not_ended() {
    let tree = mixed();
    let options = Options::new(NonZeroUsize::new(2).unwrap());
    let mut report =
        Meddler { options: &options, records: 0, fail_at: None, ended: false };
    let roots = [tree.root().to_owned()];
    let assets = discover(&roots, discover::Options::default()).unwrap();
    let result = scan(assets, &options, &mut report);
    assert!(matches!(result, Err(ScanError::Interrupted)));
    assert_eq!((report.records, report.ended), (3, false));
}

#[test]
fn after_an_error_of_the_report_nothing_more_is_called() {
    let tree = mixed();
    let options = Options::new(NonZeroUsize::new(2).unwrap());
    let mut report =
        Meddler { options: &options, records: 0, fail_at: Some(5), ended: false };
    let roots = [tree.root().to_owned()];
    let assets = discover(&roots, discover::Options::default()).unwrap();
    match scan(assets, &options, &mut report) {
        Err(ScanError::Report(error)) => {
            assert_eq!(error.kind(), io::ErrorKind::StorageFull)
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((report.records, report.ended), (5, false));
}

#[test]
fn no_file_is_lost() {
    let tree = mixed();
    let lines = reports(tree.root(), 2, 64)
        .into_iter()
        .find(|(name, _)| name == "jsonl Files")
        .map(|(_, bytes)| bytes.split(|b| *b == b'\n').count() - 1);
    // 60 in the folders and 6 at the top; the sidecar of 00.jpg stands with it.
    assert_eq!(lines, Some(66));
}

/// How long the slow file system takes for each answer.
const DELAY: Duration = Duration::from_millis(5);

/// A file on a share that is far away.
struct Far(Box<dyn ReadAt>);

impl ReadAt for Far {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        std::thread::sleep(DELAY);
        self.0.read_at(buf, offset)
    }
}

#[test]
fn many_files_at_once_hide_how_slow_each_of_them_is() {
    fn far(path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
        let (file, len) = read::open(path)?;
        Ok((Box::new(Far(file)), len))
    }
    const FILES: u32 = 96;
    let tree = Tree::of(&[]);
    for n in 0..FILES {
        tree.write(format!("{n:02}.jpg"), &licensed_jpeg());
    }
    let took = |threads: usize| {
        let mut options = Options::new(NonZeroUsize::new(threads).unwrap());
        options.open = far;
        let roots = [tree.root().to_owned()];
        let assets = discover(&roots, discover::Options::default()).unwrap();
        let begun = Instant::now();
        let totals = scan(assets, &options, &mut Tee::default()).unwrap();
        assert_eq!(totals.cost.calls, u64::from(FILES));
        begun.elapsed()
    };
    // By itself, every read waits for the one before it.
    let (one, many) = (took(1), took(32));
    assert!(one >= FILES * DELAY, "{one:?}");
    // A 32nd of the waiting, in three rounds; the rest is what a busy machine
    // may add.
    assert!(many < one / 3, "{many:?} with 32 at once, {one:?} with one");
}

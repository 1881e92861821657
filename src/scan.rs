//! The pipeline: many assets at once, records in path order.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use crate::cache::{Cache, Ticket};
use crate::collection::Collection;
use crate::model::{
    Asset, Catalogued, Confidence, Damage, DamageKind, Evidence, FileRef, Finding,
    Record, Severity, Tasl, Totals,
};
use crate::policy::{Policies, Policy};
use crate::read::{self, Limits, Open};
use crate::reconcile::reconcile;
use crate::records::{Match, Records, compare};
use crate::report::Report;
use crate::rules::{self, Case};

/// The name of the threads that read files. A panic on one of them becomes a
/// finding.
pub const WORKER: &str = "tasl-worker";

/// The stack of a worker in bytes. Readers bound their recursion so as to need
/// far less.
const STACK: usize = 8 << 20;

/// Into how many batches the window of each worker is divided.
const BATCHES: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// How to scan.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which rules apply to which paths.
    pub policies: Policies,
    /// The repository's own records, to hold the files against.
    pub records: Option<Arc<Records>>,
    /// How much of a file may be read.
    pub limits: Limits,
    /// How many workers. They read and check by turns; where files are slow to
    /// come, more of them than there are processors hide it.
    pub threads: NonZeroUsize,
    /// How files are opened.
    pub open: Open,
    /// How many assets may be under way at once. It bounds the memory of a
    /// scan, and how far the others may run ahead of one slow asset.
    pub window: NonZeroUsize,
    /// Ends the scan with [`ScanError::Interrupted`] once it is set.
    pub interrupt: Arc<AtomicBool>,
}

impl Options {
    /// The usual options for so many workers.
    pub fn new(threads: NonZeroUsize) -> Self {
        Self {
            policies: Policies::default(),
            records: None,
            limits: Limits::default(),
            threads,
            open: read::open,
            // With one file in a hundred fifty times slower than the rest, the
            // order costs nothing from 32 for each thread on; with 16 it costs
            // 10 to 50 %.
            window: threads.saturating_mul(const { NonZeroUsize::new(32).unwrap() }),
            interrupt: Arc::default(),
        }
    }
}

/// Why a scan has no result. Trouble with an asset is a finding about it.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The report could not be written.
    #[error("{0}")]
    Report(#[from] io::Error),
    /// There was no starting the threads.
    #[error("cannot start the threads: {0}")]
    Threads(String),
    /// [`Options::interrupt`] was set.
    #[error("interrupted")]
    Interrupted,
}

/// Examines `assets` and hands their records to `report` in the order of
/// `assets`, whatever the number of threads.
///
/// Workers read and check. Everything else – walking the tree, writing the
/// report – happens on the calling thread, so neither needs to be `Send`, and
/// nothing waits inside the pool.
///
/// # Errors
///
/// [`ScanError`]; the report is not whole then.
pub fn scan(
    assets: impl Iterator<Item = Asset>,
    options: &Options,
    report: &mut dyn Report,
) -> Result<Totals, ScanError> {
    scan_with(assets, options, &mut Cache::default(), report)
}

/// The same, where the evidence about what has not changed comes from `cache`.
///
/// # Errors
///
/// [`ScanError`], after which the cache is not finished: what was read so far
/// is in it all the same.
pub fn scan_with(
    assets: impl Iterator<Item = Asset>,
    options: &Options,
    cache: &mut Cache,
    report: &mut dyn Report,
) -> Result<Totals, ScanError> {
    let cache = RefCell::new(cache);
    let mut totals = Totals::default();
    let records = options.records.as_deref();
    let mut collection = Collection::new(&options.policies, records);
    let interrupted = || options.interrupt.load(Ordering::Relaxed);
    report.begin()?;
    in_order(
        assets.map(|asset| (cache.borrow_mut().look_up(&asset), asset)),
        options.threads,
        options.window,
        |(ticket, asset)| {
            (!interrupted()).then(|| examine_or_survive(asset, ticket, options))
        },
        |examined| {
            let Some((record, ticket)) = examined else {
                return Err(ScanError::Interrupted);
            };
            cache.borrow_mut().keep(ticket);
            totals.add(&record);
            collection.add(&record, &options.policies);
            report.record(&record)?;
            if interrupted() { Err(ScanError::Interrupted) } else { Ok(()) }
        },
    )?;
    cache.borrow_mut().finish();
    totals.records = collection.finish(records);
    totals.collection_is_cut = collection.is_cut();
    totals.add_collection(rules::check_collection(&collection, &options.policies));
    report.end(&totals)?;
    Ok(totals)
}

/// Maps `items` on a pool of `threads` and passes the results to `each` in the
/// order of `items`, with at most `window` of them under way.
///
/// Items go to the workers in small batches. Each batch gets a channel of its
/// own when it is dispatched, and the channels are drained in that order.
fn in_order<T: Send, R: Send>(
    mut items: impl Iterator<Item = T>,
    threads: NonZeroUsize,
    window: NonZeroUsize,
    map: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), ScanError>,
) -> Result<(), ScanError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .thread_name(|_| WORKER.to_owned())
        .stack_size(STACK)
        .build()
        .map_err(|error| ScanError::Threads(error.to_string()))?;
    // One item at a time, waking and waiting cost 1.5 futex calls a file: 0.67 s
    // of system time over 100,000 small JPEGs. In eights it is 0.43 s.
    let batch = (window.get() / threads.saturating_mul(BATCHES).get()).max(1);
    let batches = window.get() / batch;
    let map = &map;
    pool.in_place_scope(|scope| {
        let mut under_way: VecDeque<Receiver<Vec<R>>> = VecDeque::new();
        let mut drain = |under_way: &mut VecDeque<Receiver<Vec<R>>>| match under_way
            .pop_front()
        {
            None => Ok(()),
            #[expect(clippy::expect_used, reason = "`map` always sends")]
            Some(results) => {
                results.recv().expect("a worker died").into_iter().try_for_each(&mut each)
            }
        };
        loop {
            if under_way.len() == batches {
                drain(&mut under_way)?;
            }
            let batch: Vec<T> = items.by_ref().take(batch).collect();
            if batch.is_empty() {
                break;
            }
            let (sender, receiver) = sync_channel(1);
            scope.spawn(move |_| {
                drop(sender.send(batch.into_iter().map(map).collect()));
            });
            under_way.push_back(receiver);
        }
        while !under_way.is_empty() {
            drain(&mut under_way)?;
        }
        Ok(())
    })
}

/// What is known of an asset besides itself.
type Examined = (Evidence, Tasl, Vec<Finding>, Option<Catalogued>);

/// Reads one asset and checks it.
fn examine(asset: &Asset, ticket: &mut Ticket, options: &Options) -> Examined {
    check(asset, ticket.read(asset, &options.limits, options.open), options)
}

/// Checks the evidence about an asset.
fn check(asset: &Asset, evidence: Evidence, options: &Options) -> Examined {
    let policies = &options.policies;
    let path = policies.path_of(asset);
    let policy = policies.at(&path);
    let tasl = reconcile(&evidence, &policy.statements);
    let records = options.records.as_deref();
    let catalogued =
        records.map(|records| catalogued(asset, &evidence, &tasl, &policy, records));
    let record = catalogued.as_ref().and_then(Catalogued::one);
    let case = Case { evidence: &evidence, tasl: &tasl, policy: &policy, record };
    let mut findings = rules::check(&case);
    policies.waive(&path, &mut findings);
    (evidence, tasl, findings, catalogued)
}

/// The record of an asset, and how they compare.
fn catalogued(
    asset: &Asset,
    evidence: &Evidence,
    tasl: &Tasl,
    policy: &Policy,
    records: &Records,
) -> Catalogued {
    match records.find(&asset.path, &asset.file, evidence) {
        Match::None => Catalogued::Missing,
        Match::One(n, entry) => {
            let complete = evidence.is_complete();
            Catalogued::One(compare(n, entry, tasl, &policy.statements, complete))
        }
        Match::Several(several) => Catalogued::Several(records.lines(&several)),
    }
}

/// Like [`examine`], but survives its panics: one file must not end the scan of
/// a million.
fn examine_or_survive(
    asset: Asset,
    mut ticket: Ticket,
    options: &Options,
) -> (Record, Ticket) {
    let (evidence, tasl, findings, catalogued) =
        caught(|| examine(&asset, &mut ticket, options)).unwrap_or_else(|panic| {
            let evidence = evidence_of_panic(&asset, &panic);
            caught(|| check(&asset, evidence.clone(), options)).unwrap_or_else(|_| {
                let finding = Finding {
                    rule: "internal-error",
                    severity: Severity::Error,
                    message: format!("this program failed: {panic}"),
                    at: Vec::new(),
                    place: None,
                    confidence: Confidence::Certain,
                    fix: None,
                    waived: None,
                };
                (evidence, Tasl::default(), vec![finding], None)
            })
        });
    (Record { asset, evidence, tasl, findings, catalogued }, ticket)
}

fn evidence_of_panic(asset: &Asset, what: &str) -> Evidence {
    Evidence {
        subject: asset.subject.clone(),
        extension: asset.path.extension(),
        damage: vec![Damage {
            file: FileRef::Primary,
            kind: DamageKind::Panic,
            offset: None,
            what: what.to_owned(),
        }],
        ..Evidence::default()
    }
}

/// What `f` returns, or what it said when it panicked.
fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| {
        let said = said(&*panic).to_owned();
        // The panic of a panic's payload when it is dropped would not be caught.
        std::mem::forget(panic);
        said
    })
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AssetPath, Status, Subject};
    use std::panic;
    use std::time::Duration;

    fn number(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items_whoever_is_slow() {
        for (threads, window) in [(1, 1), (2, 1), (2, 3), (8, 64)] {
            let mut got = Vec::new();
            let slow = |n: u64| {
                std::thread::sleep(Duration::from_micros(if n.is_multiple_of(7) {
                    900
                } else {
                    3
                }));
                n
            };
            let each = |n| {
                got.push(n);
                Ok(())
            };
            in_order(0..200, number(threads), number(window), slow, each).unwrap();
            assert!(got.iter().copied().eq(0..200), "{threads} threads, window {window}");
        }
    }

    #[test]
    fn no_more_than_the_window_is_under_way() {
        use std::sync::atomic::AtomicUsize;
        let (begun, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..500).inspect(|_| {
            let ahead =
                begun.fetch_add(1, Ordering::SeqCst) - done.load(Ordering::SeqCst);
            assert!(ahead <= 16, "{ahead}");
        });
        let each = |_| {
            done.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        in_order(items, number(4), number(16), |n: i32| n, each).unwrap();
    }

    #[test]
    fn an_error_of_the_report_ends_the_scan() {
        let mut seen = 0;
        let each = |_| {
            seen += 1;
            if seen == 3 { Err(io::Error::other("full").into()) } else { Ok(()) }
        };
        let result = in_order(0..1_000_000, number(2), number(8), |n: i32| n, each);
        assert!(matches!(result, Err(ScanError::Report(_))));
        assert_eq!(seen, 3);
    }

    #[test]
    fn a_panic_is_a_finding_about_its_file() {
        let asset = Asset {
            path: AssetPath::from_bytes("a.jpg"),
            file: "a.jpg".into(),
            subject: Subject::File,
            sidecars: Vec::new(),
            ambiguous: Vec::new(),
            unopened: Vec::new(),
        };
        let evidence = evidence_of_panic(&asset, "index 7 out of range");
        let (evidence, tasl, findings, catalogued) =
            check(&asset, evidence, &Options::new(number(1)));
        let said: Vec<&str> = findings.iter().map(|f| &*f.message).collect();
        assert_eq!(said, ["this program failed: index 7 out of range"]);
        let record = Record { asset, evidence, tasl, findings, catalogued };
        assert_eq!(record.status(), Status::Unreadable);
        assert_eq!(record.worst(), Some(Severity::Error));
    }

    #[test]
    fn a_panic_is_caught_with_what_it_said() {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let text = caught(|| panic!("index {} out of range", 7)).map(|()| 0);
        panic::set_hook(hook);
        assert_eq!(text, Err("index 7 out of range".to_owned()));
    }
}

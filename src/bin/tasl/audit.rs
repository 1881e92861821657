//! `tasl audit`

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tasl::discover::{self, discover};
use tasl::model::{Severity, Totals};
use tasl::records::{self, Columns, Records};
use tasl::report::{Style, Tee, counted};
use tasl::scan::{self, scan_with};

use crate::args::Audit;
use crate::cached;
use crate::failure::{Failure, NO_VERDICT};
use crate::far;
use crate::list;
use crate::output::Output;
use crate::policy::{self, Used};
use crate::progress::Progress;
use crate::stdout;

/// How long one file may take. Those that are read whole take milliseconds, and
/// the worst that were made to do harm a second.
const TIME: Duration = Duration::from_secs(60);

/// Runs the audit.
///
/// # Errors
///
/// [`Failure`] where there is no verdict.
pub(crate) fn run(args: &Audit) -> Result<ExitCode, Failure> {
    let used = policy::for_audit(args)?;
    let records = args.records.as_deref().map(|path| records(path, args)).transpose()?;
    let roots = list::roots(args)?;
    // Until here nothing is half done, and what is read may be a pipe that nobody
    // writes to: there an interrupt ends the program as it does any other.
    let interrupt = on_interrupt()?;
    let outputs = Output::all(args)?;
    let cache_dir = cached::directory(args)?;
    let except = outputs.iter().flat_map(Output::files);
    let mut assets = discover(
        &roots,
        discover::Options {
            hidden: !args.no_hidden,
            follow: args.follow,
            except: except.chain(cache_dir.clone()).collect(),
            is_list: args.files_from.is_some(),
        },
    )?;
    for root in assets.covered() {
        say(
            args,
            &format!("{}: part of another path given, audited once", root.display()),
        );
    }
    let mut reports = Tee::default();
    if !args.quiet && !args.no_progress {
        // The first to be told of the end: wiped before a report is printed.
        reports.0.extend(Progress::new().map(|p| Box::new(p) as _));
    }
    for output in &outputs {
        reports
            .0
            .push((output.format.open)(output.writer()?, &style(args, output, &used)));
    }
    let mut options = scan::Options::new(threads(args, &roots));
    options.limits.time = Some(TIME);
    options.policies = used.policies;
    options.records = records.map(Arc::new);
    options.interrupt = interrupt;
    let cache_dir = cache_dir.as_deref();
    let mut cache = cached::open(cache_dir, args, &assets, &options.limits)?;
    let scanned = scan_with(&mut assets, &options, &mut cache, &mut reports);
    drop(reports);
    for line in cached::lines(cache_dir, &cache) {
        say(args, &line);
    }
    let totals = scanned?;

    if totals.is_vain() {
        return Err(Failure::new(nothing_to_audit(&totals, args.follow)));
    }
    let is_told = outputs.iter().any(|o| o.is_stdout() && o.format.id == "text");
    for output in outputs {
        output.keep()?;
    }
    if !is_told {
        say(args, &verdict(&totals));
    }
    if assets.left_out() > 0 {
        say(
            args,
            &format!(
                "{} left out: system files, or hidden ones",
                counted(assets.left_out(), "entry", "entries"),
            ),
        );
    }
    let fails = args.fail_on.severity().is_some_and(|s| totals.at_least(s) > 0);
    Ok(ExitCode::from(u8::from(fails)))
}

/// How many files to work on at once.
///
/// More than there are processors hide how slow a network is. On a local disk
/// they cost a tenth more CPU and gain nothing: 20,000 small JPEGs took 0.65 s of
/// CPU with 2 workers on 2 processors, and 0.72 s with 8.
fn threads(args: &Audit, roots: &[PathBuf]) -> NonZeroUsize {
    const EACH: NonZeroUsize = NonZeroUsize::new(8).unwrap();
    const FEWEST: NonZeroUsize = NonZeroUsize::new(32).unwrap();
    let number = |n: Option<u16>| n.and_then(|n| NonZeroUsize::new(n.into()));
    let processors = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    match (number(args.threads), number(args.io_threads)) {
        (Some(threads), Some(waiting)) => threads.max(waiting),
        (Some(threads), None) => threads,
        (None, Some(waiting)) => waiting.max(processors),
        // One that waits leaves its processor to the others.
        (None, None) if far::any(roots) => processors.saturating_mul(EACH).max(FEWEST),
        (None, None) => processors,
    }
}

/// Why there is no verdict on files of which none is to be audited.
fn nothing_to_audit(totals: &Totals, follow: bool) -> String {
    if totals.files == 0 {
        return "nothing to audit: no files were found".to_owned();
    }
    let hint = match totals.links {
        0 => String::new(),
        _ if follow => String::new(),
        n => {
            let links = counted(n, "symbolic link", "symbolic links");
            format!("; {links} not followed without --follow")
        }
    };
    format!(
        "nothing to audit: no image, document or sidecar among {}{hint}",
        counted(totals.files, "file", "files"),
    )
}

/// Reads the export of the catalogue.
fn records(path: &Path, args: &Audit) -> Result<Records, Failure> {
    let columns =
        Columns { key: args.records_key.clone(), map: args.records_map.clone() };
    records::load(path, &columns)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

fn style(args: &Audit, output: &Output, used: &Used) -> Style {
    let bom = match (args.bom, args.no_bom) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    Style {
        to_file: output.is_file(),
        rows: args.rows.into(),
        bom,
        color: output.is_stdout() && stdout::is_colored(args.color),
        width: if output.is_stdout() { stdout::width() } else { 100 },
        records: args.records.is_some(),
        policy: used.words.clone(),
        config_hash: Some(config_hash(args, &used.text)),
    }
}

/// The SHA-256 of the policy and of the options that decide what is in a report,
/// but for the paths and the day.
fn config_hash(args: &Audit, policy: &str) -> String {
    let Audit { no_hidden, follow, records_key, records_map, .. } = args;
    let options = format!("{no_hidden} {follow} {records_key:?} {records_map:?}\n");
    let hash = Sha256::new().chain_update(options).chain_update(policy).finalize();
    hash.iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

fn verdict(totals: &Totals) -> String {
    let count = |severity: Severity, one, many| {
        counted(totals.by_severity[severity as usize], one, many)
    };
    format!(
        "{}: {}, {}, {}",
        counted(totals.files - totals.unlistable, "file", "files"),
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Note, "note", "notes"),
    )
}

/// Tells the person at the keyboard something that is no part of the report.
fn say(args: &Audit, text: &str) {
    if !args.quiet {
        let _ = writeln!(std::io::stderr(), "tasl: {text}");
    }
}

/// A flag that `^C` sets. Pressed again, it ends the program at once.
fn on_interrupt() -> Result<Arc<AtomicBool>, Failure> {
    let interrupt = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupt);
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "a file system that hangs must not hold us")]
            std::process::exit(i32::from(NO_VERDICT));
        }
    })
    .map_err(|error| Failure::new(error.to_string()))?;
    Ok(interrupt)
}

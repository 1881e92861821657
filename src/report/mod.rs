//! Report formats.
//!
//! # Adding a report
//!
//! 1. A file here with its wire types and its `FORMAT`.
//! 2. Name it twice below: in the list of modules and in [`REPORTS`].
//! 3. Describe it in `docs/reports.md`. The tests over [`REPORTS`] then check
//!    that it is the same on any number of threads.
//!
//! A report decides nothing: the verdict is in [`Totals`], which the scan
//! counts. It writes down its own wire types, so that an inner rename cannot
//! change an interface by accident.

mod csv;
mod file;
mod json;
mod jsonl;
mod text;
mod visible;

use std::io::{self, Write};

use crate::model::{Record, Totals};
pub use file::{Described, describe};
pub use text::{bytes, counted};
pub use visible::{cell, on_one_line, visible_path};

/// Takes the records of a scan, in path order, on the calling thread. After an
/// error nothing more is called.
pub trait Report {
    /// Comes before the first record.
    ///
    /// # Errors
    ///
    /// Those of writing, here and below.
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// A record.
    ///
    /// # Errors
    ///
    /// As [`Report::begin`].
    fn record(&mut self, record: &Record) -> io::Result<()>;

    /// Comes after the last record, and flushes.
    ///
    /// # Errors
    ///
    /// As [`Report::begin`].
    fn end(&mut self, totals: &Totals) -> io::Result<()>;
}

/// A report format.
pub struct ReportFormat {
    /// The name on the command line: `csv`.
    pub id: &'static str,
    /// The extensions by which `-o` knows it.
    pub extensions: &'static [&'static str],
    /// Opens a report that writes to the given place.
    pub open: for<'w> fn(Box<dyn Write + 'w>, &Style) -> Box<dyn Report + 'w>,
}

/// How a report is to look, as far as its format leaves a choice.
#[derive(Clone, Debug)]
pub struct Style {
    /// It goes into a file, not to a terminal or a pipe.
    pub to_file: bool,
    /// What a row of a table is.
    pub rows: Rows,
    /// Whether a table begins with a byte order mark; `None` for a file only.
    pub bom: Option<bool>,
    /// Whether text may be coloured.
    pub color: bool,
    /// How many columns a line of text has.
    pub width: usize,
    /// Whether the files are held against records.
    pub records: bool,
    /// Which policy applies, in words.
    pub policy: Option<String>,
    /// What tells audits of different policies and options apart.
    pub config_hash: Option<String>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            to_file: false,
            rows: Rows::Files,
            bom: None,
            color: false,
            width: 80,
            records: false,
            policy: None,
            config_hash: None,
        }
    }
}

/// What a row of a table is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// One file.
    #[default]
    Files,
    /// One finding.
    Findings,
}

/// The report formats, by id.
pub static REPORTS: &[&ReportFormat] =
    &[&csv::FORMAT, &json::FORMAT, &jsonl::FORMAT, &text::FORMAT];

/// The format with this id.
pub fn find(id: &str) -> Option<&'static ReportFormat> {
    REPORTS.iter().find(|f| f.id == id).copied()
}

/// The format of files with this extension, in any case.
pub fn by_extension(extension: &str) -> Option<&'static ReportFormat> {
    let extension = extension.to_ascii_lowercase();
    REPORTS.iter().find(|f| f.extensions.contains(&&*extension)).copied()
}

/// Several reports on one scan.
#[derive(Default)]
pub struct Tee<'w>(pub Vec<Box<dyn Report + 'w>>);

impl Report for Tee<'_> {
    fn begin(&mut self) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|r| r.begin())
    }

    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|r| r.record(record))
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|r| r.end(totals))
    }
}

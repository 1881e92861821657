//! Report formats.
//!
//! # Adding a report
//!
//! 1. A file here with its wire types and its `FORMAT`.
//! 2. Name it twice below: in the list of modules and in [`REPORTS`].
//!
//! A report decides nothing: the verdict is in [`Totals`], which the scan
//! counts. It writes down its own wire types, so that an inner rename cannot
//! change an interface by accident.

use std::io::{self, Write};

use crate::model::{Record, Totals};

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
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// It goes into a file, not to a terminal or a pipe.
    pub to_file: bool,
}

/// The report formats, by id.
pub static REPORTS: &[&ReportFormat] = &[];

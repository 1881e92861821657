//! JSON Lines: one object a file. For programs.

use std::io::{self, Write};

use super::file::File;
use super::{Report, ReportFormat};
use crate::model::{Record, Totals};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "jsonl",
    extensions: &["jsonl", "ndjson"],
    open: |out, _style| Box::new(Jsonl { out, line: Vec::new() }),
};

struct Jsonl<'w> {
    out: Box<dyn Write + 'w>,
    /// The line that is being written: it goes out in one piece, which costs
    /// half of what its many small ones do.
    line: Vec<u8>,
}

impl Report for Jsonl<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, &File::new(record))?;
        self.line.push(b'\n');
        self.out.write_all(&self.line)
    }

    fn end(&mut self, _totals: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}

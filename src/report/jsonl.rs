//! JSON Lines: one object a file. For programs.

use std::io::{self, Write};

use super::file::File;
use super::{Report, ReportFormat};
use crate::model::{Record, Totals};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "jsonl",
    extensions: &["jsonl", "ndjson"],
    open: |out, _style| Box::new(Jsonl { out }),
};

struct Jsonl<'w> {
    out: Box<dyn Write + 'w>,
}

impl Report for Jsonl<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, &File::new(record))?;
        self.out.write_all(b"\n")
    }

    fn end(&mut self, _totals: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}

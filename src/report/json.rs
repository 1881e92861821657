//! JSON: one object, with the same objects a file as JSON Lines has. The
//! summary comes last, because the files are written as they are read.

use std::io::{self, Write};

use serde::Serialize;

use super::file::File;
use super::{Report, ReportFormat};
use crate::model::{Record, Severity, Status, Totals};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "json",
    extensions: &["json"],
    open: |out, _style| Box::new(Json { out, first: true }),
};

/// The name and version of the format.
const SCHEMA: &str = "tasl.audit/1";

struct Json<'w> {
    out: Box<dyn Write + 'w>,
    first: bool,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: u64,
    status: Statuses,
    findings: Severities,
    bytes_stored: u64,
    bytes_read: u64,
}

#[derive(Serialize)]
struct Statuses {
    ok: u64,
    incomplete: u64,
    malformed: u64,
    unreadable: u64,
    unsupported: u64,
    skipped: u64,
}

#[derive(Serialize)]
struct Severities {
    error: u64,
    warning: u64,
    note: u64,
}

impl Report for Json<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let tool = Tool { name: "tasl", version: env!("CARGO_PKG_VERSION") };
        write!(self.out, "{{\"schema\":\"{SCHEMA}\",\"tool\":")?;
        serde_json::to_writer(&mut self.out, &tool)?;
        self.out.write_all(b",\"files\":[")
    }

    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer(&mut self.out, &File::new(record))?)
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        let status = |status: Status| totals.by_status[status as usize];
        let severity = |severity: Severity| totals.by_severity[severity as usize];
        let summary = Summary {
            files: totals.files,
            status: Statuses {
                ok: status(Status::Ok),
                incomplete: status(Status::Incomplete),
                malformed: status(Status::Malformed),
                unreadable: status(Status::Unreadable),
                unsupported: status(Status::Unsupported),
                skipped: status(Status::Skipped),
            },
            findings: Severities {
                error: severity(Severity::Error),
                warning: severity(Severity::Warning),
                note: severity(Severity::Note),
            },
            bytes_stored: totals.cost.stored,
            bytes_read: totals.cost.read,
        };
        self.out.write_all(b"\n],\"summary\":")?;
        serde_json::to_writer(&mut self.out, &summary)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

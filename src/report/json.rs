//! JSON: one object, with the same objects a file as JSON Lines has. The
//! summary comes last, because the files are written as they are read.

use std::io::{self, Write};

use serde::Serialize;

use super::file::{File, WaiverOut};
use super::{Report, ReportFormat};
use crate::model::{
    CollectionFinding, Record, RecordTotals, Severity, Status, Totals, Verdict,
};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "json",
    extensions: &["json"],
    open: |out, style| {
        let config_hash = style.config_hash.clone();
        Box::new(Json { out, object: Vec::new(), first: true, config_hash })
    },
};

/// The name and version of the format.
const SCHEMA: &str = "tasl.audit/1";

struct Json<'w> {
    out: Box<dyn Write + 'w>,
    /// The object that is being written: it goes out in one piece.
    object: Vec<u8>,
    first: bool,
    config_hash: Option<String>,
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
    waived: u64,
    collection_complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<Records>,
    unexamined: u64,
}

#[derive(Serialize)]
struct Records {
    entries: u64,
    license: Verdicts,
    creators: Verdicts,
    files_without_record: u64,
    files_with_several_records: u64,
    records_without_file: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Verdicts {
    agree: u64,
    file_only: u64,
    record_only: u64,
    contradict: u64,
    neither: u64,
    unclear: u64,
}

impl Verdicts {
    fn new(counts: [u64; 6]) -> Self {
        let count = |verdict: Verdict| counts[verdict as usize];
        Self {
            agree: count(Verdict::Agree),
            file_only: count(Verdict::FileOnly),
            record_only: count(Verdict::RecordOnly),
            contradict: count(Verdict::Contradict),
            neither: count(Verdict::Neither),
            unclear: count(Verdict::Unclear),
        }
    }
}

impl Records {
    fn new(records: &RecordTotals) -> Self {
        Self {
            entries: records.entries,
            license: Verdicts::new(records.license),
            creators: Verdicts::new(records.creators),
            files_without_record: records.files_without_record,
            files_with_several_records: records.files_with_several,
            records_without_file: records.without_file.len() as u64,
        }
    }
}

#[derive(Serialize)]
struct CollectionOut<'a> {
    rule: &'static str,
    severity: &'static str,
    subject: &'a str,
    message: &'a str,
    paths: Vec<&'a str>,
    confidence: &'static str,
    waived: Option<WaiverOut<'a>>,
}

impl<'a> CollectionOut<'a> {
    fn new(finding: &'a CollectionFinding) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity.as_str(),
            subject: &finding.subject,
            message: &finding.message,
            paths: finding.paths.iter().map(|p| p.as_str()).collect(),
            confidence: finding.confidence.as_str(),
            waived: finding.waived.as_ref().map(WaiverOut::new),
        }
    }
}

#[derive(Serialize)]
struct EntryOut<'a> {
    key: &'a str,
    line: u64,
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
        self.out.write_all(b",\"config_hash\":")?;
        serde_json::to_writer(&mut self.out, &self.config_hash)?;
        self.out.write_all(b",\"files\":[")
    }

    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        self.object.clear();
        serde_json::to_writer(&mut self.object, &File::new(record))?;
        self.out.write_all(&self.object)
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
            waived: totals.waived,
            collection_complete: !totals.collection_is_cut,
            records: totals.records.as_ref().map(Records::new),
            unexamined: totals.unexamined,
        };
        let collection: Vec<_> =
            totals.collection.iter().map(CollectionOut::new).collect();
        self.out.write_all(b"\n],\"collection\":")?;
        serde_json::to_writer(&mut self.out, &collection)?;
        if let Some(records) = &totals.records {
            let without = records.without_file.iter();
            let without: Vec<_> =
                without.map(|(key, line)| EntryOut { key, line: *line }).collect();
            self.out.write_all(b",\"records_without_file\":")?;
            serde_json::to_writer(&mut self.out, &without)?;
        }
        self.out.write_all(b",\"summary\":")?;
        serde_json::to_writer(&mut self.out, &summary)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

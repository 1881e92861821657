//! CSV (RFC 4180): one row a file, or one a finding. For spreadsheets.
//!
//! `docs/reports.md` describes the columns. New ones come at the end.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};
use md5::{Digest as _, Md5};

use super::visible::{cell, visible_path};
use super::{Report, ReportFormat, Rows};
use crate::model::{
    Catalogued, CollectionFinding, FileRef, Finding, Fix, License, Property, Record,
    Totals, Waiver,
};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "csv",
    extensions: &["csv"],
    open: |out, style| {
        Box::new(Csv {
            rows: style.rows,
            bom: style.bom.unwrap_or(style.to_file),
            records: style.records,
            out: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out),
        })
    },
};

const FILE_COLUMNS: &[&str] = &[
    "path",
    "status",
    "media_type",
    "title",
    "creator",
    "source",
    "license_url",
    "license_id",
    "license_label",
    "rights_statement",
    "usage_terms",
    "attribution",
    "metadata_source",
    "findings",
    "worst_severity",
    "rules",
    "messages",
    "size",
    "waived",
];

const FINDING_COLUMNS: &[&str] = &[
    "path",
    "rule",
    "severity",
    "field",
    "message",
    "current_value",
    "suggested_value",
    "help_url",
    "fingerprint",
    "waived",
    "confidence",
];

/// They follow [`FILE_COLUMNS`] where the files are held against records.
const RECORD_COLUMNS: &[&str] = &[
    "record_match",
    "record_key",
    "record_line",
    "record_license",
    "license_verdict",
    "creator_verdict",
];

/// Between the values of one cell: what DSpace uses, because `;` and `|` stand
/// in names.
const SEPARATOR: &str = "||";

struct Csv<'w> {
    rows: Rows,
    bom: bool,
    records: bool,
    out: Writer<Box<dyn Write + 'w>>,
}

impl Report for Csv<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let columns = match (self.rows, self.records) {
            (Rows::Files, false) => FILE_COLUMNS.to_vec(),
            (Rows::Files, true) => [FILE_COLUMNS, RECORD_COLUMNS].concat(),
            (Rows::Findings, _) => FINDING_COLUMNS.to_vec(),
        };
        let mark = if self.bom { "\u{FEFF}" } else { "" };
        for (n, column) in columns.iter().enumerate() {
            let column = format!("{}{column}", if n == 0 { mark } else { "" });
            self.out.write_field(column).map_err(io_error)?;
        }
        self.end_row()
    }

    fn record(&mut self, record: &Record) -> io::Result<()> {
        match self.rows {
            Rows::Files => {
                let mut row = file_row(record).to_vec();
                if self.records {
                    row.extend(record_cells(record.catalogued.as_ref()));
                }
                self.row(&row)
            }
            Rows::Findings => {
                let path = visible_path(&record.asset.path);
                for (n, finding) in record.findings.iter().enumerate() {
                    self.row(&finding_row(record, &path, finding, n))?;
                }
                Ok(())
            }
        }
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        if self.rows == Rows::Findings {
            for finding in &totals.collection {
                self.row(&collection_row(finding))?;
            }
        }
        self.out.flush()
    }
}

impl Csv<'_> {
    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        for value in cells {
            self.out.write_field(&*cell(value)).map_err(io_error)?;
        }
        self.end_row()
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.out.write_record(None::<&[u8]>).map_err(io_error)
    }
}

/// The error of the writer below, with its kind.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The cells of [`FILE_COLUMNS`].
fn file_row(record: &Record) -> [String; FILE_COLUMNS.len()] {
    let Record { asset, evidence, tasl, findings, .. } = record;
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let stated = |property| {
        joined(evidence.about(property).map(|(_, s)| s.value.trim().to_owned()))
    };
    let [url, id, label, rights] = license_cells(tasl.license.settled());
    let attribution = stated(Property::AttributionName);
    [
        visible_path(&asset.path),
        record.status().as_str().to_owned(),
        text(evidence.content.media_type()),
        joined(tasl.title.values.iter().map(|v| v.value.clone())),
        joined(tasl.creators.first().cloned().unwrap_or_default()),
        joined(tasl.source.values.iter().map(|v| v.value.clone())),
        url,
        id,
        label,
        rights,
        stated(Property::UsageTerms),
        if attribution.is_empty() { stated(Property::Credit) } else { attribution },
        joined(evidence.statements.iter().map(|s| match s.location.file {
            FileRef::Primary => s.location.block.as_str().to_owned(),
            FileRef::Sidecar(_) => format!("sidecar/{}", s.location.block),
        })),
        record.counted().count().to_string(),
        text(record.worst().map(|s| s.as_str())),
        joined(record.counted().map(|f| f.rule.to_owned())),
        joined(record.counted().map(|f| f.message.clone())),
        evidence.cost.stored.to_string(),
        joined(findings.iter().filter(|f| f.waived.is_some()).map(|f| f.rule.to_owned())),
    ]
}

/// Address, id and name of a license, and the address of a rights statement,
/// which is no license.
fn license_cells(license: Option<&License>) -> [String; 4] {
    let none = String::new;
    match license {
        None => [none(), none(), none(), none()],
        Some(License::Tool(tool)) => [
            tool.url().to_owned(),
            tool.spdx().unwrap_or_default().to_owned(),
            tool.identifier().to_owned(),
            none(),
        ],
        Some(License::RightsStatement(rights)) => {
            [none(), none(), none(), rights.uri().to_owned()]
        }
        Some(License::Other(text)) if text.contains("://") => {
            [text.clone(), none(), text.clone(), none()]
        }
        Some(License::Other(text)) => [none(), text.clone(), text.clone(), none()],
    }
}

/// The cells of [`FINDING_COLUMNS`], for the finding of this number in the
/// record.
fn finding_row(
    record: &Record,
    path: &str,
    finding: &Finding,
    n: usize,
) -> [String; FINDING_COLUMNS.len()] {
    let statements = || {
        finding.at.iter().filter_map(|id| record.evidence.statements.get(id.0 as usize))
    };
    let field = statements().next().map_or("", |s| s.property.as_str());
    // Of findings of one rule about one field, only the first would keep its
    // fingerprint if the number counted the others.
    let same =
        |f: &&Finding| f.rule == finding.rule && f.at.first() == finding.at.first();
    let nth = record.findings.iter().take(n).filter(same).count();
    [
        path.to_owned(),
        finding.rule.to_owned(),
        finding.severity.as_str().to_owned(),
        field.to_owned(),
        finding.message.clone(),
        joined(statements().map(|s| s.value.clone())),
        match &finding.fix {
            Some(Fix::Set { value, .. } | Fix::Replace { value, .. }) => value.clone(),
            // For the curator to fill in.
            Some(Fix::Remove { .. }) | None => String::new(),
        },
        format!("docs/rules/{}.md", finding.rule),
        fingerprint(&[path, finding.rule, field, &nth.to_string()]),
        finding.waived.as_ref().map(waiver).unwrap_or_default(),
        finding.confidence.as_str().to_owned(),
    ]
}

/// The cells of [`RECORD_COLUMNS`].
fn record_cells(catalogued: Option<&Catalogued>) -> [String; RECORD_COLUMNS.len()] {
    let none = String::new;
    let found = catalogued.map_or("", Catalogued::as_str).to_owned();
    match catalogued {
        Some(Catalogued::One(c)) => [
            found,
            c.entry.key.clone(),
            c.entry.line.to_string(),
            c.record_license.clone().unwrap_or_else(|| c.entry.license.clone()),
            c.license.as_str().to_owned(),
            c.creators.as_str().to_owned(),
        ],
        Some(Catalogued::Several(lines)) => {
            let lines = joined(lines.iter().map(ToString::to_string));
            [found, none(), lines, none(), none(), none()]
        }
        _ => [found, none(), none(), none(), none(), none()],
    }
}

/// The cells of [`FINDING_COLUMNS`] for a finding about the collection, with
/// all its files in the first.
fn collection_row(finding: &CollectionFinding) -> [String; FINDING_COLUMNS.len()] {
    [
        joined(finding.paths.iter().map(visible_path)),
        finding.rule.to_owned(),
        finding.severity.as_str().to_owned(),
        String::new(),
        finding.message.clone(),
        finding.subject.clone(),
        String::new(),
        format!("docs/rules/{}.md", finding.rule),
        fingerprint(&["", finding.rule, &finding.subject]),
        finding.waived.as_ref().map(waiver).unwrap_or_default(),
        finding.confidence.as_str().to_owned(),
    ]
}

/// Why a finding is accepted, by whom and until when.
fn waiver(waiver: &Waiver) -> String {
    let Waiver { reason, owner, expires } = waiver;
    format!("{reason} ({owner}, until {expires})")
}

/// The same for the same finding in the next audit, whatever its message.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Md5::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    // The name of the hash keeps spreadsheets from taking it for a number.
    hash.finalize()
        .iter()
        .fold("md5:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// The values that differ and say something, in one cell.
fn joined(values: impl IntoIterator<Item = String>) -> String {
    let mut kept: Vec<String> = Vec::new();
    for value in values {
        let value = value.replace(SEPARATOR, "| |");
        if !value.is_empty() && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept.join(SEPARATOR)
}

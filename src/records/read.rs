//! Reads an export: CSV, TSV or JSON Lines.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

use super::Records;
use crate::model::Entry;

/// Which columns hold what.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The one that names the file; `None` to take the first known heading.
    pub key: Option<String>,
    /// Pairs of a field (`license`, `creator`, `title`, `source`) and a
    /// column. Of several for one field, the first that says something counts.
    pub map: Vec<(String, String)>,
}

/// Why an export could not be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// It could not be opened or read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is not what it says it is.
    #[error("line {line}: {what}")]
    Malformed {
        /// From 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A column is not there.
    #[error("{what}; the columns are {columns}")]
    NoColumn {
        /// What was looked for.
        what: String,
        /// What there is.
        columns: String,
    },
    /// It is longer than this program is willing to hold in memory.
    #[error("longer than 1 GiB; export the columns that are compared, and no others")]
    TooLong,
    /// A field that is not one of those compared.
    #[error("there is no field “{0}”; there are license, creator, title and source")]
    NoField(String),
}

/// The fields that are compared, with the headings that repositories give them.
/// A language in brackets after a heading does not count.
const HEADINGS: [(&str, &[&str]); 5] = [
    (
        "key",
        &[
            "filename",
            "file_name",
            "file name",
            "file",
            "path",
            "sourcefile",
            "identifier",
            "dc.identifier",
            "dcterms:identifier",
            "id",
        ],
    ),
    (
        "license",
        &[
            "dc.rights.uri",
            "dcterms:license",
            "dcterms.license",
            "license_url",
            "license",
            "licence",
            "edm:rights",
            "edm.rights",
            "dc.rights.license",
            "dcterms:rights",
            "dc.rights",
            "rights",
        ],
    ),
    (
        "creator",
        &[
            "dc.contributor.author",
            "dc.creator",
            "dcterms:creator",
            "creator",
            "creators",
            "author",
            "authors",
        ],
    ),
    ("title", &["dc.title", "dcterms:title", "title"]),
    ("source", &["dc.identifier.uri", "dcterms:source", "dc.source", "source", "url"]),
];

/// How long an export may be, in bytes: it is held in memory.
const LONGEST: u64 = 1 << 30;

/// Reads the export at `path`. Its extension tells the format: `.tsv` and
/// `.tab`, `.jsonl` and `.ndjson`, all else CSV with commas or semicolons.
///
/// # Errors
///
/// Where it cannot be read, or a column is not there. A row without a key is
/// left out.
pub fn load(path: &Path, columns: &Columns) -> Result<Records, RecordsError> {
    for (field, _) in &columns.map {
        if !HEADINGS.iter().skip(1).any(|(known, _)| known == field) {
            return Err(RecordsError::NoField(field.clone()));
        }
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(RecordsError::TooLong);
    }
    let text = text(bytes)?;
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let (plan, entries) = match &*extension.to_ascii_lowercase() {
        "jsonl" | "ndjson" => json_lines(&text, columns)?,
        "tsv" | "tab" => table(&text, b'\t', columns)?,
        _ => table(&text, separator(&text), columns)?,
    };
    let compared = [("license", &plan.license), ("creator", &plan.creator)];
    let without = compared.iter().filter(|(_, columns)| columns.is_empty());
    let without = without.map(|(field, _)| *field).collect();
    Ok(Records { without, ..Records::new(entries) })
}

/// Excel writes UTF-16 where it is asked for "Unicode text".
fn text(bytes: Vec<u8>) -> Result<String, RecordsError> {
    let bom = encoding_rs::Encoding::for_bom(&bytes);
    let bytes = match bom {
        // Most exports are this, and need no second copy.
        None => match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(error) => error.into_bytes(),
        },
        Some(_) => bytes,
    };
    let (encoding, skip) = bom.unwrap_or((encoding_rs::UTF_8, 0));
    let rest = bytes.get(skip..).unwrap_or_default();
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(rest);
    decoded.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let valid = std::str::from_utf8(rest).map_or_else(|e| e.valid_up_to(), str::len);
        let before = rest.get(..valid).unwrap_or_default();
        RecordsError::Malformed {
            line: before.iter().filter(|b| **b == b'\n').count() as u64 + 1,
            what: format!(
                "this is not {}; save the export as UTF-8 (in Excel: “CSV UTF-8”)",
                encoding.name()
            ),
        }
    })
}

/// Where the separator of lists is the comma, spreadsheets separate columns by
/// semicolons.
fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' }
}

fn table(
    text: &str,
    separator: u8,
    columns: &Columns,
) -> Result<(Plan, Vec<Entry>), RecordsError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let malformed = |error: &csv::Error| RecordsError::Malformed {
        line: error.position().map_or(1, csv::Position::line),
        what: error.to_string(),
    };
    let headings: Vec<String> =
        reader.headers().map_err(|e| malformed(&e))?.iter().map(str::to_owned).collect();
    if headings.iter().all(|heading| heading.trim().is_empty()) {
        let what = "there are no headings".to_owned();
        return Err(RecordsError::Malformed { line: 1, what });
    }
    let plan = Plan::new(&headings, columns)?;
    let mut entries = Vec::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|e| malformed(&e))? {
        let line = lines.of(row.position().map_or(0, csv::Position::byte));
        let wrong = |what: String| Err(RecordsError::Malformed { line, what });
        if lines.is_open(reader.position().byte(), &row) {
            return wrong("a quotation mark of this row is not closed".to_owned());
        }
        // Its cells may stand under the wrong headings.
        let (cells, known) = (row.len(), headings.len());
        if row.iter().skip(known).any(|cell| !cell.trim().is_empty()) {
            return wrong(format!(
                "{cells} cells under {known} headings; put quotation marks around a cell \
                 with the separator in it"
            ));
        }
        let entry = plan.entry(line, |n| vec![row.get(n).unwrap_or_default().to_owned()]);
        entries.extend(entry);
    }
    Ok((plan, entries))
}

/// Follows a table from row to row. The reader's own count of lines is one behind
/// where they end with CR LF, as it leaves the LF to the next row.
struct Lines<'a> {
    text: &'a str,
    /// Where the row begins.
    at: usize,
    /// On which line, from 1.
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that the reader says to begin at this byte.
    fn of(&mut self, begin: u64) -> u64 {
        let begin = place(begin);
        let rest = self.text.get(begin..).unwrap_or_default();
        // The end of the row before it, and empty lines.
        let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let begin = begin.saturating_add(skipped).min(self.text.len());
        let between = self.text.get(self.at..begin).unwrap_or_default();
        self.line += between.bytes().filter(|b| *b == b'\n').count() as u64;
        self.at = begin;
        self.line
    }

    /// Whether the text ends within quotation marks (RFC 4180, 2), after a row that
    /// ends at this byte. The last cell is then the rest of the text, with its ends
    /// of lines. A mark within a cell without marks is a character: inches.
    fn is_open(&self, end: u64, row: &csv::StringRecord) -> bool {
        let last = row.iter().next_back().unwrap_or_default();
        if place(end) < self.text.len() || !last.contains('\n') {
            return false;
        }
        let row = self.text.get(self.at..).unwrap_or_default();
        let is_odd = row.bytes().filter(|b| *b == b'"').count() % 2 == 1;
        is_odd && (last.ends_with('\n') || !row.ends_with(['\n', '"']))
    }
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn json_lines(text: &str, columns: &Columns) -> Result<(Plan, Vec<Entry>), RecordsError> {
    let mut objects = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line).map_err(|error| {
            // Its place is in this line alone.
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what).to_owned();
            RecordsError::Malformed { line: number, what: format!("no JSON: {what}") }
        })?;
        let mut flat = Vec::new();
        flatten("", &value, 0, &mut flat);
        for (name, _) in &flat {
            if !headings.contains(name) {
                headings.push(name.clone());
            }
        }
        objects.push((number, flat));
    }
    let plan = Plan::new(&headings, columns)?;
    let entries = objects.into_iter().filter_map(|(line, flat)| {
        plan.entry(line, |n| {
            let named = flat.iter().filter(|(name, _)| Some(name) == headings.get(n));
            named.map(|(_, value)| value.clone()).collect()
        })
    });
    let entries = entries.collect();
    Ok((plan, entries))
}

/// The texts of an object, each under the names that lead to it: `dc.rights`.
fn flatten(name: &str, value: &Value, depth: u8, out: &mut Vec<(String, String)>) {
    if depth > 16 {
        return;
    }
    match value {
        Value::Null => {}
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => {
            out.push((name.to_owned(), value.to_string()))
        }
        Value::Array(items) => {
            items.iter().for_each(|item| flatten(name, item, depth + 1, out));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let name =
                    if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&name, value, depth + 1, out);
            }
        }
    }
}

/// Which columns to take, by number.
#[derive(Debug)]
struct Plan {
    key: usize,
    license: Vec<usize>,
    creator: Vec<usize>,
    title: Vec<usize>,
    source: Vec<usize>,
}

impl Plan {
    fn new(headings: &[String], columns: &Columns) -> Result<Self, RecordsError> {
        let bare = |heading: &str| {
            let heading = heading.split('[').next().unwrap_or(heading);
            heading.trim().to_lowercase()
        };
        // All columns of that name: a table may have several, by a language or by
        // mistake.
        let find = |name: &str| -> Vec<usize> {
            let fitting = |fits: &dyn Fn(&String) -> bool| -> Vec<usize> {
                let columns = headings.iter().zip(0..);
                columns.filter(|(h, _)| fits(h)).map(|(_, n)| n).collect()
            };
            let exact = fitting(&|h| h.trim() == name.trim());
            if exact.is_empty() { fitting(&|h| bare(h) == bare(name)) } else { exact }
        };
        let missing =
            |what: String| RecordsError::NoColumn { what, columns: headings.join(", ") };
        let named = |name: &str| match find(name) {
            found if found.is_empty() => Err(missing(format!("no column “{name}”"))),
            found => Ok(found),
        };
        let known = |field: &str| {
            let names = HEADINGS.iter().find(|(f, _)| *f == field);
            let names = names.map_or(&[][..], |(_, names)| names);
            names.iter().flat_map(|name| find(name)).collect::<Vec<_>>()
        };
        let field = |field: &str| -> Result<Vec<usize>, RecordsError> {
            let asked = columns.map.iter().filter(|(f, _)| f == field);
            let asked: Vec<Vec<usize>> =
                asked.map(|(_, name)| named(name)).collect::<Result<_, _>>()?;
            Ok(if asked.is_empty() { known(field) } else { asked.concat() })
        };
        let key = match &columns.key {
            Some(name) => named(name)?.first().copied(),
            None => known("key").first().copied(),
        };
        let key = key.ok_or_else(|| {
            missing("say which column names the file, with --records-key".to_owned())
        })?;
        Ok(Self {
            key,
            license: field("license")?,
            creator: field("creator")?,
            title: field("title")?,
            source: field("source")?,
        })
    }

    /// The entry of a row, of which `cell` gives the values of a column.
    fn entry(&self, line: u64, cell: impl Fn(usize) -> Vec<String>) -> Option<Entry> {
        let first = |columns: &[usize]| {
            let mut values = columns.iter().map(|n| cell(*n).join("||"));
            values.find(|v| !v.trim().is_empty()).unwrap_or_default()
        };
        let key = cell(self.key).into_iter().next()?.trim().to_owned();
        (!key.is_empty()).then(|| Entry {
            key,
            line,
            license: first(&self.license),
            creators: names(&first(&self.creator)),
            title: first(&self.title),
            source: first(&self.source),
        })
    }
}

/// The names in a cell. DSpace separates values by `||` and puts an authority
/// behind `::`; Omeka and Islandora use `;` and `|`.
fn names(cell: &str) -> Vec<String> {
    let separator = ["||", "|", ";"].into_iter().find(|s| cell.contains(s));
    let parts: Vec<&str> = match separator {
        Some(separator) => cell.split(separator).collect(),
        None => vec![cell],
    };
    parts
        .into_iter()
        .map(|name| name.split("::").next().unwrap_or(name).trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;

//! Reads an export: CSV, TSV or JSON Lines.

use std::fs;
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
    let text = text(&fs::read(path)?)?;
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let entries = match &*extension.to_ascii_lowercase() {
        "jsonl" | "ndjson" => json_lines(&text, columns)?,
        "tsv" | "tab" => table(&text, b'\t', columns)?,
        _ => table(&text, separator(&text), columns)?,
    };
    Ok(Records::new(entries))
}

/// Excel writes UTF-16 where it is asked for "Unicode text".
fn text(bytes: &[u8]) -> Result<String, RecordsError> {
    let (encoding, skip) =
        encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let rest = bytes.get(skip..).unwrap_or_default();
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(rest);
    decoded.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let valid = std::str::from_utf8(rest).map_or_else(|e| e.valid_up_to(), str::len);
        let before = rest.get(..valid).unwrap_or_default();
        RecordsError::Malformed {
            line: before.iter().filter(|b| **b == b'\n').count() as u64 + 1,
            what: format!("this is not {}; save the export as UTF-8", encoding.name()),
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
) -> Result<Vec<Entry>, RecordsError> {
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
    let plan = Plan::new(&headings, columns)?;
    let mut entries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| malformed(&e))?;
        let line = row.position().map_or(0, csv::Position::line);
        let entry = plan.entry(line, |n| vec![row.get(n).unwrap_or_default().to_owned()]);
        entries.extend(entry);
    }
    Ok(entries)
}

fn json_lines(text: &str, columns: &Columns) -> Result<Vec<Entry>, RecordsError> {
    let mut objects = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line).map_err(|error| {
            RecordsError::Malformed { line: number, what: error.to_string() }
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
    Ok(entries.collect())
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
        let find = |name: &str| {
            let exact = headings.iter().position(|h| h.trim() == name.trim());
            exact.or_else(|| headings.iter().position(|h| bare(h) == bare(name)))
        };
        let missing =
            |what: String| RecordsError::NoColumn { what, columns: headings.join(", ") };
        let known = |field: &str| {
            let names = HEADINGS.iter().find(|(f, _)| *f == field);
            let names = names.map_or(&[][..], |(_, names)| names);
            names.iter().filter_map(|name| find(name)).collect::<Vec<_>>()
        };
        let field = |field: &str| -> Result<Vec<usize>, RecordsError> {
            let asked = columns.map.iter().filter(|(f, _)| f == field);
            let asked: Vec<usize> = asked
                .map(|(_, name)| {
                    find(name).ok_or_else(|| missing(format!("no column “{name}”")))
                })
                .collect::<Result<_, _>>()?;
            Ok(if asked.is_empty() { known(field) } else { asked })
        };
        let key = match &columns.key {
            Some(name) => {
                find(name).ok_or_else(|| missing(format!("no column “{name}”")))?
            }
            None => known("key").first().copied().ok_or_else(|| {
                missing("say which column names the file, with --records-key".to_owned())
            })?,
        };
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
mod tests {
    use super::*;

    const DSPACE: &str = "id,filename,dc.title[en_US],dc.contributor.author,dc.rights.uri\n\
         7,a.pdf,A title,\"Doe, Jane::x::600||Roe, Richard\",http://creativecommons.org/licenses/by/4.0/\n\
         8,,no file,,\n";

    #[test]
    fn known_headings_need_no_map() {
        let entries = table(DSPACE, b',', &Columns::default()).unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].key, "a.pdf");
        assert_eq!(entries[0].line, 2);
        assert_eq!(entries[0].creators, ["Doe, Jane", "Roe, Richard"]);
        assert_eq!(entries[0].title, "A title");
        assert_eq!(entries[0].license, "http://creativecommons.org/licenses/by/4.0/");
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_those_that_are() {
        let columns = Columns { key: Some("datei".to_owned()), ..Columns::default() };
        let error = table(DSPACE, b',', &columns).unwrap_err().to_string();
        assert!(error.contains("“datei”") && error.contains("filename"), "{error}");
    }

    #[test]
    fn json_lines_are_flattened() {
        let text = "{\"file\":\"a.jpg\",\"dc\":{\"rights\":[\"CC BY 4.0\"]},\"creator\":[\"A B\",\"C D\"]}\n";
        let entries = json_lines(text, &Columns::default()).unwrap();
        assert_eq!(entries[0].license, "CC BY 4.0");
        assert_eq!(entries[0].creators, ["A B", "C D"]);
    }

    #[test]
    fn what_is_not_utf8_is_told_with_its_line() {
        let error = text(b"a,b\nc,\xE9\n").unwrap_err().to_string();
        assert!(error.starts_with("line 2:") && error.contains("UTF-8"), "{error}");
        assert_eq!(text(b"\xFF\xFEa\0").unwrap(), "a");
    }

    #[test]
    fn semicolons_are_seen() {
        assert_eq!(separator("path;license;a,b"), b';');
        assert_eq!(separator("path,license"), b',');
    }
}

//! `tasl license`

use std::io::{self, BufRead as _, Write};
use std::process::ExitCode;

use serde::Serialize;
use tasl::license::{self, Reference};
use tasl::report::{Described, cell, describe, on_one_line};

use crate::args::{License, TableFormat};
use crate::failure::Failure;
use crate::stdout;

/// The longest line of standard input that is read, in bytes.
const LINE: u64 = 1 << 20;

const COLUMNS: &[&str] =
    &["text", "meaning", "label", "url", "id", "role", "form", "why", "nearest"];

#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    references: Vec<ReferenceOut<'a>>,
}

#[derive(Serialize)]
struct ReferenceOut<'a> {
    text: &'a str,
    /// In bytes from the start of the text.
    offset: usize,
    meaning: &'static str,
    label: Option<String>,
    url: Option<&'static str>,
    id: Option<&'static str>,
    role: &'static str,
    form: &'static str,
    /// Whether it is offered as one of several.
    choice: bool,
    why: Option<&'a str>,
    nearest: Option<&'static str>,
}

/// Tells what the texts name, one line for each.
///
/// # Errors
///
/// [`Failure`] where standard input cannot be read or output not written.
pub(crate) fn run(args: &License) -> Result<ExitCode, Failure> {
    let writing = |error: io::Error| Failure::writing("to standard output", &error);
    let mut out = stdout::lock();
    if matches!(args.format, TableFormat::Csv) {
        write!(out, "{}\r\n", COLUMNS.join(",")).map_err(writing)?;
    }
    for text in &args.texts {
        if text != "-" {
            answer(text, args.format, &mut out).map_err(writing)?;
            continue;
        }
        let mut input = io::stdin().lock();
        while let Some(line) = line(&mut input)? {
            answer(&line, args.format, &mut out).map_err(writing)?;
        }
    }
    out.flush().map_err(writing)?;
    Ok(ExitCode::SUCCESS)
}

/// The next line of standard input, without its end.
fn line(input: &mut io::StdinLock<'_>) -> Result<Option<String>, Failure> {
    let mut line = Vec::new();
    io::Read::take(&mut *input, LINE)
        .read_until(b'\n', &mut line)
        .map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() as u64 == LINE && line.last() != Some(&b'\n') {
        return Err(Failure::new("a line of standard input is longer than 1 MiB"));
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
}

fn answer(text: &str, format: TableFormat, out: &mut impl Write) -> io::Result<()> {
    let references = license::read(text);
    match format {
        TableFormat::Text => {
            let said: Vec<String> = references.iter().map(in_words).collect();
            let said =
                if said.is_empty() { "no license".to_owned() } else { said.join("; ") };
            writeln!(out, "{said}\t{}", on_one_line(text))
        }
        TableFormat::Json => {
            let references = references.iter().map(|r| reference(text, r)).collect();
            serde_json::to_writer(&mut *out, &Answer { text, references })?;
            out.write_all(b"\n")
        }
        TableFormat::Csv => {
            let cells = cells(text, &references);
            let mut writer = csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(Vec::new());
            writer.write_record(cells.iter().map(|c| cell(c).into_owned()))?;
            let row = writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
            out.write_all(&row)
        }
    }
}

/// `CC BY 4.0 (grant)`, `CC BY: no version is stated (mention)`.
fn in_words(reference: &Reference) -> String {
    let Described { meaning, label, why, .. } = describe(reference);
    let name = label.as_deref().unwrap_or(meaning);
    let why = why.map_or(String::new(), |why| format!(": {why}"));
    format!("{name}{why} ({})", reference.role.as_str())
}

fn reference<'a>(text: &'a str, reference: &'a Reference) -> ReferenceOut<'a> {
    let said = describe(reference);
    ReferenceOut {
        text: text.get(reference.span.clone()).unwrap_or_default(),
        offset: reference.span.start,
        meaning: said.meaning,
        label: said.label.map(std::borrow::Cow::into_owned),
        url: said.url,
        id: said.id,
        role: reference.role.as_str(),
        form: reference.form.as_str(),
        choice: reference.choice,
        why: said.why,
        nearest: said.nearest,
    }
}

/// The cells of [`COLUMNS`]. Of several references, the parts of each cell stand
/// in the same order.
fn cells(text: &str, references: &[Reference]) -> [String; 9] {
    let said: Vec<ReferenceOut<'_>> =
        references.iter().map(|r| reference(text, r)).collect();
    let all = |part: &dyn Fn(&ReferenceOut<'_>) -> String| {
        said.iter().map(part).collect::<Vec<_>>().join("||")
    };
    let or_empty = |part: Option<&str>| part.unwrap_or_default().to_owned();
    [
        text.to_owned(),
        all(&|r| r.meaning.to_owned()),
        all(&|r| or_empty(r.label.as_deref())),
        all(&|r| or_empty(r.url)),
        all(&|r| or_empty(r.id)),
        all(&|r| r.role.to_owned()),
        all(&|r| r.form.to_owned()),
        all(&|r| or_empty(r.why)),
        all(&|r| or_empty(r.nearest)),
    ]
}

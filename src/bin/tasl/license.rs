//! `tasl license`

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;
use tasl::license::notice::{Says, says};
use tasl::license::{self, Reference};
use tasl::report::{Described, cell, describe, on_one_line};

use crate::args::{License, TableFormat};
use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::stdout;

const COLUMNS: &[&str] = &[
    "text", "meaning", "label", "url", "id", "role", "form", "why", "nearest", "says",
    "words",
];

/// What is told of a line of standard input that is not read.
const TOO_LONG: &str = "line-too-long";

#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    references: Vec<ReferenceOut<'a>>,
    /// What else it says about rights.
    says: Vec<SaysOut<'a>>,
}

#[derive(Serialize)]
struct SaysOut<'a> {
    kind: &'static str,
    /// The owner that a notice names, or the terms.
    words: Option<&'a str>,
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
        let mut lines = Lines::new(io::stdin().lock());
        let reading = |error: io::Error| {
            Failure::new(format!("cannot read standard input: {error}"))
        };
        while let Some(line) = lines.next().map_err(reading)? {
            match line {
                Line::Whole(line) => answer(&line, args.format, &mut out),
                Line::TooLong(start) => {
                    let said = vec![SaysOut { kind: TOO_LONG, words: None }];
                    write_out(&start, &[], said, args.format, &mut out)
                }
            }
            .map_err(writing)?;
        }
    }
    out.flush().map_err(writing)?;
    Ok(ExitCode::SUCCESS)
}

fn answer(text: &str, format: TableFormat, out: &mut impl Write) -> io::Result<()> {
    let references = license::read(text);
    let said = says(text, !references.is_empty());
    let said = said.into_iter().map(|said| SaysOut {
        kind: said.as_str(),
        words: match said {
            Says::Notice(owner) => owner,
            Says::Terms(terms) => Some(terms),
            _ => None,
        },
    });
    write_out(text, &references, said.collect(), format, out)
}

fn write_out(
    text: &str,
    references: &[Reference],
    says: Vec<SaysOut<'_>>,
    format: TableFormat,
    out: &mut impl Write,
) -> io::Result<()> {
    match format {
        TableFormat::Text => {
            let mut said: Vec<String> = references.iter().map(in_words).collect();
            let unread = says.iter().any(|said| said.kind == TOO_LONG);
            if unread {
                said.push("not read".to_owned());
            } else if said.is_empty() {
                said.push("no license".to_owned());
            }
            said.extend(says.iter().map(|said| {
                let kind = said.kind.replace('-', " ");
                said.words.map_or(kind.clone(), |w| format!("{kind}: {}", on_one_line(w)))
            }));
            writeln!(out, "{}\t{}", said.join("; "), on_one_line(text))
        }
        TableFormat::Json => {
            let references = references.iter().map(|r| reference(text, r)).collect();
            serde_json::to_writer(&mut *out, &Answer { text, references, says })?;
            out.write_all(b"\n")
        }
        TableFormat::Csv => {
            let all = |part: &dyn Fn(&SaysOut<'_>) -> String| {
                says.iter().map(part).collect::<Vec<_>>().join("||")
            };
            let cells = cells(text, references).into_iter().chain([
                all(&|said| said.kind.to_owned()),
                all(&|said| said.words.unwrap_or_default().to_owned()),
            ]);
            let mut writer = csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(Vec::new());
            writer.write_record(cells.map(|c| cell(&c).into_owned()))?;
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

/// The cells of [`COLUMNS`] but the last two. Of several references, the parts of each cell stand
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

//! `tasl rules`

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tasl::rules::CATALOGUE;

use crate::args::{ListFormat, Rules};
use crate::failure::Failure;
use crate::stdout;

#[derive(Serialize)]
struct Row {
    id: &'static str,
    group: &'static str,
    severity: &'static str,
    since: &'static str,
    about: &'static str,
    on: bool,
    summary: &'static str,
}

/// Lists the rules.
///
/// # Errors
///
/// [`Failure`] where nothing can be printed.
pub(crate) fn run(args: &Rules) -> Result<ExitCode, Failure> {
    let rows: Vec<Row> = CATALOGUE
        .iter()
        .map(|rule| Row {
            id: rule.id,
            group: rule.group.as_str(),
            severity: rule.severity.as_str(),
            since: rule.since,
            about: rule.check.as_str(),
            on: rule.on,
            summary: rule.summary,
        })
        .collect();
    stdout::print(&match args.format {
        ListFormat::Text => text(&rows),
        ListFormat::Json => {
            let json = serde_json::to_string_pretty(&rows);
            json.map_err(|error| Failure::new(error.to_string()))? + "\n"
        }
    })
}

fn text(rows: &[Row]) -> String {
    let width = rows.iter().map(|r| r.id.len()).max().unwrap_or(0);
    rows.iter().fold(String::new(), |mut text, row| {
        let Row { id, severity, summary, .. } = row;
        let off = if row.on { "" } else { "off" };
        let _ = writeln!(text, "{id:<width$}  {severity:<7}  {off:<3}  {summary}");
        text
    })
}

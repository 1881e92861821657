//! Text: a summary for the person at the keyboard. It counts, and keeps a few
//! examples of each thing, so that its memory does not grow with the collection.

mod folders;
mod tally;
mod whole;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};

use super::visible::on_one_line;
use super::{Report, ReportFormat, Style};
use crate::model::{Record, Severity, Status, Totals};
use tally::{EXAMPLES, Tally};

pub(super) static FORMAT: ReportFormat = ReportFormat {
    id: "text",
    extensions: &["txt"],
    open: |out, style| {
        Box::new(Text { out, style: style.clone(), tally: Tally::default() })
    },
};

struct Text<'w> {
    out: Box<dyn Write + 'w>,
    style: Style,
    tally: Tally,
}

impl Report for Text<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.tally.add(record);
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.tally.finish();
        let page = Page { style: &self.style, text: String::new() };
        let text = page.write(&self.tally, totals);
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// The text as it grows.
struct Page<'s> {
    style: &'s Style,
    text: String,
}

const BOLD: Ansi = Ansi::new().bold();
/// Before an example: as wide as a severity with its surroundings.
const INDENT: &str = "           ";

impl Page<'_> {
    fn write(mut self, tally: &Tally, totals: &Totals) -> String {
        self.files(tally, totals);
        if totals.files > 0 {
            self.licenses(tally);
            self.findings(tally, totals);
            self.folders(tally);
            self.collection(totals);
            self.records(totals);
            self.waived(tally, totals);
            self.closed(tally);
            // Where there was nothing to audit, nothing is well.
            if !totals.is_vain() {
                self.next_steps(tally, totals);
            }
        }
        self.text
    }

    fn files(&mut self, tally: &Tally, totals: &Totals) {
        let files = counted(totals.files - totals.unlistable, "file", "files");
        if totals.files == 0 {
            self.line("No files were found.");
            return;
        }
        let folders = counted(tally.folders.seen, "folder", "folders");
        let head = self.paint(BOLD, &format!("{files} in {folders}"));
        let sidecars = match tally.sidecars {
            0 => String::new(),
            n => format!(
                ", {}",
                counted(n, "of them described by a sidecar", "described by sidecars")
            ),
        };
        self.line(&format!("{head}{sidecars}"));
        let words = [
            (Status::Ok, "read whole"),
            (Status::Incomplete, "read in part: a limit, a password or an unknown part"),
            (Status::Malformed, "damaged: read as far as possible"),
            (Status::Unreadable, "could not be read"),
            (Status::Unsupported, "in formats that are not read yet"),
            (Status::Skipped, "not applicable: no image, document or sidecar"),
        ];
        let width = words
            .iter()
            .map(|(s, _)| thousands(totals.by_status[*s as usize]).len())
            .max()
            .unwrap_or(0);
        for (status, words) in words {
            let mut count = totals.by_status[status as usize];
            if status == Status::Unreadable {
                count = count.saturating_sub(totals.unlistable);
            }
            if count > 0 {
                self.line(&format!("  {:>width$}  {words}", thousands(count)));
            }
        }
        if totals.unlistable > 0 {
            let closed = counted(totals.unlistable, "folder", "folders");
            self.line(&format!("  besides, {closed} that could not be listed"));
        }
        if totals.unexamined > 0 {
            let files = counted(totals.unexamined, "file has", "files have");
            self.line(&format!(
                "  besides, {files} inner pages or pictures that were not all looked at"
            ));
        }
        let (read, stored) = (bytes(totals.cost.read), bytes(totals.cost.stored));
        self.line(&format!("  {read} read of {stored} stored"));
        if let Some(policy) = &self.style.policy {
            self.line(&format!("  policy: {policy}"));
        }
    }

    fn licenses(&mut self, tally: &Tally) {
        let rows = tally.licenses();
        let all: u64 = rows.iter().map(|(_, n)| n).sum();
        if all == 0 {
            return;
        }
        self.heading("Licenses");
        let label_width = self.style.width.saturating_sub(26).clamp(20, 64);
        for (label, count) in rows {
            let label = cut(&label, label_width);
            let count_text = thousands(count);
            let share = match (count * 100 + all / 2) / all {
                0 => "<1".to_owned(),
                n => n.to_string(),
            };
            let pad = label_width - label.chars().count();
            self.line(&format!("  {label}{:pad$}  {count_text:>9}  {share:>3} %", ""));
        }
    }

    fn findings(&mut self, tally: &Tally, totals: &Totals) {
        let count = |severity: Severity| totals.by_severity[severity as usize];
        let title = match totals.at_least(Severity::Note) {
            0 => "No findings".to_owned(),
            _ => format!(
                "Findings: {}, {}, {}",
                counted(count(Severity::Error), "error", "errors"),
                counted(count(Severity::Warning), "warning", "warnings"),
                counted(count(Severity::Note), "note", "notes"),
            ),
        };
        self.heading(&title);
        for (rule, group) in tally.findings() {
            let severity = self.paint(color(group.worst), &format!("{:<7}", group.worst));
            let name = self.paint(BOLD, rule);
            let files = counted(group.files, "file", "files");
            let summary = group.summary.unwrap_or_default();
            self.line(&format!("  {severity}  {name}  {files}  {summary}"));
            // What is the same for every file is in the summary.
            let said: BTreeSet<_> = group.examples.iter().map(|(_, m)| m).collect();
            for (path, message) in &group.examples {
                match said.len() {
                    1 if group.examples.len() > 1 => {
                        self.line(&format!("{INDENT}{path}"))
                    }
                    _ => self.example(path, message),
                }
            }
            self.more(group.files, group.examples.len());
        }
    }

    fn folders(&mut self, tally: &Tally) {
        let folders = &tally.folders;
        if folders.bare == 0 {
            return;
        }
        self.heading("Folders in which no file has any metadata");
        for (path, files) in &folders.largest {
            let path = if path.is_empty() { "(top folder)" } else { path };
            self.line(&format!("  {path}/  {}", counted(*files, "file", "files")));
        }
        self.more_of(folders.bare - folders.largest.len() as u64, "folder", "folders");
        for (rule, files) in &folders.told {
            let files = counted(*files, "file", "files");
            self.line(&format!("  {rule}: {files} in these folders, told here at once"));
        }
        self.line(
            "  A program that makes small or web copies may have removed it. Look at the\n  \
             settings of that program, or at the originals.",
        );
    }

    fn closed(&mut self, tally: &Tally) {
        if tally.closed == 0 {
            return;
        }
        self.heading("Could not be read");
        for (path, reason) in &tally.closed_examples {
            self.example(path, reason);
        }
        self.more(tally.closed, tally.closed_examples.len());
    }

    fn next_steps(&mut self, tally: &Tally, totals: &Totals) {
        self.heading("What to do next");
        let mut steps = Vec::new();
        for (rule, group) in tally.findings().into_iter().take(3) {
            let files = counted(group.files, "file", "files");
            let summary = group.summary.map_or(String::new(), |s| format!(" ({s})"));
            steps
                .push(format!("tasl explain {rule}\n      how to mend {files}{summary}"));
        }
        if totals.at_least(Severity::Note) > 0 {
            steps.push(
                "tasl audit … --rows findings -o findings.csv\n      \
                 every finding, for a spreadsheet"
                    .to_owned(),
            );
            steps.push(
                "tasl show FILE\n      what one file says, and where it stands"
                    .to_owned(),
            );
        } else {
            steps.push(
                "Nothing has to be mended. For a list of all files: tasl audit … -o files.csv"
                    .to_owned(),
            );
        }
        for step in steps {
            self.line(&format!("  {step}"));
        }
    }

    fn heading(&mut self, title: &str) {
        let title = self.paint(BOLD, title);
        self.line("");
        self.line(&title);
    }

    fn example(&mut self, path: &str, message: &str) {
        let message = on_one_line(message);
        let line = format!("{INDENT}{path}: {message}");
        if line.chars().count() <= self.style.width {
            self.line(&line);
        } else {
            let left = self.style.width.saturating_sub(INDENT.len() + 2).max(20);
            self.line(&format!("{INDENT}{path}"));
            for line in wrapped(&cut(&message, 3 * left), left) {
                self.line(&format!("{INDENT}  {line}"));
            }
        }
    }

    fn more(&mut self, all: u64, shown: usize) {
        self.more_of(all.saturating_sub(shown as u64), "file", "files");
    }

    fn more_of(&mut self, rest: u64, one: &str, many: &str) {
        if rest > 0 {
            let things = if rest == 1 { one } else { many };
            self.line(&format!("{INDENT}and {} more {things}", thousands(rest)));
        }
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}");
    }

    fn paint(&self, style: Ansi, text: &str) -> String {
        match self.style.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}

fn color(severity: Severity) -> Ansi {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    color.on_default()
}

/// A number with its noun: `1 file`, `12,345 files`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A length in decimal units, as disks are sold: `1.2 MB`.
pub fn bytes(count: u64) -> String {
    let units = [
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("kB", 1_000),
    ];
    match units.into_iter().find(|(_, size)| count >= *size) {
        Some((unit, size)) => {
            format!("{}.{} {unit}", count / size, count % size * 10 / size)
        }
        None => counted(count, "byte", "bytes"),
    }
}

/// The words of `text` in lines of at most `width` characters, where no word is
/// longer.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// At most `width` characters.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

/// A path of an example, and what is said about it.
type Example = (String, String);

/// Keeps an example unless there are enough.
fn keep(examples: &mut Vec<Example>, example: impl FnOnce() -> Example) {
    if examples.len() < EXAMPLES {
        examples.push(example());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_wrapped_at_words() {
        assert_eq!(wrapped("aa bb ccccccc d", 5), ["aa bb", "ccccccc", "d"]);
        assert_eq!(wrapped("äöü äö", 6), ["äöü äö"]);
        assert_eq!(cut("äöüß", 3), "äö…");
    }

    #[test]
    fn numbers_are_easy_to_read() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(count), text);
        }
        for (count, text) in [
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_234, "1.2 kB"),
            (345_000_000_000, "345.0 GB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}

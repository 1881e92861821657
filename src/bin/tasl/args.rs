//! What can be typed.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use tasl::model::Severity;
use tasl::policy::Date;
use tasl::report::{REPORTS, Rows};

/// Finds out what the files of a collection say about title, author, source and
/// license, and what is wrong with it.
#[derive(Debug, Parser)]
#[command(name = "tasl", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit the files of a collection.
    Audit(Box<Audit>),
    /// Show what files say, word for word, and where it stands.
    Show(Show),
    /// Explain a rule, a license, a rights statement or a preset.
    Explain(Explain),
    /// Check, show or begin a policy: what a collection has to keep to.
    Policy(Policy),
    /// List the rules.
    Rules(Rules),
    /// Tell what license a text names.
    License(License),
    /// Print the completions for a shell.
    Completions(Completions),
    /// Print the manual page, or that of a subcommand.
    Man(Man),
}

/// Audit the files of a collection.
///
/// Reads the metadata in every file below the paths given, and in their XMP
/// sidecars, checks it, and reports. The files are never changed.
#[derive(Debug, Parser)]
#[command(after_long_help = AUDIT_HELP)]
pub(crate) struct Audit {
    /// Directories and files to audit.
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Audit the files that a list names, one on each line, in its order. `-` is
    /// standard input.
    ///
    /// A file that is not there is a finding, and does not end the audit.
    #[arg(long, value_name = "LIST", conflicts_with = "paths")]
    pub(crate) files_from: Option<PathBuf>,

    /// The names in the list end with a NUL byte, as `find -print0` writes them.
    #[arg(short = '0', long, requires = "files_from")]
    pub(crate) null: bool,

    /// Keep what was read in a directory, and read only what has changed since.
    ///
    /// A file has changed if its name, length or times have, or those of its
    /// sidecars. The report is the same with and without. An audit that was
    /// interrupted goes on from where it was.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,

    /// Know files by all their bytes instead of their lengths and times.
    ///
    /// It reads every file from end to end, to compute its SHA-256.
    #[arg(long, requires = "cache")]
    pub(crate) verify: bool,

    /// The format of what is printed.
    ///
    /// text is a summary to read; csv has a row a file, for spreadsheets; json
    /// and jsonl have everything, for programs.
    #[arg(short, long, value_name = "FORMAT", value_parser = format_names())]
    pub(crate) format: Option<String>,

    /// Write a report to a file; its extension tells the format. May be repeated.
    ///
    /// The file appears when the report is complete, never half. `-` is standard
    /// output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,

    /// What a row of a CSV report is.
    #[arg(long, value_enum, value_name = "WHAT", default_value = "files")]
    pub(crate) rows: RowsArg,

    /// Exit with status 1 if there are findings of this severity or a worse one.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,

    /// Keep to this policy.
    ///
    /// Otherwise the first `tasl.toml` counts, from the audited path upwards to
    /// the root of a repository or of the file system.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["no_policy", "preset"])]
    pub(crate) policy: Option<PathBuf>,

    /// Keep to no policy, even if there is a `tasl.toml`.
    #[arg(long, conflicts_with = "preset")]
    pub(crate) no_policy: bool,

    /// Keep to a policy that comes with tasl, and to no other: `plan-s`, `open`.
    #[arg(long, value_name = "NAME")]
    pub(crate) preset: Option<String>,

    /// Compare each file with its record in this export of your catalogue: CSV,
    /// TSV or JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) records: Option<PathBuf>,

    /// The column that names the file, by path, file name or identifier.
    #[arg(long, value_name = "COLUMN", requires = "records")]
    pub(crate) records_key: Option<String>,

    /// Which columns hold the license, creator, title and source, where their
    /// headings are not known: `license=dc.rights.uri,creator=author`.
    #[arg(
        long,
        value_name = "FIELD=COLUMN",
        requires = "records",
        value_delimiter = ',',
        value_parser = pair
    )]
    pub(crate) records_map: Vec<(String, String)>,

    /// The day on which exceptions and embargoes are judged.
    #[arg(long, value_name = "YYYY-MM-DD", hide = true, value_parser = day)]
    pub(crate) today: Option<Date>,

    /// How many files to work on at once [default: as --io-threads].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,

    /// How many files to have open at once, those included for which a disk or a
    /// network is waited for [default: --threads, or else one for each processor,
    /// and on a network eight, at least 32].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) io_threads: Option<u16>,

    /// Pass over files and directories whose names begin with a dot.
    #[arg(long, overrides_with = "hidden")]
    pub(crate) no_hidden: bool,

    /// Audit them too. This is the default.
    #[arg(long, overrides_with = "no_hidden")]
    pub(crate) hidden: bool,

    /// Follow symbolic links instead of only naming them.
    #[arg(long)]
    pub(crate) follow: bool,

    /// Begin CSV with a byte order mark, which Excel needs. Files have one by
    /// default, standard output has not.
    #[arg(long, overrides_with = "no_bom")]
    pub(crate) bom: bool,

    /// Begin CSV without a byte order mark.
    #[arg(long, overrides_with = "bom")]
    pub(crate) no_bom: bool,

    /// When to use colour.
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Do not show how far the audit has come.
    #[arg(long)]
    pub(crate) no_progress: bool,

    /// Print the report and errors, and nothing else.
    #[arg(short, long, action = ArgAction::SetTrue)]
    pub(crate) quiet: bool,
}

const AUDIT_HELP: &str = "\
Exit status:
  0  no finding is as severe as --fail-on says
  1  there are such findings; the report is complete
  2  no verdict: wrong usage, nothing to audit, report not written, interrupted

Examples:
  tasl audit photos
          a summary of what is in the folder
  tasl audit photos -o files.csv
          a table with a row for each file, for a spreadsheet
  tasl audit photos --rows findings -o findings.csv
          a table with a row for each finding
  tasl audit /mnt/share --cache ~/.cache/tasl --io-threads 32
          a network drive, of which the next audit reads what has changed
  find photos -newer last -type f -print0 | tasl audit --files-from - -0
          the files that a command finds
  tasl audit photos scans -f jsonl | jq -r 'select(.license == null) .path'
          the files whose license is not settled
  tasl audit theses --preset plan-s
          what keeps to the policy of cOAlition S, and what does not
  tasl audit theses --records export.csv -o compared.csv
          what the catalogue and the files say, side by side";

/// Show what files say, word for word, and where it stands.
///
/// One line for each statement: the metadata block, the key as the standard of
/// that block spells it, and the value. Then what it amounts to.
#[derive(Debug, Parser)]
pub(crate) struct Show {
    /// The files, or directories of files.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Take what the rights texts of the house mean from this policy.
    ///
    /// Otherwise from the first `tasl.toml`, from the file upwards.
    #[arg(long, value_name = "POLICY", conflicts_with = "no_policy")]
    pub(crate) policy: Option<PathBuf>,

    /// Keep to no policy, even if there is a `tasl.toml`.
    #[arg(long)]
    pub(crate) no_policy: bool,
}

/// Explain a rule, a license, a rights statement or a preset.
///
/// Without a name, lists what can be explained.
#[derive(Debug, Parser)]
#[command(after_long_help = "\
Examples:
  tasl explain license-missing    what a rule finds, why it matters, how to fix it
  tasl explain by-nc/3.0/de       what a license permits, and what a credit owes
  tasl explain by-nc              which versions there are
  tasl explain InC-EDU            what a rights statement says
  tasl explain plan-s             what a preset accepts, and where that is from")]
pub(crate) struct Explain {
    /// What to explain.
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// Check, show or begin a policy: what a collection has to keep to.
///
/// A policy is a file `tasl.toml` at the top of a collection. It says which
/// licenses are wanted, which fields are required, and which findings are
/// accepted for a time.
#[derive(Debug, Parser)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Tell all mistakes in a policy at once.
    Check {
        /// The policy [default: the first tasl.toml, upwards].
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// The day on which exceptions are judged.
        #[arg(long, value_name = "YYYY-MM-DD", hide = true, value_parser = day)]
        today: Option<Date>,
    },
    /// Show what applies to a path.
    Show {
        /// The file or folder; it need not exist.
        #[arg(value_name = "PATH")]
        path: Option<PathBuf>,
        /// The policy [default: the first tasl.toml, upwards].
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// The day on which exceptions are judged.
        #[arg(long, value_name = "YYYY-MM-DD", hide = true, value_parser = day)]
        today: Option<Date>,
    },
    /// Write a tasl.toml to begin with into this directory.
    Init {
        /// Build on a preset.
        #[arg(long, value_name = "NAME")]
        preset: Option<String>,
    },
    /// Print the JSON Schema of policies, for editors.
    Schema,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as 2027-01-31".to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (field, column) =
        text.split_once('=').ok_or("write a field and a column: license=dc.rights")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

/// List the rules.
#[derive(Debug, Parser)]
pub(crate) struct Rules {
    /// The format of the list.
    #[arg(short, long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
}

/// Tell what license a text names.
///
/// One line for each text. A license that a text only mentions, or excepts
/// something from, is told from one that it grants; a version that is not stated
/// is not guessed.
#[derive(Debug, Parser)]
#[command(after_long_help = "\
Examples:
  tasl license 'This work is licensed under CC BY-SA 4.0.'
  cut -f 3 export.tsv | tasl license - --format csv")]
pub(crate) struct License {
    /// The texts; `-` reads them from standard input, one on each line.
    #[arg(required = true, value_name = "TEXT")]
    pub(crate) texts: Vec<String>,

    /// The format of the answer. json has one object on each line.
    #[arg(short, long, value_enum, default_value = "text")]
    pub(crate) format: TableFormat,
}

/// Print the completions for a shell.
#[derive(Debug, Parser)]
#[command(
    after_help = "Example: tasl completions bash > ~/.local/share/bash-completion/completions/tasl"
)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Print the manual page, or that of a subcommand.
#[derive(Debug, Parser)]
#[command(after_help = "Example: tasl man audit | man -l -")]
pub(crate) struct Man {
    /// The subcommand.
    #[arg(value_name = "SUBCOMMAND")]
    pub(crate) subcommand: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RowsArg {
    Files,
    Findings,
}

impl From<RowsArg> for Rows {
    fn from(rows: RowsArg) -> Self {
        match rows {
            RowsArg::Files => Self::Files,
            RowsArg::Findings => Self::Findings,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The least severity that counts.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TableFormat {
    Text,
    Json,
    Csv,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(REPORTS.iter().map(|f| f.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Args::command().debug_assert();
    }
}

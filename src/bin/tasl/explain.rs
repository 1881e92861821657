//! `tasl explain`

use std::fmt::Write as _;
use std::process::ExitCode;

use tasl::explain::Subject;
use tasl::license::{RIGHTS_STATEMENTS, Unit};
use tasl::policy::PRESETS;
use tasl::rules::{self, CATALOGUE};

use crate::args::Explain;
use crate::failure::Failure;
use crate::stdout;

/// How to read the examples on the page of a rule.
const LEGEND: &str = "
Each line of an example is something that a file says: where it stands, the
field, the value. “@” is what else is known of it, “!” what went wrong there.
";

/// Prints the page of a rule, a legal tool, a unit, a rights statement or a
/// preset; without a name, what there is.
///
/// # Errors
///
/// [`Failure`] where there is nothing of that name, with the nearest ones.
pub(crate) fn run(args: &Explain) -> Result<ExitCode, Failure> {
    let Some(name) = &args.name else { return stdout::print(&contents()) };
    let wanted = name.trim().to_ascii_lowercase().replace('_', "-");
    if let Some(rule) = rules::find(&wanted) {
        return stdout::print(&plain(&rule.page()));
    }
    if let Some(subject) = Subject::find(name) {
        return stdout::print(&subject.page());
    }
    if let Some((unit, _)) = wanted.split_once('/')
        && Unit::find(unit).is_some()
    {
        return Err(Failure::new(format!(
            "there is no legal tool `{name}`. `tasl explain {unit}` lists those of that unit."
        )));
    }
    let near = nearest(&wanted);
    let hint = match near.as_slice() {
        [] => String::new(),
        [one] => format!(" Did you mean `{one}`?"),
        several => format!(" Did you mean one of `{}`?", several.join("`, `")),
    };
    Err(Failure::new(format!(
        "there is nothing to explain under `{name}`.{hint} `tasl explain` lists all there is."
    )))
}

/// The page of a rule as it is read in a terminal: headings underlined as on the
/// other pages, and the fences of examples in words.
fn plain(page: &str) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in page.lines() {
        let underline = |mark: &str, name: &str| {
            format!("{name}\n{}\n", mark.repeat(name.chars().count()))
        };
        if let Some(kind) = line.strip_prefix("```") {
            in_example = !in_example;
            if in_example {
                let is_flagged = kind.ends_with("flagged");
                text.push_str(if is_flagged { "Found:\n\n" } else { "Not found:\n\n" });
            }
        } else if in_example {
            let _ = writeln!(text, "    {line}");
        } else if let Some(name) = line.strip_prefix("## ") {
            text.push_str(&underline("-", name));
        } else if let Some(name) = line.strip_prefix("# ") {
            text.push_str(&underline("=", name));
        } else {
            let _ = writeln!(text, "{line}");
        }
    }
    text.push_str(LEGEND);
    text
}

/// Every name that can be explained, but for single versions of legal tools.
fn names() -> impl Iterator<Item = &'static str> {
    CATALOGUE
        .iter()
        .map(|rule| rule.id)
        .chain(Unit::all().iter().map(|unit| unit.as_str()))
        .chain(RIGHTS_STATEMENTS.iter().map(|statement| statement.code()))
        .chain(PRESETS.iter().map(|preset| preset.name))
}

/// At most three names that are as near as possible, and near enough.
fn nearest(wanted: &str) -> Vec<&'static str> {
    let distance =
        |name: &str| strsim::damerau_levenshtein(wanted, &name.to_ascii_lowercase());
    let mut near: Vec<(usize, &str)> = names()
        .map(|name| (distance(name), name))
        .filter(|(distance, name)| *distance <= wanted.len().min(name.len()) / 3)
        .collect();
    near.sort_unstable();
    let best = near.first().map(|(distance, _)| *distance);
    near.retain(|(distance, _)| Some(*distance) == best);
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

/// What can be explained.
fn contents() -> String {
    let mut text = String::from(
        "tasl explain NAME teaches about any of these.\n\n\
         Legal tools of Creative Commons, by unit, version and port: by-nc/3.0/de,\n\
         by/4.0, zero/1.0. By unit alone, which versions there are:\n",
    );
    let units: Vec<&str> = Unit::all().iter().map(|u| u.as_str()).collect();
    let codes: Vec<&str> = RIGHTS_STATEMENTS.iter().map(|s| s.code()).collect();
    let presets: Vec<&str> = PRESETS.iter().map(|p| p.name).collect();
    let rules: Vec<&str> = CATALOGUE.iter().map(|r| r.id).collect();
    fill(&mut text, &units);
    text.push_str("\nStatements of rightsstatements.org:\n");
    fill(&mut text, &codes);
    text.push_str("\nPresets for policies:\n");
    fill(&mut text, &presets);
    text.push_str("\nRules, which `tasl rules` lists with what they find:\n");
    fill(&mut text, &rules);
    text
}

/// Adds words, as many to an indented line as fit.
fn fill(text: &mut String, words: &[&str]) {
    let mut line = String::from(" ");
    for word in words {
        if line.len() + 1 + word.len() > tasl::explain::WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from(" ");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

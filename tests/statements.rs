//! How well license statements are understood, over the corpus in
//! `fixtures/statements`.
//!
//! The figures are kept in `docs/accuracy-statements.md`. To renew it, run the
//! test with `SNAPSHOTS=overwrite`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that prints its figures"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tasl::license::{Context, Meaning, read_in};

/// A row of the corpus.
struct Statement {
    lang: String,
    context: Context,
    text: String,
    /// What the text names, and what it does with it.
    expected: Vec<Named>,
}

/// A reference, in the words of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    role: String,
    meaning: String,
}

/// What was expected of a reference, and what was read.
struct Outcome<'s> {
    statement: &'s Statement,
    /// `None` where something was read that is not there.
    expected: Option<Named>,
    /// `None` where it was missed.
    read: Option<Named>,
}

const ROLES: [&str; 5] = ["grant", "mention", "exception", "negation", "unclear"];

/// Stands in the matrix for what is not there, and for what was not seen.
const NOTHING: &str = "–";

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn corpus() -> Vec<Statement> {
    let table = fs::read_to_string(root("fixtures/statements/statements.tsv")).unwrap();
    table.lines().skip(1).map(statement).collect()
}

fn statement(row: &str) -> Statement {
    let cells: Vec<&str> = row.split('\t').collect();
    let [lang, context, text, roles, meanings] = cells[..] else {
        panic!("five cells: {row}")
    };
    let text = if text.starts_with('"') {
        serde_json::from_str(text).unwrap()
    } else {
        text.to_owned()
    };
    let expected = roles
        .split(" ; ")
        .zip(meanings.split(" ; "))
        .filter(|(role, _)| *role != "-")
        .map(|(role, meaning)| Named {
            role: role.to_owned(),
            meaning: meaning.to_owned(),
        })
        .collect();
    let context = match context {
        "license" => Context::LicenseField,
        "rights" => Context::RightsText,
        "prose" => Context::Prose,
        other => panic!("no such context: {other}"),
    };
    Statement { lang: lang.to_owned(), context, text, expected }
}

/// The meaning in the words of the corpus.
fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Tool(tool) => tool.url().to_owned(),
        Meaning::RightsStatement(statement) => statement.uri().to_owned(),
        Meaning::Unversioned { unit, port: None } => {
            format!("{} (unversioned)", unit.as_str())
        }
        Meaning::Unversioned { unit, port: Some(port) } => {
            format!("{} (unversioned, {port})", unit.as_str())
        }
        Meaning::Malformed { .. } => "malformed".to_owned(),
        Meaning::DoesNotExist { .. } => "does-not-exist".to_owned(),
        Meaning::Impossible { .. } => "impossible".to_owned(),
        Meaning::NotATool { .. } => "not-a-tool".to_owned(),
        Meaning::InvalidRightsStatement { .. } => "invalid-rights-statement".to_owned(),
        Meaning::Spdx(id) => format!("spdx:{id}"),
    }
}

/// What is read in a text, one for each license: several spellings of one are
/// one reference in the corpus, with the most specific meaning.
fn read_once(statement: &Statement) -> Vec<Named> {
    let references = read_in(&statement.text, statement.context);
    let units: BTreeSet<&str> = references
        .iter()
        .filter_map(|reference| match &reference.meaning {
            Meaning::Tool(tool) => Some(tool.unit().as_str()),
            _ => None,
        })
        .collect();
    let names_more =
        references.iter().any(|r| !matches!(r.meaning, Meaning::NotATool { .. }));
    let mut found: Vec<Named> = Vec::new();
    for reference in &references {
        let is_less_specific = match &reference.meaning {
            Meaning::Unversioned { unit, .. } => units.contains(unit.as_str()),
            Meaning::NotATool { .. } => names_more,
            _ => false,
        };
        if is_less_specific {
            continue;
        }
        let role = reference.role.as_str().to_owned();
        let named = Named { role, meaning: meaning(&reference.meaning) };
        match found.iter_mut().find(|known| known.meaning == named.meaning) {
            // "Licensed under X. To view a copy of X, visit …" grants X.
            Some(known) if known.role == "mention" => *known = named,
            Some(_) => {}
            None => found.push(named),
        }
    }
    found
}

/// Pairs what was expected with what was read, by meaning.
fn outcomes(statement: &Statement) -> Vec<Outcome<'_>> {
    let mut read = read_once(statement);
    let mut outcomes = Vec::new();
    for expected in &statement.expected {
        let at = read.iter().position(|found| found.meaning == expected.meaning);
        let read = at.map(|at| read.remove(at));
        outcomes.push(Outcome { statement, expected: Some(expected.clone()), read });
    }
    let unexpected = read.into_iter();
    outcomes.extend(unexpected.map(|read| Outcome {
        statement,
        expected: None,
        read: Some(read),
    }));
    outcomes
}

/// The outcomes of the whole corpus.
struct Accuracy<'s>(Vec<Outcome<'s>>);

impl<'s> Accuracy<'s> {
    fn count(&self, expected: &str, read: &str) -> usize {
        let is =
            |o: &&Outcome<'_>| role(&o.expected) == expected && role(&o.read) == read;
        self.0.iter().filter(is).count()
    }

    /// How many grants there are, how many were read, and how many are both.
    fn grants(&self) -> (usize, usize, usize) {
        let expected = |o: &&Outcome<'_>| role(&o.expected) == "grant";
        let read = |o: &&Outcome<'_>| role(&o.read) == "grant";
        (
            self.0.iter().filter(expected).count(),
            self.0.iter().filter(read).count(),
            self.count("grant", "grant"),
        )
    }

    fn precision(&self) -> f64 {
        let (_, read, both) = self.grants();
        both as f64 / read.max(1) as f64
    }

    fn recall(&self) -> f64 {
        let (expected, _, both) = self.grants();
        both as f64 / expected.max(1) as f64
    }

    /// Legal tools read, version and all, which the text does not name.
    fn invented(&self) -> Vec<String> {
        let unexpected = self.0.iter().filter(|o| o.expected.is_none());
        unexpected
            .filter_map(|o| Some((o.read.as_ref()?, &o.statement.text)))
            .filter(|(read, _)| read.meaning.starts_with("https://creativecommons.org/"))
            .map(|(read, text)| format!("{} in {text:?}", read.meaning))
            .collect()
    }

    fn differences(&self) -> impl Iterator<Item = &Outcome<'s>> {
        self.0.iter().filter(|o| o.expected != o.read)
    }
}

fn role(named: &Option<Named>) -> &str {
    named.as_ref().map_or(NOTHING, |named| &named.role)
}

/// The page of figures.
fn page(statements: &[Statement], accuracy: &Accuracy<'_>) -> String {
    let (expected, read, both) = accuracy.grants();
    let (precision, recall) = (accuracy.precision(), accuracy.recall());
    let (texts, invented) = (statements.len(), accuracy.invented().len());
    let mut page = format!(
        "<!-- Generated by tests/statements.rs; renew with SNAPSHOTS=overwrite. -->

# Accuracy of the reader of license statements

Measured over the {texts} texts of `fixtures/statements`, whose README says how
they are labelled. A reference is found where its meaning (unit, version, port)
is that of the label.

| | |
|---|--:|
| grants in the texts | {expected} |
| grants read | {read} |
| of these, right | {both} |
| precision | {precision:.4} |
| recall | {recall:.4} |
| versions invented | {invented} |

## Roles

Labels in rows, readings in columns. The column “{NOTHING}” counts what was not
found, the row “{NOTHING}” what is not there.

"
    );
    let all: Vec<&str> = ROLES.iter().copied().chain([NOTHING]).collect();
    let _ =
        writeln!(page, "| | {} |\n|---|{}", all.join(" | "), "--:|".repeat(all.len()));
    for expected in &all {
        let counts = all.iter().map(|read| accuracy.count(expected, read).to_string());
        let _ = writeln!(
            page,
            "| **{expected}** | {} |",
            counts.collect::<Vec<_>>().join(" | ")
        );
    }
    page += "\n## Languages\n\n| | texts | references | read otherwise |\n|---|--:|--:|--:|\n";
    let mut languages: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for statement in statements {
        let row = languages.entry(&statement.lang).or_default();
        row[0] += 1;
        row[1] += statement.expected.len();
    }
    for difference in accuracy.differences() {
        languages.entry(&difference.statement.lang).or_default()[2] += 1;
    }
    for (lang, [texts, references, otherwise]) in &languages {
        let _ = writeln!(page, "| {lang} | {texts} | {references} | {otherwise} |");
    }
    page += "\n## What is read otherwise\n\n| | label | reading | text |\n|---|---|---|---|\n";
    for Outcome { statement, expected, read } in accuracy.differences() {
        let text = statement.text.replace(['\n', '\t'], " ").replace('|', "\\|");
        let lang = &statement.lang;
        let _ =
            writeln!(page, "| {lang} | {} | {} | {text} |", show(expected), show(read));
    }
    page
}

fn show(named: &Option<Named>) -> String {
    named.as_ref().map_or(NOTHING.to_owned(), |n| format!("{}: {}", n.role, n.meaning))
}

#[test]
fn statements_are_read_as_they_are_labelled() {
    let statements = corpus();
    let accuracy = Accuracy(statements.iter().flat_map(outcomes).collect());
    let page = page(&statements, &accuracy);
    println!("{page}");

    let path = root("docs/accuracy-statements.md");
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::create_dir_all(root("docs")).unwrap();
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(accuracy.invented(), [""; 0]);
    assert!(
        accuracy.precision() >= 0.99,
        "precision of grants: {}",
        accuracy.precision()
    );
    assert!(accuracy.recall() >= 0.95, "recall of grants: {}", accuracy.recall());
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/accuracy-statements.md is old: run with SNAPSHOTS=overwrite"
    );
}

#[test]
fn the_corpus_is_wide_enough_to_measure_with() {
    let statements = corpus();
    let names = |s: &&Statement, role| s.expected.iter().any(|named| named.role == role);
    let others = statements.iter().filter(|s| !names(s, "grant")).count();
    let languages: BTreeSet<&str> = statements.iter().map(|s| s.lang.as_str()).collect();
    let texts: BTreeSet<&str> = statements.iter().map(|s| s.text.as_str()).collect();
    assert!(statements.len() >= 300, "{}", statements.len());
    assert!(languages.len() >= 18, "{languages:?}");
    assert!(others * 10 >= statements.len() * 4, "{others} grant nothing");
    assert_eq!(texts.len(), statements.len(), "each text stands once");
    for named in statements.iter().flat_map(|s| &s.expected) {
        assert!(ROLES.contains(&named.role.as_str()), "{named:?}");
    }
}

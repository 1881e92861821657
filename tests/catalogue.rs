//! What is true of every rule: its name, its documentation, its examples.
//!
//! With `SNAPSHOTS=overwrite` the pages in `docs/rules/` are written anew.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tasl::model::{Evidence, Finding};
use tasl::policy::{Policy, Setting};
use tasl::read::vocabulary;
use tasl::reconcile::reconcile;
use tasl::rules::{self, CATALOGUE, Case, Rule};

const SECTIONS: [&str; 3] = ["## What it finds", "## Why it matters", "## How to fix it"];

#[test]
fn ids_are_kebab_case_sorted_and_unique() {
    let ids: Vec<&str> = CATALOGUE.iter().map(|r| r.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:#?}");
    for id in ids {
        let words = id.split('-').all(|word| {
            !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        assert!(words, "{id}");
    }
}

#[test]
fn each_file_is_the_rule_of_its_name() {
    let shared = ["mod", "rule", "words"];
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("src/rules")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !shared.contains(&&*stem) {
            files.insert(stem.replace('_', "-"));
        }
    }
    let ids: BTreeSet<String> = CATALOGUE.iter().map(|r| r.id.to_owned()).collect();
    assert_eq!(files, ids);
}

#[test]
fn each_rule_tells_what_why_and_how() {
    for rule in CATALOGUE {
        let text = rule.explanation();
        let found: Vec<&str> = text.lines().filter(|l| l.starts_with("## ")).collect();
        assert_eq!(found, SECTIONS, "{}", rule.id);
        for section in SECTIONS {
            let rest = text.split_once(section).unwrap().1;
            let body = rest.split("\n## ").next().unwrap();
            assert!(body.trim().len() > 40, "{}: {section} says too little", rule.id);
        }
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        assert!(rule.summary.starts_with(|c: char| !c.is_lowercase()), "{}", rule.id);
    }
}

#[test]
fn each_example_is_flagged_or_clean_as_it_says() {
    let mut wrong = String::new();
    for rule in CATALOGUE {
        let (mut flagged, mut clean) = (0, 0);
        for (kind, text) in examples(rule) {
            let found = findings(rule, &text);
            match &*kind {
                "tasl,flagged" => flagged += 1,
                "tasl,clean" => clean += 1,
                other => panic!("{}: what is {other}?", rule.id),
            }
            if found.is_empty() == (kind == "tasl,flagged") {
                writeln!(wrong, "{} is not {kind}:\n{text}{found:#?}", rule.id).unwrap();
            }
        }
        assert!(flagged > 0 && clean > 0, "{}: {flagged}, {clean}", rule.id);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_message_is_one_line_without_a_full_stop() {
    for rule in CATALOGUE {
        for (_, text) in examples(rule) {
            for finding in findings(rule, &text) {
                let message = finding.message;
                assert!(!message.ends_with('.'), "{}: {message}", rule.id);
                assert!(!message.contains('\n'), "{}: {message}", rule.id);
                assert!(message.chars().count() < 300, "{}: {message}", rule.id);
            }
        }
    }
}

#[test]
fn pages_are_current() {
    let directory = root().join("docs/rules");
    let mut expected = BTreeSet::from(["README.md".to_owned()]);
    is_current(&directory.join("README.md"), &index());
    for rule in CATALOGUE {
        let name = format!("{}.md", rule.id);
        is_current(&directory.join(&name), &rule.page());
        expected.insert(name);
    }
    let there: BTreeSet<String> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, expected);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The examples of a rule: what each is to show, and its notation.
fn examples(rule: &Rule) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in rule.explanation().lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => examples.extend(open.take()),
            (Some((_, text)), None) => writeln!(text, "{line}").unwrap(),
            (None, Some(kind)) => open = Some((kind.to_owned(), String::new())),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{}: an example has no end", rule.id);
    examples
}

/// What `rule`, and no other, finds in evidence in the notation.
fn findings(rule: &Rule, notation: &str) -> Vec<Finding> {
    let evidence = Evidence::from_notation(notation, vocabulary::property)
        .unwrap_or_else(|error| panic!("{}: {error}\n{notation}", rule.id));
    let mut policy = Policy::default();
    policy.today = Some("2026-01-31".to_owned());
    for other in CATALOGUE {
        policy
            .set(other.id, if other.id == rule.id { Setting::On } else { Setting::Off });
    }
    let tasl = reconcile(&evidence);
    rules::check(&Case { evidence: &evidence, tasl: &tasl, policy: &policy })
}

/// The list of all rules.
fn index() -> String {
    let mut text = String::from(
        "# Rules\n\n\
         | rule | severity | by default | what it finds |\n\
         |---|---|---|---|\n",
    );
    for rule in CATALOGUE {
        let (id, severity) = (rule.id, rule.severity);
        let on = if rule.on { "on" } else { "off" };
        let summary = rule.summary;
        writeln!(text, "| [{id}]({id}.md) | {severity} | {on} | {summary} |").unwrap();
    }
    text
}

fn is_current(path: &Path, page: &str) {
    if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, page).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == page,
        "{} is not current: run SNAPSHOTS=overwrite cargo test --test catalogue",
        path.display()
    );
}

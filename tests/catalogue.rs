//! What is true of every rule: its name, its documentation, its examples.
//!
//! With `SNAPSHOTS=overwrite` the pages in `docs/rules/` are written anew.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tasl::collection::Collection;
use tasl::model::{Asset, AssetPath, Catalogued, Entry, Evidence, Record};
use tasl::policy::{Date, Policies, Setting};
use tasl::read::vocabulary;
use tasl::reconcile::reconcile;
use tasl::records::{Match, Records, compare};
use tasl::rules::{self, CATALOGUE, Case, Check, Rule};

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
    let shared = ["mod", "rule", "whole", "words"];
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
fn a_contradiction_is_told_by_what_contradicts() {
    let rule = rules::find("license-conflict").unwrap();
    let found = findings(
        rule,
        "xmp cc:license https://creativecommons.org/licenses/by/4.0/\n\
         xmp dc:rights CC BY\n\
         xmp xmpRights:UsageTerms CC BY-NC 4.0?\n",
    );
    let expected = "CC BY 4.0, which “CC BY-NC 4.0” in xmpRights:UsageTerms contradicts";
    assert_eq!(found, [expected]);
}

#[test]
fn each_message_is_one_line_without_a_full_stop() {
    for rule in CATALOGUE {
        for (_, text) in examples(rule) {
            for message in findings(rule, &text) {
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

/// An example: a policy, a record, and files, each with its evidence.
#[derive(Default)]
struct Example {
    policy: String,
    entry: Option<Entry>,
    files: Vec<(String, String)>,
}

/// Takes the lines of an example apart that are about more than one file:
/// `@ policy` and a line of `tasl.toml`, `@ record` and a field of the record,
/// `@ file` before what a file of that path says, `@ files` before what files
/// of so many paths say, with their number in the place of `*`.
fn parse(text: &str) -> Example {
    let mut example = Example::default();
    let mut names = vec!["a.jpg".to_owned()];
    let mut body = String::new();
    let mut end = |names: &mut Vec<String>, body: &mut String| {
        example.files.extend(names.drain(..).map(|name| (name, body.clone())));
        body.clear();
    };
    let mut begun = false;
    let (mut policy, mut entry) = (String::new(), None::<Entry>);
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let after = |n: usize| words[n..].join(" ");
        match words.as_slice() {
            ["@", "policy", ..] => writeln!(policy, "{}", after(2)).unwrap(),
            ["@", "record", field, ..] => {
                let entry = entry.get_or_insert_with(|| Entry {
                    key: "a.jpg".to_owned(),
                    line: 2,
                    ..Entry::default()
                });
                match *field {
                    "key" => entry.key = after(3),
                    "license" => entry.license = after(3),
                    "creator" => entry.creators.push(after(3)),
                    "title" => entry.title = after(3),
                    other => panic!("what is {other}?"),
                }
            }
            ["@", "file" | "files", rest @ ..] => {
                if begun {
                    end(&mut names, &mut body);
                }
                begun = true;
                names = match rest {
                    [count, pattern] => (0..count.parse::<u32>().unwrap())
                        .map(|n| pattern.replace('*', &format!("{n:03}")))
                        .collect(),
                    [name] => vec![(*name).to_owned()],
                    _ => panic!("which file? {line}"),
                };
            }
            _ => writeln!(body, "{line}").unwrap(),
        }
    }
    end(&mut names, &mut body);
    Example { policy, entry, ..example }
}

/// The messages of what `rule`, and no other, finds in an example.
fn findings(rule: &Rule, text: &str) -> Vec<String> {
    let today = Date::parse("2026-01-31").unwrap();
    let Example { policy, entry, files } = parse(text);
    let mut policies = Policies::parse(&policy, &rules::ids(), today)
        .unwrap_or_else(|errors| panic!("{}: {errors:#?}", rule.id));
    // Rules that make findings for exceptions to accept have to stay on.
    let about_policy = matches!(rule.check, Check::Policy(_));
    for other in CATALOGUE {
        let setting = match other.id == rule.id {
            true => Setting::On,
            false if about_policy => continue,
            false => Setting::Off,
        };
        policies.base.set(other.id, setting);
    }
    let records = entry.map(|entry| Records::new(vec![entry]));
    let mut collection = Collection::new(&policies, records.as_ref());
    let mut found = Vec::new();
    for (path, notation) in files {
        let evidence = Evidence::from_notation(&notation, vocabulary::property)
            .unwrap_or_else(|error| panic!("{}: {error}\n{notation}", rule.id));
        let policy = policies.at(&path);
        let tasl = reconcile(&evidence, &policy.statements);
        let path = AssetPath::from_bytes(path);
        let catalogued = records.as_ref().map(|r| {
            match r.find(&path, path.as_str().as_ref(), &evidence) {
                Match::One(n, entry) => {
                    let complete = evidence.is_complete();
                    Catalogued::One(compare(
                        n,
                        entry,
                        &tasl,
                        &policy.statements,
                        complete,
                    ))
                }
                _ => Catalogued::Missing,
            }
        });
        let record = catalogued.as_ref().and_then(Catalogued::one);
        let case = Case { evidence: &evidence, tasl: &tasl, policy: &policy, record };
        let mut findings = rules::check(&case);
        policies.waive(path.as_str(), &mut findings);
        found.extend(
            findings.iter().filter(|f| f.rule == rule.id).map(|f| f.message.clone()),
        );
        let asset = Asset {
            file: path.as_str().into(),
            path,
            subject: evidence.subject.clone(),
            sidecars: Vec::new(),
            ambiguous: Vec::new(),
            unopened: Vec::new(),
        };
        collection
            .add(&Record { asset, evidence, tasl, findings, catalogued }, &policies);
    }
    collection.finish(records.as_ref());
    let whole = rules::check_collection(&collection, &policies);
    found.extend(whole.into_iter().filter(|f| f.rule == rule.id).map(|f| f.message));
    found
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

//! Policies: which one an audit keeps to, and what it does to the findings.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{Tree, jpeg, licensed_jpeg, xmp};
use serde_json::Value;
use tasl::policy::{self, Date, PRESETS, Policies};
use tasl::rules;

const TODAY: Date = Date { year: 2026, month: 11, day: 25 };

fn tasl(directory: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tasl"));
    command.current_dir(directory).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The rules that have findings, each with whether it is waived.
fn found(directory: &Path, args: &[&str]) -> Vec<(String, bool)> {
    let args = [&["audit", "-q", "-f", "jsonl", "--today", "2026-11-25"], args].concat();
    let output = tasl(directory, &args);
    assert!(output.status.code() != Some(2), "{}", stderr(&output));
    let mut found = Vec::new();
    for line in stdout(&output).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for finding in record["findings"].as_array().unwrap() {
            let rule = finding["rule"].as_str().unwrap().to_owned();
            found.push((rule, !finding["waived"].is_null()));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn finds(directory: &Path, args: &[&str], rule: &str) -> Option<bool> {
    found(directory, args)
        .into_iter()
        .find(|(id, _)| id == rule)
        .map(|(_, waived)| waived)
}

/// A policy with one exception until the day given.
fn exception(path: &str, expires: &str) -> String {
    format!(
        "licenses.deny = [\"by\"]\n[[exceptions]]\npath = \"{path}\"\n\
         rule = \"license-not-allowed\"\nreason = \"asked\"\nowner = \"desk\"\n\
         expires = {expires}\n"
    )
}

#[test]
fn every_preset_is_a_policy_for_the_rules_there_are() {
    for preset in PRESETS.iter() {
        let policies = Policies::parse(&preset.text, &rules::ids(), TODAY);
        assert!(policies.is_ok(), "{}: {policies:#?}", preset.name);
        let text = format!("preset = \"{}\"", preset.name);
        let policies = Policies::parse(&text, &rules::ids(), TODAY).unwrap();
        assert_eq!(policies.base.preset, Some(preset.name));
    }
}

#[test]
fn the_file_to_begin_with_is_right_with_and_without_its_comments() {
    for preset in [None, Some("plan-s")] {
        let text = policy::template(preset);
        assert!(Policies::parse(&text, &rules::ids(), TODAY).is_ok(), "{text}");
        let is_policy = |line: &str| {
            let name = line.split(" = ").next().unwrap_or_default();
            let is_key = name.starts_with('"')
                || name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            line.starts_with('[') || line.contains(" = ") && is_key
        };
        let bare: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if is_policy(rest) => format!("{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let policies = Policies::parse(&bare, &rules::ids(), TODAY);
        let policies = policies.unwrap_or_else(|errors| {
            let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}\n{bare}", told.join("\n"))
        });
        assert_eq!(policies.exceptions.len(), 1, "{bare}");
        assert_eq!(policies.sections(), 1);
    }
}

#[test]
fn the_schema_of_policies_is_current() {
    let schema = serde_json::to_string_pretty(&policy::schema(&rules::ids())).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/policy-1.json");
    if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
        fs::write(&file, format!("{schema}\n")).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == format!("{schema}\n"),
        "run SNAPSHOTS=overwrite cargo test --test policy"
    );
    let printed = tasl(Path::new("."), &["policy", "schema"]);
    assert_eq!(stdout(&printed), there);
}

#[test]
fn the_documentation_names_every_key_and_every_preset() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.md");
    let docs = fs::read_to_string(docs).unwrap();
    let mut names: Vec<String> = PRESETS.iter().map(|p| p.name.to_owned()).collect();
    keys(&policy::schema(&rules::ids()), &mut names);
    assert!(names.len() > 25);
    for name in names {
        assert!(docs.contains(&format!("`{name}`")), "{name}");
    }
}

/// The keys of a schema, but for those that are the ids of rules.
fn keys(schema: &Value, names: &mut Vec<String>) {
    for (name, value) in schema["properties"].as_object().into_iter().flatten() {
        if rules::find(name).is_none() {
            names.push(name.clone());
        }
        keys(value, names);
        keys(&value["items"], names);
    }
}

#[test]
fn the_examples_of_the_documentation_are_policies() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.md");
    let docs = fs::read_to_string(docs).unwrap();
    let mut examples = 0;
    for part in docs.split("```toml\n").skip(1) {
        let text = part.split("```").next().unwrap();
        let policies = Policies::parse(text, &rules::ids(), TODAY);
        assert!(policies.is_ok(), "{text}\n{policies:#?}");
        examples += 1;
    }
    assert!(examples >= 3);
}

#[test]
fn a_policy_is_found_upwards_to_the_root_of_the_repository() {
    let tree = Tree::of(&["top/repo/.git/"]);
    tree.write("top/repo/photos/new/a.jpg", &licensed_jpeg());
    tree.write("top/tasl.toml", b"licenses.deny = [\"by\"]");
    let denied = |args: &[&str]| finds(tree.root(), args, "license-not-allowed");
    assert_eq!(denied(&["top"]), Some(false));
    assert_eq!(denied(&["top/repo/photos"]), None, "a repository ends the search");
    tree.write("top/repo/tasl.toml", b"licenses.deny = [\"by\"]");
    assert_eq!(denied(&["top/repo/photos"]), Some(false));
    assert_eq!(denied(&["top/repo/photos/new/a.jpg"]), Some(false));
    assert_eq!(denied(&["top/repo/photos", "--no-policy"]), None);
    assert_eq!(denied(&["top/repo/photos", "--preset", "open"]), None);
    tree.write("other.toml", b"licenses.allow = [\"by\"]");
    assert_eq!(denied(&["top/repo/photos", "--policy", "other.toml"]), None);
}

#[test]
fn the_text_report_says_which_policy_was_kept_to() {
    let tree = Tree::of(&[]);
    tree.write("c/photos/a.jpg", &licensed_jpeg());
    tree.write("c/tasl.toml", b"preset = \"open\"");
    for (args, said) in [
        (&["c"][..], "  policy: tasl.toml, on preset open\n"),
        (&["c/photos"], "  policy: ../tasl.toml, on preset open\n"),
        (&["c", "--policy", "c/tasl.toml"], "  policy: c/tasl.toml, on preset open\n"),
        (&["c", "--preset", "plan-s"], "  policy: preset plan-s\n"),
    ] {
        let output = tasl(tree.root(), &[&["audit", "-q"], args].concat());
        assert!(stdout(&output).contains(said), "{args:?}\n{}", stdout(&output));
    }
    let output = tasl(tree.root(), &["audit", "-q", "c", "--no-policy"]);
    assert!(!stdout(&output).contains("policy:"));
}

#[test]
fn paths_with_different_policies_are_not_audited_together() {
    let tree = Tree::of(&[]);
    for name in ["a", "b"] {
        tree.write(format!("{name}/a.jpg"), &licensed_jpeg());
    }
    tree.write("a/tasl.toml", b"preset = \"open\"");
    let output = tasl(tree.root(), &["audit", "a", "b"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("do not have the same policy"));
    assert_eq!(
        tasl(tree.root(), &["audit", "a", "b", "--no-policy"]).status.code(),
        Some(0)
    );
    tree.write("tasl.toml", b"licenses.deny = [\"by\"]");
    fs::remove_file(tree.path("a/tasl.toml")).unwrap();
    assert_eq!(finds(tree.root(), &["a", "b"], "license-not-allowed"), Some(false));
}

#[test]
fn patterns_begin_at_the_policy_wherever_the_audit_begins() {
    let tree = Tree::of(&[]);
    tree.write("c/loans/old/a.jpg", &licensed_jpeg());
    tree.write("c/tasl.toml", exception("loans/**", "2026-12-01").as_bytes());
    for path in ["c", "c/loans", "c/loans/old", "c/loans/old/a.jpg", "c/../c/loans"] {
        assert_eq!(
            finds(tree.root(), &[path], "license-not-allowed"),
            Some(true),
            "{path}"
        );
    }
    // Named on the command line, it stands for no place.
    let named = finds(
        tree.root(),
        &["c/loans", "--policy", "c/tasl.toml"],
        "license-not-allowed",
    );
    assert_eq!(named, Some(false));
}

#[test]
fn what_an_exception_accepts_stays_in_the_reports_and_counts_for_nothing() {
    let tree = Tree::of(&[]);
    tree.write("a.jpg", &licensed_jpeg());
    tree.write("tasl.toml", exception("a.jpg", "2026-12-01").as_bytes());
    let run = |args: &[&str]| {
        let args = [&["audit", ".", "-q", "--no-progress", "--today"], args].concat();
        tasl(tree.root(), &args)
    };
    let text = run(&["2026-11-25"]);
    assert_eq!(text.status.code(), Some(0), "{}", stdout(&text));
    assert!(stdout(&text).contains("Accepted by exceptions of the policy: 1 finding"));
    assert!(stdout(&text).contains("asked (desk, until 2026-12-01)"));
    let json: Value =
        serde_json::from_str(&stdout(&run(&["2026-11-25", "-f", "json"]))).unwrap();
    assert_eq!(json["summary"]["findings"]["error"], 0);
    assert_eq!(json["summary"]["waived"], 1);
    assert_eq!(json["collection"].as_array().unwrap().len(), 0);
    let rows = stdout(&run(&["2026-11-25", "-f", "csv", "--rows", "findings"]));
    let row = rows.lines().find(|l| l.contains("license-not-allowed")).unwrap();
    assert!(row.ends_with("\"asked (desk, until 2026-12-01)\",certain"), "{row}");
    let files = stdout(&run(&["2026-11-25", "-f", "csv"]));
    let row = files.lines().nth(1).unwrap();
    assert!(row.ends_with(",license-not-allowed"), "{row}");
    assert_eq!(row.matches("license-not-allowed").count(), 1, "{row}");

    let expired = run(&["2026-12-02"]);
    assert_eq!(expired.status.code(), Some(1));
    assert!(stdout(&expired).contains("exception-expired"));
}

#[test]
fn an_exception_that_accepts_nothing_is_a_finding_about_the_policy() {
    let tree = Tree::of(&[]);
    tree.write("a.jpg", &licensed_jpeg());
    tree.write("tasl.toml", exception("b.jpg", "2026-12-01").as_bytes());
    let args = ["audit", ".", "-q", "-f", "json", "--today", "2026-11-25"];
    let json: Value = serde_json::from_str(&stdout(&tasl(tree.root(), &args))).unwrap();
    assert_eq!(json["collection"][0]["rule"], "exception-unused");
    assert_eq!(json["collection"][0]["severity"], "note");
}

#[test]
fn texts_of_the_house_are_understood_in_an_audit() {
    let tree = Tree::of(&[]);
    let rights = |text: &str| jpeg(&xmp(&format!("<dc:rights>{text}</dc:rights>")));
    tree.write("free.jpg", &rights("Frei nutzbar"));
    tree.write("ask.jpg", &rights("Please ask the archive before you use this image"));
    tree.write(
        "tasl.toml",
        "[statements]\n\"frei  nutzbar\" = \"CC0 1.0\"\n\
         \"Please ask the archive before you use this image\" = \"in-copyright\"\n"
            .as_bytes(),
    );
    let output = tasl(tree.root(), &["audit", ".", "-q", "-f", "jsonl"]);
    let lines: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named = |name: &str| lines.iter().find(|l| l["path"] == name).unwrap();
    assert_eq!(named("free.jpg")["license"]["id"], "CC0-1.0");
    assert_eq!(named("free.jpg")["licenses"][0]["form"], "house");
    assert!(named("ask.jpg")["license"].is_null());
    assert_eq!(finds(tree.root(), &["."], "rights-text-unrecognised"), None);
    let without = finds(tree.root(), &[".", "--no-policy"], "rights-text-unrecognised");
    assert_eq!(without, Some(false));
}

#[test]
fn no_text_makes_reading_a_policy_fail() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/policies/museum.toml");
    let text = fs::read_to_string(file).unwrap().replace("Museum", "Müseum");
    let ids = rules::ids();
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let other = if at % 2 == 0 { "[" } else { "é\n" };
        for text in [before.to_owned(), format!("{before}{other}{after}")] {
            for error in Policies::parse(&text, &ids, TODAY).err().into_iter().flatten() {
                let shown = error.to_string();
                assert!(shown.lines().count() >= 3, "{shown}");
                assert!(error.line <= text.lines().count() + 1, "{shown}\n{text}");
            }
        }
    }
}

#[test]
fn the_museum_keeps_to_its_policy_beside_its_catalogue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = [
        "audit",
        "fixtures/collection",
        "-q",
        "-f",
        "json",
        "--today",
        "2026-11-25",
        "--policy",
        "fixtures/policies/museum.toml",
        "--records",
        "fixtures/records/export.csv",
    ];
    let json: Value = serde_json::from_str(&stdout(&tasl(root, &args))).unwrap();
    let file = |path: &str| {
        let mut files = json["files"].as_array().unwrap().iter();
        files.find(|f| f["path"] == path).unwrap_or_else(|| panic!("{path}"))
    };
    let ferry = file("photographs/ferry.jpg");
    let denied = ferry["findings"].as_array().unwrap().iter();
    let denied: Vec<&Value> =
        denied.filter(|f| f["rule"] == "license-not-allowed").collect();
    assert_eq!(denied.len(), 1);
    assert_eq!(denied[0]["waived"]["owner"], "rights desk");
    for (path, license, creators) in [
        ("photographs/ferry.jpg", "contradict", "agree"),
        ("photographs/coin.jpg", "agree", "agree"),
        ("photographs/regatta.jpg", "file-only", "agree"),
    ] {
        let record = &file(path)["record"];
        assert_eq!(record["license_verdict"], license, "{path}");
        assert_eq!(record["creator_verdict"], creators, "{path}");
    }
    assert_eq!(json["records_without_file"][0]["key"], "maps/lost.tif");
}

#[test]
fn a_policy_is_begun_and_never_overwritten() {
    let tree = Tree::of(&[]);
    let first = tasl(tree.root(), &["policy", "init", "--preset", "oer"]);
    assert_eq!(first.status.code(), Some(0));
    let text = fs::read_to_string(tree.path("tasl.toml")).unwrap();
    assert!(text.contains("\npreset = \"oer\"\n"), "{text}");
    let check = tasl(tree.root(), &["policy", "check"]);
    assert_eq!(stdout(&check), "tasl.toml: no mistakes\n  on preset oer\n");
    let second = tasl(tree.root(), &["policy", "init"]);
    assert_eq!(second.status.code(), Some(2));
    assert_eq!(fs::read_to_string(tree.path("tasl.toml")).unwrap(), text);
}

#[cfg(unix)]
#[test]
fn a_policy_that_is_a_link_to_nothing_ends_the_audit() {
    let tree = Tree::of(&[]);
    tree.write("a.jpg", &licensed_jpeg());
    std::os::unix::fs::symlink("nowhere.toml", tree.root().join("tasl.toml")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_tasl"))
        .args(["audit", "-q"])
        .arg(tree.root())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("tasl.toml: there is no such file"), "{stderr}");
}

#[test]
fn exceptions_for_other_folders_are_not_unused_in_an_audit_of_one() {
    let tree = Tree::of(&[]);
    tree.write("a/1.jpg", &licensed_jpeg());
    let exception = |path: &str| {
        format!(
            "[[exceptions]]\npath = \"{path}\"\nrule = \"license-missing\"\nreason = \"r\"\n\
             owner = \"o\"\nexpires = 2027-01-01\n"
        )
    };
    let all = ["a/**", "b/**", "**/x.jpg", "a/1.jpg", "ab/*", "{a,b}/*"];
    tree.write("tasl.toml", all.map(exception).concat().as_bytes());
    let unused = |path: &str| {
        let output =
            tasl(tree.root(), &["audit", path, "-f", "json", "--today", "2026-11-25"]);
        let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
        json["collection"].as_array().unwrap().len()
    };
    assert_eq!(unused("."), 6);
    assert_eq!(unused("a"), 4);
}

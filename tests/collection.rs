//! The collection as a whole: its report, and every rule at work.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use support::{assert_committed, here, skipped};
use tasl::rules::{CATALOGUE, Check, Group, Rule};

/// Rules that none of our files can break, and why.
const OUT_OF_REACH: &[(&str, &str)] =
    &[("internal-error", "it takes a fault of this program")];

/// The JSON Lines report of a directory.
fn report(directory: &Path) -> String {
    let run = Command::cargo_bin("tasl")
        .unwrap()
        .args(["audit", "--quiet", "--format", "jsonl", "--fail-on", "never"])
        .arg(directory)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// The ids of the rules that a report names.
fn rules_in(report: &str) -> BTreeSet<String> {
    let records = report.lines().map(|line| serde_json::from_str(line).unwrap());
    records
        .flat_map(|record: serde_json::Value| {
            record["findings"].as_array().unwrap().clone()
        })
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_reports_of_the_collections_are_the_committed_ones() {
    for name in ["collection", "untidy"] {
        let golden = here("fixtures").join(format!("{name}.golden.jsonl"));
        assert_committed(&golden, &report(&here("fixtures").join(name)));
    }
}

#[test]
fn every_rule_that_is_on_finds_something() {
    let mut broken = rules_in(&report(&here("fixtures/collection")));
    broken.extend(rules_in(&report(&here("fixtures/untidy"))));
    let (strange, skipped) = strange_entries();
    broken.extend(strange);
    // What needs a policy, records or the whole of a collection has tests of its
    // own, and is in no line about a file.
    let about_files = |rule: &&&Rule| {
        matches!(rule.check, Check::Asset(_))
            && rule.group != Group::Policy
            && rule.id != "catalogue-conflict"
    };
    for rule in CATALOGUE.iter().filter(about_files).filter(|rule| rule.on) {
        let excused = OUT_OF_REACH.iter().any(|(id, _)| *id == rule.id)
            || skipped.contains(&rule.id);
        assert_ne!(
            broken.contains(rule.id),
            excused,
            "{}: {}",
            rule.id,
            if excused { "is excused and finds something" } else { "finds nothing" }
        );
    }
}

/// The rules about entries that no repository can keep, tried on entries made
/// now; and those that could not be tried here.
fn strange_entries() -> (BTreeSet<String>, Vec<&'static str>) {
    let tree = tempfile::tempdir().unwrap();
    let at = |name: &str| tree.path().join(name);
    let mut untried = Vec::new();
    // A packet that is longer than any block may be.
    let mut packet = fs::read(here("fixtures/formats/xmp/languages.xmp")).unwrap();
    packet.resize(17 << 20, b' ');
    fs::write(at("long.xmp"), packet).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        symlink("long.xmp", at("link.xmp")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        fs::write(at("locked.jpg"), "").unwrap();
        fs::create_dir(at("locked")).unwrap();
        for name in ["locked.jpg", "locked"] {
            fs::set_permissions(at(name), fs::Permissions::from_mode(0o000)).unwrap();
        }
        if fs::read(at("locked.jpg")).is_ok() {
            skipped("this user may read everything, so nothing is unreadable");
            untried.extend(["unreadable-file", "unreadable-directory"]);
        }
    }
    #[cfg(not(unix))]
    untried.extend([
        "link-not-followed",
        "special-file",
        "unreadable-file",
        "unreadable-directory",
    ]);
    let rules = rules_in(&report(tree.path()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(at("locked"), fs::Permissions::from_mode(0o700));
    }
    (rules, untried)
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_stay_apart_and_whole() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use base64::Engine as _;

    let tree = tempfile::tempdir().unwrap();
    let image = fs::read(here("fixtures/collection/photographs/ferry.jpg")).unwrap();
    let names: [&[u8]; 2] = [b"caf\xE8.jpg", b"caf\xE9.jpg"];
    for name in names {
        if fs::write(tree.path().join(OsStr::from_bytes(name)), &image).is_err() {
            skipped("this file system takes no names that are not UTF-8");
            return;
        }
    }
    let report = report(tree.path());
    let records: Vec<serde_json::Value> =
        report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 2);
    assert_ne!(records[0]["path"], records[1]["path"]);
    for (record, name) in records.iter().zip(names) {
        let path = record["path_b64"].as_str().unwrap();
        let raw = base64::engine::general_purpose::STANDARD.decode(path).unwrap();
        assert_eq!(raw, name);
        assert_eq!(record["title"], "The ferry at dawn");
    }
}

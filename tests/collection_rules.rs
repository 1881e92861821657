//! What is found about a collection as a whole.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Tree, jpeg, xmp};
use serde_json::Value;
use tasl::collection::Collection;
use tasl::license::LegalTool;
use tasl::model::{
    Asset, AssetPath, Content, Evidence, License, Licensing, Record, Resolved, Subject,
    Tasl, Value as Witnessed,
};
use tasl::policy::Policies;
use tasl::rules;

fn image(creator: &str, title: &str, license: &str) -> Vec<u8> {
    jpeg(&xmp(&format!(
        "<dc:title>{title}</dc:title>\
         <dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>\
         <cc:license rdf:resource='https://creativecommons.org/licenses/{license}/'/>"
    )))
}

fn audit(root: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tasl"))
        .args(["audit", "-q", "--fail-on", "never"])
        .args(args)
        .arg(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A tree with something for each rule about a collection.
fn tree() -> Tree {
    let tree = Tree::of(&[]);
    for n in 0..40 {
        let title = format!("Plate {n} of the atlas");
        tree.write(format!("maps/{n:02}.jpg"), &image("Jane Doe", &title, "by-sa/4.0"));
        // Between the files of its folder in the order of paths.
        tree.write(format!("maps/05/{n:02}.jpg"), &image("R. Roe", &title, "by/4.0"));
    }
    tree.write("maps/17.jpg", &image("Doe, Jane", "Plate 17 of the atlas", "by-nc/4.0"));
    tree.write("maps/zz.jpg", &image("JANE DOE", "The last plate of it", "by-nd/4.0"));
    for n in 0..3 {
        let title = "View of the old harbour";
        tree.write(format!("a/{n}.jpg"), &image("Emil Engraver", title, "by/4.0"));
        tree.write(format!("b/{n}.jpg"), &image("Émil Engraver", title, "by/4.0"));
        tree.write(format!("c/{n}.jpg"), &image("Clara Cook", title, "by/4.0"));
    }
    tree
}

#[test]
fn findings_about_the_whole_name_their_files() {
    let tree = tree();
    let json: Value = serde_json::from_str(&audit(tree.root(), &["-f", "json"])).unwrap();
    let told: Vec<(&str, &str, usize)> = json["collection"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            assert_eq!(f["severity"], "note");
            let text = |key: &str| f[key].as_str().unwrap();
            (text("rule"), text("message"), f["paths"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "creators-spelled-differently",
                "“Emil Engraver” (3 files) and “Émil Engraver” (3 files) may be one creator",
                3
            ),
            (
                "creators-spelled-differently",
                "“Jane Doe” (39 files), “Doe, Jane” (1 file) and “JANE DOE” (1 file) may be \
                 one creator",
                2
            ),
            (
                "license-outlier",
                "39 of 41 licensed files in maps are CC BY-SA 4.0, 1 is CC BY-NC 4.0 and 1 is \
                 CC BY-ND 4.0",
                2
            ),
            (
                "title-repeated",
                "the title “View of the old harbour” stands on 9 files by at least 2 creators",
                3
            ),
        ]
    );
    let outliers = &json["collection"][2]["paths"];
    assert_eq!(outliers, &serde_json::json!(["maps/17.jpg", "maps/zz.jpg"]));
    assert_eq!(json["summary"]["collection_complete"], true);
    let notes: u64 = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|f| f["findings"].as_array().unwrap())
        .filter(|f| f["severity"] == "note")
        .count() as u64;
    assert_eq!(json["summary"]["findings"]["note"], notes + 4, "they count");
}

#[test]
fn a_page_that_stands_before_many_works_is_found_on_any_number_of_threads() {
    let theses = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/untidy/theses");
    let json = |threads: &str| audit(&theses, &["-f", "json", "--threads", threads]);
    let report: Value = serde_json::from_str(&json("1")).unwrap();
    let [finding] = report["collection"].as_array().unwrap().as_slice() else {
        panic!("{}", report["collection"])
    };
    assert_eq!(finding["rule"], "first-page-repeated");
    assert_eq!(
        finding["message"],
        "5 files of at least 5 different works begin with the same page, which says \
         “This thesis is licensed under CC BY 4.0.”; the license of 5 of them rests on it alone"
    );
    let paths = ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf"];
    assert_eq!(finding["paths"], serde_json::json!(paths));
    assert_eq!(json("1"), json("4"));
}

#[test]
fn copies_of_one_work_are_no_repeated_page() {
    let thesis =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/untidy/theses/1.pdf");
    let tree = Tree::of(&[]);
    for n in 0..9 {
        tree.write(format!("{n}.pdf"), &std::fs::read(&thesis).unwrap());
    }
    let report: Value =
        serde_json::from_str(&audit(tree.root(), &["-f", "json"])).unwrap();
    assert_eq!(report["collection"], serde_json::json!([]));
}

#[test]
fn they_stand_in_every_report_but_json_lines() {
    let tree = tree();
    let text = audit(tree.root(), &[]);
    assert!(text.contains("\nAcross the collection\n"), "{text}");
    assert!(text.contains("  note     license-outlier  1 finding  "), "{text}");
    let rows = audit(tree.root(), &["-f", "csv", "--rows", "findings"]);
    assert!(rows.contains("maps/17.jpg||maps/zz.jpg,license-outlier,note"), "{rows}");
    for line in audit(tree.root(), &["-f", "jsonl"]).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(record["path"].is_string());
        assert!(!line.contains("license-outlier"));
    }
}

#[test]
fn a_policy_can_turn_them_off_and_make_them_count() {
    let tree = tree();
    tree.write(
        "tasl.toml",
        b"[rules]\nlicense-outlier = \"error\"\ntitle-repeated = \"off\"\n\
          [[exceptions]]\npath = \"maps/*\"\nrule = \"creators-spelled-differently\"\n\
          reason = \"r\"\nowner = \"o\"\nexpires = 2999-01-01\n",
    );
    let json: Value = serde_json::from_str(&audit(tree.root(), &["-f", "json"])).unwrap();
    let told: Vec<(&str, &str, bool)> = json["collection"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let text = |key: &str| f[key].as_str().unwrap();
            (text("rule"), text("severity"), f["waived"].is_null())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("creators-spelled-differently", "note", true),
            ("creators-spelled-differently", "note", false),
            ("license-outlier", "error", true),
        ]
    );
    assert_eq!(json["summary"]["findings"]["error"], 1);
    assert_eq!(json["summary"]["waived"], 1);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let tree = tree();
    for format in ["text", "json", "csv"] {
        let report = |threads: &str| {
            audit(
                tree.root(),
                &["-f", format, "--rows", "findings", "--threads", threads],
            )
        };
        assert_eq!(report("1"), report("7"), "{format}");
    }
}

fn record(n: usize) -> Record {
    let tool = LegalTool::find("by", "4.0", "").unwrap();
    let value = |text: String| vec![Witnessed { value: text, from: Vec::new() }];
    let names = vec![Witnessed { value: vec![format!("Creator {n}")], from: Vec::new() }];
    Record {
        asset: Asset {
            path: AssetPath::from_bytes(format!("{n:06}/a.jpg")),
            file: format!("{n:06}/a.jpg").into(),
            subject: Subject::File,
            sidecars: Vec::new(),
            ambiguous: Vec::new(),
            unopened: Vec::new(),
        },
        evidence: Evidence {
            content: Content::Format { id: "jpeg", media_type: "image/jpeg" },
            ..Evidence::default()
        },
        tasl: Tasl {
            title: Resolved { values: value(format!("A title of four words {n}")) },
            creators: Resolved { values: names },
            license: Licensing::Settled(License::Tool(tool)),
            ..Tasl::default()
        },
        findings: Vec::new(),
        catalogued: None,
    }
}

#[test]
fn what_is_remembered_has_a_bound_and_it_is_told_when_it_is_reached() {
    let policies = Policies::default();
    let mut collection = Collection::new(&policies, None);
    for n in 0..20_000 {
        collection.add(&record(n), &policies);
    }
    assert!(!collection.is_cut());
    for n in 20_000..20_010 {
        collection.add(&record(n), &policies);
    }
    collection.finish(None);
    assert!(collection.is_cut());
    assert!(rules::check_collection(&collection, &policies).is_empty());
}

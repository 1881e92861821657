//! Records: an export of a catalogue beside the files.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{BARE_JPEG, Tree, jpeg, licensed_jpeg, xmp};
use serde_json::Value;

const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

fn audit(root: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tasl"))
        .current_dir(root)
        .args(["audit", "files", "-q", "--no-policy"])
        .args(args)
        .output()
        .unwrap()
}

fn json(root: &Path, args: &[&str]) -> Value {
    let output = audit(root, &[&["-f", "json"], args].concat());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() != Some(2), "{stderr}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn file<'a>(json: &'a Value, path: &str) -> &'a Value {
    let files = json["files"].as_array().unwrap();
    files.iter().find(|file| file["path"] == path).unwrap()
}

fn rules(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

#[test]
fn each_file_has_its_verdict() {
    let tree = Tree::of(&[]);
    let creator = |name: &str| {
        jpeg(&xmp(&format!(
            "<dc:creator><rdf:Seq><rdf:li>{name}</rdf:li></rdf:Seq></dc:creator>"
        )))
    };
    tree.write("files/same.jpg", &licensed_jpeg());
    tree.write("files/other.jpg", &licensed_jpeg());
    tree.write("files/silent.jpg", &licensed_jpeg());
    tree.write("files/bare.jpg", BARE_JPEG);
    tree.write("files/both-bare.jpg", BARE_JPEG);
    tree.write("files/vague.jpg", &licensed_jpeg());
    tree.write("files/cut.jpg", &licensed_jpeg()[..40]);
    tree.write("files/none.jpg", &creator("Jane Doe"));
    tree.write(
        "export.csv",
        format!(
            "filename,license,creator\n\
             same.jpg,CC BY 4.0,\"Doe, Jane\"\n\
             other.jpg,https://creativecommons.org/licenses/by-nc/4.0/,Richard Roe\n\
             silent.jpg,,\n\
             bare.jpg,{BY},Jane Doe\n\
             both-bare.jpg,,\n\
             vague.jpg,CC BY,\n\
             cut.jpg,{BY},Jane Doe\n\
             lost.jpg,{BY},\n"
        )
        .as_bytes(),
    );
    let json = json(tree.root(), &["--records", "export.csv"]);
    for (path, license, creators) in [
        ("same.jpg", "agree", "agree"),
        ("other.jpg", "contradict", "contradict"),
        ("silent.jpg", "file-only", "file-only"),
        ("bare.jpg", "record-only", "record-only"),
        ("both-bare.jpg", "neither", "neither"),
        ("vague.jpg", "unclear", "file-only"),
        ("cut.jpg", "unclear", "unclear"),
    ] {
        let record = &file(&json, path)["record"];
        assert_eq!(record["license_verdict"], license, "{path}");
        assert_eq!(record["creator_verdict"], creators, "{path}");
        let conflicts = rules(&file(&json, path)["findings"])
            .into_iter()
            .filter(|rule| *rule == "catalogue-conflict")
            .count();
        assert_eq!(conflicts, if path == "other.jpg" { 2 } else { 0 }, "{path}");
    }
    assert_eq!(file(&json, "none.jpg")["record"]["match"], "none");
    assert_eq!(file(&json, "same.jpg")["record"]["license_url"], BY);
    let without = json["records_without_file"].as_array().unwrap();
    assert_eq!(without.len(), 1);
    assert_eq!(
        (&without[0]["key"], &without[0]["line"]),
        (&"lost.jpg".into(), &9.into())
    );
    let summary = &json["summary"]["records"];
    assert_eq!(summary["entries"], 8);
    assert_eq!(summary["license"]["agree"], 1);
    assert_eq!(summary["license"]["unclear"], 2);
    assert_eq!(summary["files_without_record"], 1);
    assert_eq!(summary["records_without_file"], 1);
    assert_eq!(rules(&json["collection"]), ["record-without-file"]);
}

#[test]
fn every_kind_of_export_says_the_same() {
    let tree = Tree::of(&[]);
    tree.write("files/a.jpg", &licensed_jpeg());
    let utf16: Vec<u8> =
        format!("\u{FEFF}filename\tlicense\tcreator\r\na.jpg\t{BY}\tDoe, Jane\r\n")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    let exports: &[(&str, &[&str], Vec<u8>)] = &[
        ("a.csv", &[], format!("filename,license,creator\na.jpg,{BY},\"Doe, Jane\"\n").into()),
        ("b.csv", &[], format!("filename;license;creator\na.jpg;{BY};Doe, Jane\n").into()),
        ("c.tsv", &[], utf16),
        (
            "d.jsonl",
            &[],
            format!("{{\"filename\":\"a.jpg\",\"license\":\"{BY}\",\"creator\":[\"Doe, Jane\"]}}\n")
                .into(),
        ),
        (
            "e.csv",
            &["--records-key", "Datei", "--records-map", "license=Rechte,creator=Urheber"],
            format!("Datei,Rechte,Urheber\nfiles\\A.JPG,,\na.jpg,{BY},Jane Doe\n").into(),
        ),
    ];
    for (name, args, bytes) in exports {
        tree.write(name, bytes);
        let json = json(tree.root(), &[&["--records", name], *args].concat());
        let record = &file(&json, "a.jpg")["record"];
        assert_eq!(record["license_verdict"], "agree", "{name}");
        assert_eq!(record["creator_verdict"], "agree", "{name}");
        assert!(record["title"].is_string() && record["source"].is_string(), "{name}");
    }
}

#[test]
fn a_key_that_is_not_one_files_is_told() {
    let tree = Tree::of(&[]);
    for path in ["files/a/1.jpg", "files/b/1.jpg", "files/2.jpg"] {
        tree.write(path, &licensed_jpeg());
    }
    tree.write(
        "export.csv",
        format!(
            "filename,license\n1.jpg,{BY}\n2.jpg,{BY}\n2.JPG,CC0 1.0\n3.jpg,\n3.jpg,\n"
        )
        .as_bytes(),
    );
    let json = json(tree.root(), &["--records", "export.csv"]);
    let told: Vec<(&str, usize)> = json["collection"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["rule"] == "record-ambiguous")
        .map(|f| (f["message"].as_str().unwrap(), f["paths"].as_array().unwrap().len()))
        .collect();
    assert_eq!(
        told,
        [
            ("“1.jpg” in line 2 of the records fits 2 files", 2),
            ("2 records have the key “2.jpg”, among them lines 3 and 4", 1),
            ("2 records have the key “3.jpg”, among them lines 5 and 6", 0),
        ]
    );
    assert_eq!(file(&json, "2.jpg")["record"]["match"], "several");
    assert!(file(&json, "2.jpg")["record"]["license_verdict"].is_null());
    assert_eq!(json["summary"]["records"]["files_with_several_records"], 1);
    assert_eq!(json["records_without_file"].as_array().unwrap().len(), 0);
}

#[test]
fn reports_have_more_only_where_records_are_given() {
    let tree = Tree::of(&[]);
    tree.write("files/a.jpg", &licensed_jpeg());
    tree.write(
        "export.csv",
        format!("filename,license\na.jpg,{BY}\nb.jpg,\n").as_bytes(),
    );
    let text =
        |args: &[&str]| String::from_utf8(audit(tree.root(), args).stdout).unwrap();
    let with = ["--records", "export.csv"];
    let header = |csv: String| csv.lines().next().unwrap().to_owned();
    let bare = header(text(&["-f", "csv"]));
    let more = header(text(&[&["-f", "csv"], &with[..]].concat()));
    assert_eq!(
        more.strip_prefix(&bare).unwrap(),
        ",record_match,record_key,record_line,record_license,license_verdict,creator_verdict"
    );
    let rows = text(&[&["-f", "csv"], &with[..]].concat());
    let row = rows.lines().nth(1).unwrap();
    assert!(row.ends_with(&format!(",one,a.jpg,2,{BY},agree,file-only")), "{row}");
    assert!(!text(&["-f", "jsonl"]).contains("\"record\""));
    assert!(!text(&["-f", "json"]).contains("record"));
    let rows = text(&[&["-f", "csv", "--rows", "findings"], &with[..]].concat());
    assert!(rows.contains("record-without-file,note"), "{rows}");
    let summary = text(&with);
    assert!(
        summary.contains("Records of the catalogue: 2\n  license   agree: 1 file\n"),
        "{summary}"
    );
    assert!(summary.contains("  1 record has no file\n"), "{summary}");
}

#[test]
fn an_export_that_cannot_be_used_ends_the_audit_before_it_begins() {
    let tree = Tree::of(&[]);
    tree.write("files/a.jpg", &licensed_jpeg());
    tree.write("latin.csv", b"filename,title\na.jpg,M\xFCnchen\n");
    tree.write("broken.jsonl", b"{\"filename\":\"a.jpg\"}\n{\n");
    tree.write("keyless.csv", b"a,b\n1,2\n");
    for (name, said) in [
        ("gone.csv", "gone.csv: "),
        ("latin.csv", "latin.csv: line 2: this is not UTF-8"),
        ("broken.jsonl", "broken.jsonl: line 2: "),
        ("keyless.csv", "--records-key; the columns are a, b"),
    ] {
        let output = audit(tree.root(), &["--records", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(said), "{name}: {stderr}");
    }
}

#[test]
fn a_field_without_a_column_is_told() {
    let tree = Tree::of(&[]);
    tree.write("files/a.jpg", &licensed_jpeg());
    tree.write("export.csv", b"filename,Rechte,author\na.jpg,CC BY 4.0,Jane Doe\n");
    let run = |map: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_tasl"))
            .current_dir(tree.root())
            .args(["audit", "files", "--no-policy", "--records", "export.csv"])
            .args(map)
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let told = "tasl: export.csv: no column is known to hold the license; name it: \
                --records-map license=COLUMN\n";
    assert!(run(&[]).contains(told), "{}", run(&[]));
    assert!(!run(&["--records-map", "license=Rechte"]).contains("no column"));
}

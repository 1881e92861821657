//! What the reports promise to those who read them with a program.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{BARE_JPEG, Tree, jpeg, licensed_jpeg, xmp};
use serde_json::{Value, json};

/// What `tasl audit` prints about `root`.
fn audit(root: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tasl"))
        .args(["audit", "--quiet", "--fail-on", "never"])
        .args(args)
        .arg(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn tree() -> Tree {
    let tree = Tree::of(&["notes.txt", "lost.xmp"]);
    tree.write("a.jpg", &licensed_jpeg());
    tree.write(
        "a.jpg.xmp",
        xmp(
            "<cc:license rdf:resource='http://creativecommons.org/licenses/by-sa/3.0/'/>",
        )
        .as_bytes(),
    );
    tree.write("b.jpg", BARE_JPEG);
    tree.write("c.jpg", &jpeg(&xmp("<dc:title>=1+1\nand \"more\"</dc:title>")));
    tree.write("d.jpg", &licensed_jpeg());
    tree.write("e.jpg", &jpeg(&xmp("<cc:license>CC BY</cc:license>")));
    tree
}

/// What is wrong with `value` by `schema`: the part of JSON Schema that our own
/// schemas use.
fn check(schema: &Value, root: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return check(&root["$defs"][name], root, value, at, wrong);
    }
    for key in schema.as_object().unwrap().keys() {
        let known = [
            "$schema",
            "$id",
            "$defs",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "minimum",
            "anyOf",
        ];
        assert!(known.contains(&&**key), "{key} is not checked by this test");
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any.iter().any(|one| {
            let mut wrong = Vec::new();
            check(one, root, value, at, &mut wrong);
            wrong.is_empty()
        });
        if !fits {
            wrong.push(format!("{at}: fits none of anyOf: {value}"));
        }
        return;
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.iter().map(|t| t.as_str().unwrap()).collect(),
        Value::String(name) => vec![name.as_str()],
        _ => vec![],
    };
    if !types.is_empty() && !types.iter().any(|t| is(t)) {
        wrong.push(format!("{at}: {value} is not {types:?}"));
    }
    if schema.get("const").is_some_and(|c| c != value) {
        wrong.push(format!("{at}: {value}"));
    }
    if schema["enum"].as_array().is_some_and(|e| !e.contains(value)) {
        wrong.push(format!("{at}: {value} is not in the list"));
    }
    if let Some(object) = value.as_object() {
        let properties = schema["properties"].as_object().unwrap();
        for required in schema["required"].as_array().unwrap() {
            if !object.contains_key(required.as_str().unwrap()) {
                wrong.push(format!("{at}: no {required}"));
            }
        }
        for (key, value) in object {
            match properties.get(key) {
                Some(schema) => check(schema, root, value, &format!("{at}.{key}"), wrong),
                None => wrong.push(format!("{at}: {key} is not in the schema")),
            }
        }
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        check(&schema["items"], root, item, &format!("{at}[{n}]"), wrong);
    }
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn assert_fits(schema: &Value, value: &Value) {
    let mut wrong = Vec::new();
    check(schema, schema, value, "", &mut wrong);
    assert!(wrong.is_empty(), "{}\n{value}", wrong.join("\n"));
}

#[test]
fn every_line_fits_the_schema() {
    let schema = schema("file-1.json");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = tree();
    let mut lines = 0;
    for collection in
        [made.root(), &root.join("fixtures"), &root.join("../shared/corpus/files")]
    {
        if !collection.is_dir() {
            println!("skipped: {} is not there", collection.display());
            continue;
        }
        for line in audit(collection, &["-f", "jsonl"]).lines() {
            assert_fits(&schema, &serde_json::from_str(line).unwrap());
            lines += 1;
        }
    }
    assert!(lines >= 7);
}

#[test]
fn json_is_one_object_with_the_same_files() {
    let tree = tree();
    let json: Value = serde_json::from_str(&audit(tree.root(), &["-f", "json"])).unwrap();
    let lines = audit(tree.root(), &["-f", "jsonl"]);
    let lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_fits(&schema("audit-1.json"), &json);
    assert_eq!(json["files"].as_array().unwrap(), &lines);
    assert_eq!(json["summary"]["files"], 7);
    assert_eq!(json["tool"]["name"], "tasl");
}

#[test]
fn the_hash_of_the_configuration_tells_policies_and_options_apart() {
    let tree = tree();
    let hash = |args: &[&str]| -> String {
        let text = audit(tree.root(), &[&["-f", "json"], args].concat());
        let json: Value = serde_json::from_str(&text).unwrap();
        json["config_hash"].as_str().unwrap().to_owned()
    };
    let ways = [&["--no-policy"][..], &["--preset", "open"], &["--no-hidden"]];
    let mut hashes = ways.map(hash);
    assert_eq!(hash(&[]), hashes[0]);
    assert_eq!(hash(&["--threads", "1"]), hashes[0]);
    hashes.sort();
    assert!(hashes.windows(2).all(|pair| pair[0] != pair[1]), "{hashes:?}");
}

#[test]
fn what_policies_and_records_add_fits_the_schemas() {
    let tree = tree();
    tree.write(
        "tasl.toml",
        b"licenses.deny = [\"by\"]\nstatements.\"cc by\" = \"CC BY 4.0\"\n\
          [[exceptions]]\npath = \"d.jpg\"\nrule = \"license-not-allowed\"\n\
          reason = \"r\"\nowner = \"o\"\nexpires = 2999-01-01\n",
    );
    tree.write("export.csv", b"file,license\nd.jpg,CC0\nlost.jpg,\nb.jpg,x\nb.jpg,y\n");
    let export = tree.path("export.csv");
    let args = ["--records", export.to_str().unwrap()];
    let whole = audit(tree.root(), &[&["-f", "json"], &args[..]].concat());
    let whole: Value = serde_json::from_str(&whole).unwrap();
    assert_fits(&schema("audit-1.json"), &whole);
    let lines = audit(tree.root(), &[&["-f", "jsonl"], &args[..]].concat());
    for (line, file) in lines.lines().zip(whole["files"].as_array().unwrap()) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_fits(&schema("file-1.json"), &line);
        assert_eq!(&line, file);
    }
    // Nothing of it is missing.
    let text = whole.to_string();
    for part in ["\"waived\":{", "\"house\"", "\"match\":\"several\"", "\"contradict\""] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!whole["collection"].as_array().unwrap().is_empty());
    assert!(!whole["records_without_file"].as_array().unwrap().is_empty());
}

#[test]
fn the_keys_of_a_line_stand_in_their_order() {
    let tree = tree();
    for line in audit(tree.root(), &["-f", "jsonl"]).lines() {
        let mut rest = line;
        for key in [
            "schema",
            "path",
            "media_type",
            "status",
            "license",
            "licenses",
            "title",
            "creators",
            "source",
            "statements",
            "findings",
        ] {
            let at = rest.find(&format!("\"{key}\":"));
            rest = &rest[at.unwrap_or_else(|| panic!("{key} in {line}"))..];
        }
    }
}

/// A document of 60 pages.
fn long_document() -> Vec<u8> {
    let kids: String = (4..64).map(|n| format!("{n} 0 R ")).collect();
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Count 60/Kids[{kids}]>>\nendobj\n"
    );
    for n in 4..64 {
        pdf += &format!("{n} 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n");
    }
    pdf += "trailer\n<</Root 1 0 R/Size 64>>\nstartxref\n0\n%%EOF\n";
    pdf.into_bytes()
}

#[test]
fn what_was_not_looked_at_is_said_and_is_no_finding() {
    let tree = Tree::of(&[]);
    tree.write("long.pdf", &long_document());
    tree.write("short.jpg", &licensed_jpeg());
    let whole: Value =
        serde_json::from_str(&audit(tree.root(), &["-f", "json"])).unwrap();
    assert_fits(&schema("audit-1.json"), &whole);
    assert_eq!(whole["summary"]["unexamined"], 1);
    let [long, short] = whole["files"].as_array().unwrap().as_slice() else { panic!() };
    assert_fits(&schema("file-1.json"), long);
    assert_eq!(
        long["unexamined"],
        json!([{
            "what": "the links of more than 50 pages; what goes beyond was not looked at",
            "file": "long.pdf",
            "offset": null,
        }])
    );
    assert_eq!(short.get("unexamined"), None);
    assert!(!long["findings"].to_string().contains("looked at"), "{long}");
    let text = audit(tree.root(), &["-f", "text"]);
    let line =
        "  besides, 1 file has inner pages or pictures that were not all looked at\n";
    assert!(text.contains(line), "{text}");
}

#[test]
fn a_statement_of_a_sidecar_names_the_sidecar() {
    let tree = tree();
    let jsonl = audit(tree.root(), &["-f", "jsonl"]);
    let first: Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    assert_eq!(first["path"], "a.jpg");
    let files: Vec<&str> = first["statements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["property"] == "license")
        .map(|s| s["file"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["a.jpg", "a.jpg.xmp"]);
}

#[test]
fn csv_has_a_row_a_file_and_its_cells_are_safe() {
    let tree = tree();
    let text = audit(tree.root(), &["-f", "csv"]);
    assert!(text.starts_with(
        "path,status,media_type,title,creator,source,license_url,license_id,\
         license_label,rights_statement,usage_terms,attribution,metadata_source,\
         findings,worst_severity,rules,messages,size,waived\r\n"
    ));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let paths: Vec<&str> = rows.iter().map(|r| &r[0]).collect();
    assert_eq!(
        paths,
        ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "lost.xmp", "notes.txt"]
    );
    assert!(rows.iter().flatten().all(|cell| !cell.contains(['\n', '\r'])));
    let formula = |c: &str| c.starts_with(['=', '+', '-', '@']);
    assert!(!rows.iter().flatten().any(formula));
}

#[test]
fn csv_of_findings_has_a_row_for_each_finding() {
    let tree = tree();
    let csv = audit(tree.root(), &["-f", "csv", "--rows", "findings"]);
    assert!(csv.starts_with(
        "path,rule,severity,field,message,current_value,suggested_value,help_url,\
         fingerprint,waived,confidence\r\n"
    ));
    let jsonl = audit(tree.root(), &["-f", "jsonl"]);
    let findings: usize = jsonl
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap())
        .map(|v| v["findings"].as_array().unwrap().len())
        .sum();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(findings > 0);
    assert_eq!(rows.len(), findings);
    let mut prints: Vec<&str> = rows.iter().map(|r| &r[8]).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), findings, "fingerprints are unique");
}

#[test]
fn a_byte_order_mark_stands_in_files_and_where_it_is_asked_for() {
    let tree = tree();
    let out = Tree::of(&[]);
    let file = out.path("out.csv");
    let written = |args: &[&str]| {
        let output = ["-o", file.to_str().unwrap()];
        audit(tree.root(), &[&output, args].concat());
        fs::read(&file).unwrap().starts_with(b"\xEF\xBB\xBF")
    };
    assert!(written(&[]));
    assert!(!written(&["--no-bom"]));
    assert!(!audit(tree.root(), &["-f", "csv"]).starts_with('\u{FEFF}'));
    assert!(audit(tree.root(), &["-f", "csv", "--bom"]).starts_with('\u{FEFF}'));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_stay_apart_in_every_report() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let tree = Tree::of(&[]);
    for name in [&b"caf\xE8.jpg"[..], b"caf\xE9.jpg", br"caf\xE9.jpg", b"new\nline.jpg"] {
        tree.write(OsStr::from_bytes(name), BARE_JPEG);
    }
    let csv = audit(tree.root(), &["-f", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let paths: Vec<String> = reader.records().map(|r| r.unwrap()[0].to_owned()).collect();
    assert_eq!(
        paths,
        [r"caf\x5CxE9.jpg", r"caf\xE8.jpg", r"caf\xE9.jpg", r"new\x0Aline.jpg"]
    );
    let jsonl = audit(tree.root(), &["-f", "jsonl"]);
    let named: Vec<(String, Option<String>)> = jsonl
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| value[key].as_str().map(str::to_owned);
            (text("path").unwrap(), text("path_b64"))
        })
        .collect();
    let expected = [
        (r"caf\xE9.jpg", None),
        (r"caf\xE8.jpg", Some("Y2Fm6C5qcGc=")),
        (r"caf\xE9.jpg", Some("Y2Fm6S5qcGc=")),
        ("new\nline.jpg", None),
    ];
    let expected = expected.map(|(path, raw)| (path.to_owned(), raw.map(str::to_owned)));
    assert_eq!(named, expected);
    let text = audit(tree.root(), &[]);
    assert!(!text.contains("new\nline"));
}

#[test]
fn the_text_report_names_folders_that_lost_everything() {
    let tree = Tree::of(&[]);
    for n in 0..4 {
        tree.write(format!("bare/{n}.jpg"), BARE_JPEG);
        tree.write(format!("good/{n}.jpg"), &licensed_jpeg());
    }
    let text = audit(tree.root(), &[]);
    assert!(text.contains("no file has any metadata\n  bare/  4 files\n"), "{text}");
    assert!(text.starts_with("8 files in 2 folders\n"), "{text}");
}

#[test]
fn the_documentation_names_every_column_and_every_file_that_is_left_out() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let read = |name: &str| fs::read_to_string(docs.join(name)).unwrap();
    let (reports, files) = (read("reports.md"), read("files.md"));
    let tree = tree();
    for rows in ["files", "findings"] {
        let csv = audit(tree.root(), &["-f", "csv", "--rows", rows]);
        for column in csv.lines().next().unwrap().split(',') {
            assert!(reports.contains(&format!("`{column}`")), "{column}");
        }
    }
    for format in tasl::report::REPORTS {
        assert!(reports.contains(&format!("| `{}` |", format.id)), "{}", format.id);
    }
    for name in tasl::discover::NOISE {
        assert!(files.contains(&format!("`{name}`")), "{name}");
    }
}

//! Files that are built to do harm: each costs little, and is told.
//!
//! `fixtures/hostile/make.py` has the recipes. A finding says which limit or
//! damage it was; where a reader just has to stay calm, that it did.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use support::{here, skipped};

/// Seconds of CPU. What is not optimised takes longer.
const SECONDS: f64 = if cfg!(debug_assertions) { 4.0 } else { 1.0 };
const MEBIBYTES: u32 = 100;

/// Any limit or damage will do: for the formats of which it depends on the
/// reader, which it is.
const TOLD: &str = "";
const TELLING: &[&str] =
    &["limit-reached", "metadata-damaged", "metadata-irregular", "part-not-supported"];

/// A file, and what must be said of it.
const CASES: &[(&str, &str)] = &[
    ("annotations.pdf", "title = Harbour"),
    ("atoms.mp4", TOLD),
    ("attributes.xmp", "XMP element has too many attributes"),
    ("big-claims.tif", "the value of a field runs past the end"),
    ("bomb.docx", TOLD),
    ("bomb.epub", TOLD),
    ("bomb.odt", TOLD),
    ("boxes.heic", TOLD),
    ("boxes.jp2", TOLD),
    ("brob-bomb.jxl", "inflates to more than 16 MiB"),
    ("broken-everywhere.xmp", "XMP packet is broken too often"),
    ("chunks.png", "more than 20,000 statements"),
    ("chunks.webp", TOLD),
    ("circle.tif", "the directories form a circle"),
    ("claims.epub", TOLD),
    ("claims.heic", TOLD),
    ("claims.mp3", TOLD),
    ("claims.pdf", "the cross-reference table is broken"),
    ("claims.png", "no chunk where the one before it ends"),
    ("claims.tif", "the value of a field runs past the end"),
    ("claims.webp", TOLD),
    ("comments.flac", TOLD),
    ("contents-bomb.pdf", "title = Harbour"),
    ("datasets.jpg", "more than 100,000 parts"),
    ("deep.heic", "no-metadata-block"),
    ("depth.pdf", "PDF objects nested more than 100 deep"),
    ("depth.svg", TOLD),
    ("depth.xmp", "XMP elements are nested too deeply"),
    ("directories.tif", "more than 1,000 directories"),
    ("double-bomb.pdf", "a PDF stream inflates to more than the limit"),
    ("elements.svg", "CC BY 4.0"),
    ("elements.xmp", "XMP packet has too many elements"),
    ("empty-chunks.png", "more than 100,000 parts"),
    ("endless-comments.gif", TOLD),
    ("endless-xmp.gif", TOLD),
    ("entity-file.svg", "title = &f;"),
    ("entries.epub", TOLD),
    ("entries.pdf", "more than 250,000 objects in one PDF object"),
    ("extension-claims.jpg", "metadata-damaged"),
    ("extension-everywhere.jpg", "metadata-damaged"),
    ("extents.heic", TOLD),
    ("fill.jpg", "no marker where a segment ends"),
    ("filters.pdf", "more than 8 filters on a PDF stream"),
    ("form-cycle.pdf", "title = Harbour"),
    ("frames.mp3", TOLD),
    ("iim-claims.jpg", "a dataset runs past the end of its IIM block"),
    ("items.heic", TOLD),
    ("items.xmp", "XMP packet has too many properties"),
    ("kids-cycle.pdf", "title = Harbour"),
    ("kids-deep.pdf", "title = Harbour"),
    ("kids-many.pdf", "title = Harbour"),
    ("laughs.svg", "title = &l9;"),
    ("laughs.xmp", "an entity that is not declared"),
    ("licenses-apart.xmp", "over 4 MiB of values in one file"),
    ("licenses.xmp", "a value longer than 1 MiB"),
    ("long.xmp", "metadata block over 16 MiB"),
    ("metadata-bomb.pdf", "a PDF stream inflates to more than the limit"),
    ("namespaces.xmp", "XMP packet declares too many namespaces"),
    ("nested.jpg", "blocks inside blocks too deep"),
    ("no-metadata-sparse.jpg", "license-missing"),
    ("object-stream-bomb.pdf", "a PDF stream inflates to more than the limit"),
    ("packets.xmp", "metadata block over 16 MiB"),
    ("parentheses.pdf", "a value longer than 1 MiB"),
    ("prev-chain.pdf", "more than 256 cross-reference sections"),
    ("prev-cycle.pdf", "title = Harbour"),
    ("profile-bomb.png", "inflates to more than 16 MiB"),
    ("references.xmp", "a value longer than 1 MiB"),
    ("revision-6.pdf", "the document needs a password"),
    ("root-cycle.pdf", "PDF references lead round in a circle"),
    ("segments.jpg", "more than 100,000 parts"),
    ("shared-value.tif", "over 4 MiB of values in one file"),
    ("soup-many.pdf", "more PDF objects than the limit allows"),
    ("soup.pdf", "the document has no catalog"),
    ("sparse.jp2", TOLD),
    ("sparse.jpg", "title = Harbour"),
    ("sparse.mp4", "creators = ['Ada"),
    ("sparse.tif", "creators = ['Ada"),
    ("sub-circle.tif", "the directories form a circle"),
    ("text-bomb.png", "inflates to more than 16 MiB"),
    ("text-bombs.png", "over 64 MiB of metadata in one file"),
    ("values.tif", "over 4 MiB of values in one file"),
    ("xmp-bomb.png", "inflates to more than 16 MiB"),
    ("xref-bomb.pdf", "a PDF stream inflates to more than the limit"),
];

#[test]
fn what_is_built_to_do_harm_costs_little_and_is_told() {
    let (one, other) = CASES.split_at(CASES.len() / 2);
    let mut wrong = std::thread::scope(|scope| {
        let one = scope.spawn(|| audit(one));
        let other = audit(other);
        [one.join().unwrap(), other].concat()
    });
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the audits of these files.
fn audit(cases: &[(&str, &str)]) -> Vec<String> {
    let run = Command::new("python3")
        .arg(here("fixtures/hostile/audit.py"))
        .arg(env!("CARGO_BIN_EXE_tasl"))
        .args(cases.iter().map(|case| case.0))
        .output();
    let Ok(run) = run else {
        skipped("no python3 here, so no hostile files were made");
        return Vec::new();
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).unwrap();
    assert_eq!(lines.lines().count(), cases.len());
    let check = |(line, case): (&str, &(&str, &str))| {
        let mut columns = line.splitn(4, '\t');
        let mut column = || columns.next().unwrap();
        let (name, seconds, mebibytes, said) = (column(), column(), column(), column());
        assert_eq!(name, case.0);
        let mut wrong = Vec::new();
        if seconds.parse::<f64>().unwrap() > SECONDS {
            wrong.push(format!("{name} takes {seconds} s"));
        }
        if mebibytes.parse::<u32>().unwrap() > MEBIBYTES {
            wrong.push(format!("{name} takes {mebibytes} MiB"));
        }
        if !is_told(said, case.1) {
            let said: String = said.chars().take(2000).collect();
            wrong.push(format!("{name}: nothing says “{}”: {said}", case.1));
        }
        wrong
    };
    lines.lines().zip(cases).flat_map(check).collect()
}

fn is_told(said: &str, expected: &str) -> bool {
    // No file of the system may come out, and none may bring the audit down.
    if said.contains("root:") || said.contains("internal-error") {
        return false;
    }
    if expected == TOLD {
        return TELLING.iter().any(|rule| said.contains(rule));
    }
    said.contains(expected)
}

#[test]
fn every_recipe_is_audited() {
    let script = "import make; print(*make.RECIPES)";
    let run = Command::new("python3")
        .args(["-B", "-c", script])
        .env("PYTHONPATH", here("fixtures/hostile"))
        .output();
    let Ok(run) = run else {
        skipped("no python3 here, so the recipes were not listed");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let names = String::from_utf8(run.stdout).unwrap();
    let recipes: BTreeSet<_> = names.split_whitespace().collect();
    assert_eq!(recipes, CASES.iter().map(|case| case.0).collect());
}

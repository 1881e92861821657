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

/// A file, and what must be said of it.
const CASES: &[(&str, &str)] = &[
    ("annotations.pdf", "more than 250,000 objects in one PDF object"),
    ("assertion.png", "more than 32 values of an assertion inside each other"),
    ("atoms.mp4", "more than 100,000 parts"),
    ("attributes.xmp", "more than 4,096 attributes on an XMP element"),
    ("big-claims.tif", "the value of a field runs past the end"),
    ("blocks.jpg", "creators"),
    ("bomb.docx", "inflates to more than 16 MiB"),
    ("bomb.epub", "inflates to more than 16 MiB"),
    ("bomb.odt", "inflates to more than 16 MiB"),
    ("bomb.svgz", "inflates to more than 16 MiB"),
    ("boxes.heic", "more than 100,000 parts"),
    ("boxes.jp2", "more than 100,000 parts"),
    ("brob-bomb.jxl", "inflates to more than 16 MiB"),
    ("broken-everywhere.xmp", "over 4 MiB of an XMP packet to be read again"),
    ("character-map.pdf", "the character map of a font inflates to more than 1 MiB"),
    ("chunks.aiff", "more than 100,000 parts"),
    ("chunks.png", "more than 20,000 statements"),
    ("chunks.wav", "more than 100,000 parts"),
    ("chunks.webp", "more than 100,000 parts"),
    ("circle.tif", "the directories form a circle"),
    ("claims.epub", "ZIP entry does not have the checksum it claims"),
    ("claims.heic", "a box runs past the end of the file"),
    ("claims.mp3", "an ID3 frame runs past the end of its tag"),
    ("claims.pdf", "the cross-reference table is broken"),
    ("claims.png", "no chunk where the one before it ends"),
    ("claims.tif", "the value of a field runs past the end"),
    ("claims.webp", "a chunk runs past the end of what it is in"),
    ("comments.flac", "the Vorbis comments are cut short"),
    ("contents-bomb.pdf", "the pages that are read inflate to more than 8 MiB"),
    ("datasets.jpg", "more than 100,000 parts"),
    ("deep.heic", "no-metadata-block"),
    ("depth.pdf", "more than 100 PDF objects inside each other"),
    ("depth.svg", "the document ends inside an element"),
    ("depth.xmp", "more than 64 elements inside each other in an XMP packet"),
    ("directories.tif", "more than 1,000 directories"),
    ("double-bomb.pdf", "inflates to more than 16 MiB"),
    ("elements.svg", "CC BY 4.0"),
    ("elements.xmp", "more than 150,000 elements in an XMP packet"),
    ("empty-chunks.png", "more than 100,000 parts"),
    ("endless-comments.gif", "more than 100,000 parts"),
    ("endless-xmp.gif", "metadata block over 16 MiB"),
    ("entity-file.svg", "title = &f;"),
    ("entries.epub", "more than 100,000 parts"),
    ("entries.pdf", "more than 250,000 objects in one PDF object"),
    ("extension-claims.jpg", "metadata-damaged"),
    ("extension-everywhere.jpg", "metadata-damaged"),
    ("extents.heic", "metadata block over 16 MiB"),
    ("fill.jpg", "no marker where a segment ends"),
    ("filters.pdf", "more than 8 filters on a PDF stream"),
    ("form-cycle.pdf", "more than 5 form XObjects inside each other"),
    ("forms.pdf", "more than 200 form XObjects"),
    ("frames.mp3", "more than 100,000 parts"),
    ("iim-claims.jpg", "a dataset runs past the end of its IIM block"),
    ("items.heic", "over 64 MiB of metadata in one file"),
    ("items.xmp", "more than 20,000 statements"),
    ("kids-cycle.pdf", "title = Harbour"),
    ("kids-deep.pdf", "more than 50 nodes of the page tree inside each other"),
    ("kids-many.pdf", "more than 250,000 objects in one PDF object"),
    ("laughs.svg", "title = &l9;"),
    ("laughs.xmp", "an entity that is not declared"),
    ("licenses-apart.xmp", "over 4 MiB of values in one file"),
    ("licenses.xmp", "a value longer than 1 MiB"),
    ("long.html", "a page longer than 4 MiB"),
    ("long.xmp", "metadata block over 16 MiB"),
    ("metadata-bomb.pdf", "inflates to more than 16 MiB"),
    ("namespaces.xmp", "more than 256 namespaces at one place of an XMP packet"),
    ("nested.jpg", "more than 4 blocks inside each other"),
    ("no-metadata-sparse.jpg", "license-missing"),
    ("object-stream-bomb.pdf", "an object stream inflates to more than 32 MiB"),
    ("object-streams.pdf", "more than 10,000 object streams"),
    ("objects.html", "more than 1,000 objects of JSON-LD"),
    ("packets.eps", "more than 1,000 XMP packets"),
    ("packets.xmp", "metadata block over 16 MiB"),
    ("parentheses.pdf", "a value longer than 1 MiB"),
    ("passages.pdf", "over 256 KiB of text on a page"),
    ("prev-chain.pdf", "more than 256 cross-reference sections"),
    ("prev-cycle.pdf", "title = Harbour"),
    ("profile-bomb.png", "inflates to more than 16 MiB"),
    ("properties.html", "more than 16 properties inside each other in a page"),
    ("references.xmp", "a value longer than 1 MiB"),
    ("resources.psd", "license-missing"),
    ("revision-6.pdf", "the document needs a password"),
    ("root-cycle.pdf", "PDF references lead round in a circle"),
    ("script.html", "JSON-LD over 512 KiB"),
    ("segments.jpg", "more than 100,000 parts"),
    ("shared-value.tif", "over 4 MiB of values in one file"),
    ("soup-many.pdf", "more than 1,000,000 PDF objects"),
    ("soup.pdf", "the document has no catalog"),
    ("sparse.jp2", "metadata block over 16 MiB"),
    ("sparse.jpg", "title = Harbour"),
    ("sparse.mp4", "creators = ['Ada"),
    ("sparse.tif", "creators = ['Ada"),
    ("streams.ogg", "more than 64 streams"),
    ("sub-circle.tif", "the directories form a circle"),
    ("tags.license", "more than 100,000 parts"),
    ("text-bomb.png", "inflates to more than 16 MiB"),
    ("text-bombs.png", "over 64 MiB of metadata in one file"),
    ("values.tif", "over 4 MiB of values in one file"),
    ("xmp-bomb.png", "inflates to more than 16 MiB"),
    ("xref-bomb.pdf", "the cross-reference streams inflate to more than 16 MiB"),
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

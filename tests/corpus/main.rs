//! Accuracy over four hundred real files of other projects, against values
//! that ExifTool reads from them.
//!
//! The corpus is not part of this package: it is looked for in
//! `../shared/corpus`, and the tests say so where it is not there.
//! `docs/accuracy.md` is written from here.

#![allow(clippy::unwrap_used, unreachable_pub)]

mod compare;
mod page;
#[path = "../support/mod.rs"]
mod support;
mod truth;

use std::collections::BTreeSet;
use std::path::PathBuf;

use compare::{Differences, Tally, compare};
use support::{assert_committed, evidence_of, files_below, here, skipped};
use tasl::discover;
use tasl::license::HouseTexts;
use tasl::reconcile::reconcile;
use truth::{CORE, FORMATS, Truth};

/// The corpus, where it is there.
fn corpus() -> Option<PathBuf> {
    let corpus = here("../shared/corpus");
    if corpus.join("truth.jsonl").is_file() {
        return Some(corpus);
    }
    skipped("no ../shared/corpus here, so accuracy was not measured");
    None
}

#[test]
fn every_file_is_reported_once_and_none_is_lost() {
    let Some(corpus) = corpus() else { return };
    let files = corpus.join("files");
    let mut reported = BTreeSet::new();
    let options = discover::Options::default();
    for asset in discover::discover(std::slice::from_ref(&files), options).unwrap() {
        let evidence = tasl::read::read(&asset, &tasl::read::Limits::default());
        assert_eq!(evidence.subject, asset.subject);
        for file in
            std::iter::once(asset.file).chain(asset.sidecars.into_iter().map(|s| s.file))
        {
            assert!(
                reported.insert(file.clone()),
                "{} is reported twice",
                file.display()
            );
        }
    }
    let there: BTreeSet<_> = files_below(&files).into_iter().collect();
    let lost: Vec<_> = there.difference(&reported).take(5).collect();
    assert!(lost.is_empty(), "not reported: {lost:?} …");
    assert_eq!(there.len(), reported.len());
}

#[test]
fn what_is_read_agrees_with_the_truth() {
    let Some(corpus) = corpus() else { return };
    let mut tally = Tally::default();
    let mut found = Differences::default();
    let mut files = 0;
    for truth in Truth::all(&corpus.join("truth.jsonl")) {
        if !FORMATS.contains(&truth.media_type.as_str()) {
            continue;
        }
        files += 1;
        let evidence = evidence_of(&corpus.join("files").join(&truth.path));
        compare(&truth, &evidence, &mut tally, &mut found);
    }
    let known = Differences::known(&here("tests/corpus/differences.tsv"));
    assert_committed(&here("docs/accuracy.md"), &page::write(files, &tally, &known));
    let missing: Vec<_> = found.rows().filter(|row| !known.has(row)).collect();
    let gone: Vec<_> = known.rows().filter(|row| !found.has(row)).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "differences without a cause in tests/corpus/differences.tsv:\n{}\n\
         in it, and no longer there:\n{}",
        lines(&missing),
        lines(&gone)
    );
    for field in CORE {
        let count = tally.of(field);
        let values = count.values - known.outside(field);
        assert!(
            count.agreeing * 100 >= values * 99,
            "{field}: {} of {values} values agree",
            count.agreeing
        );
    }
}

fn lines(rows: &[&compare::Row]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// The truth has what ExifTool does not see: a license in the text of a page, found
/// with pdftotext, or in a link.
#[test]
fn licenses_on_pages_are_found() {
    let Some(corpus) = corpus() else { return };
    let mut documents = 0;
    for line in std::fs::read_to_string(corpus.join("truth.jsonl")).unwrap().lines() {
        let truth: serde_json::Value = serde_json::from_str(line).unwrap();
        let shown = |via: &serde_json::Value| {
            via["via"].as_str().is_some_and(|via| ["pdf-text", "pdf-link"].contains(&via))
        };
        if !truth["cc_evidence"].as_array().is_some_and(|all| all.iter().any(shown)) {
            continue;
        }
        documents += 1;
        let path = truth["path"].as_str().unwrap();
        let tasl = reconcile(
            &evidence_of(&corpus.join("files").join(path)),
            &HouseTexts::default(),
        );
        assert_eq!(tasl.grants.len(), 1, "{path}: {:?}", tasl.candidates);
    }
    assert!(documents > 3, "only {documents} documents");
}

//! True of every format: it alone claims its fixtures, and finds in them what
//! the evidence beside them says.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use support::{assert_committed, evidence_of, files_below, fixtures, here, name};
use tasl::model::Content;
use tasl::read::formats::FORMATS;
use tasl::read::{Input, Limits};

#[test]
fn no_fixture_is_claimed_by_two_formats() {
    let limits = Limits::default();
    for file in fixtures() {
        let bytes = fs::read(&file).unwrap();
        let claims: Vec<_> = FORMATS
            .iter()
            .filter(|f| (f.sniff)(&mut Input::from_bytes(&bytes, &limits)))
            .map(|f| f.id)
            .collect();
        assert!(claims.len() <= 1, "{}: {claims:?}", name(&file));
    }
}

#[test]
fn a_fixture_of_a_format_is_claimed_by_it() {
    for format in FORMATS {
        let mut seen = 0;
        for directory in ["fixtures/formats", "fixtures"] {
            let directory = here(directory).join(format.id);
            if !directory.is_dir() {
                continue;
            }
            for file in files_below(&directory) {
                if support::is_about_others(&file) {
                    continue;
                }
                seen += 1;
                let content = evidence_of(&file).content;
                let expected =
                    Content::Format { id: format.id, media_type: format.media_type };
                assert_eq!(content, expected, "{}", name(&file));
            }
        }
        assert!(seen > 0, "there is no fixture of {}", format.id);
    }
}

#[test]
fn a_fixture_says_what_stands_beside_it() {
    for file in fixtures() {
        // Those of the collections are in their golden reports.
        let whole = ["fixtures/collection", "fixtures/untidy"];
        if whole.iter().any(|directory| file.starts_with(here(directory))) {
            continue;
        }
        let mut beside = file.clone().into_os_string();
        beside.push(".tasl");
        assert_committed(beside.as_ref(), &evidence_of(&file).to_notation());
    }
}

#[test]
fn evidence_stands_beside_a_fixture() {
    for file in files_below(&here("fixtures")) {
        if file.extension().is_some_and(|e| e == "tasl") {
            assert!(file.with_extension("").is_file(), "{} is alone", name(&file));
        }
    }
}

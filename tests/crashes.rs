//! What fuzzing has found stays mended.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use support::{evidence_in, files_below, here, is_about_others};
use tasl::license::{Context, notice, read_in};
use tasl::model::Evidence;
use tasl::policy::{Date, Policies};
use tasl::read::vocabulary;

#[test]
fn nothing_that_once_did_ends_in_a_panic() {
    let directory = here("fixtures/crashes");
    let page = fs::read_to_string(directory.join("README.md")).unwrap();
    let files = files_below(&directory);
    for file in files.iter().filter(|file| !is_about_others(file)) {
        let name = file.strip_prefix(&directory).unwrap().to_str().unwrap();
        assert!(page.contains(&format!("| `{name}` |")), "{name} is not in the page");
        let bytes = fs::read(file).unwrap();
        evidence_in(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        for context in [Context::LicenseField, Context::RightsText, Context::Prose] {
            read_in(&text, context);
        }
        notice::notice(&text);
        notice::extra_terms(&text);
        notice::claims_copyright(&text);
        let _ = Evidence::from_notation(&text, vocabulary::property);
        let _ = Policies::parse(&text, &[], Date::parse("2026-01-31").unwrap());
    }
}

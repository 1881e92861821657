//! The page about the limits is written from the table of them.
//!
//! With `SNAPSHOTS=overwrite` it is written anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use std::path::Path;
use std::time::Duration;

use tasl::read::{Cap, Limits};

/// The page about the limits.
fn page() -> String {
    let mut page = String::from(
        "<!-- Generated from src/read/limits/table.rs by tests/limits.rs; renew with \
         SNAPSHOTS=overwrite cargo test --test limits. -->\n\n\
         # Limits\n\n\
         What a file claims of itself is not believed, and what it asks for is bounded. \
         Each bound is a row of this table,\nbut for those that a standard sets \
         itself, and for how far something is looked for that may not be there. One that \
         bites\nis a finding of [`limit-reached`](rules/limit-reached.md) with the text of \
         its row, and what stood before is kept.\nWhere nothing is left out that a work \
         says of itself (`pages`, `pictures`, and `annotations` and `pdf_address` between \
         the\nfirst and the last pages), the text stands under `unexamined` in JSON and in \
         the output of `tasl show`, the text report\ncounts the files, and it is no \
         finding. The same file reaches the same limits at the same places each time, but \
         for\n`time`, which the program sets to 60 s and the library to none.\n\n\
         | limit | value | bounds | the finding says | laid down in |\n\
         |---|--:|---|---|---|\n",
    );
    let limits = Limits { time: Some(Duration::from_secs(60)), ..Limits::default() };
    for cap in Cap::ALL {
        let row = cap.row();
        let says = limits.reached(*cap).to_string();
        let (before, after) = row.says.split_once("{}").expect("each says its value");
        let value = says.trim_start_matches(before);
        let value = value.strip_suffix(after).unwrap_or(value);
        let bounds = row.bounds.trim().trim_end_matches('.');
        let clause = if row.clause.is_empty() { "–" } else { row.clause };
        page += &format!("| `{}` | {value} | {bounds} | {says} | {clause} |\n", row.name);
    }
    page
}

#[test]
fn the_documentation_lists_every_limit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md");
    if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
        std::fs::write(&path, page()).unwrap();
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        current,
        page(),
        "docs/limits.md is not current: SNAPSHOTS=overwrite cargo test --test limits"
    );
}

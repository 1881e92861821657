//! The fixtures are what `fixtures/make.py` writes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::{files_below, here, is_about_others, skipped};

#[test]
fn the_script_writes_what_is_committed_byte_for_byte() {
    let to = tempfile::tempdir().unwrap();
    let run =
        Command::new("python3").arg(here("fixtures/make.py")).arg(to.path()).output();
    let Ok(run) = run else {
        skipped("no python3 here, so fixtures/make.py was not run");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for part in ["collection", "untidy", "formats"] {
        let made = below(&to.path().join(part));
        let committed = below(&here("fixtures").join(part));
        assert_eq!(made, committed, "the names below {part}");
        for path in made {
            let made = fs::read(to.path().join(part).join(&path)).unwrap();
            let committed = fs::read(here("fixtures").join(part).join(&path)).unwrap();
            assert!(made == committed, "{part}/{path} is not what make.py writes");
        }
    }
    let made = fs::read_to_string(to.path().join("README.md")).unwrap();
    assert_eq!(made, fs::read_to_string(here("fixtures/README.md")).unwrap());
}

fn below(directory: &Path) -> BTreeSet<String> {
    files_below(directory)
        .iter()
        .filter(|file| !is_about_others(file))
        .map(|file| file.strip_prefix(directory).unwrap().to_str().unwrap().to_owned())
        .collect()
}

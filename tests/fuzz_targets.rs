//! Nothing that reads a stranger's bytes is without a fuzz target.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::ptr::fn_addr_eq;

use support::{files_below, here};
use tasl::read::formats::FORMATS;

/// The names of the targets, and what the targets do.
fn targets() -> (BTreeSet<String>, String) {
    let files = files_below(&here("fuzz/fuzz_targets"));
    let name = |file: &std::path::PathBuf| {
        file.file_stem().unwrap().to_str().unwrap().to_owned()
    };
    let code = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    (files.iter().map(name).collect(), code)
}

#[test]
fn each_walker_has_a_target() {
    let (_, code) = targets();
    for format in FORMATS {
        // Formats of one family share a walker.
        let has_target = FORMATS.iter().any(|other| {
            fn_addr_eq(other.walk, format.walk)
                && code.contains(&format!("walk(\"{}\",", other.id))
        });
        let id = format.id;
        assert!(has_target, "{id}: add fuzz/fuzz_targets/walk_{id}.rs");
    }
}

#[test]
fn each_decoder_has_a_target() {
    let (_, code) = targets();
    let decoders = fs::read_to_string(here("src/read/blocks/mod.rs")).unwrap();
    let kinds = decoders.lines().filter_map(|line| {
        let (kind, decoder) = line.trim().split_once(" => ")?;
        decoder.contains("::").then(|| kind.strip_prefix("BlockKind::")).flatten()
    });
    let kinds: Vec<_> = kinds.collect();
    assert!(kinds.len() >= 4, "{kinds:?}");
    for kind in kinds {
        let target = format!("BlockKind::{kind},");
        assert!(code.contains(&target), "{kind} has no target in fuzz/fuzz_targets");
    }
}

#[test]
fn each_target_is_built() {
    let (names, _) = targets();
    let manifest = fs::read_to_string(here("fuzz/Cargo.toml")).unwrap();
    let listed: BTreeSet<_> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"fuzz_targets/"))
        .filter_map(|name| name.strip_suffix(".rs\""))
        .map(str::to_owned)
        .collect();
    assert_eq!(names, listed);
}

//! Which module may import which. Imports point down the list, never up.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module, with all that it may import besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("license", &[]),
    ("xmp", &[]),
    ("model", &["license"]),
    ("discover", &["model"]),
    ("read", &["model", "xmp"]),
    ("cache", &["model", "read"]),
    ("reconcile", &["license", "model"]),
    ("policy", &["license", "model"]),
    ("explain", &["license", "policy"]),
    ("records", &["license", "model"]),
    ("collection", &["license", "model", "policy", "records"]),
    ("rules", &["collection", "license", "model", "policy"]),
    ("report", &["license", "model", "rules"]),
    (
        "scan",
        &[
            "cache",
            "collection",
            "license",
            "model",
            "policy",
            "read",
            "reconcile",
            "records",
            "report",
            "rules",
        ],
    ),
];

#[test]
fn imports_point_downwards() {
    let mut wrong = Vec::new();
    for (module, allowed) in LAYERS {
        for (file, number, name) in imports(module) {
            if name != *module && !allowed.contains(&&*name) {
                wrong.push(format!("{}:{number}: {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not allowed by LAYERS:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    for entry in fs::read_dir(src()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if !["lib", "bin"].contains(&name) {
            assert!(LAYERS.iter().any(|(module, _)| *module == name), "{name}");
        }
    }
}

#[test]
fn every_layer_is_a_module() {
    for (module, _) in LAYERS {
        assert!(!files_of(module).is_empty(), "{module}");
    }
}

#[test]
fn only_the_scan_has_threads_and_only_read_opens_files() {
    let only: &[(&str, &[&str])] = &[
        ("rayon", &["scan"]),
        // What a thread remembers for itself is no thread.
        ("thread::spawn", &["scan"]),
        ("thread::scope", &["scan"]),
        ("thread::Builder", &["scan"]),
        // The cache and the records open files of their own and none of the
        // collection.
        ("File::open", &["cache", "read", "records"]),
        ("fs::read(", &["read", "records"]),
        ("std::env", &[]),
        ("std::process", &[]),
    ];
    for (module, _) in LAYERS {
        for file in files_of(module) {
            let text = fs::read_to_string(&file).unwrap();
            // Unit tests may do as they like.
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            for (word, modules) in only {
                let code = text.lines().map(|l| l.split("//").next().unwrap_or_default());
                let found = code.into_iter().any(|l| l.contains(word));
                assert!(!found || modules.contains(module), "{}: {word}", file.display());
            }
        }
    }
}

/// What the files of a module name after `crate::`, with the line.
fn imports(module: &str) -> Vec<(PathBuf, usize, String)> {
    let mut imports = Vec::new();
    for file in files_of(module) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for imported in code.split("crate::").skip(1) {
                // `crate::{a, b}` names nothing here, and so is not allowed.
                let name = imported
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                imports.push((file.clone(), number + 1, name));
            }
        }
    }
    imports
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_of(module: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let file = src().join(module).with_extension("rs");
    if file.is_file() {
        files.push(file);
    }
    collect(&src().join(module), &mut files);
    files
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

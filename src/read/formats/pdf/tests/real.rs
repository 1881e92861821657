//! What other readers find: lopdf in the fixtures, and several in real
//! documents, where the sample corpus is at hand.

use std::path::Path;

use super::*;

#[test]
fn the_information_of_real_documents_is_what_other_readers_find() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(truth) = std::fs::read_to_string(corpus.join("truth.jsonl")) else {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: no sample corpus");
        return;
    };
    let fields = [
        ("title", &["Title"][..]),
        ("creator", &["Author"]),
        ("description", &["Subject", "Description"]),
        ("rights", &["Copyright", "Rights"]),
    ];
    let (mut values, mut missed) = (0, Vec::new());
    for line in truth.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        if record["mime"] != "application/pdf" {
            continue;
        }
        let path = record["path"].as_str().unwrap();
        let said = said(&std::fs::read(corpus.join("files").join(path)).unwrap());
        for (field, keys) in fields {
            let entries = record[field].as_array().into_iter().flatten();
            for entry in entries.filter(|entry| entry["where"] == "pdf-info") {
                let value = entry["value"].as_str().unwrap();
                values += 1;
                if !keys.iter().any(|key| said.contains(&format!("{key}={value}"))) {
                    missed.push(format!("{path}: {field} {value:?}, found {said:?}"));
                }
            }
        }
    }
    assert!(values > 50, "{values} values in the truth");
    assert!(missed.is_empty(), "{missed:#?}");
}

/// What lopdf finds in the standard entries, as [`said`] has it; `None` where
/// it cannot read the document.
fn said_by_lopdf(bytes: &[u8]) -> Option<Vec<String>> {
    let options = lopdf::LoadOptions {
        max_decompressed_size: Some(64 << 20),
        ..lopdf::LoadOptions::default()
    };
    let document = lopdf::Document::load_mem_with_options(bytes, options).ok()?;
    let info = document.trailer.get(b"Info").ok()?;
    let (_, info) = document.dereference(info).ok()?;
    let info = info.as_dict().ok()?;
    let value = |key: &str| {
        let (_, value) = document.dereference(info.get(key.as_bytes()).ok()?).ok()?;
        let text = lopdf::decode_text_string(value).ok()?;
        Some(format!("{key}={}", text.trim_end_matches('\0')))
    };
    Some(["Title", "Author", "Subject"].into_iter().filter_map(value).collect())
}

#[test]
fn lopdf_finds_nothing_that_is_missed() {
    let mut agreed = 0;
    for (name, bytes) in fixtures() {
        let cut = [&*bytes, &bytes[..bytes.len() - 20]];
        let shifted = [b"%PDF-1.7\n%", &*bytes].concat();
        for bytes in cut.into_iter().chain([&*shifted]) {
            let own = said(bytes);
            for line in said_by_lopdf(bytes).into_iter().flatten() {
                let locked = own.iter().any(|own| own.starts_with("!encrypted"));
                assert!(locked || own.contains(&line), "{name}: {line}, found {own:?}");
                agreed += 1;
            }
        }
    }
    assert!(agreed >= 40, "{agreed}");
}

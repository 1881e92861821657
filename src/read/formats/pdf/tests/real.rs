//! Real documents, where the sample corpus is at hand.

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

//! Compares what a file says with what its record says.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::license::{self, Context, Meaning, Role};
use crate::model::{Comparison, Entry, License, Licensing, Tasl, Verdict};

/// Compares the file that `tasl` is about with its record. `complete` is
/// whether all there was in the file has been read: where it has not, what the
/// file does not say is not known to be absent.
pub fn compare(index: u32, entry: &Entry, tasl: &Tasl, complete: bool) -> Comparison {
    let record = named(&entry.license);
    Comparison {
        index,
        entry: entry.clone(),
        record_license: match &record {
            Named::One(license) => Some(shown(license)),
            _ => None,
        },
        license: licenses(&record, &tasl.license, complete),
        creators: creators(&entry.creators, tasl, complete),
    }
}

/// What the license of a record names.
enum Named {
    Nothing,
    One(License),
    Unclear,
}

/// The field of a record is made for a license, so that a reference alone is
/// enough.
fn named(text: &str) -> Named {
    if text.trim().is_empty() {
        return Named::Nothing;
    }
    let mut licenses: Vec<License> = Vec::new();
    for reference in license::read_in(text, Context::LicenseField) {
        let license = match reference.meaning {
            _ if reference.role != Role::Grant => return Named::Unclear,
            Meaning::Tool(tool) => License::Tool(tool),
            Meaning::RightsStatement(statement) => License::RightsStatement(statement),
            Meaning::Spdx(id) => License::Other(id.to_owned()),
            _ => return Named::Unclear,
        };
        if !licenses.contains(&license) {
            licenses.push(license);
        }
    }
    let mut licenses = licenses.into_iter();
    match (licenses.next(), licenses.next()) {
        (Some(one), None) => Named::One(one),
        _ => Named::Unclear,
    }
}

fn shown(license: &License) -> String {
    match license {
        License::Tool(tool) => tool.url().to_owned(),
        License::RightsStatement(statement) => statement.uri().to_owned(),
        License::Other(name) => name.clone(),
    }
}

fn licenses(record: &Named, file: &Licensing, complete: bool) -> Verdict {
    match (record, file) {
        (Named::Unclear, _) => Verdict::Unclear,
        (Named::Nothing, Licensing::None) if complete => Verdict::Neither,
        (Named::One(_), Licensing::None) if complete => Verdict::RecordOnly,
        (_, Licensing::None | Licensing::Unclear) => Verdict::Unclear,
        (Named::Nothing, _) => Verdict::FileOnly,
        (Named::One(license), Licensing::Settled(own)) => {
            if license == own {
                Verdict::Agree
            } else {
                Verdict::Contradict
            }
        }
        // A choice or a conflict that the record is part of may be settled by
        // it, and it is not for us to say.
        (
            Named::One(license),
            Licensing::Choice(own)
            | Licensing::Conflict(own)
            | Licensing::VersionConflict(own),
        ) => {
            if own.contains(license) {
                Verdict::Unclear
            } else {
                Verdict::Contradict
            }
        }
    }
}

fn creators(record: &[String], tasl: &Tasl, complete: bool) -> Verdict {
    let fold = |names: &[String]| -> BTreeSet<String> {
        names.iter().map(|name| folded(name)).filter(|name| !name.is_empty()).collect()
    };
    let record = fold(record);
    match (record.is_empty(), tasl.creators.values.as_slice()) {
        (true, []) if complete => Verdict::Neither,
        (false, []) if complete => Verdict::RecordOnly,
        (_, []) => Verdict::Unclear,
        (true, _) => Verdict::FileOnly,
        (false, values) => {
            if values.iter().any(|value| fold(&value.value) == record) {
                Verdict::Agree
            } else {
                Verdict::Contradict
            }
        }
    }
}

/// A name without case, accents' form and punctuation; `Doe, Jane` is
/// `Jane Doe`.
fn folded(name: &str) -> String {
    let turned = match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    };
    let lower: String = turned.nfc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::LegalTool;
    use crate::model::{Resolved, Value};

    const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

    fn file(license: Licensing, creators: &[&str]) -> Tasl {
        let values = creators
            .iter()
            .map(|name| Value { value: vec![(*name).to_owned()], from: Vec::new() })
            .collect();
        Tasl { license, creators: Resolved { values }, ..Tasl::default() }
    }

    fn tool(unit: &str) -> License {
        License::Tool(LegalTool::find(unit, "4.0", "").unwrap())
    }

    #[test]
    fn each_pair_of_licenses_has_its_verdict() {
        let by = || Licensing::Settled(tool("by"));
        let both = || Licensing::Conflict(vec![tool("by"), tool("by-nc")]);
        for (record, own, complete, expected) in [
            (BY, by(), true, Verdict::Agree),
            (BY, Licensing::Settled(tool("by-nc")), true, Verdict::Contradict),
            (BY, Licensing::None, true, Verdict::RecordOnly),
            (BY, Licensing::None, false, Verdict::Unclear),
            (" ", by(), true, Verdict::FileOnly),
            ("", Licensing::None, true, Verdict::Neither),
            ("", Licensing::None, false, Verdict::Unclear),
            ("ask the archive", by(), true, Verdict::Unclear),
            (BY, both(), true, Verdict::Unclear),
        ] {
            let entry = Entry { license: record.to_owned(), ..Entry::default() };
            let found = compare(0, &entry, &file(own, &[]), complete);
            assert_eq!(found.license, expected, "{record}");
        }
    }

    #[test]
    fn inverted_names_are_the_same_name() {
        let compared = |record: &str, own: &[&str]| {
            let entry = Entry { creators: vec![record.to_owned()], ..Entry::default() };
            compare(0, &entry, &file(Licensing::None, own), true).creators
        };
        assert_eq!(compared("Doe, Jane", &["JANE DOE"]), Verdict::Agree);
        assert_eq!(compared("Doe, Jane", &["Jan Doe"]), Verdict::Contradict);
        assert_eq!(compared("", &["Jane Doe"]), Verdict::FileOnly);
        assert_eq!(compared("Doe, Jane", &[]), Verdict::RecordOnly);
    }
}

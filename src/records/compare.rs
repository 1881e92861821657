//! Compares what a file says with what its record says.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::license::{self, Context, HouseMeaning, HouseTexts, Meaning, Role, notice};
use crate::model::{Comparison, Entry, License, Licensing, Tasl, Verdict};

/// Compares the file that `tasl` is about with its record, in which `texts` mean
/// what the house says. `complete` is whether all there was in the file has been
/// read: where it has not, what the file does not say is not known to be absent.
pub fn compare(
    index: u32,
    entry: &Entry,
    tasl: &Tasl,
    texts: &HouseTexts,
    complete: bool,
) -> Comparison {
    let record = named(&entry.license, texts);
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
    /// Copyright is claimed, and no license given.
    Reserved,
    Unclear,
}

/// The field of a record is made for a license, so that a reference alone is
/// enough.
fn named(text: &str, texts: &HouseTexts) -> Named {
    match texts.get(text) {
        Some(HouseMeaning::Tool(tool)) => return Named::One(License::Tool(tool)),
        Some(HouseMeaning::RightsStatement(statement)) => {
            return Named::One(License::RightsStatement(statement));
        }
        Some(HouseMeaning::Ignore) => return Named::Nothing,
        Some(HouseMeaning::InCopyright) => return Named::Reserved,
        Some(HouseMeaning::PublicDomain) => return Named::Unclear,
        None if text.trim().is_empty() => return Named::Nothing,
        None => {}
    }
    let mut licenses: Vec<License> = Vec::new();
    let references = license::read_in(text, Context::LicenseField);
    if references.is_empty() && reserves(text) {
        return Named::Reserved;
    }
    for reference in references {
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

/// Whether a text that names no license keeps the rights.
fn reserves(text: &str) -> bool {
    notice::reserves_all_rights(text) || notice::claims_copyright(text)
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
        (Named::Reserved, Licensing::Settled(License::Tool(_))) => Verdict::Contradict,
        (
            Named::Reserved,
            Licensing::Choice(own)
            | Licensing::Conflict(own)
            | Licensing::VersionConflict(own),
        ) if own.iter().all(|license| matches!(license, License::Tool(_))) => {
            Verdict::Contradict
        }
        (Named::Reserved, _) => Verdict::Unclear,
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
    let record = names(record);
    match (record.is_empty(), tasl.creators.values.as_slice()) {
        (true, []) if complete => Verdict::Neither,
        (false, []) if complete => Verdict::RecordOnly,
        (_, []) => Verdict::Unclear,
        (true, _) => Verdict::FileOnly,
        (false, values) => {
            let each: Vec<Verdict> =
                values.iter().map(|value| same(&names(&value.value), &record)).collect();
            // It is enough that one of the places in the file agrees.
            let best = [Verdict::Agree, Verdict::Unclear];
            best.into_iter().find(|v| each.contains(v)).unwrap_or(Verdict::Contradict)
        }
    }
}

/// Whether two lists name the same people. Where one list has more, or gives
/// initials for names, it cannot be told.
fn same(file: &BTreeSet<String>, record: &BTreeSet<String>) -> Verdict {
    let within = |few: &BTreeSet<String>, many: &BTreeSet<String>| {
        few.iter().all(|one| many.iter().any(|other| fits(one, other)))
    };
    if file == record {
        Verdict::Agree
    } else if within(file, record) || within(record, file) {
        Verdict::Unclear
    } else {
        Verdict::Contradict
    }
}

/// Whether two names may be one, where one gives initials or leaves out names
/// in the middle: `j doe` and `jane maria doe`.
fn fits(one: &str, other: &str) -> bool {
    let split =
        |name: &str| -> Vec<String> { name.split(' ').map(str::to_owned).collect() };
    let (one, other) = (split(one), split(other));
    let initial = |a: &str, b: &str| {
        a == b
            || a.chars().count() == 1 && b.starts_with(a)
            || b.chars().count() == 1 && a.starts_with(b)
    };
    match (one.as_slice(), other.as_slice()) {
        ([first, .., last], [other_first, .., other_last]) => {
            last == other_last && initial(first, other_first)
        }
        _ => one == other,
    }
}

/// The names in a list, folded; a file may have several in one string.
fn names(list: &[String]) -> BTreeSet<String> {
    let each = list.iter().flat_map(|names| names.split(';'));
    each.map(folded).filter(|name| !name.is_empty()).collect()
}

/// A name without case, accents and punctuation; `Doe, Jane` is `Jane Doe`.
fn folded(name: &str) -> String {
    let turned = match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    };
    let bare = turned.nfkd().filter(|c| !is_combining_mark(*c));
    let lower: String = bare.flat_map(char::to_lowercase).collect();
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
            ("All rights reserved", by(), true, Verdict::Contradict),
            ("In Copyright", by(), true, Verdict::Contradict),
            ("in  copyright.", by(), true, Verdict::Contradict),
            (
                "© 2019 Jane Doe. Alle Rechte vorbehalten.",
                by(),
                false,
                Verdict::Contradict,
            ),
            ("© 2019 Jane Doe", both(), true, Verdict::Contradict),
            ("© 2019 Jane Doe, CC BY 4.0", by(), true, Verdict::Agree),
            ("No copyright", by(), true, Verdict::Unclear),
            ("All rights reserved", Licensing::None, true, Verdict::Unclear),
            ("the house keeps it", by(), true, Verdict::Contradict),
            (BY, both(), true, Verdict::Unclear),
        ] {
            let entry = Entry { license: record.to_owned(), ..Entry::default() };
            let mut texts = HouseTexts::default();
            texts.insert("The house keeps it", HouseMeaning::InCopyright);
            let found = compare(0, &entry, &file(own, &[]), &texts, complete);
            assert_eq!(found.license, expected, "{record}");
        }
    }

    #[test]
    fn inverted_names_are_the_same_name() {
        let compared = |record: &str, own: &[&str]| {
            let entry = Entry { creators: vec![record.to_owned()], ..Entry::default() };
            let file = file(Licensing::None, own);
            compare(0, &entry, &file, &HouseTexts::default(), true).creators
        };
        for (record, own, expected) in [
            ("Doe, Jane", &["JANE DOE"][..], Verdict::Agree),
            ("Núñez, José", &["Jose Nunez"], Verdict::Agree),
            ("Doe, Jane", &["Jan Doe"], Verdict::Contradict),
            ("Doe, Jane", &["Jane Roe"], Verdict::Contradict),
            // Nobody can say from here whether these are the same.
            ("Doe, Jane", &["J. Doe"], Verdict::Unclear),
            ("Doe, Jane", &["Jane M. Doe"], Verdict::Unclear),
            ("Doe, Jane", &["Jane Doe; Richard Roe"], Verdict::Unclear),
            ("", &["Jane Doe"], Verdict::FileOnly),
            ("Doe, Jane", &[], Verdict::RecordOnly),
        ] {
            assert_eq!(compared(record, own), expected, "{record} {own:?}");
        }
    }
}

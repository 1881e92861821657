//! The repository's own records beside the files: an export of a catalogue, a
//! row a file, matched and compared.

mod compare;
mod read;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::model::{AssetPath, Entry, Evidence, Property};

pub use compare::compare;
pub use read::{Columns, RecordsError, load};

/// An export, with an index by key. It holds the values that are compared, and
/// nothing else of a row.
#[derive(Debug, Default)]
pub struct Records {
    entries: Vec<Entry>,
    index: HashMap<Box<str>, Vec<u32>>,
}

/// What looking for the record of a file comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'a> {
    /// No record has a key that fits.
    None,
    /// This one, by its place in the export.
    One(u32, &'a Entry),
    /// Several have the same key, so that it cannot be told.
    Several(&'a [u32]),
}

impl Records {
    /// An index over `entries`.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut index: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        for (entry, n) in entries.iter().zip(0..) {
            index.entry(folded(&entry.key).into()).or_default().push(n);
        }
        Self { entries, index }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The record at this place.
    pub fn get(&self, n: u32) -> Option<&Entry> {
        self.entries.get(n as usize)
    }

    /// The keys that several records have, with the lines of these, in the order
    /// of the export.
    pub fn repeated(&self) -> Vec<(&str, Vec<u64>)> {
        let several = self.index.values().filter(|records| records.len() > 1);
        let mut several: Vec<&Vec<u32>> = several.collect();
        several.sort_unstable();
        let keyed = |records: &Vec<u32>| {
            let key = &*self.get(*records.first()?)?.key;
            Some((key, self.lines(records)))
        };
        several.into_iter().filter_map(keyed).collect()
    }

    /// The lines of the export that these records begin on.
    pub fn lines(&self, records: &[u32]) -> Vec<u64> {
        records.iter().filter_map(|n| self.get(*n)).map(|entry| entry.line).collect()
    }

    /// The record of a file: by its path, else by its name, else by an
    /// identifier that the file states. Keys are compared after NFC and case
    /// folding, and with `/` for `\`.
    pub fn find(&self, path: &AssetPath, evidence: &Evidence) -> Match<'_> {
        let identifiers = evidence.about(Property::Identifier).map(|(_, s)| &*s.value);
        let keys = [path.as_str(), path.name()].into_iter().chain(identifiers);
        for key in keys {
            match self.index.get(&*folded(key)).map(Vec::as_slice) {
                Some([one]) => {
                    if let Some(entry) = self.get(*one) {
                        return Match::One(*one, entry);
                    }
                }
                Some(several @ [_, ..]) => return Match::Several(several),
                _ => {}
            }
        }
        Match::None
    }
}

fn folded(key: &str) -> String {
    let key = key.trim().nfc().flat_map(char::to_lowercase);
    let key: String = key.map(|c| if c == '\\' { '/' } else { c }).collect();
    key.strip_prefix("./").map(str::to_owned).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str) -> Entry {
        Entry { key: key.to_owned(), ..Entry::default() }
    }

    #[test]
    fn a_record_is_found_by_path_then_name_then_identifier() {
        let records = Records::new(vec![
            entry("Scans\\Cafe\u{301}.TIF"),
            entry("b.tif"),
            entry("https://doi.org/10.1/x"),
            entry("twice.tif"),
            entry("Twice.tif"),
        ]);
        let evidence = Evidence::from_notation(
            "xmp dc:identifier https://doi.org/10.1/X",
            |_, _| Some(Property::Identifier),
        )
        .unwrap();
        let none = Evidence::default();
        let found = |path: &str, evidence: &Evidence| match records
            .find(&AssetPath::from_bytes(path), evidence)
        {
            Match::None => "none".to_owned(),
            Match::One(n, _) => n.to_string(),
            Match::Several(several) => format!("{several:?}"),
        };
        assert_eq!(found("scans/café.tif", &none), "0");
        assert_eq!(found("other/café.tif", &none), "none");
        assert_eq!(found("deep/in/B.TIF", &none), "1");
        assert_eq!(found("c.tif", &evidence), "2");
        assert_eq!(found("a/twice.tif", &none), "[3, 4]");
    }
}

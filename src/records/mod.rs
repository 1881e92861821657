//! The repository's own records beside the files: an export of a catalogue, a
//! row a file, matched and compared.

mod compare;
mod keys;
mod read;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use crate::model::{AssetPath, Entry, Evidence, Property};

pub use compare::compare;
use keys::{common, folded, folders, identified, is_below, name, shared};
pub use read::{Columns, RecordsError, load};

/// An export, with an index by key. It holds the values that are compared, and
/// nothing else of a row.
#[derive(Debug, Default)]
pub struct Records {
    entries: Vec<Entry>,
    index: HashMap<Box<str>, Vec<u32>>,
    /// The folded keys that have a folder in front, by the name they end with.
    deep: HashMap<Box<str>, Vec<Box<str>>>,
    /// The folders that all of these begin with: `""`, `photos/` or `/mnt/photos/`.
    front: Box<str>,
    /// The fields that are compared and that no column holds.
    without: Vec<&'static str>,
}

/// What looking for the record of a file comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match<'a> {
    /// No record has a key that fits.
    None,
    /// This one, by its place in the export.
    One(u32, &'a Entry),
    /// Several have the same key, or keys that fit as well, so that it cannot be
    /// told.
    Several(Cow<'a, [u32]>),
}

impl Records {
    /// An index over `entries`.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut index: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        for (entry, n) in entries.iter().zip(0..) {
            index.entry(folded(&entry.key).into()).or_default().push(n);
        }
        let mut deep: HashMap<Box<str>, Vec<Box<str>>> = HashMap::new();
        let mut front: Option<&str> = None;
        for key in index.keys().filter(|key| key.contains('/')) {
            deep.entry(name(key).into()).or_default().push(key.clone());
            front = Some(front.map_or(folders(key), |front| shared(front, key)));
        }
        let front = front.unwrap_or_default().into();
        // The order of a hash table is not to be seen.
        deep.values_mut().for_each(|keys| keys.sort_unstable());
        Self { entries, index, deep, front, without: Vec::new() }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Which of `license` and `creator` no column of the export is known to hold.
    pub fn without(&self) -> &[&'static str] {
        &self.without
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

    /// The record of a file: by its path, else by the longest part that its path
    /// and a key have in common at their ends, else by an identifier that the file
    /// states. `file` is the path under which it is opened. Keys are compared after
    /// NFC and case folding, with `/` for `\`, without `./` and `file://`, and DOIs
    /// without their resolver.
    pub fn find(&self, path: &AssetPath, file: &Path, evidence: &Evidence) -> Match<'_> {
        let path = folded(path.as_str());
        if let Some(found) = self.keyed(&path) {
            return found;
        }
        let fitting = self.fitting(&path, &folded(&file.to_string_lossy()));
        match fitting.as_slice() {
            [] => {}
            [key] => return self.keyed(key).unwrap_or(Match::None),
            keys => {
                let all = keys.iter().filter_map(|key| self.index.get(*key));
                let mut all: Vec<u32> = all.flatten().copied().collect();
                all.sort_unstable();
                return Match::Several(Cow::Owned(all));
            }
        }
        let identifiers = evidence.about(Property::Identifier).map(|(_, s)| &*s.value);
        let mut keys =
            [name(&path).to_owned()].into_iter().chain(identifiers.flat_map(identified));
        keys.find_map(|key| self.keyed(&key)).unwrap_or(Match::None)
    }

    fn keyed(&self, key: &str) -> Option<Match<'_>> {
        match self.index.get(key)?.as_slice() {
            [one] => self.get(*one).map(|entry| Match::One(*one, entry)),
            several => Some(Match::Several(Cow::Borrowed(several))),
        }
    }

    /// The keys with folders that name the file, as far as they and the path speak
    /// of the same folders: those with the most of these in common.
    fn fitting(&self, path: &str, file: &str) -> Vec<&str> {
        let mut best: (usize, Vec<&str>) = (0, Vec::new());
        for key in self.deep.get(name(path)).into_iter().flatten() {
            // What stands in front of the path is the folder that is audited, which
            // is the same for all files: one that all keys have, or one by whose
            // name it is opened. The record of `a/x.jpg` is not that of `x.jpg`.
            let common = common(key, file);
            let is_front = is_below(key, path)
                && (key.len() - path.len() <= self.front.len() || common > path.len());
            if !(is_front || is_below(path, key) || is_below(file, key)) {
                continue;
            }
            if common > best.0 {
                best = (common, Vec::new());
            }
            if common == best.0 {
                best.1.push(key);
            }
        }
        best.1
    }
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
        let found = |path: &str, evidence: &Evidence| match records.find(
            &AssetPath::from_bytes(path),
            Path::new(path),
            evidence,
        ) {
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
    #[test]
    fn a_key_may_have_the_audited_folder_in_front() {
        let found = |keys: &[&str], file: &str, path: &str| {
            let records = Records::new(keys.iter().map(|key| entry(key)).collect());
            let none = Evidence::default();
            match records.find(&AssetPath::from_bytes(path), Path::new(file), &none) {
                Match::None => "none".to_owned(),
                Match::One(n, _) => n.to_string(),
                Match::Several(several) => format!("{several:?}"),
            }
        };
        let sf = ["sf/p.jpg", "sf/d/p.jpg", "sf/d/q.jpg"];
        assert_eq!(found(&sf, "sf/d/p.jpg", "d/p.jpg"), "1");
        assert_eq!(found(&sf, "sf/p.jpg", "p.jpg"), "0");
        // Opened as something else, the folder is the one that all keys have.
        assert_eq!(found(&sf, "./d/p.jpg", "d/p.jpg"), "1");
        assert_eq!(found(&sf, "./p.jpg", "p.jpg"), "0");
        assert_eq!(found(&sf[1..], "./e/q.jpg", "e/q.jpg"), "none");
        // The record of another folder is not that of this file.
        assert_eq!(found(&["a/x.jpg", "b/y.jpg"], "./x.jpg", "x.jpg"), "none");
        assert_eq!(found(&["a/x.jpg", "b/y.jpg"], "a/x.jpg", "x.jpg"), "0");
        for key in [
            "C:\\Scans\\sf\\d\\P.JPG",
            "./sf/d/p.jpg",
            "/mnt/store/sf/d/p.jpg",
            "file:///mnt/store/sf/d/p.jpg",
            "file://localhost/mnt/sf%20neu/d/p.jpg",
        ] {
            assert_eq!(found(&[key], "sf/d/p.jpg", "d/p.jpg"), "0", "{key}");
        }
        let twice = ["/mnt/a/sf/d/p.jpg", "/mnt/b/sf/d/p.jpg"];
        assert_eq!(found(&twice, "sf/d/p.jpg", "d/p.jpg"), "[0, 1]");
        // A key that is shorter than the path, and fits at its end.
        assert_eq!(found(&["d/p.jpg", "e/p.jpg"], "sf/d/p.jpg", "sf/d/p.jpg"), "0");
    }

    #[test]
    fn a_doi_is_the_same_however_it_is_written() {
        let spellings = [
            "doi:10.5555/abc",
            "https://doi.org/10.5555/ABC",
            "HTTP://dx.doi.org/10.5555/aBc",
            "10.5555/Abc",
            "DOI: 10.5555/abc",
        ];
        for key in spellings {
            let records = Records::new(vec![entry(key)]);
            for own in spellings {
                let evidence = Evidence::from_notation(
                    &format!("xmp dc:identifier {own}"),
                    |_, _| Some(Property::Identifier),
                )
                .unwrap();
                let path = AssetPath::from_bytes("c.tif");
                let found = records.find(&path, Path::new("c.tif"), &evidence);
                assert!(matches!(found, Match::One(0, _)), "{key} {own}");
            }
        }
    }
}

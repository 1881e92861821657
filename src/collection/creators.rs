//! How creators are spelled.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{folded, keep};
use crate::license::notice;
use crate::model::{AssetPath, Record};

/// How many names are kept apart, each with a few hundred bytes.
const NAMES: usize = 20_000;
/// How many spellings of one name are.
const SPELLINGS: usize = 8;
/// The longest name that is looked at, in bytes. What is longer is a sentence.
const LONGEST: usize = 120;

/// The creators of a collection, by what their spellings have in common.
#[derive(Debug, Default)]
pub struct Creators {
    names: BTreeMap<String, Name>,
    cut: bool,
}

/// One name, however spelled.
#[derive(Debug, Default)]
pub struct Name {
    /// The spellings, in the order found.
    pub spellings: Vec<Spelling>,
}

/// One spelling of a name.
#[derive(Debug)]
pub struct Spelling {
    /// As it stands in the files, in NFC.
    pub text: String,
    /// In how many files.
    pub files: u64,
    /// Some of them.
    pub paths: Vec<AssetPath>,
}

impl Creators {
    pub(super) fn add(&mut self, record: &Record) {
        let Some(creators) = record.tasl.creators.first() else { return };
        for creator in creators.iter().take(100) {
            let spelled: String =
                creator.split_whitespace().collect::<Vec<_>>().join(" ");
            let spelled: String = spelled.nfc().collect();
            if spelled.len() > LONGEST
                || notice::is_placeholder_creator(&spelled)
                || notice::is_software_name(&spelled)
            {
                continue;
            }
            let key = common(&spelled);
            if !key.is_empty() {
                self.count(key, spelled, &record.asset.path);
            }
        }
    }

    fn count(&mut self, key: String, spelled: String, path: &AssetPath) {
        if self.names.len() >= NAMES && !self.names.contains_key(&key) {
            self.cut = true;
            return;
        }
        let spellings = &mut self.names.entry(key).or_default().spellings;
        let full = spellings.len() >= SPELLINGS;
        match spellings.iter_mut().find(|s| s.text == spelled) {
            Some(spelling) => {
                spelling.files += 1;
                // Of a name in one spelling alone, no path is ever told.
                if spelling.paths.len() < 3 {
                    keep(&mut spelling.paths, path);
                }
            }
            None if !full => {
                spellings.push(Spelling {
                    text: spelled,
                    files: 1,
                    paths: vec![path.clone()],
                });
            }
            None => self.cut = true,
        }
    }

    /// The names with several spellings, by what these have in common.
    pub fn several(&self) -> impl Iterator<Item = (&str, &Name)> {
        let several = self.names.iter().filter(|(_, name)| name.spellings.len() > 1);
        several.map(|(key, name)| (&**key, name))
    }

    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }
}

/// What the spellings of a name have in common: `Doe, Jane` is `Jane Doe`.
fn common(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => {
            folded(&format!("{given} {family}"))
        }
        _ => folded(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_something_in_common() {
        for (one, other, same) in [
            ("Doe, Jane", "Jane Doe", true),
            ("JANE DOE", "Jane Doe", true),
            ("José Núñez", "Jose Nunez", true),
            ("J. R. Roe", "J R Roe", true),
            ("Jane Doe", "Jan Doe", false),
            ("Doe, Jane, 1901-1980", "Jane Doe", false),
        ] {
            assert_eq!(common(one) == common(other), same, "{one} {other}");
        }
    }

    #[test]
    fn no_more_names_are_kept_than_the_bound() {
        let mut creators = Creators::default();
        let path = AssetPath::from_bytes("a.jpg");
        for n in 0..NAMES + 10 {
            creators.count(n.to_string(), n.to_string(), &path);
        }
        assert!(creators.is_cut());
        assert_eq!(creators.names.len(), NAMES);
    }
}

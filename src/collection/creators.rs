//! How creators are spelled.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{Budget, FEW_EXAMPLES, folded};
use crate::license::notice;
use crate::model::{AssetPath, Record};

/// How many names are kept apart.
const NAMES: usize = 20_000;
/// How many spellings of one name are.
const SPELLINGS: usize = 8;
/// The longest name that is looked at, in bytes. What is longer is a sentence.
const LONGEST: usize = 120;

/// The creators of a collection, by what their spellings have in common.
#[derive(Debug, Default)]
pub struct Creators {
    names: BTreeMap<String, Name>,
    budget: Budget,
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
        let budget = &mut self.budget;
        if !self.names.contains_key(&key)
            && (self.names.len() >= NAMES || !budget.take(key.len()))
        {
            budget.cut = true;
            return;
        }
        let spellings = &mut self.names.entry(key).or_default().spellings;
        let full = spellings.len() >= SPELLINGS;
        match spellings.iter_mut().find(|s| s.text == spelled) {
            Some(spelling) => {
                spelling.files += 1;
                budget.keep(&mut spelling.paths, path, FEW_EXAMPLES);
            }
            None if !full && budget.take(spelled.len()) => {
                let mut paths = Vec::new();
                budget.keep(&mut paths, path, FEW_EXAMPLES);
                spellings.push(Spelling { text: spelled, files: 1, paths });
            }
            None => budget.cut = true,
        }
    }

    /// The names with several spellings, by what these have in common.
    pub fn several(&self) -> impl Iterator<Item = (&str, &Name)> {
        let several = self.names.iter().filter(|(_, name)| name.spellings.len() > 1);
        several.map(|(key, name)| (&**key, name))
    }

    pub(super) fn is_cut(&self) -> bool {
        self.budget.cut
    }
}

/// What the spellings of a name have in common: `Doe, Jane` is `Jane Doe`.
pub(crate) fn common(name: &str) -> String {
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

    #[test]
    fn long_names_and_paths_use_up_the_budget_and_no_more() {
        let mut creators = Creators::default();
        let path = AssetPath::from_bytes("directory/".repeat(400));
        for n in 0..5_000 {
            creators.count(n.to_string(), n.to_string(), &path);
        }
        assert!(creators.is_cut());
        let paths = creators.names.values().flat_map(|n| &n.spellings);
        let paths: usize = paths.map(|s| s.paths.len()).sum();
        assert!(paths > 1_000 && paths * 8_000 < 16 << 20, "{paths}");
        assert!(creators.names.len() < 5_000);
    }
}

//! Which titles and descriptions come again on works that are not alike.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use super::{Budget, FEW_EXAMPLES, common, folded};
use crate::license::notice;
use crate::model::{AssetPath, Property, Record};

/// How many texts are kept apart.
const TEXTS: usize = 20_000;
/// The fewest words of a text that should be of one work only. Fewer make
/// titles such as "Letter" or "View of the harbour".
const WORDS: usize = 4;

/// How much of a text is compared, in characters.
const LONGEST: usize = 4_000;

/// The titles and descriptions of a collection.
#[derive(Debug, Default)]
pub struct Titles {
    texts: BTreeMap<(Property, u64), Title>,
    budget: Budget,
}

/// One text.
#[derive(Debug)]
pub struct Title {
    /// `title` or `description`.
    pub property: Property,
    /// As it stands in the first file, cut where it is long.
    pub text: String,
    /// In how many files.
    pub files: u64,
    /// By how many different creators they are, as far as that was counted.
    pub creators: usize,
    /// Some of them.
    pub paths: Vec<AssetPath>,
    seen: Vec<u64>,
}

/// How much of a text is kept, in characters.
const SHOWN: usize = 80;
/// How many creators of one text are told apart.
const CREATORS: usize = 8;

impl Titles {
    pub(super) fn add(&mut self, record: &Record) {
        let creators = record.tasl.creators.first();
        let creator = creators.map(|names| people(names));
        let title = record.tasl.title.first().map(|t| (Property::Title, &**t));
        let mut about = record.evidence.about(Property::Description);
        let description = about.next().map(|(_, s)| (Property::Description, &*s.value));
        for (property, text) in title.into_iter().chain(description) {
            self.count(property, text, creator, &record.asset.path);
        }
    }

    fn count(
        &mut self,
        property: Property,
        text: &str,
        creator: Option<u64>,
        path: &AssetPath,
    ) {
        let start = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let words = folded(text.get(..start).unwrap_or(text));
        if words.split(' ').count() < WORDS || notice::is_placeholder_title(text) {
            return;
        }
        let key = (property, hash(&words));
        let budget = &mut self.budget;
        if !self.texts.contains_key(&key)
            && (self.texts.len() >= TEXTS || !budget.take(4 * SHOWN))
        {
            budget.cut = true;
            return;
        }
        let title = self.texts.entry(key).or_insert_with(|| Title {
            property,
            text: text.chars().take(SHOWN).collect(),
            files: 0,
            creators: 0,
            paths: Vec::new(),
            seen: Vec::new(),
        });
        title.files += 1;
        budget.keep(&mut title.paths, path, FEW_EXAMPLES);
        if let Some(creator) = creator
            && title.seen.len() < CREATORS
            && !title.seen.contains(&creator)
        {
            title.seen.push(creator);
            title.creators = title.seen.len();
        }
    }

    /// The texts on at least `files` files, by at least `creators` creators.
    pub fn repeated(&self, files: u64, creators: usize) -> impl Iterator<Item = &Title> {
        self.texts.values().filter(move |t| t.files >= files && t.creators >= creators)
    }

    pub(super) fn is_cut(&self) -> bool {
        self.budget.cut
    }
}

/// The same for the same people, in whatever order and spelling.
fn people(names: &[String]) -> u64 {
    let mut names: Vec<String> = names.iter().map(|n| common(n)).collect();
    names.sort_unstable();
    hash(&names)
}

/// The hash of this release of the standard library: for use in memory only.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_spelled_in_two_ways_is_one_creator() {
        let by = |names: &[&str]| {
            people(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(by(&["Doe, Jane", "R. Roe"]), by(&["R Roe", "JANE DOE"]));
        assert_ne!(by(&["Doe, Jane"]), by(&["Doe, Jan"]));
    }
}

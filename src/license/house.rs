//! The rights texts of a house: what an institution writes in its files, and
//! what it means by it.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{Form, LegalTool, Meaning, Reference, RightsStatement, Role};

/// What the rights texts of a house mean. A text is the whole of a value; white
/// space, case and the form of accents do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseTexts {
    texts: BTreeMap<String, HouseMeaning>,
}

/// What a house means by a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HouseMeaning {
    /// The work is under this legal tool.
    Tool(LegalTool),
    /// This statement of rightsstatements.org holds.
    RightsStatement(RightsStatement),
    /// The work is in copyright, and no license is given.
    InCopyright,
    /// The work is in the public domain; no tool says so.
    PublicDomain,
    /// It says nothing about rights.
    Ignore,
}

impl HouseTexts {
    /// Adds a text, and returns what it meant before. The last meaning holds.
    pub fn insert(&mut self, text: &str, meaning: HouseMeaning) -> Option<HouseMeaning> {
        self.texts.insert(folded(text), meaning)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What `value` means, if it is a text of the house.
    pub fn get(&self, value: &str) -> Option<HouseMeaning> {
        if self.texts.is_empty() {
            return None;
        }
        self.texts.get(&folded(value)).copied()
    }

    /// The references in `value` that the house puts there: one grant over the
    /// whole of it, or none.
    pub fn reference(&self, value: &str) -> Option<Reference> {
        let meaning = match self.get(value)? {
            HouseMeaning::Tool(tool) => Meaning::Tool(tool),
            HouseMeaning::RightsStatement(s) => Meaning::RightsStatement(s),
            _ => return None,
        };
        Some(Reference {
            span: 0..value.len(),
            meaning,
            form: Form::House,
            role: Role::Grant,
            choice: false,
            with_exception: false,
        })
    }
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_value_counts_and_its_spelling_does_not() {
        let mut texts = HouseTexts::default();
        texts.insert("© Stadtmuseum, frei nutzbar", HouseMeaning::InCopyright);
        let meaning = Some(HouseMeaning::InCopyright);
        assert_eq!(texts.get("©  stadtmuseum,\nFREI nutzbar "), meaning);
        assert_eq!(texts.get("© Stadtmuseum, frei nutzbar, 2020"), None);
    }
}

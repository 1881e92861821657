//! Ids of the SPDX license list, for licenses that are not of Creative
//! Commons: those that stand on images, documents, fonts and data.
//!
//! The list is no attempt at all 700. To add one, add it in its order.

use super::cues::{Cue, is_word};
use super::{LegalTool, Meaning};

/// In the spelling of the list, in its order.
const IDS: &[&str] = &[
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-1.1",
    "Apache-2.0",
    "Artistic-1.0",
    "Artistic-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-4-Clause",
    "BSL-1.0",
    "Beerware",
    "CDDL-1.0",
    "CDLA-Permissive-1.0",
    "CDLA-Permissive-2.0",
    "CDLA-Sharing-1.0",
    "CECILL-2.1",
    "CERN-OHL-P-2.0",
    "CERN-OHL-S-2.0",
    "CERN-OHL-W-2.0",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "FSFAP",
    "GFDL-1.1-only",
    "GFDL-1.1-or-later",
    "GFDL-1.2-only",
    "GFDL-1.2-or-later",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
    "GPL-1.0-only",
    "GPL-1.0-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LAL-1.2",
    "LAL-1.3",
    "LGPL-2.0-only",
    "LGPL-2.0-or-later",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "LPPL-1.3c",
    "MIT",
    "MIT-0",
    "MPL-1.1",
    "MPL-2.0",
    "MS-PL",
    "NCSA",
    "NLOD-1.0",
    "NLOD-2.0",
    "OFL-1.0",
    "OFL-1.1",
    "OGL-Canada-2.0",
    "OGL-UK-1.0",
    "OGL-UK-2.0",
    "OGL-UK-3.0",
    "ODC-By-1.0",
    "ODbL-1.0",
    "OPL-1.0",
    "OSL-3.0",
    "PDDL-1.0",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
    "W3C",
    "WTFPL",
    "Zlib",
    "etalab-2.0",
];

/// Ids that SPDX has given up, with what they stand for on their own: the
/// version alone, without "or later".
const OLD_IDS: &[(&str, &str)] = &[
    ("AGPL-3.0", "AGPL-3.0-only"),
    ("GFDL-1.1", "GFDL-1.1-only"),
    ("GFDL-1.2", "GFDL-1.2-only"),
    ("GFDL-1.3", "GFDL-1.3-only"),
    ("GPL-2.0", "GPL-2.0-only"),
    ("GPL-2.0+", "GPL-2.0-or-later"),
    ("GPL-3.0", "GPL-3.0-only"),
    ("GPL-3.0+", "GPL-3.0-or-later"),
    ("LGPL-2.1", "LGPL-2.1-only"),
    ("LGPL-2.1+", "LGPL-2.1-or-later"),
    ("LGPL-3.0", "LGPL-3.0-only"),
    ("LGPL-3.0+", "LGPL-3.0-or-later"),
];

/// The id in the spelling of the SPDX list, if it is one of those known here.
pub(super) fn find(id: &str) -> Option<&'static str> {
    let same = |known: &str| known.eq_ignore_ascii_case(id);
    let listed = IDS.iter().copied().find(|k| same(k));
    listed.or_else(|| OLD_IDS.iter().find(|(k, _)| same(k)).map(|(_, new)| *new))
}

/// The id at the start of `text` after a word for "or": what is offered beside
/// the license before it. An everyday word counts in the spelling of the list
/// alone: "mit" is a word of German.
pub(super) fn alternative(text: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    const WORDS: usize = 6;
    let mut offered = false;
    let mut at = 0;
    for word in text.split_inclusive([' ', '\n', '(', ')', ',']).take(WORDS) {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches([' ', '\n', '(', ')', ',', '.', ';']);
        let small = word.to_lowercase();
        if word.is_empty() {
            continue;
        }
        if !offered && is_word(Cue::Or, &small) {
            offered = true;
            continue;
        }
        let id = find(word).filter(|id| offered && (!is_everyday(id) || *id == word));
        if let Some(id) = id {
            return Some((start..start + word.len(), id));
        }
        if !is_word(Cue::Filler, &small) {
            return None;
        }
    }
    None
}

/// A license in an SPDX expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Operand {
    /// Which bytes of the text.
    pub(super) span: std::ops::Range<usize>,
    pub(super) meaning: Meaning,
    /// Whether it is joined by `OR` to another.
    pub(super) choice: bool,
}

/// Whether `byte` can stand in an id (SPDX 2.3, annex D.1).
fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'+' | b':' | b'_')
}

/// Reads `text` where it is an SPDX expression (SPDX 2.3, annex D) and nothing
/// else: `CC-BY-4.0 OR MIT`. `None` where any part of it is not.
pub(super) fn expression(text: &str) -> Option<Vec<Operand>> {
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return None;
    }
    let mut operands = Vec::new();
    let mut wants_operand = true;
    let mut exception = false;
    let mut choice = false;
    let tagged = text.trim_start().strip_prefix("SPDX-License-Identifier:");
    let body = tagged.unwrap_or(text);
    let mut at = text.len() - body.len();
    for word in body.split_inclusive([' ', '\t', '\n', '(', ')']) {
        let start = at;
        at += word.len();
        let word = word.trim_matches([' ', '\t', '\n', '(', ')']);
        if word.is_empty() {
            continue;
        }
        match (word, wants_operand) {
            ("AND", false) => wants_operand = true,
            ("OR", false) => {
                wants_operand = true;
                choice = true;
            }
            ("WITH", false) => exception = true,
            (_, false) if exception => exception = false,
            (id, true) => {
                if !id.bytes().all(is_of_id) {
                    return None;
                }
                let meaning = match (LegalTool::from_spdx(id), find(id)) {
                    (Some(tool), _) => Meaning::Tool(tool),
                    (None, Some(id)) => Meaning::Spdx(id),
                    (None, None) => return None,
                };
                operands.push(Operand {
                    span: start..start + word.len(),
                    meaning,
                    choice,
                });
                wants_operand = false;
            }
            _ => return None,
        }
    }
    for operand in &mut operands {
        operand.choice = choice;
    }
    (!wants_operand && !exception).then_some(operands)
}

/// Whether an id is also an everyday word or name, which alone says little:
/// `MIT`, `ISC`, `W3C`.
pub(super) fn is_everyday(id: &str) -> bool {
    !id.contains('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_any_case_and_old_ones_too() {
        assert_eq!(find("apache-2.0"), Some("Apache-2.0"));
        assert_eq!(find("GPL-3.0+"), Some("GPL-3.0-or-later"));
        assert_eq!(find("CC-BY-4.0"), None);
        for id in IDS {
            assert_eq!(find(id), Some(*id));
        }
    }

    #[test]
    fn expressions_are_read_whole_or_not_at_all() {
        let read = |text| {
            let operands = expression(text)?;
            Some(
                operands
                    .into_iter()
                    .map(|o| (text[o.span].to_owned(), o.choice))
                    .collect(),
            )
        };
        let pairs = |p: &[(&str, bool)]| -> Option<Vec<(String, bool)>> {
            Some(p.iter().map(|(id, choice)| ((*id).to_owned(), *choice)).collect())
        };
        assert_eq!(read("MIT"), pairs(&[("MIT", false)]));
        assert_eq!(read("SPDX-License-Identifier: MIT"), pairs(&[("MIT", false)]));
        assert_eq!(
            read("(CC-BY-4.0 OR MIT)"),
            pairs(&[("CC-BY-4.0", true), ("MIT", true)])
        );
        assert_eq!(read("MIT AND OFL-1.1"), pairs(&[("MIT", false), ("OFL-1.1", false)]));
        assert_eq!(
            read("GPL-2.0-only WITH Classpath-exception-2.0"),
            pairs(&[("GPL-2.0-only", false)])
        );
        for text in ["", "MIT OR", "MIT or later", "Massachusetts", "OR MIT", "MIT MIT"] {
            assert_eq!(expression(text), None, "{text}");
        }
    }
}

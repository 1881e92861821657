//! Whether a text is the bare name of a person or an institution.

/// Small words that stand in names.
const PARTICLES: &[&str] = &[
    "a", "af", "al", "am", "an", "and", "at", "att", "au", "aus", "auf", "av", "bei",
    "beim", "bin", "by", "c/o", "co", "courtesy", "d", "da", "das", "de", "degli", "dei",
    "del", "della", "delle", "dello", "dem", "den", "der", "des", "di", "die", "do",
    "dos", "du", "durch", "e", "ed", "el", "en", "et", "for", "from", "för", "für", "i",
    "ibn", "im", "in", "la", "las", "le", "les", "los", "mbh", "na", "o", "och", "of",
    "og", "on", "op", "par", "per", "photo", "por", "pour", "s", "sur", "t", "te", "ten",
    "ter", "the", "till", "to", "u", "und", "van", "ved", "vom", "von", "voor", "w", "y",
    "z", "zu", "zum", "zur", "à", "às",
];

/// What says something about rights, however it is written.
const OF_RIGHTS: &[&str] = &[
    "access",
    "allowed",
    "copyleft",
    "forbidden",
    "freeware",
    "gemeinfrei",
    "license",
    "licence",
    "lizenz",
    "nutzung",
    "permission",
    "permitted",
    "prohibited",
    "rechte",
    "restricted",
    "restrictions",
    "reuse",
    "rights",
    "royalty",
    "shareware",
    "unrestricted",
    "usage",
    "use",
    "verboten",
];

/// How many words a name with its institution and address may have.
const WORDS: usize = 12;

/// How many letters of a script without case a name may have.
const CASELESS: usize = 20;

/// Whether `text` looks like the name of a person or an institution, perhaps with a
/// year: “Stadtmuseum Beispiel”, “Vincent van Gogh, 1888”.
///
/// Every word but a small one begins with a capital letter, and none speaks of
/// rights. A single word is a name however it is written.
pub fn is_name(text: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .map(bare)
        .filter(|word| !word.is_empty())
        .take(WORDS + 1)
        .collect();
    if words.len() > WORDS {
        return false;
    }
    let of_rights = |word: &String| {
        let word = word.to_lowercase();
        word.split('-').any(|part| OF_RIGHTS.contains(&part))
    };
    if words.iter().any(of_rights) {
        return false;
    }
    let is_lower = |word: &&String| word.starts_with(char::is_lowercase);
    let is_particle = |word: &String| PARTICLES.contains(&&*word.to_lowercase());
    let is_cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let caseless = text.chars().filter(|c| c.is_alphabetic() && !is_cased(*c)).count();
    // The name of an account, an address.
    let is_address = |word: &&String| word.contains(['@', '.', '/', '_']);
    let is_told =
        |word: &String| !is_lower(&word) || is_particle(word) || is_address(&word);
    caseless <= CASELESS
        && (words.len() <= 1 || words.iter().all(is_told))
        && (words.len() <= 1 || words.iter().any(|w| !is_lower(&w) || is_address(&w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_is_said_about_rights() {
        for (text, expected) in [
            ("Stadtmuseum Beispiel", true),
            ("Vincent van Gogh, 1888", true),
            ("Jane Doe / City Museum, Department of Prints and Drawings", true),
            ("Photo by Jane Doe", true),
            ("E.T.", true),
            ("jdoe", true),
            ("Klaus@SBiB", true),
            ("Jane Doe, www.example.org", true),
            ("国立美術館", true),
            ("2019", true),
            ("", true),
            ("Free for all", false),
            ("copy freely", false),
            ("Open access", false),
            ("Open Access", false),
            ("Royalty-Free", false),
            ("Some rights reserved", false),
            ("It is forbidden to use for evil purposes", false),
            ("Nutzung nur nach Absprache mit dem Archiv", false),
            ("Bitte fragen Sie das Archiv", false),
            ("for the", false),
        ] {
            assert_eq!(is_name(text), expected, "{text}");
        }
    }
}

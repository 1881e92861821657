//! What rights texts say besides licenses: copyright notices, "all rights
//! reserved", "public domain", terms added, placeholders.
//!
//! The words are in `notice/phrases.tsv`, a row a phrase. To teach a phrase,
//! add a row with what it does (the kinds are explained in `phrases.rs`), its
//! language and its words; case, accents, hyphens and spaces do not matter.
//! Then add a text that has it to the tests, and one that only looks so.

mod name;
mod owner;
mod phrases;
mod placeholders;
mod says;
mod terms;
mod text;

#[cfg(test)]
mod tests;

pub use name::is_name;
pub use owner::{Notice, notice};
pub use placeholders::{
    has_lost_characters, is_blank, is_contact, is_device_default, is_empty_notice,
    is_namespace_url, is_placeholder_creator, is_placeholder_title, is_software_name,
    lacks_scheme,
};
pub use says::{Says, says};
pub use terms::extra_terms;

use super::memo::{Memo, remembered};
use phrases::{Hit, Kind, Reading};
use text::Gap;

/// Whether `text` claims copyright: "© 2019 Jane Doe", "Copyright City Museum",
/// "protected by copyright".
///
/// "No copyright", "Copyright-free" and an empty notice ("Copyright") do not.
pub fn claims_copyright(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_claims_copyright)
}

fn read_claims_copyright(text: &str) -> bool {
    if notice(text).is_some() {
        return true;
    }
    let reading = Reading::new(text);
    reading
        .hits(Kind::Protected)
        .any(|hit| !reading.is_denied_or_hedged(hit, 4) && !is_subject(&reading, hit))
}

/// Whether "copyright" at the end of `hit` is the subject of studies: "in
/// copyright law".
fn is_subject(reading: &Reading<'_>, hit: Hit) -> bool {
    let next = reading.text.word(hit.end);
    SUBJECTS.contains(&next)
        && reading.text.words.get(hit.end).is_some_and(|w| w.gap == Gap::Space)
}

const SUBJECTS: &[&str] = &[
    "law",
    "laws",
    "legislation",
    "matters",
    "issues",
    "policy",
    "advice",
    "education",
    "literacy",
    "questions",
    "reform",
    "history",
    "theory",
    "cases",
    "act",
    "licensing",
    "disputes",
    "office",
];

/// Whether `text` reserves all rights, in any of the languages known.
pub fn reserves_all_rights(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_reserves_all_rights)
}

fn read_reserves_all_rights(text: &str) -> bool {
    let reading = Reading::new(text);
    reading.hits(Kind::Reserved).any(|hit| !reading.is_denied(hit, 1))
}

/// Whether `text` is the sentence by which CC0 is applied to a work: "To the extent
/// possible under law, Jane Doe has waived all copyright and related or neighboring
/// rights to this work." It does not name CC0.
pub fn waives_copyright(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    letters
        .split_once("totheextentpossibleunderlaw")
        .is_some_and(|(_, rest)| rest.contains("waivedallcopyright"))
}

/// Whether `text` says that the work is in the public domain, in prose.
///
/// "Not in the public domain", "if it is in the public domain" and "enters the
/// public domain in 2040" do not.
pub fn says_public_domain(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_says_public_domain)
}

fn read_says_public_domain(text: &str) -> bool {
    let reading = Reading::new(text);
    reading.hits(Kind::PublicDomain).any(|hit| !reading.is_denied_or_hedged(hit, 1))
}

//! What the pages of a document say of its license.
//!
//! A link states nothing by itself: a paper links to the licenses of the pictures
//! that it borrows. It takes the role that the words of its page give to the same
//! license, and stays unclear where they do not speak of it.
//!
//! What stands on a page that a repository has put before the work grants nothing by
//! itself: it was written by another, and often once for all that is deposited there.
//!
//! The words of a page speak of pictures, of data and of the works of others. A
//! sentence grants only if none of these comes before the work as its subject:
//! "This work, with all images" does, "The photograph on this page" does not.

use std::ops::Range;

use super::licenses::same;
use crate::license::{Meaning, Reference, Role, notice};
use crate::model::{Candidate, Evidence, Location, Property};

/// How many references of one page are compared with its links.
const COMPARED: usize = 100;

/// Gives what stands on pages among `candidates` their roles.
pub(super) fn settle(evidence: &Evidence, candidates: &mut [Candidate]) {
    doubt_parts(evidence, candidates);
    waive(evidence, candidates);
    let of = |property| -> Vec<Candidate> {
        let is = |c: &&Candidate| evidence[c.statement].property == property;
        candidates.iter().filter(is).cloned().collect()
    };
    let (text, links) = (of(Property::PageText), of(Property::Link));
    let on_page = |of: &Candidate, all: &[Candidate]| -> Vec<Reference> {
        let at = &evidence[of.statement].location;
        let is_there = |c: &&Candidate| {
            let there = &evidence[c.statement].location;
            (there.file, &there.key) == (at.file, &at.key)
        };
        all.iter().filter(is_there).take(COMPARED).map(|c| c.reference.clone()).collect()
    };
    for candidate in candidates.iter_mut() {
        if evidence[candidate.statement].property == Property::Link {
            let (text, links) = (on_page(candidate, &text), on_page(candidate, &links));
            candidate.reference.role = role(&candidate.reference, &text, &links);
        }
    }
}

/// How words begin that stand for a work as a whole, in the languages of the names
/// of licenses.
const WORKS: [&str; 46] = [
    "work",
    "document",
    "article",
    "paper",
    "book",
    "report",
    "publication",
    "thesis",
    "dissertation",
    "text",
    "material",
    "content",
    "journal",
    "guide",
    "manual",
    "presentation",
    "poster",
    "slides",
    "course",
    "resource",
    "chapter",
    "werk",
    "dokument",
    "artikel",
    "aufsatz",
    "buch",
    "bericht",
    "veröffentlichung",
    "publikation",
    "beitrag",
    "arbeit",
    "inhalt",
    "œuvre",
    "oeuvre",
    "livre",
    "rapport",
    "thèse",
    "mémoire",
    "obra",
    "artículo",
    "libro",
    "tesis",
    "opera",
    "artigo",
    "trabalho",
    "boek",
];

/// How words begin that stand for a part of a work, or for another one.
const OTHERS: [&str; 51] = [
    "image",
    "asset",
    "sample",
    "figur",
    "photo",
    "foto",
    "pictur",
    "illustra",
    "drawing",
    "diagram",
    "chart",
    "table",
    "cover",
    "logo",
    "icon",
    "dataset",
    "data",
    "code",
    "software",
    "font",
    "typeface",
    "template",
    "video",
    "audio",
    "supplement",
    "their",
    "bild",
    "abbildung",
    "grafik",
    "zeichnung",
    "titelbild",
    "daten",
    "couverture",
    "données",
    "logiciel",
    "imagen",
    "imagem",
    "immagin",
    "ilustra",
    "datos",
    "dados",
    "portada",
    "copertina",
    "afbeelding",
    "reproduced",
    "reprinted",
    "adapted",
    "modified",
    "retrieved",
    "courtesy",
    "credit",
];

/// Works of which a sentence speaks in general.
const MANY: [&str; 8] = [
    "articles",
    "papers",
    "books",
    "works",
    "journals",
    "publications",
    "reports",
    "documents",
];

/// How verbs begin behind which stands what a license is for: "CC0 applies to the
/// data".
const APPLIES: [&str; 7] =
    ["appl", "aplic", "gilt", "gelten", "concern", "cover", "extend"];

/// What stands before a license in a reference to another work.
const CITED: [&str; 11] = [
    "retrieved",
    "accessed",
    "doi",
    "http",
    "www.",
    "isbn",
    "issn",
    "vol.",
    "et al.",
    "(19",
    "(20",
];

/// How much before a reference is looked at for the subject of its sentence, in
/// bytes.
const SENTENCE: usize = 400;

/// Makes grants unclear that are about a part of the work.
fn doubt_parts(evidence: &Evidence, candidates: &mut [Candidate]) {
    for candidate in candidates {
        let statement = &evidence[candidate.statement];
        let reference = &mut candidate.reference;
        if statement.property == Property::PageText
            && reference.role == Role::Grant
            && !reference.with_exception
            && is_about_other(&statement.value, &reference.span)
        {
            reference.role = Role::Unclear;
        }
    }
}

/// What the first noun of a phrase stands for, as far as it is known.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Work,
    Other,
}

fn subject(phrase: &str) -> Option<Subject> {
    let words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
    let words = words.iter().flat_map(|word| {
        word.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
    });
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        let begins =
            |word: &str, stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
        if begins(word, &OTHERS) || MANY.contains(&word) {
            return Some(Subject::Other);
        }
        if begins(word, &WORKS) {
            // "This presentation template".
            let is_part = words.peek().is_some_and(|next| begins(next, &OTHERS));
            return Some(if is_part { Subject::Other } else { Subject::Work });
        }
    }
    None
}

/// Whether the sentence of `text` around a license is about something else than the
/// work.
fn is_about_other(text: &str, license: &Range<usize>) -> bool {
    let far = license.start.saturating_sub(SENTENCE);
    let far = (far..=license.start).find(|at| text.is_char_boundary(*at));
    let before = far.and_then(|far| text.get(far..license.start)).unwrap_or_default();
    let sentence = before.get(sentence_start(before)..).unwrap_or_default();
    if let Some(subject) = subject(sentence) {
        return subject == Subject::Other;
    }
    let behind = text.get(license.end..).unwrap_or_default();
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind = behind.split(['.', ';']).next().unwrap_or_default();
    let verb = behind.split(' ').next().unwrap_or_default().to_lowercase();
    if APPLIES.iter().any(|stem| verb.starts_with(stem)) {
        return subject(behind) != Some(Subject::Work);
    }
    // Nothing is named: the sentence belongs to what stands before it.
    let paragraph = before.rfind("\n\n").and_then(|at| before.get(at..));
    let paragraph = paragraph.unwrap_or(before).to_lowercase();
    CITED.iter().any(|mark| paragraph.contains(mark))
}

/// Where the last sentence of `text` begins. A full stop behind a short word may
/// belong to it: "Photo by R. Roe".
fn sentence_start(text: &str) -> usize {
    let paragraph = text.rfind("\n\n").map_or(0, |at| at + 2);
    let mut ends = text.match_indices(['.', '!', '?']).filter(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + 1..]);
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
        let is_long = |word: &str| match word.chars().count() {
            ..=1 => false,
            2 | 3 => word.chars().all(char::is_lowercase),
            _ => true,
        };
        word.is_some_and(is_long) && after.starts_with(char::is_whitespace)
    });
    ends.next_back().map_or(paragraph, |(at, _)| paragraph.max(at + 1))
}

/// Makes CC0 granted on a page where it is named and the sentence stands by which
/// it is applied. That does not name it, and is often a paragraph of its own.
fn waive(evidence: &Evidence, candidates: &mut [Candidate]) {
    let waivers: Vec<&Location> = evidence
        .about(Property::PageText)
        .filter(|(_, s)| !s.location.is_aside() && !s.location.is_of_cover())
        .filter(|(_, s)| notice::waives_copyright(&s.value))
        .map(|(_, s)| &s.location)
        .take(COMPARED)
        .collect();
    let open = candidates.iter_mut().filter(|c| c.reference.role == Role::Unclear);
    for candidate in open {
        let statement = &evidence[candidate.statement];
        let is_zero = matches!(
            candidate.reference.meaning,
            Meaning::Tool(tool) if tool.unit().as_str() == "zero"
        );
        let at = &statement.location;
        let is_there = |w: &&Location| (w.file, &w.key) == (at.file, &at.key);
        if is_zero
            && statement.property == Property::PageText
            && waivers.iter().any(is_there)
        {
            candidate.reference.role = Role::Grant;
        }
    }
}

/// The role of `link` on a page with this text and these links.
fn role(link: &Reference, text: &[Reference], links: &[Reference]) -> Role {
    if is_no_tool(&link.meaning) {
        return Role::Mention;
    }
    let alone =
        links.iter().all(|l| is_no_tool(&l.meaning) || same(&l.meaning, &link.meaning));
    let roles: Vec<Role> = text
        .iter()
        .filter(|r| {
            // "Under a Creative Commons license": which one, the link tells.
            let left_to_link = alone && is_no_tool(&r.meaning) && r.role == Role::Grant;
            left_to_link || names(&link.meaning) && same(&r.meaning, &link.meaning)
        })
        .map(|r| r.role)
        .collect();
    let says = |role| roles.contains(&role);
    if says(Role::Grant) && !says(Role::Negation) && !says(Role::Exception) {
        Role::Grant
    } else if !roles.is_empty() && roles.iter().all(|r| *r == Role::Mention) {
        Role::Mention
    } else {
        Role::Unclear
    }
}

fn is_no_tool(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::NotATool { .. })
}

fn names(meaning: &Meaning) -> bool {
    meaning.is_settled() || matches!(meaning, Meaning::Unversioned { .. })
}

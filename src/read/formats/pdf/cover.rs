//! Covers: pages that a repository or the site of a publisher puts before a document
//! when it is deposited or downloaded.
//!
//! Within one file a cover is known by what it says and by how it was made. It tells
//! which version this is, how to cite it, whence it was downloaded, who provides it
//! and on which terms; and another program made it than made the document, so that
//! no font of it is used on the next page. Neither is enough alone: the first page
//! of an article may ask to be cited, and a title page may have fonts of its own.
//!
//! Across files, a cover is the same page before different works. What is needed to
//! tell that is noted of the first page: [`FirstPage`].

use std::collections::HashSet;

use memchr::memmem;

use super::document::Document;
use super::object::{Dict, Object};
use super::pages::Page;
use crate::model::FirstPage;

/// What a cover tells, a bit each.
const VERSION: u8 = 1;
const CITATION: u8 = 2;
const DOWNLOAD: u8 = 4;
const PROVIDER: u8 = 8;
const TERMS: u8 = 16;

/// The words by which that is known, without white space, in lower case.
const WORDS: &[(u8, &str)] = &[
    (VERSION, "repositorycopy"),
    (VERSION, "author'sversion"),
    (VERSION, "author’sversion"),
    (VERSION, "acceptedmanuscript"),
    (VERSION, "acceptedversion"),
    (VERSION, "authorproduced"),
    (VERSION, "author-produced"),
    (VERSION, "peerreviewedversion"),
    (VERSION, "peer-reviewedversion"),
    (VERSION, "documentversion"),
    (VERSION, "publishedversion"),
    (VERSION, "publisher'sversion"),
    (VERSION, "publisher’sversion"),
    (VERSION, "versionofrecord"),
    (VERSION, "postprint"),
    (VERSION, "versiondel'auteur"),
    (CITATION, "tocitethis"),
    (CITATION, "pleasecite"),
    (CITATION, "citethisversion"),
    (CITATION, "howtocite"),
    (CITATION, "citationforpublished"),
    (CITATION, "suggestedcitation"),
    (CITATION, "recommendedcitation"),
    (CITATION, "originalcitation"),
    (CITATION, "citerce"),
    (CITATION, "pourciter"),
    (CITATION, "zitierung"),
    (CITATION, "zitiervorschlag"),
    (CITATION, "cómocitar"),
    (DOWNLOAD, "downloadedfrom"),
    (DOWNLOAD, "downloadedon"),
    (DOWNLOAD, "downloaddate"),
    (DOWNLOAD, "beendownloaded"),
    (DOWNLOAD, "wasdownloaded"),
    (DOWNLOAD, "contentdownloaded"),
    (DOWNLOAD, "generatedautomatically"),
    (DOWNLOAD, "documentgénéréle"),
    (DOWNLOAD, "généréautomatiquement"),
    (DOWNLOAD, "heruntergeladen"),
    (DOWNLOAD, "electroniccopyavailable"),
    (DOWNLOAD, "uploadedby"),
    (PROVIDER, "repositor"),
    (PROVIDER, "researchportal"),
    (PROVIDER, "researchexplorer"),
    (PROVIDER, "researchonline"),
    (PROVIDER, "openaccessarchive"),
    (PROVIDER, "archiveouverte"),
    (PROVIDER, "providedby"),
    (PROVIDER, "broughttoyou"),
    (PROVIDER, "zurverfügunggestelltvon"),
    (PROVIDER, "permanentlink"),
    (PROVIDER, "permalink"),
    (PROVIDER, "stableurl"),
    (PROVIDER, "itemrecord"),
    (PROVIDER, "hdl.handle.net"),
    (PROVIDER, "eprint"),
    (PROVIDER, "halid:"),
    (PROVIDER, "jstor"),
    (PROVIDER, "researchgate.net"),
    (PROVIDER, "escholarship"),
    (TERMS, "takedown"),
    (TERMS, "take-down"),
    (TERMS, "termsofuse"),
    (TERMS, "termsandconditions"),
    (TERMS, "terms&conditions"),
    (TERMS, "conditionsofuse"),
    (TERMS, "generalrights"),
    (TERMS, "moralrights"),
    (TERMS, "copyrightandreuse"),
    (TERMS, "usersmaydownload"),
    (TERMS, "breachescopyright"),
    (TERMS, "enduserlicen"),
    (TERMS, "nutzungsbedingungen"),
    (TERMS, "conditionsd'utilisation"),
    (TERMS, "condicionesdeuso"),
];

/// How much of a page is looked at, in bytes.
const TEXT: usize = 16 << 10;
/// The longest text of a page that may be a cover where its fonts tell so, and where
/// they do not, in bytes without white space. The first page of an article mostly has
/// more.
const OWN_FONTS: usize = 4_000;
const SHARED_FONTS: usize = 2_000;

/// Whether a page that shows `text` is a cover of the document that goes on with
/// `next`.
pub(super) fn is_cover(
    document: &mut Document<'_, '_>,
    text: &str,
    page: &Page,
    next: &Page,
) -> bool {
    let letters = start(text).chars().filter(|c| !c.is_whitespace());
    let squashed: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if squashed.len() > OWN_FONTS {
        return false;
    }
    // One search for each costs less over a page than an automaton for all.
    let is_told = |words: &str| memmem::find(squashed.as_bytes(), words.as_bytes());
    let told = WORDS.iter().fold(0, |told, (kind, words)| match told & kind {
        0 if is_told(words).is_some() => told | kind,
        _ => told,
    });
    let told = told.count_ones();
    match told {
        ..=1 => false,
        3.. if squashed.len() <= SHARED_FONTS => true,
        _ => {
            let (ours, theirs) = (fonts(document, page), fonts(document, next));
            !ours.is_empty() && ours.is_disjoint(&theirs)
        }
    }
}

fn start(text: &str) -> &str {
    let end = (0..=TEXT.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The object numbers of the fonts in the resources of a page.
fn fonts(document: &mut Document<'_, '_>, page: &Page) -> HashSet<u32> {
    let mut dict = |object: &Object| match document.resolve(object) {
        Ok(Object::Dict(dict)) => dict,
        _ => Dict::default(),
    };
    let resources = dict(&page.resources);
    let fonts = dict(resources.get("Font").unwrap_or(&Object::Null));
    let number = |(_, font): &(Box<[u8]>, Object)| match font {
        Object::Ref(id) => Some(id.number),
        _ => None,
    };
    fonts.0.iter().filter_map(number).collect()
}

/// What a first page that shows `text` is like, where `rest` is a mark of what
/// follows.
pub(super) fn first_page(text: &str, rest: u32) -> FirstPage {
    let words: Vec<u32> = start(text).split_whitespace().filter_map(word).collect();
    let runs = words.windows(3);
    let run = |run: &[u32]| mixed(run.iter().fold(0, |sum, word| mixed(sum ^ word)));
    let mut marks: Vec<u32> = runs.map(run).collect();
    // The rest of them need not be sorted.
    let few = FirstPage::MARKS * 8;
    if marks.len() > few {
        marks.select_nth_unstable(few);
        marks.truncate(few);
    }
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(FirstPage::MARKS);
    FirstPage { marks, rest }
}

/// A mark of the letters of a word; none of numbers, addresses and names of files,
/// which differ from one cover to the next.
fn word(word: &str) -> Option<u32> {
    if word.contains(|c: char| c.is_numeric() || matches!(c, '/' | '@')) {
        return None;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let mark = |sum, c| mixed(sum ^ u32::from(c));
    let sum = letters.flat_map(char::to_lowercase).fold(0, mark);
    (sum != 0).then_some(sum)
}

/// A mark of `text`.
pub(super) fn mark(text: &str) -> u32 {
    start(text).bytes().fold(1, |sum, byte| mixed(sum ^ u32::from(byte)))
}

/// Spreads the bits of a number, each of which then changes half of them.
fn mixed(number: u32) -> u32 {
    let number = number.wrapping_add(0x9E37_79B9);
    let number = (number ^ (number >> 16)).wrapping_mul(0x21F0_AAAD);
    let number = (number ^ (number >> 15)).wrapping_mul(0x735A_2D97);
    number ^ (number >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "University repository. This is the accepted manuscript of \
        an article that was published elsewhere. Please cite the published version \
        where you can. Downloaded from the repository of the university. Copyright \
        stays with the authors, and the terms of use of the repository apply to \
        whoever reads, copies or prints this text.";

    fn like(one: &str, other: &str) -> bool {
        first_page(one, 0).is_like(&first_page(other, 1))
    }

    #[test]
    fn pages_of_one_template_are_alike_whatever_their_titles() {
        let page = |title: &str, place: &str| format!("{title}\n{TEMPLATE}\n{place}");
        let one = page("On the growth of mosses, by Ada Archivist", "hdl/1234/5678");
        let other = page("A history of ferries in eleven chapters", "hdl/1234/9");
        assert!(like(&one, &other));
        let broken = other.replace(' ', "\n");
        assert!(like(&one, &broken), "lines may break elsewhere");
    }

    #[test]
    fn pages_that_share_a_sentence_are_not_alike() {
        let shared = "This is an open access article under the CC BY license.";
        let page = |first: u32| {
            let letter = |n: u32| char::from_u32(u32::from('a') + n % 26).unwrap();
            let word = |n: u32| String::from_iter([n, n / 26, n / 676].map(letter));
            let words: Vec<String> = (first..first + 200).map(word).collect();
            format!("{shared} {}", words.join(" "))
        };
        assert!(!like(&page(0), &page(5_000)));
        assert!(like(&page(0), &page(0)));
        assert!(!like(shared, shared), "a sentence is no page");
    }

    #[test]
    fn marks_are_the_same_on_every_machine() {
        let page = first_page(TEMPLATE, mark("what follows"));
        assert_eq!(page.marks.len(), FirstPage::MARKS);
        assert!(page.marks.is_sorted());
        assert_eq!(mark(""), 1);
        assert_eq!(
            first_page("one two three", 0).marks,
            first_page("One, two; THREE!", 0).marks
        );
    }
}

//! What a link of a page to a license is there for.
//!
//! A link states nothing by itself: a paper links to the licenses of the pictures
//! that it borrows. It takes the role that the words of its page give to the same
//! license, and stays unclear where they do not speak of it.

use super::licenses::same;
use crate::license::{Meaning, Reference, Role};
use crate::model::{Candidate, Evidence, Property};

/// How many references of one page are compared with its links.
const COMPARED: usize = 100;

/// Gives the links among `candidates` their roles.
pub(super) fn settle(evidence: &Evidence, candidates: &mut [Candidate]) {
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

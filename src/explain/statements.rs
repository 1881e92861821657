//! Pages of the statements of rightsstatements.org.

use super::Page;
use crate::license::RightsStatement;

/// The page of a statement.
pub(super) fn page(statement: RightsStatement) -> String {
    let mut page = Page::new(&format!("{}: {}", statement.code(), statement.label()));
    page.blank();
    page.entry("address", statement.uri());
    page.entry("page", &statement.page_url());
    let (says, when) = words(statement.code());
    page.paragraph(says);
    page.heading("When to use it");
    page.paragraph(when);
    page.heading("What to know");
    page.paragraph(match statement.code() {
        "InC-EDU" | "InC-NC" => {
            "A rights statement is no license. This one passes on what the rights holder \
             has allowed, in one phrase and without terms. It is for objects for which \
             there is no license of Creative Commons and no public domain tool; beside \
             one of those it contradicts them."
        }
        _ => {
            "A rights statement is no license. It tells what an institution has found out \
             about the copyright in an object, and permits nothing by itself. It is for \
             objects for which there is no license of Creative Commons and no public \
             domain tool; beside one of those it contradicts them."
        }
    });
    page.paragraph(
        "Its address begins with http and has /vocab/ in it; that is its identifier. The \
         page with https and /page/ is for people to read.",
    );
    page.0
}

/// What a statement says, and when it fits.
fn words(code: &str) -> (&'static str, &'static str) {
    match code {
        "InC" => (
            "The object is in copyright.",
            "Where the copyright is known to last: the institution holds it, has been \
             allowed to show the object, or relies on an exception of the law.",
        ),
        "InC-OW-EU" => (
            "The object is an orphan work in the sense of Directive 2012/28/EU: in \
             copyright, and nobody who holds the rights could be found.",
            "Only where a diligent search was made and the work was registered with the \
             database of the EUIPO. The directive covers texts, films and sound, and not \
             photographs or other images standing alone.",
        ),
        "InC-EDU" => (
            "The object is in copyright, and may be used for education without asking.",
            "Only where the institution holds the rights, or was authorised by those who \
             do to let everybody use the object so.",
        ),
        "InC-NC" => (
            "The object is in copyright, and may be used for purposes that are not \
             commercial without asking.",
            "Only where the institution holds the rights, or was authorised by those who \
             do to let everybody use the object so. A license of Creative Commons says \
             the same with more certainty.",
        ),
        "InC-RUU" => (
            "The object is in copyright, and those who hold the rights are unknown or \
             cannot be found.",
            "Where a reasonable search led nowhere, outside of the European rules on \
             orphan works.",
        ),
        "NoC-CR" => (
            "The object is not in copyright, but a contract limits how it may be used.",
            "Where the institution has signed such a contract, for instance with a partner \
             in digitising. Say where the terms can be read.",
        ),
        "NoC-NC" => (
            "The object is not in copyright, and a contract forbids commercial use for a \
             time.",
            "Where it was digitised by a public-private partnership that says so. Say on \
             which day the limit ends.",
        ),
        "NoC-OKLR" => (
            "The object is not in copyright, and some other law limits how it may be used: \
             protection of heritage, of traditional knowledge, of privacy.",
            "Where that law is known. Say where it can be read.",
        ),
        "NoC-US" => (
            "The object is not in copyright in the United States. Elsewhere it may be.",
            "Where that was found under the law of the United States and not looked into \
             for other countries.",
        ),
        "CNE" => (
            "Nobody has looked into the copyright of the object.",
            "Where no attempt was made yet. It is honest, and an invitation to find out.",
        ),
        "UND" => (
            "The copyright of the object was looked into, and could not be determined.",
            "Where facts are missing that would decide it.",
        ),
        "NKC" => (
            "No copyright is known, though it was not found for certain that there is none.",
            "Where the institution has reason to believe that the object is free, and does \
             not want to say that it is.",
        ),
        _ => ("See its page.", "See its page."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::RIGHTS_STATEMENTS;

    #[test]
    fn every_statement_has_words_of_its_own() {
        for statement in RIGHTS_STATEMENTS.iter() {
            assert_ne!(words(statement.code()).0, "See its page.", "{statement:?}");
        }
    }
}

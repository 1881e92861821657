//! `unicode-lookalike-in-uri`

use super::words::{is_page, place};
use super::{Case, Findings, Group};
use crate::model::{Fix, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses that contain characters which only look like those of an address: a
    /// non-breaking hyphen or a dash for a hyphen, or a space that does not show.
    ///
    /// ```tasl,flagged
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC‑EDU/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC-EDU/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// It looks right and never matches: programs compare characters. Word processors
    /// put them in when an address is copied through a document. It has happened to
    /// whole repositories in a migration.
    ///
    /// ## How to fix it
    ///
    /// Copy the address from its page in the browser. The finding says what it becomes.
    id: "unicode-lookalike-in-uri",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "An address contains characters that only look right",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        let value = &statement.value;
        if value.is_ascii() || is_page(statement) {
            continue;
        }
        let clean = |word: &str| -> String { word.chars().filter_map(meant).collect() };
        let word = value.split([' ', '\t', '\n', '\r']).find(|word| {
            word.contains("://") && word.chars().any(|c| meant(c) != Some(c))
        });
        let Some(word) = word else { continue };
        let (now, place) = (clean(word), place(statement));
        let finding = findings
            .report(format!("an address in {place} only looks like “{now}”"), [id]);
        if word.len() == value.trim().len() {
            finding.fix(Fix::Replace { statement: id, value: now });
        }
    }
}

/// The character that `c` looks like; `None` for one that does not show.
fn meant(c: char) -> Option<char> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{00A0}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {
            None
        }
        c => Some(c),
    }
}

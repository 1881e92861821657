//! `mojibake`

use encoding_rs::{MACINTOSH, UTF_8, WINDOWS_1252};

use super::words::{is_page, place, quoted};
use super::{Case, Findings, Group};
use crate::model::{Fix, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Text that was read in another character set than it was written in.
    ///
    /// ```tasl,flagged
    /// iptc  2:116   Â© Corbis
    /// ```
    ///
    /// ```tasl,flagged
    /// iptc  2:80    Jens TrŸbiger
    /// ```
    ///
    /// ```tasl,flagged
    /// iptc  2:05    Tosteberga €ngar
    /// ```
    ///
    /// ```tasl,clean
    /// iptc  2:80    Jens Trübiger
    /// iptc  2:116   © Ærø Museum, Škoda
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A misspelt name is a wrong credit, and no search finds it. Exif has no
    /// character set and IPTC often does not say which (IPTC-IIM 4.2, 1:90), so
    /// that programs guess.
    ///
    /// ## How to fix it
    ///
    /// Write the text anew: the finding gives what it probably was. For the future,
    /// set your programs to write UTF-8 everywhere.
    id: "mojibake",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Text was garbled by a wrong character set",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        if is_page(statement) {
            continue;
        }
        let text = &statement.value;
        let (said, place) = (|| quoted(text), || place(statement));
        if let Some(meant) = from_utf8(text) {
            let message = format!("{} in {} was {}", said(), place(), quoted(&meant));
            findings
                .report(message, [id])
                .fix(Fix::Replace { statement: id, value: meant });
        } else if let Some(meant) = from_macintosh(text) {
            let meant = quoted(&meant);
            let message = format!("{} in {} was probably {meant}", said(), place());
            findings.report(message, [id]).needs_review();
        }
    }
}

/// What `text` was if it is UTF-8 that somebody took for Windows-1252: `Ã©`.
fn from_utf8(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, unknown) = WINDOWS_1252.encode(text);
    let meant = (!unknown)
        .then(|| UTF_8.decode_without_bom_handling_and_without_replacement(&bytes))??;
    (meant.chars().count() < text.chars().count()).then(|| meant.into_owned())
}

/// What `text` was if it is Mac Roman that somebody took for Windows-1252: a
/// capital letter that is not ASCII, or a sign, stands between small letters or
/// before them.
fn from_macintosh(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut garbled = false;
    while let Some(c) = chars.next() {
        let next_is_small = chars.peek().is_some_and(char::is_ascii_lowercase);
        garbled |= next_is_small
            && match c {
                'Ÿ' | 'Š' | 'Ž' | 'Œ' | '‡' | '†' => before.is_ascii_lowercase(),
                '€' => before == ' ',
                _ => false,
            };
        before = c;
    }
    if !garbled {
        return None;
    }
    let (bytes, _, unknown) = WINDOWS_1252.encode(text);
    (!unknown).then(|| MACINTOSH.decode_without_bom_handling(&bytes).0.into_owned())
}

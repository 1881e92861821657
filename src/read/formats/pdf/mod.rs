//! PDF (ISO 32000-2): the information dictionary, the XMP of the catalog, and what
//! the pages say.
//!
//! A file is read from its end: the cross-reference table tells where the few
//! objects are that are wanted, and the rest of it is never looked at. Where
//! that table is broken, the objects are found by a pass over the file.
//!
//! The layers, each in a file of its own: bytes to objects ([`parse`]), objects
//! at a place ([`source`]), where the objects are ([`xref`], [`rebuild`]),
//! objects by number ([`document`], with [`filters`], [`crypt`] and [`cipher`]), and what
//! the document says ([`info`], with [`strings`]) and shows ([`examine`], with
//! [`pages`], [`text`] and [`cover`]).

mod annotations;
mod cipher;
mod cover;
mod crypt;
mod document;
mod examine;
mod filters;
mod info;
mod object;
mod pages;
mod parse;
mod rebuild;
mod source;
mod strings;
#[cfg(test)]
mod tests;
mod text;
mod xref;

use memchr::memmem;

use self::document::Document;
use self::source::Source;
use self::xref::Xref;
use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "pdf",
    media_type: "application/pdf",
    extensions: &["pdf"],
    pronom: &[
        "fmt/14", "fmt/15", "fmt/16", "fmt/17", "fmt/18", "fmt/19", "fmt/20", "fmt/276",
        "fmt/1129",
    ],
    sniff,
    walk,
};

/// How far from the start of the file the header may stand, as readers have it.
const HEADER: usize = 1024;
/// How far from the end `startxref` is looked for: where it should be, and
/// where more was appended.
const TAILS: [u64; 2] = [1 << 10, 1 << 16];

fn sniff(input: &mut Input<'_>) -> bool {
    match header(input) {
        Some(0) => true,
        // Something else may quote the header; a document has an end as well.
        Some(_) => tail(input, 1 << 10)
            .is_ok_and(|(_, tail)| memmem::find(&tail, b"startxref").is_some()),
        None => false,
    }
}

/// Where the header stands (7.5.2).
fn header(input: &Input<'_>) -> Option<usize> {
    let head = input.head();
    let head = head.get(..HEADER).unwrap_or(head);
    let at = memmem::find(head, b"%PDF-")?;
    let version = head.get(at + 5).is_some_and(u8::is_ascii_digit);
    (at == 0 || version).then_some(at)
}

/// The last `len` bytes of the file, and where they begin.
fn tail(input: &mut Input<'_>, len: u64) -> Result<(u64, Vec<u8>), Stop> {
    let at = input.len().saturating_sub(len);
    Ok((at, input.bytes(at, input.len() - at)?))
}

/// A way to read a document, and what came of it.
#[derive(Default)]
struct Attempt {
    /// Whether there are objects at all.
    opened: bool,
    found: Found,
    problems: Vec<Stop>,
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut best = attempt(open(input));
    if best.problems.iter().any(|stop| matches!(stop, Stop::Malformed(_))) {
        let mut second = attempt(rebuild::rebuild(Source { input, base: 0 }));
        let fewer = second.problems.len() < best.problems.len();
        if second.opened && (fewer || !best.opened) {
            best = second;
            best.problems.insert(0, REBUILT);
        } else if !second.opened {
            best.problems.append(&mut second.problems);
        }
    }
    found.items.append(&mut best.found.items);
    let mut told: Vec<Stop> = Vec::new();
    for stop in best.problems {
        // One password opens all of it.
        let twice = |t: &Stop| match (t, &stop) {
            (Stop::Encrypted(_), Stop::Encrypted(_)) => true,
            (one, other) => one.to_string() == other.to_string(),
        };
        if !told.iter().any(twice) {
            told.push(stop);
        }
    }
    told.into_iter().for_each(|stop| found.skip(stop));
    Ok(())
}

const REBUILT: Stop = Stop::Malformed(
    "the cross-reference table is broken; the objects were found by a pass over the file",
);

fn attempt(opened: Result<(Document<'_, '_>, Vec<Stop>), Stop>) -> Attempt {
    let mut attempt = Attempt::default();
    match opened {
        Ok((mut document, problems)) => {
            attempt.opened = true;
            attempt.problems = problems;
            if document.crypt.as_ref().is_some_and(|crypt| crypt.is_locked()) {
                attempt.problems.push(crypt::PASSWORD);
            }
            attempt.problems.append(&mut info::read(&mut document, &mut attempt.found));
            attempt
                .problems
                .append(&mut examine::read(&mut document, &mut attempt.found));
        }
        Err(stop) => attempt.problems.push(stop),
    }
    attempt
}

/// The document as its cross-reference sections show it, and what could not be
/// had.
fn open<'i, 'a>(input: &'i mut Input<'a>) -> Result<(Document<'i, 'a>, Vec<Stop>), Stop> {
    let base = header(input).unwrap_or(0) as u64;
    let start = startxref(input)?;
    let mut source = Source { input, base };
    let (xref, trailer) = match Xref::read(&mut source, start) {
        // Whoever put bytes before the header may have counted them.
        Err(Stop::Malformed(_)) if base > 0 => {
            source.base = 0;
            Xref::read(&mut source, start)?
        }
        read => read?,
    };
    let mut document = Document::new(source, xref, trailer);
    let mut problems = Vec::new();
    problems.extend(document.unlock().err());
    Ok((document, problems))
}

/// The offset of the newest cross-reference section (7.5.5).
fn startxref(input: &mut Input<'_>) -> Result<u64, Stop> {
    for len in TAILS {
        let (_, tail) = tail(input, len)?;
        let Some(at) = memmem::rfind(&tail, b"startxref") else { continue };
        let behind = tail.get(at + 9..).unwrap_or_default();
        // An update that was cut short: what it says is newer.
        if memmem::find(behind, b" obj").is_some() {
            return Err(Stop::Malformed("objects stand behind the last startxref"));
        }
        let mut parser = parse::Parser::new(behind, 0, true, input.limits());
        return parser.unsigned().map_err(Stop::from);
    }
    Err(Stop::Malformed("the document has no startxref"))
}

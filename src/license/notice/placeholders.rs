//! Values that stand where one was expected and say nothing.
//!
//! Whole values only: "Guest" is nobody, "Edgar Guest" a poet. Case, accents and
//! punctuation do not matter. To add a value, add a row to `placeholders.tsv` and
//! to the test.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::memo::{Memo, remembered};
use super::phrases::{Kind, Reading};
use super::text::Text;

/// Whole values, folded.
type Entries = LazyLock<HashSet<String>>;

/// Words that stand for a creator whom nobody named.
static NOBODY: Entries = LazyLock::new(|| entries("nobody"));

/// Words that stand for a title that nobody gave.
static NO_TITLE: Entries = LazyLock::new(|| entries("no-title"));

/// Words that begin a title that a program counts up: "Document1".
const COUNTED: &[&str] = &[
    "untitled",
    "document",
    "presentation",
    "slide",
    "unbenannt",
    "dokument",
    "prasentation",
    "documento",
    "presentacion",
    "presentazione",
    "documente",
    "naamloos",
    "slika",
    "文書",
    "文档",
];

/// Programs that write documents under the name they were exported from.
const OFFICE: &[&str] =
    &["microsoft word - ", "microsoft powerpoint - ", "microsoft excel - "];

/// The ends of the names of files that became titles.
const EXTENSIONS: &[&str] = &[
    ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".indd", ".dvi", ".ps", ".tex",
    ".htm", ".html", ".graffle", ".qxd",
];

/// How cameras begin the names of their files.
const CAMERA_FILES: &[&str] = &[
    "dsc", "dscn", "dscf", "img", "pict", "_dsc", "_mg", "mvi", "gopr", "dji", "sam",
    "pxl", "imgp", "cimg",
];

/// What cameras and programs write into descriptions unasked.
static DEVICES: Entries = LazyLock::new(|| entries("device"));

/// What programs begin a comment with.
const PROGRAM_COMMENTS: &[&str] = &[
    "creator: gd-jpeg",
    "applemark",
    "lead technologies",
    "file written by adobe photoshop",
    "created by imagegear",
];

/// Programs by their whole name.
static PROGRAMS: Entries = LazyLock::new(|| entries("program"));

/// Programs by the beginning of their name.
const PROGRAM_PREFIXES: &[&str] = &[
    "adobe photoshop",
    "adobe lightroom",
    "adobe illustrator",
    "adobe indesign",
    "adobe acrobat",
    "imagemagick",
    "microsoft word",
    "microsoft office",
    "microsoft powerpoint",
    "microsoft excel",
    "microsoft publisher",
    "microsoft windows",
    "microsoft paint",
    "microsoft photo",
    "microsoft print",
    "microsoft pro photo",
    "microsoft visio",
    "microsoft®",
    "https://imagemagick",
    "http://imagemagick",
    "http://www.imagemagick",
    "https://www.imagemagick",
];

/// Whether `text` holds nothing but spaces and NULs.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\u{feff}' | '\u{200b}'))
}

/// Whether `text` stands where a creator was expected and names nobody: blank,
/// "unknown", "admin", a program, a device default.
///
/// An address is no name either, and yet may lead to one: [`is_contact`].
pub fn is_placeholder_creator(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_is_placeholder_creator)
}

fn read_is_placeholder_creator(text: &str) -> bool {
    if is_blank(text) || is_software_name(text) || is_device_default(text) {
        return true;
    }
    let trimmed = trimmed(text);
    let lower = trimmed.to_lowercase();
    let only = |c: char| {
        matches!(trimmed.chars().next(), Some(first) if first == c)
            && trimmed.chars().all(|d| d == c)
    };
    // A reference to a Perl array that was printed for its contents.
    let array = lower
        .strip_prefix("array(0x")
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let pc = lower
        .strip_prefix("pc")
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    only('-') || only('?') || array || pc || is_one_of(text, &NOBODY)
}

/// Whether `text` stands where a title was expected and says nothing: blank,
/// "Untitled", "Microsoft Word - report.docx", "IMG_0001.JPG", an address.
pub fn is_placeholder_title(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_is_placeholder_title)
}

fn read_is_placeholder_title(text: &str) -> bool {
    if is_blank(text) || is_device_default(text) {
        return true;
    }
    let trimmed = trimmed(text);
    let lower = trimmed.to_lowercase();
    trimmed.chars().all(|c| c.is_ascii_digit())
        || is_one_of(text, &NO_TITLE)
        || is_counted(&lower)
        || is_camera_file(&lower)
        || begins_or_ends_like_a_file(&lower)
}

/// "Microsoft Word - report", "report.docx", an address.
fn begins_or_ends_like_a_file(lower: &str) -> bool {
    const PREFIXES: &[&str] = &["file:///", "http://", "https://", "dcim/", "dcim\\"];
    OFFICE.iter().chain(PREFIXES).any(|prefix| lower.starts_with(prefix))
        || lower.contains('.') && EXTENSIONS.iter().any(|end| lower.ends_with(end))
}

/// Whether `text` is what a camera or a program writes unasked, as a
/// description, a comment or a copyright notice: "OLYMPUS DIGITAL CAMERA",
/// "(C) by Caplio Pro G3 User".
pub fn is_device_default(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_is_device_default)
}

fn read_is_device_default(text: &str) -> bool {
    let trimmed = trimmed(text);
    let lower = trimmed.to_lowercase();
    let kodak =
        lower.strip_prefix("kodak ").and_then(|rest| rest.strip_suffix("digital camera"));
    let ricoh = lower.strip_prefix("(c) by ").and_then(|rest| rest.strip_suffix(" user"));
    let tagged = trimmed.ends_with('>')
        && ["<digimax", "<kenox"].iter().any(|prefix| lower.starts_with(prefix));
    kodak.is_some_and(|model| model.is_empty() || model.ends_with(' '))
        || ricoh.is_some_and(|model| !is_blank(model))
        || tagged
        || PROGRAM_COMMENTS.iter().any(|prefix| lower.starts_with(prefix))
        || ["dcim/", "dcim\\"].iter().any(|prefix| lower.starts_with(prefix))
        || is_one_of(text, &DEVICES)
}

/// Whether `text` is the name of a program: "Adobe Photoshop 7.0", "Picasa".
///
/// Makers of programs are also authors: "Microsoft Corporation" is none.
pub fn is_software_name(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_is_software_name)
}

fn read_is_software_name(text: &str) -> bool {
    let lower = trimmed(text).to_lowercase();
    PROGRAM_PREFIXES.iter().any(|prefix| lower.starts_with(prefix))
        || is_one_of(text, &PROGRAMS)
}

/// Whether `text` is an address and no name: of mail, or of the web.
pub fn is_contact(text: &str) -> bool {
    let trimmed = trimmed(text);
    if trimmed.contains(char::is_whitespace) {
        return false;
    }
    let lower = trimmed.to_lowercase();
    let mail = lower.split_once('@').is_some_and(|(user, host)| {
        let dotted = host.split_once('.');
        !user.is_empty()
            && dotted.is_some_and(|(name, end)| !name.is_empty() && !end.is_empty())
    });
    mail || ["http://", "https://", "mailto:", "www."]
        .iter()
        .any(|p| lower.starts_with(p))
}

/// Whether a copyright notice names no owner: "Copyright", "COPYRIGHT, 2005",
/// a bare sign, a device default. A blank one is [`is_blank`].
pub fn is_empty_notice(text: &str) -> bool {
    thread_local! {
        static MEMO: Memo<bool> = Memo::default();
    }
    remembered(&MEMO, text, read_is_empty_notice)
}

fn read_is_empty_notice(text: &str) -> bool {
    if is_device_default(text) {
        return true;
    }
    let reading = Reading::new(text);
    let copyright = reading.starts(Kind::Copyright);
    // No year has more than four digits, and no name has fewer letters than one.
    let says_nothing = |(index, marked): (usize, &bool)| {
        let word = reading.text.word(index);
        *marked || (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()))
    };
    copyright.contains(&true) && copyright.iter().enumerate().all(says_nothing)
}

/// Whether characters were lost on the way: four question marks in a row, or
/// the character that replaces others.
pub fn has_lost_characters(text: &str) -> bool {
    let marks = || text.as_bytes().windows(4).any(|four| four == b"????");
    text.contains('?') && marks() || !text.is_ascii() && text.contains('\u{fffd}')
}

/// Whether `text` is an address of the web that lacks its scheme.
pub fn lacks_scheme(text: &str) -> bool {
    trimmed(text).get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// Whether `text` is an address in Adobe's namespaces, which lead nowhere.
pub fn is_namespace_url(text: &str) -> bool {
    trimmed(text).to_ascii_lowercase().starts_with("http://ns.adobe.com/")
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'))
}

/// Values longer than this are never one of a table.
const LONGEST: usize = 200;

/// Whether the words of `text` are those of an entry.
fn is_one_of(text: &str, entries: &Entries) -> bool {
    let trimmed = trimmed(text);
    trimmed.len() <= LONGEST && entries.contains(&Text::new(trimmed).folded)
}

/// The values of one use in `placeholders.tsv`.
fn entries(wanted: &str) -> HashSet<String> {
    let rows =
        include_str!("placeholders.tsv").lines().filter_map(|row| row.split_once('\t'));
    rows.filter(|(name, _)| *name == wanted)
        .map(|(_, text)| Text::new(text).folded)
        .collect()
}

/// "document3", "Untitled-2", "untitled drawing".
fn is_counted(lower: &str) -> bool {
    let folded = Text::new(lower.get(..LONGEST.min(lower.len())).unwrap_or(lower)).folded;
    let folded = folded.trim();
    COUNTED.iter().any(|word| {
        folded.strip_prefix(word).is_some_and(|rest| {
            rest.bytes().all(|b| b.is_ascii_digit() || b == b' ')
                || *word == "untitled"
                    && lower.chars().all(|c| c.is_alphanumeric() || " -_".contains(c))
        })
    })
}

/// "DSC_0001", "IMG_20190101_120000.jpg", "P1010001.JPG".
fn is_camera_file(lower: &str) -> bool {
    let stem = match lower.rsplit_once('.') {
        Some((stem, end)) if (3..=4).contains(&end.len()) => {
            if !end.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return false;
            }
            stem
        }
        _ => lower,
    };
    let is_number = |rest: &str| {
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        digits >= 3
            && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    };
    let panasonic = stem.strip_prefix('p').is_some_and(|rest| {
        is_number(rest) && rest.bytes().filter(u8::is_ascii_digit).count() >= 6
    });
    panasonic || CAMERA_FILES.iter().any(|p| stem.strip_prefix(p).is_some_and(is_number))
}

#[cfg(test)]
#[path = "placeholders_tests.rs"]
mod tests;

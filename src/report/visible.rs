//! Strangers' names and values, made fit for a table and a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::AssetPath;

/// What Excel holds in one cell, in UTF-16 code units.
const CELL: usize = 32_767;
/// What stands at the end of a cell that had to be cut.
const CUT: &str = " […cut]";

/// A path on one line, in which nothing can act on a terminal. Different paths
/// stay different.
///
/// Bytes that are not UTF-8, control characters and those that change the
/// direction of the text stand as `\x0A`, byte by byte; a backslash before an
/// `x` in the name itself as `\x5C`.
pub fn visible_path(path: &AssetPath) -> String {
    let mut shown = String::new();
    for chunk in path.raw().unwrap_or(path.as_str().as_bytes()).utf8_chunks() {
        let mut rest = chunk.valid().chars().peekable();
        while let Some(c) = rest.next() {
            if acts(c) || (c == '\\' && rest.peek() == Some(&'x')) {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes);
                push_hex(&mut shown, bytes.get(..c.len_utf8()).unwrap_or_default());
            } else {
                shown.push(c);
            }
        }
        push_hex(&mut shown, chunk.invalid());
    }
    shown
}

fn push_hex(shown: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(shown, "\\x{byte:02X}");
    }
}

/// Whether a character does something rather than look like something.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A value on one line: line breaks and other white space become single spaces,
/// characters that act on a terminal U+FFFD.
pub fn on_one_line(value: &str) -> String {
    let mut line = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().map(|c| if acts(c) { '\u{FFFD}' } else { c }));
    }
    line
}

/// A value as a cell of a table that a spreadsheet opens.
///
/// Each line break is a space and NUL is U+FFFD. A value that a spreadsheet
/// would take for a formula has `'` before it, and so has one that begins with
/// `'` and such a value: to read it, take one `'` away where a formula follows.
/// What is longer than a cell of Excel is cut, visibly.
pub fn cell(value: &str) -> Cow<'_, str> {
    let mut cell = Cow::Borrowed(value);
    if value.contains(|c: char| is_line_break(c) || c == '\0') {
        let mut flat = String::with_capacity(value.len());
        let mut rest = value.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\0' => flat.push('\u{FFFD}'),
                c if is_line_break(c) => flat.push(' '),
                c => flat.push(c),
            }
        }
        cell = Cow::Owned(flat);
    }
    if is_formula(&cell) {
        cell = Cow::Owned(format!("'{cell}"));
    }
    if cell.len() > CELL && cell.encode_utf16().count() > CELL {
        let mut left = CELL - CUT.encode_utf16().count();
        let fits = |c: &char| {
            let fits = left.checked_sub(c.len_utf16());
            left = fits.unwrap_or(0);
            fits.is_some()
        };
        let kept: String = cell.chars().take_while(fits).collect();
        cell = Cow::Owned(kept + CUT);
    }
    cell
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// OWASP ASVS 1.2.10, with the full-width signs that Japanese editions take for
/// the others.
fn is_formula(value: &str) -> bool {
    let starts = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0')
            || matches!(c, '＝' | '＋' | '－' | '＠')
    };
    value.trim_start_matches('\'').starts_with(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_paths_look_different_and_harmless() {
        let table: &[(&[u8], &str)] = &[
            (b"caf\xE9.jpg", r"caf\xE9.jpg"),
            (br"caf\xE9.jpg", r"caf\x5CxE9.jpg"),
            (b"a\nb.jpg", r"a\x0Ab.jpg"),
            (br"a\b.jpg", r"a\b.jpg"),
            (b"\x1B[31m.jpg", r"\x1B[31m.jpg"),
            ("a\u{202E}gpj.exe".as_bytes(), r"a\xE2\x80\xAEgpj.exe"),
            ("Fähre.jpg".as_bytes(), "Fähre.jpg"),
        ];
        for (raw, shown) in table {
            assert_eq!(visible_path(&AssetPath::from_bytes(*raw)), *shown);
        }
    }

    #[test]
    fn cells_are_no_formulas_and_can_be_read_back() {
        let table = [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("-5", "'-5"),
            ("@home", "'@home"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("'tis", "'tis"),
            ("a\r\nb\nc", "a b c"),
            ("a\0b", "a\u{FFFD}b"),
            ("Jane Doe", "Jane Doe"),
            ("", ""),
        ];
        for (value, expected) in table {
            assert_eq!(cell(value), expected, "{value:?}");
        }
    }

    #[test]
    fn long_cells_are_cut_to_what_excel_holds() {
        let long = "𝄞".repeat(40_000);
        let cut = cell(&long);
        assert!(cut.ends_with(CUT));
        assert!((CELL - 1..=CELL).contains(&cut.encode_utf16().count()));
        let fits = "ä".repeat(CELL);
        assert_eq!(cell(&fits), fits);
    }

    #[test]
    fn a_value_on_one_line_cannot_act() {
        assert_eq!(on_one_line(" a\n\t b\u{1B}[0m\u{A0}c "), "a b\u{FFFD}[0m c");
    }
}

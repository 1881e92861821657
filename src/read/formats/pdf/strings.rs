//! Text strings (ISO 32000-2, 7.9.2.2 and annex D.3).

/// A text string as Unicode, and the language that it names in an escape
/// sequence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) lang: Option<String>,
}

impl<T: Into<String>> From<T> for Decoded {
    fn from(text: T) -> Self {
        Self { text: text.into(), lang: None }
    }
}

/// Decodes the bytes of a string object that is a text string: UTF-16 or UTF-8
/// where a byte order mark says so, else PDFDocEncoding.
///
/// Zeros at the end are taken off: they end a string of C that was written with
/// a byte too many, and are no part of the text.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let mut decoded = marked(bytes);
    decoded.text.truncate(decoded.text.trim_end_matches('\0').len());
    decoded
}

fn marked(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => without_escapes(&utf16(rest, u16::from_be_bytes)),
        // Not of the standard, and written.
        [0xFF, 0xFE, rest @ ..] => without_escapes(&utf16(rest, u16::from_le_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => without_escapes(&String::from_utf8_lossy(rest)),
        _ => {
            Decoded::from(bytes.iter().map(|b| pdf_doc_encoding(*b)).collect::<String>())
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    char::decode_utf16(units.iter().map(|u| unit(*u)))
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Takes out the escape sequences that name a language: U+001B, a code of ISO
/// 639 with or without one of ISO 3166, U+001B. The first is the language of
/// the text.
fn without_escapes(text: &str) -> Decoded {
    let mut decoded = Decoded::default();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\u{1B}') {
        decoded.text.push_str(before);
        match behind.split_once('\u{1B}') {
            Some((code, after)) if is_language(code) => {
                let lang = match code.split_at_checked(2) {
                    Some((language, "")) => language.to_owned(),
                    Some((language, country)) => {
                        format!("{language}-{}", country.trim_start_matches('-'))
                    }
                    None => code.to_owned(),
                };
                decoded.lang.get_or_insert(lang);
                rest = after;
            }
            _ => {
                decoded.text.push('\u{1B}');
                rest = behind;
            }
        }
    }
    decoded.text.push_str(rest);
    decoded
}

fn is_language(code: &str) -> bool {
    let letters = code.bytes().filter(u8::is_ascii_alphabetic).count();
    let others = code.len() - letters;
    matches!((letters, others), (2 | 4, 0) | (4, 1))
}

/// Codes 0x18 to 0x1F and 0x80 to 0xA0 of PDFDocEncoding (table D.2). The rest
/// is as in Latin-1; `\u{FFFD}` where nothing is assigned.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’',
    '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}',
    '€',
];

fn pdf_doc_encoding(byte: u8) -> char {
    let from = |table: &[char], first: u8| {
        byte.checked_sub(first).and_then(|n| table.get(usize::from(n))).copied()
    };
    match byte {
        0x18..=0x1F => from(&LOW, 0x18),
        0x80..=0xA0 => from(&HIGH, 0x80),
        0x7F | 0xAD => None,
        _ => Some(char::from(byte)),
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_its_mark() {
        for (bytes, text) in [
            (&b"caf\xE9 \x80 \xA0 \x84"[..], "café • € —"),
            (b"\xFE\xFF\0h\0\xE9", "hé"),
            (b"\xFF\xFEh\0\xE9\0", "hé"),
            (b"\xEF\xBB\xBFh\xC3\xA9", "hé"),
            (b"\xFE\xFF\xD8\x3D\xDC\x4B\xD8\x00", "👋\u{FFFD}"),
            (b"\x18\x1F\x7F", "˘˜\u{FFFD}"),
            (b"", ""),
            (b"\xFE\xFF\0a\0\0", "a"),
            (b"a\0 \0\0", "a\0 "),
        ] {
            assert_eq!(decode(bytes), Decoded { text: text.to_owned(), lang: None });
        }
    }

    #[test]
    fn language_escapes_are_taken_out() {
        for (text, lang, rest) in [
            ("\u{1B}deCH\u{1B}Hafen", Some("de-CH"), "Hafen"),
            ("\u{1B}fr\u{1B}Port", Some("fr"), "Port"),
            ("\u{1B}en-GB\u{1B}Port", Some("en-GB"), "Port"),
            ("a\u{1B}b", None, "a\u{1B}b"),
            ("\u{1B}not one\u{1B}b", None, "\u{1B}not one\u{1B}b"),
        ] {
            let bytes: Vec<u8> = std::iter::once(0xFEFF)
                .chain(text.encode_utf16())
                .flat_map(u16::to_be_bytes)
                .collect();
            let lang = lang.map(str::to_owned);
            assert_eq!(decode(&bytes), Decoded { text: rest.to_owned(), lang }, "{text}");
        }
    }
}

//! Encodings of simple fonts (ISO 32000-2, 9.6.5 and annex D): codes of one byte
//! to characters.

use unicode_normalization::UnicodeNormalization;

/// The characters of the codes 0 to 255; `None` where none is assigned.
pub(super) type Table = [Option<Glyph>; 256];

/// What a glyph stands for: most of them one character, ligatures several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph([Option<char>; 3]);

impl Glyph {
    /// The characters.
    pub(super) fn chars(self) -> impl Iterator<Item = char> {
        self.0.into_iter().flatten()
    }
}

impl From<char> for Glyph {
    fn from(c: char) -> Self {
        Self([Some(c), None, None])
    }
}

/// Codes 0xA1 to 0xFB of StandardEncoding (table D.2); a space where nothing is
/// assigned.
const STANDARD: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

/// The base encoding of this name; StandardEncoding for any other.
pub(super) fn base(name: &[u8]) -> Table {
    match name {
        b"WinAnsiEncoding" => single_byte(encoding_rs::WINDOWS_1252),
        b"MacRomanEncoding" => single_byte(encoding_rs::MACINTOSH),
        _ => standard(),
    }
}

fn standard() -> Table {
    let mut table = [None; 256];
    let ascii = (0x20..0x7F_u8).map(|code| match code {
        b'\'' => (code, '’'),
        b'`' => (code, '‘'),
        _ => (code, char::from(code)),
    });
    let high = (0xA1..=u8::MAX).zip(STANDARD.chars()).filter(|(_, c)| *c != ' ');
    for (code, c) in ascii.chain(high) {
        set(&mut table, code, Some(c.into()));
    }
    table
}

fn single_byte(encoding: &'static encoding_rs::Encoding) -> Table {
    let mut table = [None; 256];
    for code in 0x20..=u8::MAX {
        let bytes = [code];
        let text = encoding.decode_without_bom_handling(&bytes).0;
        let c = text.chars().next().filter(|c| !c.is_control());
        set(&mut table, code, c.map(Glyph::from));
    }
    table
}

/// Gives `code` another glyph.
pub(super) fn set(table: &mut Table, code: u8, glyph: Option<Glyph>) {
    if let Some(entry) = table.get_mut(usize::from(code)) {
        *entry = glyph;
    }
}

/// Names of characters in the Adobe Glyph List, as far as texts in the languages
/// of Europe have them; letters with marks are put together from their names.
const NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "\u{AD}"),
    ("softhyphen", "\u{AD}"),
    ("nbspace", " "),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("currency", "¤"),
    ("yen", "¥"),
    ("Euro", "€"),
    ("brokenbar", "¦"),
    ("section", "§"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("endash", "–"),
    ("emdash", "—"),
    ("ellipsis", "…"),
    ("bullet", "•"),
    ("periodcentered", "·"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("paragraph", "¶"),
    ("degree", "°"),
    ("plusminus", "±"),
    ("multiply", "×"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Dcroat", "Đ"),
    ("dcroat", "đ"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("germandbls", "ß"),
    ("dotlessi", "ı"),
];

/// Marks, as they follow the letter in a name, and as they combine.
const MARKS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedilla", '\u{327}'),
    ("commaaccent", '\u{327}'),
    ("caron", '\u{30C}'),
    ("ring", '\u{30A}'),
    ("ogonek", '\u{328}'),
    ("breve", '\u{306}'),
    ("macron", '\u{304}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30B}'),
];

/// What the glyph of this name stands for (Adobe Glyph List Specification, 2);
/// `None` for names of a font's own making: `g12`.
pub(super) fn glyph(name: &[u8]) -> Option<Glyph> {
    let name = std::str::from_utf8(name).ok()?;
    // Behind a full stop stands a variant: `a.sc`.
    let name = name.split('.').next()?;
    let mut chars = [None; 3];
    let mut slots = chars.iter_mut();
    for part in name.split('_').take(3) {
        for c in component(part)?.chars() {
            *slots.next()? = Some(c);
        }
    }
    chars.first()?.is_some().then_some(Glyph(chars))
}

/// What a glyph that is named after its code stands for, as the bitmap fonts of TeX
/// have them: at code 65 `a65`, or `BT`, the number with 36 digits of which the first
/// is a letter. Their codes are those of ASCII where that has letters and digits.
pub(super) fn numbered(name: &[u8], code: u8) -> Option<Glyph> {
    let number = match std::str::from_utf8(name).ok()?.as_bytes() {
        [first @ b'A'..=b'G', last @ (b'0'..=b'9' | b'A'..=b'Z')] => {
            let last = char::from(*last).to_digit(36)?;
            u32::from(first - b'A') * 36 + last
        }
        [b'a', ..] => std::str::from_utf8(name.get(1..)?).ok()?.parse().ok()?,
        _ => return None,
    };
    let is_code = number == u32::from(code) && code.is_ascii_graphic();
    is_code.then(|| char::from(code).into())
}

fn component(name: &str) -> Option<Glyph> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return letter.is_ascii_alphabetic().then(|| letter.into());
    }
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        let mut chars = text.chars();
        return Some(Glyph([chars.next(), chars.next(), chars.next()]));
    }
    let hex = name.strip_prefix("uni").filter(|hex| hex.len() == 4);
    let hex = hex.or(name.strip_prefix('u').filter(|hex| (4..=6).contains(&hex.len())));
    if let Some(code) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
        return char::from_u32(code).map(Glyph::from);
    }
    let (letter, mark) = name.split_at_checked(1)?;
    let (_, mark) = MARKS.iter().find(|(known, _)| *known == mark)?;
    let letter = letter.chars().next().filter(char::is_ascii_alphabetic)?;
    let composed: String = [letter, *mark].into_iter().nfc().collect();
    let mut chars = composed.chars();
    Some(Glyph([chars.next(), chars.next(), None]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(glyph: Option<Glyph>) -> String {
        glyph.map(|g| g.chars().collect()).unwrap_or_default()
    }

    #[test]
    fn glyphs_have_the_names_of_the_adobe_glyph_list() {
        for (name, expected) in [
            ("A", "A"),
            ("copyright", "©"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("ffi", "ffi"),
            ("f_i", "fi"),
            ("a.sc", "a"),
            ("uni00A9", "©"),
            ("u1F16D", "\u{1F16D}"),
            ("g12", ""),
            (".notdef", ""),
            ("cid_00", ""),
        ] {
            assert_eq!(text(glyph(name.as_bytes())), expected, "{name}");
        }
    }

    #[test]
    fn glyphs_named_after_their_code_are_letters_of_ascii() {
        for (name, code, expected) in [
            ("a65", 65, "A"),
            ("a65", 66, ""),
            ("a12", 12, ""),
            ("b65", 65, ""),
            ("a", 97, ""),
            ("BT", 65, "A"),
            ("CP", 97, "a"),
            ("BA", 46, "."),
            ("B9", 45, "-"),
            ("BT", 66, ""),
        ] {
            assert_eq!(text(numbered(name.as_bytes(), code)), expected, "{name}");
        }
    }

    #[test]
    fn base_encodings_are_those_of_the_standard() {
        for (name, code, expected) in [
            ("StandardEncoding", 0x27, "’"),
            ("StandardEncoding", 0xA9, "'"),
            ("StandardEncoding", 0xAE, "ﬁ"),
            ("StandardEncoding", 0xBF, "¿"),
            ("StandardEncoding", 0xD0, "—"),
            ("StandardEncoding", 0xE1, "Æ"),
            ("StandardEncoding", 0xFB, "ß"),
            ("WinAnsiEncoding", 0xA9, "©"),
            ("WinAnsiEncoding", 0x92, "’"),
            ("MacRomanEncoding", 0xA9, "©"),
            ("MacRomanEncoding", 0x8E, "é"),
            ("StandardEncoding", 0x1F, ""),
        ] {
            assert_eq!(text(base(name.as_bytes())[code]), expected, "{name} {code:#x}");
        }
    }
}

//! The bytes of markup as text, and the way back from the text to the bytes.

use std::borrow::Cow;
use std::cell::Cell;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Markup as text.
pub(super) struct Text<'a> {
    pub(super) text: Cow<'a, str>,
    places: Places,
    /// Where the text begins: behind a byte order mark.
    skip: usize,
    /// The last place asked for, in the text and in the bytes.
    last: Cell<(usize, usize)>,
}

/// How a place in the text becomes a place in the bytes.
enum Places {
    /// A byte is a byte.
    Same,
    /// One byte for each character.
    Single,
    /// Two bytes for each code unit.
    Utf16,
    /// Not known: the start stands for all.
    Unknown,
}

impl<'a> Text<'a> {
    /// XML, in the encoding that it declares (XML 1.0, appendix F).
    pub(super) fn xml(bytes: &'a [u8]) -> Self {
        let start = bytes.get(..200).unwrap_or(bytes);
        let declared = start.starts_with(b"<?xml").then(|| label(start, b"encoding"));
        Self::new(bytes, declared.flatten())
    }

    /// HTML, in the encoding that it declares (WHATWG HTML, 13.2.3.2).
    pub(super) fn html(bytes: &'a [u8]) -> Self {
        let start = bytes.get(..1024).unwrap_or(bytes);
        Self::new(bytes, label(start, b"charset").or_else(|| label(start, b"encoding")))
    }

    fn new(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Self {
        let (encoding, skip) = match Encoding::for_bom(bytes) {
            Some(marked) => marked,
            // Without a mark, the first character is `<` and a zero byte.
            None if bytes.starts_with(b"<\0") => (UTF_16LE, 0),
            None if bytes.starts_with(b"\0<") => (UTF_16BE, 0),
            // What says so in bytes of ASCII is not UTF-16.
            None => match declared {
                Some(e) if e != UTF_16LE && e != UTF_16BE => (e, 0),
                _ => (UTF_8, 0),
            },
        };
        let rest = bytes.get(skip..).unwrap_or_default();
        // Text in another charset is not valid UTF-8 by accident.
        let utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
        if !utf16 && let Ok(text) = std::str::from_utf8(rest) {
            return Self::of(Cow::Borrowed(text), Places::Same, skip);
        }
        let encoding = if encoding == UTF_8 { WINDOWS_1252 } else { encoding };
        let places = match () {
            () if utf16 => Places::Utf16,
            () if encoding.is_single_byte() => Places::Single,
            () => Places::Unknown,
        };
        Self::of(encoding.decode_without_bom_handling(rest).0, places, skip)
    }

    fn of(text: Cow<'a, str>, places: Places, skip: usize) -> Self {
        Self { text, places, skip, last: Cell::new((0, 0)) }
    }

    /// The place in the bytes of a place in the text. Places asked for in
    /// ascending order cost one pass over the text.
    pub(super) fn place(&self, at: usize) -> u64 {
        let width: fn(&str) -> usize = match self.places {
            Places::Same => return (self.skip + at) as u64,
            Places::Unknown => return 0,
            Places::Single => |text| text.chars().count(),
            Places::Utf16 => |text| text.encode_utf16().count() * 2,
        };
        let (mut text, mut bytes) = self.last.get();
        if at < text {
            (text, bytes) = (0, 0);
        }
        bytes += self.text.get(text..at).map_or(0, width);
        self.last.set((at, bytes));
        (self.skip + bytes) as u64
    }
}

/// The encoding whose label follows `name` and an equals sign.
fn label(start: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = memchr::memmem::find(start, name)?;
    let rest = start.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest =
        rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || b"-_:.".contains(b);
    let len = rest.iter().take_while(|b| is_label(b)).count();
    Encoding::for_label(rest.get(..len)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_text_leads_back_to_its_bytes() {
        let text = "<p>Zoë – CC0</p>";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xFF\xFE", &utf16[..]].concat();
        for (bytes, zero) in [
            (text.as_bytes(), text.find("CC0").unwrap()),
            (b"<p>Zo\xEB \x96 CC0</p>", 9),
            (&utf16, 18),
            (&marked, 20),
        ] {
            let decoded = Text::html(bytes);
            assert_eq!(decoded.text, text);
            let at = decoded.text.find("CC0").unwrap();
            assert_eq!(decoded.place(at), zero as u64, "{bytes:?}");
            assert_eq!(
                decoded.place(1),
                decoded.place(0) + decoded.place(2) - decoded.place(1)
            );
        }
    }

    #[test]
    fn a_declared_charset_is_believed_unless_the_bytes_are_utf_8() {
        for (bytes, text) in [
            (&b"<?xml version='1.0' encoding='ISO-8859-2'?><a>\xB1</a>"[..], "ą"),
            (b"<?xml version='1.0' encoding='ISO-8859-2'?><a>\xC4\x85</a>", "ą"),
            (b"<?xml version='1.0' encoding='UTF-16'?><a>\xC4\x85</a>", "ą"),
            (b"<a>\xE4</a>", "ä"),
        ] {
            assert!(Text::xml(bytes).text.contains(text), "{bytes:?}");
        }
        assert!(Text::html(b"<meta charset=shift_jis>\x82\xA0").text.ends_with('あ'));
    }
}

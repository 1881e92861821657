//! The bytes of a packet as text, and the way back from the text to the bytes.
//!
//! ISO 16684-1, 7.1 allows UTF-8, UTF-16 and UTF-32. Sidecars in ISO 8859-1
//! and packets with a stray byte of windows-1252 are met.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Fault, Problem};

/// A packet as text.
pub(super) struct Source<'a> {
    pub(super) text: Cow<'a, str>,
    places: Places,
    /// What was wrong with the bytes, with its place in the text.
    pub(super) problem: Option<Problem>,
}

/// How a place in the text becomes a place in the bytes. Each counts from
/// `skip`, the length of the byte order mark.
enum Places {
    /// A byte is a byte.
    Same { skip: usize },
    /// UTF-16: two bytes for each code unit.
    Utf16 { skip: usize },
    /// UTF-32: four bytes for each character.
    Utf32 { skip: usize },
    /// One byte for each character.
    Single { skip: usize },
    /// From each pair (place in the text, place in the bytes) up to the next,
    /// a byte is a byte.
    Pieces(Vec<(u32, u32)>),
    /// Not known: the start of the packet stands for all.
    Unknown,
}

/// How many stray bytes a UTF-8 packet may have before it is taken for
/// windows-1252 as a whole.
const STRAYS: usize = 65_536;

impl<'a> Source<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
            return utf8(rest, 3, None);
        }
        // A text starts with `<` or white space, so its first character is one
        // byte and zeros. UTF-32 has to be tried first: its little-endian mark
        // begins with that of UTF-16.
        match *bytes.first_chunk::<4>().unwrap_or(&[b' '; 4]) {
            [0, 0, 0xFE, 0xFF] => utf32(bytes, 4, u32::from_be_bytes),
            [0xFF, 0xFE, 0, 0] => utf32(bytes, 4, u32::from_le_bytes),
            [0xFE, 0xFF, ..] => utf16(bytes, 2, UTF_16BE),
            [0xFF, 0xFE, ..] => utf16(bytes, 2, UTF_16LE),
            [0, 0, 0, 1..=255] => utf32(bytes, 0, u32::from_be_bytes),
            [1..=255, 0, 0, 0] => utf32(bytes, 0, u32::from_le_bytes),
            [0, 1..=255, 0, 1..=255] => utf16(bytes, 0, UTF_16BE),
            [1..=255, 0, 1..=255, 0] => utf16(bytes, 0, UTF_16LE),
            _ => utf8(bytes, 0, declared(bytes)),
        }
    }

    /// The places in the bytes of places in the text, which are given in
    /// ascending order.
    pub(super) fn places(&self, ascending: impl Iterator<Item = usize>) -> Vec<usize> {
        let (mut text, mut bytes) = (0, 0);
        ascending
            .map(|at| {
                let (skip, width): (usize, fn(&str) -> usize) = match &self.places {
                    Places::Same { skip } => return skip + at,
                    Places::Unknown => return 0,
                    Places::Pieces(pieces) => {
                        let next = pieces.partition_point(|(t, _)| *t as usize <= at);
                        let (t, b) = pieces
                            .get(next.saturating_sub(1))
                            .copied()
                            .unwrap_or_default();
                        return b as usize + at.saturating_sub(t as usize);
                    }
                    Places::Utf16 { skip } => (*skip, |t| t.encode_utf16().count() * 2),
                    Places::Utf32 { skip } => (*skip, |t| t.chars().count() * 4),
                    Places::Single { skip } => (*skip, |t| t.chars().count()),
                };
                bytes += self.text.get(text..at).map_or(0, width);
                text = at;
                skip + bytes
            })
            .collect()
    }
}

fn utf8<'a>(
    bytes: &'a [u8],
    skip: usize,
    declared: Option<&'static Encoding>,
) -> Source<'a> {
    let problem = |at, fault| Some(Problem { offset: at, fault });
    let other = declared.filter(|_| !bytes.is_ascii());
    let valid = match (std::str::from_utf8(bytes), other) {
        (Ok(text), None) => Ok(text),
        // Text in another charset is not valid UTF-8 by accident.
        (Ok(text), Some(_)) => {
            return Source {
                text: Cow::Borrowed(text),
                places: Places::Same { skip },
                problem: problem(0, Fault::OtherCharset),
            };
        }
        (Err(_), Some(encoding)) => {
            let (text, malformed) = encoding.decode_without_bom_handling(bytes);
            let places = if encoding.is_single_byte() {
                Places::Single { skip }
            } else {
                Places::Unknown
            };
            let problem =
                malformed.then_some(Problem { offset: 0, fault: Fault::Charset });
            return Source { text, places, problem };
        }
        (Err(error), None) => Err(error.valid_up_to()),
    };
    let first_stray = match valid {
        Ok(text) => {
            let text = Cow::Borrowed(text);
            return Source { text, places: Places::Same { skip }, problem: None };
        }
        Err(at) => at,
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut pieces = Vec::new();
    let mut at = skip;
    for chunk in bytes.utf8_chunks() {
        if pieces.len() >= STRAYS {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let places = Places::Single { skip };
            return Source {
                text,
                places,
                problem: problem(first_stray, Fault::Charset),
            };
        }
        pieces.push((text.len() as u32, at as u32));
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        for byte in chunk.invalid() {
            pieces.push((text.len() as u32, at as u32));
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            at += 1;
        }
    }
    Source {
        text: Cow::Owned(text),
        places: Places::Pieces(pieces),
        problem: problem(first_stray, Fault::Charset),
    }
}

fn utf16<'a>(bytes: &'a [u8], skip: usize, encoding: &'static Encoding) -> Source<'a> {
    let bytes = bytes.get(skip..).unwrap_or_default();
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let problem = malformed.then_some(Problem { offset: 0, fault: Fault::Charset });
    Source { text, places: Places::Utf16 { skip }, problem }
}

fn utf32<'a>(bytes: &'a [u8], skip: usize, unit: fn([u8; 4]) -> u32) -> Source<'a> {
    let bytes = bytes.get(skip..).unwrap_or_default();
    let mut malformed = bytes.len() % 4 != 0;
    let mut text = String::with_capacity(bytes.len() / 4);
    for chunk in bytes.chunks_exact(4) {
        let unit = chunk.try_into().map(unit).ok().and_then(char::from_u32);
        malformed |= unit.is_none();
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let problem = malformed.then_some(Problem { offset: 0, fault: Fault::Charset });
    Source { text: Cow::Owned(text), places: Places::Utf32 { skip }, problem }
}

/// What the XML declaration names, where it is neither UTF-8 nor one of those
/// that the first bytes tell.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(256))?.trim_ascii_start();
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|b| *b == b'>')?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?;
    let label = value.trim_start().trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    let told_by_bytes = [UTF_8, UTF_16BE, UTF_16LE, encoding_rs::REPLACEMENT];
    (!told_by_bytes.contains(&encoding)).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tag, a character of each length in UTF-8 and UTF-16, and a mark.
    const TEXT: &str = "<a>é€𝄞!";

    fn utf16_bytes(order: fn(u16) -> [u8; 2], text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    fn utf32_bytes(order: fn(u32) -> [u8; 4], text: &str) -> Vec<u8> {
        text.chars().map(u32::from).flat_map(order).collect()
    }

    #[test]
    fn every_encoding_is_told_by_its_bytes_and_leads_back_to_them() {
        let marked = format!("\u{FEFF}{TEXT}");
        for (bytes, width) in [
            (TEXT.as_bytes().to_vec(), 1),
            (marked.as_bytes().to_vec(), 1),
            (utf16_bytes(u16::to_be_bytes, TEXT), 2),
            (utf16_bytes(u16::to_le_bytes, TEXT), 2),
            (utf16_bytes(u16::to_be_bytes, &marked), 2),
            (utf16_bytes(u16::to_le_bytes, &marked), 2),
            (utf32_bytes(u32::to_be_bytes, TEXT), 4),
            (utf32_bytes(u32::to_le_bytes, TEXT), 4),
            (utf32_bytes(u32::to_be_bytes, &marked), 4),
            (utf32_bytes(u32::to_le_bytes, &marked), 4),
        ] {
            let source = Source::new(&bytes);
            assert_eq!(source.text, TEXT, "{bytes:?}");
            assert!(source.problem.is_none(), "{bytes:?}");
            let ends = [0, TEXT.len() - 1];
            let places = source.places(ends.into_iter());
            assert_eq!(places[1], bytes.len() - width, "{bytes:?}");
            assert!(bytes[places[0]..][..width].contains(&b'<'), "{bytes:?}");
        }
    }

    #[test]
    fn stray_bytes_are_read_as_windows_1252_and_told() {
        let source = Source::new(b"<a>\xA9 2019 M\xC3\xBCller\x85!");
        assert_eq!(source.text, "<a>© 2019 Müller…!");
        assert_eq!(source.problem, Some(Problem { offset: 3, fault: Fault::Charset }));
        let at = source.text.find('!').unwrap();
        assert_eq!(source.places([3, at].into_iter()), [3, 18]);
    }

    #[test]
    fn a_declared_charset_is_believed_unless_the_bytes_are_utf8() {
        let head = "<?xml version=\"1.0\" encoding='ISO-8859-1'?>";
        let source_bytes = [head.as_bytes(), b"M\xFCller!"].concat();
        let source = Source::new(&source_bytes);
        assert_eq!(source.text, format!("{head}Müller!"));
        assert_eq!(source.problem, None);
        let at = source.text.find('!').unwrap();
        assert_eq!(source.places([at].into_iter()), [source_bytes.len() - 1]);

        let bytes = format!("{head}Müller");
        let source = Source::new(bytes.as_bytes());
        assert_eq!(source.text, bytes);
        assert_eq!(source.problem.map(|p| p.fault), Some(Fault::OtherCharset));
    }
}

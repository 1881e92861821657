//! Character maps (ISO 32000-2, 9.7.5 and 9.10.3): codes of a font to Unicode.

use super::lexer::{Lexer, Token};
use crate::read::Limits;

/// How many codes or ranges of codes a map may have. Two bytes have 65,536.
const ENTRIES: usize = 70_000;
/// How many ranges of lengths of codes.
const SPACES: usize = 256;
/// The longest text of one code, in bytes.
const LONGEST: usize = 128;

/// What the codes of a font stand for, and how long they are.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// The length in bytes, the first and the last of a range of codes.
    spaces: Vec<(usize, u32, u32)>,
    /// The first and the last of a range of codes, and the text of the first.
    ranges: Vec<(u32, u32, String)>,
}

impl CMap {
    /// Reads a map. What is damaged in it is passed over.
    pub(super) fn parse(data: &[u8], limits: &Limits) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data, limits);
        // The strings since the last operator, arrays of them in one.
        let mut items: Vec<Vec<Vec<u8>>> = Vec::new();
        let mut open = false;
        // Every token is at least one byte of `data`.
        while let Some(token) = lexer.next() {
            match token {
                Token::Open => {
                    open = true;
                    items.push(Vec::new());
                }
                Token::Close => open = false,
                Token::String(bytes) if items.len() < ENTRIES * 3 => {
                    match items.last_mut().filter(|_| open) {
                        Some(list) if list.len() < ENTRIES => list.push(bytes),
                        Some(_) => {}
                        None => items.push(vec![bytes]),
                    }
                }
                Token::Operator(word) => {
                    map.take(word, &items);
                    items.clear();
                    open = false;
                }
                _ => {}
            }
        }
        map.ranges.sort_by_key(|(first, ..)| *first);
        map
    }

    fn take(&mut self, operator: &[u8], items: &[Vec<Vec<u8>>]) {
        let (groups, size) = match operator {
            b"endcodespacerange" => (items.chunks_exact(2), 2),
            b"endbfchar" => (items.chunks_exact(2), 1),
            b"endbfrange" => (items.chunks_exact(3), 3),
            _ => return,
        };
        for group in groups {
            let first = group.first().and_then(|g| g.first());
            let Some(first) = first.filter(|code| !code.is_empty()) else { continue };
            let second = group.get(1).map(Vec::as_slice).unwrap_or_default();
            let third = group.get(2).map(Vec::as_slice).unwrap_or_default();
            let (length, first) = (first.len(), number(first));
            match (size, second, third) {
                (2, [last], _) if self.spaces.len() < SPACES => {
                    self.spaces.push((length, first, number(last)));
                }
                (1, [text], _) => self.add(first, first, text),
                (3, [last], [text]) => self.add(first, number(last), text),
                (3, _, texts) => {
                    for (code, text) in (first..=u32::MAX).zip(texts) {
                        self.add(code, code, text);
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, first: u32, last: u32, text: &[u8]) {
        if self.ranges.len() < ENTRIES && text.len() <= LONGEST && first <= last {
            let (units, rest) = text.as_chunks::<2>();
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            // One byte is met, and meant as a number.
            let units = units.chain(rest.first().map(|byte| u16::from(*byte)));
            let text: String = char::decode_utf16(units).map_while(Result::ok).collect();
            self.ranges.push((first, last, text));
        }
    }

    /// How many bytes the code is long with which `bytes` begins; `None` where
    /// the map does not tell.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        let fits = |(length, first, last): &&(usize, u32, u32)| {
            let Some(code) = bytes.get(..*length) else { return false };
            let (first, last) = (first.to_be_bytes(), last.to_be_bytes());
            let skip = 4_usize.saturating_sub(*length);
            let bounds = first.iter().zip(&last).skip(skip);
            code.iter().zip(bounds).all(|(byte, (low, high))| low <= byte && byte <= high)
        };
        self.spaces.iter().find(fits).map(|(length, ..)| *length)
    }

    /// The text of `code`.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let behind = self.ranges.partition_point(|(first, ..)| *first <= code);
        let (first, last, text) = self.ranges.get(behind.checked_sub(1)?)?;
        if code > *last {
            return None;
        }
        let further = code - first;
        if further == 0 {
            return Some(text.clone());
        }
        // Only the last character of the text counts on (9.10.3).
        let mut text = text.clone();
        let last = text.pop()?;
        text.push(char::from_u32(u32::from(last).checked_add(further)?)?);
        Some(text)
    }
}

/// A code as a number; of its last four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, byte| n << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(data: &[u8]) -> CMap {
        CMap::parse(data, &Limits::default())
    }

    #[test]
    fn codes_are_mapped_one_by_one_and_in_ranges() {
        let map = parse(
            b"/CIDInit /ProcSet findresource begin begincmap\n\
              1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange\n\
              2 beginbfchar <01> <0043> <02> <D835DC00> endbfchar\n\
              2 beginbfrange <10> <12> <0061> <8020> <8021> [<00660069> <0078>]\n\
              endbfrange endcmap",
        );
        for (code, text) in [
            (0x01, Some("C")),
            (0x02, Some("\u{1D400}")),
            (0x10, Some("a")),
            (0x12, Some("c")),
            (0x13, None),
            (0x8020, Some("fi")),
            (0x8021, Some("x")),
        ] {
            assert_eq!(map.text(code).as_deref(), text, "{code:#x}");
        }
        assert_eq!(map.length(b"\x41"), Some(1));
        assert_eq!(map.length(b"\x80\x01"), Some(2));
        assert_eq!(map.length(b"\x80"), None);
    }

    #[test]
    fn a_range_over_all_codes_costs_one_entry() {
        let map = parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.ranges.len(), 1);
        assert_eq!(map.text(1).as_deref(), Some("B"));
        assert_eq!(map.text(u32::MAX), None);
    }

    #[test]
    fn more_entries_than_there_are_codes_are_not_kept() {
        let data = b"<0001> <0041> ".repeat(ENTRIES + 10);
        let map = parse(&[&data[..], b"endbfchar"].concat());
        assert_eq!(map.ranges.len(), ENTRIES);
    }
}

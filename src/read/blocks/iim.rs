//! IPTC-IIM (Information Interchange Model 4.2): the datasets of record 2.

use std::borrow::Cow;

use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7,
    ISO_8859_8, ISO_8859_10, ISO_8859_15, UTF_8, WINDOWS_1252, WINDOWS_1254,
};

use super::{Decoded, text};
use crate::model::BlockKind;
use crate::read::{Cap, Limits, Pair, Stop, vocabulary};

/// Reads a block.
///
/// # Errors
///
/// Where a dataset does not begin where the one before it ends, or runs past
/// the end of the block.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let mut charset = Charset::Undeclared;
    let mut at = 0;
    for _ in 0..limits.parts {
        let rest = bytes.get(at..).unwrap_or_default();
        // Many writers fill the block with NULs.
        if rest.iter().all(|b| *b == 0) {
            return Ok(());
        }
        let dataset = match dataset(rest) {
            Ok(dataset) => dataset,
            Err(stop) => {
                out.problem(at as u64, stop);
                return Ok(());
            }
        };
        let offset = (at + dataset.header) as u64;
        at += dataset.header + dataset.data.len();
        if (dataset.record, dataset.number) == (1, 90) {
            charset = Charset::declared_by(dataset.data);
            if charset == Charset::Unknown {
                let what = "dataset 1:90 declares a charset that is not known";
                out.problem(offset, Stop::Unsupported(what));
            }
        }
        if dataset.record != 2 {
            continue;
        }
        let key = format!("2:{:02}", dataset.number);
        if vocabulary::property(BlockKind::Iim, &key).is_none() {
            continue;
        }
        if dataset.data.len() as u64 > limits.value {
            out.problem(offset, limits.over(Cap::Value));
            continue;
        }
        let value = charset.decode(text::without_trailing_nuls(dataset.data));
        let pair = Pair { key, value: value.into_owned(), lang: None, offset };
        out.pair(BlockKind::Iim, pair);
    }
    if bytes.len() > at {
        out.problem(at as u64, limits.over(Cap::Parts));
    }
    Ok(())
}

/// A dataset (IIM 4.2, 1.5).
struct Dataset<'a> {
    record: u8,
    number: u8,
    /// The bytes before its data.
    header: usize,
    data: &'a [u8],
}

fn dataset(bytes: &[u8]) -> Result<Dataset<'_>, Stop> {
    const CUT: Stop = Stop::Malformed("a dataset runs past the end of its IIM block");
    let Some(([marker, record, number, high, low], rest)) = bytes.split_first_chunk()
    else {
        return Err(CUT);
    };
    if *marker != 0x1C {
        return Err(Stop::Malformed("a dataset does not begin with 1C"));
    }
    let short = usize::from(u16::from_be_bytes([*high, *low]));
    let (len, header, rest) = match short.checked_sub(0x8000) {
        None => (short, 5, rest),
        // An extended dataset: the number of bytes that its length has.
        Some(digits @ 1..=8) => {
            let (len, rest) = rest.split_at_checked(digits).ok_or(CUT)?;
            let len = len.iter().fold(0u64, |sum, b| (sum << 8) | u64::from(*b));
            (usize::try_from(len).map_err(|_| CUT)?, 5 + digits, rest)
        }
        Some(_) => return Err(Stop::Malformed("a dataset has a length of no sense")),
    };
    let data = rest.get(..len).ok_or(CUT)?;
    Ok(Dataset { record: *record, number: *number, header, data })
}

/// The charset of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Charset {
    /// There is no dataset 1:90.
    Undeclared,
    /// Dataset 1:90 names one that we do not know.
    Unknown,
    Declared(&'static Encoding),
}

impl Charset {
    /// By the escape sequences of dataset 1:90 (ISO 2022; ISO-IR for the
    /// final bytes).
    fn declared_by(escape: &[u8]) -> Self {
        let escape = text::without_trailing_nuls(escape);
        let known: &'static Encoding = match escape {
            b"\x1B%G" | b"\x1B%/G" | b"\x1B%/H" | b"\x1B%/I" => UTF_8,
            b"" | b"\x1B(B" => return Self::Undeclared,
            [0x1B, b'-' | b'.' | b'/', last] => match last {
                b'A' => WINDOWS_1252,
                b'B' => ISO_8859_2,
                b'C' => ISO_8859_3,
                b'D' => ISO_8859_4,
                b'F' => ISO_8859_7,
                b'G' => ISO_8859_6,
                b'H' => ISO_8859_8,
                b'L' => ISO_8859_5,
                b'M' => WINDOWS_1254,
                b'V' => ISO_8859_10,
                b'b' => ISO_8859_15,
                _ => return Self::Unknown,
            },
            _ => return Self::Unknown,
        };
        Self::Declared(known)
    }

    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Declared(encoding) if encoding != UTF_8 => {
                encoding.decode_without_bom_handling(bytes).0
            }
            // Values that break the UTF-8 that was declared are met, too.
            _ => text::utf8_or_windows_1252(bytes).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(record: u8, number: u8, data: &[u8]) -> Vec<u8> {
        let len = (data.len() as u16).to_be_bytes();
        [&[0x1C, record, number], &len[..], data].concat()
    }

    fn read(block: &[u8]) -> (Vec<(String, String, u64)>, Vec<String>) {
        let mut out = Decoded::default();
        decode(block, &Limits::default(), &mut out).unwrap();
        let pairs = out.pairs.into_iter().map(|(_, p)| (p.key, p.value, p.offset));
        (pairs.collect(), out.problems.iter().map(|(_, stop)| stop.to_string()).collect())
    }

    fn values(block: &[u8]) -> Vec<String> {
        read(block).0.into_iter().map(|(_, value, _)| value).collect()
    }

    #[test]
    fn every_dataset_gives_a_value_with_its_place() {
        let block = [
            dataset(2, 0, b"\0\x04"),
            dataset(2, 80, b"Jane Doe"),
            dataset(2, 80, b"John Doe\0"),
            dataset(2, 5, b""),
            dataset(3, 10, b"not of record 2"),
        ]
        .concat();
        let (pairs, problems) = read(&[&block[..], &[0; 3]].concat());
        let pair = |key: &str, value: &str, at| (key.to_owned(), value.to_owned(), at);
        let all = [
            pair("2:80", "Jane Doe", 12),
            pair("2:80", "John Doe", 25),
            pair("2:05", "", 39),
        ];
        assert_eq!(pairs, all);
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn text_is_in_the_charset_that_is_declared() {
        for (declared, bytes, text) in [
            (&b"\x1B%G"[..], &b"Zo\xC3\xAB"[..], "Zoë"),
            (b"\x1B%G", b"Zo\xEB", "Zoë"),
            (b"\x1B.A", b"Zo\xC3\xAB", "ZoÃ«"),
            (b"\x1B-F", b"\xC1\xE8\xDE\xED\xE1", "Αθήνα"),
            (b"\x1B-L", b"\xBC\xD8\xE0", "Мир"),
        ] {
            let block = [dataset(1, 90, declared), dataset(2, 80, bytes)].concat();
            assert_eq!(values(&block), [text], "{declared:?}");
        }
    }

    #[test]
    fn text_of_no_declared_charset_is_utf8_or_windows_1252() {
        let block = [dataset(2, 80, b"Zo\xC3\xAB"), dataset(2, 80, b"Zo\xEB")].concat();
        assert_eq!(values(&block), ["Zoë", "Zoë"]);
        let block = [dataset(1, 90, b"\x1B$B"), dataset(2, 80, b"Zo\xEB")].concat();
        let what = "dataset 1:90 declares a charset that is not known";
        assert_eq!(read(&block).1, [what]);
        assert_eq!(values(&block), ["Zoë"]);
    }

    #[test]
    fn an_extended_dataset_says_how_long_its_length_is() {
        let block = b"\x1C\x02\x78\x80\x04\0\0\0\x06A boat\x1C\x02\x50\0\x02Jo";
        assert_eq!(values(block), ["A boat", "Jo"]);
        let bad = b"\x1C\x02\x78\x80\x09\0\0\0\0\0\0\0\0\x01A";
        assert_eq!(read(bad).1, ["a dataset has a length of no sense"]);
    }

    #[test]
    fn values_before_the_damage_are_kept() {
        let cut = "a dataset runs past the end of its IIM block";
        let whole = dataset(2, 80, b"Jane");
        for (tail, what) in [
            (&b"\x1C\x02\x50\0\x09Jo"[..], cut),
            (b"\x1C\x02\x50", cut),
            (b"\x1C\x02\x50\x80\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", cut),
            (b"garbage", "a dataset does not begin with 1C"),
        ] {
            let (pairs, problems) = read(&[&whole[..], tail].concat());
            assert_eq!(pairs.len(), 1);
            assert_eq!(problems, [what]);
        }
    }
}

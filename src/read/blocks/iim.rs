//! IPTC-IIM (Information Interchange Model 4.2): the datasets of record 2.

use std::borrow::Cow;

use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7,
    ISO_8859_8, ISO_8859_10, ISO_8859_15, UTF_8, WINDOWS_1252, WINDOWS_1254,
};

use super::{Decoded, text};
use crate::model::BlockKind;
use crate::read::{Limits, Pair, Stop, vocabulary};

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
            out.problem(offset, Stop::Limit("a value longer than the limit allows"));
            continue;
        }
        let value = charset.decode(text::without_trailing_nuls(dataset.data));
        let pair = Pair { key, value: value.into_owned(), lang: None, offset };
        out.pair(BlockKind::Iim, pair);
    }
    if bytes.len() > at {
        out.problem(at as u64, Stop::Limit("more datasets than the limit allows"));
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

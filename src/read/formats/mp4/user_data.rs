//! User data: texts in a `udta` box.

use encoding_rs::MACINTOSH;

use super::items;
use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::containers::isobmff::{self, Budget, IsoBox};
use crate::read::{Found, Input, Pair, Stop, vocabulary};

pub(super) fn read(
    input: &mut Input<'_>,
    found: &mut Found,
    list: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let mut boxes = list.boxes(0);
    while let Some(next) = boxes.next(input, found, budget)? {
        let taken = match &next.kind {
            // XMP Specification Part 3, 1.2.6.
            b"XMP_" => next.block(input, found, BlockKind::Xmp),
            b"meta" => items::read(input, found, next, budget),
            _ => entry(input, found, next, budget),
        };
        isobmff::note(found, next.at, taken)?;
    }
    Ok(())
}

fn entry(
    input: &mut Input<'_>,
    found: &mut Found,
    of: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let key = text::latin1(&of.kind);
    if vocabulary::property(BlockKind::QuickTime, &key).is_none() {
        return Ok(());
    }
    found.seen(BlockKind::QuickTime);
    if of.is_empty() {
        return Ok(());
    }
    // Some writers put the form of a metadata item here.
    if of.len() >= 8 && input.array(of.start + 4)? == *b"data" {
        return items::values(input, found, &key, of, budget);
    }
    if key.starts_with('©') {
        texts(input, found, &key, of)
    } else {
        asset(input, found, key, of)
    }
}

/// International text: QuickTime File Format, "User Data Text Strings and
/// Language Codes".
fn texts(
    input: &mut Input<'_>,
    found: &mut Found,
    key: &str,
    of: IsoBox,
) -> Result<(), Stop> {
    const CUT: Stop = Stop::Malformed("a text of user data is cut short");
    let bytes = of.bytes(input)?;
    let (mut rest, mut at) = (bytes.as_slice(), of.start);
    while let Some((head, after)) = rest.split_first_chunk::<4>() {
        // A list may end in four zero bytes, or some of them.
        if at > of.start && rest.iter().all(|b| *b == 0) {
            break;
        }
        let [a, b, c, d] = *head;
        let len = u16::from_be_bytes([a, b]);
        let language = u16::from_be_bytes([c, d]);
        let (value, after) = after.split_at_checked(usize::from(len)).ok_or(CUT)?;
        let (value, lang) = if language < MACINTOSH_LANGUAGES {
            (macintosh(value), None)
        } else {
            (unicode(value), iso_639(language))
        };
        let pair = Pair { key: key.to_owned(), value, lang, offset: at + 4 };
        found.pair(BlockKind::QuickTime, pair);
        at += 4 + u64::from(len);
        rest = after;
    }
    if rest.iter().all(|b| *b == 0) { Ok(()) } else { Err(CUT) }
}

/// Codes below are languages of the Macintosh, and the others three letters.
const MACINTOSH_LANGUAGES: u16 = 0x400;

/// Text in an encoding of the Macintosh; the one of western languages is the
/// only one met, besides UTF-8 that is declared so.
fn macintosh(bytes: &[u8]) -> String {
    let bytes = text::without_trailing_nuls(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => MACINTOSH.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// UTF-16 where it has a byte order mark, and else UTF-8.
fn unicode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return text::utf16be_until_nul(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return text::utf16le_until_nul(rest);
    }
    text::utf8_or_windows_1252(text::without_trailing_nuls(bytes))
}

/// Three letters of five bits: ISO/IEC 14496-12, 8.4.2.3; ISO 639-2 has `und`
/// for a language that is not known.
fn iso_639(code: u16) -> Option<String> {
    let letter = |shift: u32| {
        let n = u8::try_from((code >> shift) & 0x1F).ok()?;
        (1..=26).contains(&n).then(|| char::from(n + 0x60))
    };
    let code: String = [letter(10)?, letter(5)?, letter(0)?].into_iter().collect();
    (code != "und").then_some(code)
}

/// A text of an asset: 3GPP TS 26.244, 8.2.
fn asset(
    input: &mut Input<'_>,
    found: &mut Found,
    key: String,
    of: IsoBox,
) -> Result<(), Stop> {
    let bytes = of.bytes(input)?;
    // A version and flags come first.
    let Some(([_, _, _, _, a, b], value)) = bytes.split_first_chunk::<6>() else {
        return Err(Stop::Malformed("a text of user data is cut short"));
    };
    let lang = iso_639(u16::from_be_bytes([*a, *b]));
    // The text ends in a NUL.
    let value = unicode(value);
    let value = value.split('\0').next().unwrap_or_default().to_owned();
    let pair = Pair { key, value, lang, offset: of.start + 6 };
    found.pair(BlockKind::QuickTime, pair);
    Ok(())
}

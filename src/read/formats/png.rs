//! PNG (W3C, third edition): metadata in chunks before and after the pixels.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::{c2pa, text};
use crate::read::{Cap, Limits, Pair, vocabulary};

pub(super) static FORMAT: Format = Format {
    id: "png",
    media_type: "image/png",
    extensions: &["png", "apng"],
    pronom: &["fmt/11", "fmt/12", "fmt/13"],
    sniff: |input| input.head().starts_with(b"\x89PNG\r\n\x1A\n"),
    walk,
};

/// The keyword of XMP in iTXt: XMP Specification Part 3, 1.1.5.
const XMP: &[u8] = b"XML:com.adobe.xmp";
/// What ImageMagick began, before there was a chunk for it.
const RAW_PROFILE: &[u8] = b"Raw profile type ";
/// Chunk lengths are limited to 2^31-1: 5.3.
const MAX_LENGTH: u64 = (1 << 31) - 1;
/// A keyword has at most 79 bytes and a NUL: 11.3.3.2.
const KEYWORD: usize = 80;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut at = 8;
    for _ in 0..input.limits().parts {
        if input.len().saturating_sub(at) < 8 {
            found.skip_at(at, Stop::Malformed("the file ends before the IEND chunk"));
            return Ok(());
        }
        let [a, b, c, d, name @ ..] = input.array::<8>(at)?;
        let len = u64::from(u32::from_be_bytes([a, b, c, d]));
        if len > MAX_LENGTH || !name.iter().all(u8::is_ascii_alphabetic) {
            found.skip_at(at, Stop::Malformed("no chunk where the one before it ends"));
            return Ok(());
        }
        let start = at + 8;
        if len > input.len() - start {
            found.skip_at(at, Stop::Malformed("a chunk runs past the end of the file"));
            return Ok(());
        }
        let taken = match &name {
            b"IEND" => return Ok(()),
            b"eXIf" => exif(input, found, start, len),
            b"caBX" => manifest(input, found, start, len),
            b"tEXt" => uncompressed(input, found, start, len),
            b"zTXt" => compressed(input, found, start, len),
            b"iTXt" => international(input, found, start, len),
            _ => Ok(()),
        };
        match taken {
            Ok(()) => {}
            Err(stop) if stop.is_final() => return Err(stop),
            Err(stop) => found.skip_at(start, stop),
        }
        // The data is followed by a CRC of four bytes: 5.3.
        at = start + len + 4;
    }
    Err(input.limits().over(Cap::Parts))
}

fn exif(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<(), Stop> {
    let bytes = input.bytes(start, len)?;
    // Some writers copy the identifier from JPEG: 11.3.4.5 has none.
    match bytes.strip_prefix(b"Exif\0\0") {
        Some(rest) => found.block(BlockKind::Exif, start + 6, rest),
        None => found.block(BlockKind::Exif, start, bytes),
    }
    Ok(())
}

/// A C2PA manifest store: C2PA Technical Specification, A.3.
fn manifest(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<(), Stop> {
    let bytes = input.bytes(start, len)?;
    if c2pa::is_store(&bytes) {
        found.block(BlockKind::C2pa, start, bytes);
    }
    Ok(())
}

/// What is wanted of a textual chunk, by its keyword.
enum Wanted {
    /// The text, under this key.
    Text(String),
    /// An XMP packet.
    Xmp,
    /// A profile of this type, in hexadecimal digits.
    Profile(Vec<u8>),
}

/// Reads the keyword of a textual chunk, and tells where its NUL is, if the
/// chunk is wanted.
fn keyword(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<Option<(Wanted, u64)>, Stop> {
    let begins = input.bytes(start, len.min(KEYWORD as u64))?;
    let Some(nul) = begins.iter().position(|b| *b == 0) else {
        return Err(Stop::Malformed("a textual chunk without a keyword"));
    };
    let keyword = begins.get(..nul).unwrap_or_default();
    let end = nul as u64;
    if keyword == XMP {
        return Ok(Some((Wanted::Xmp, end)));
    }
    if let Some(profile) = keyword.strip_prefix(RAW_PROFILE) {
        return Ok(Some((Wanted::Profile(profile.to_ascii_lowercase()), end)));
    }
    found.seen(BlockKind::PngText);
    let key = text::latin1(keyword);
    let wanted = vocabulary::property(BlockKind::PngText, &key).is_some();
    Ok(wanted.then_some((Wanted::Text(key), end)))
}

/// tEXt: keyword, NUL, text in ISO 8859-1 (11.3.3.2).
fn uncompressed(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<(), Stop> {
    let Some((wanted, nul)) = keyword(input, found, start, len)? else { return Ok(()) };
    let offset = start + nul + 1;
    let bytes = input.bytes(offset, len - nul - 1)?;
    take(found, wanted, None, (offset, true), &bytes, input.limits(), text::latin1)
}

/// zTXt: keyword, NUL, compression method, zlib stream (11.3.3.3).
fn compressed(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<(), Stop> {
    let Some((wanted, nul)) = keyword(input, found, start, len)? else { return Ok(()) };
    let bytes = input.bytes(start + nul + 1, len - nul - 1)?;
    let Some((method, deflated)) = bytes.split_first() else {
        return Err(Stop::Malformed("a textual chunk is cut short"));
    };
    if *method != 0 {
        return Err(Stop::Unsupported("a compression method that PNG does not define"));
    }
    let bytes = input.inflate(deflated)?;
    take(found, wanted, None, (start, false), &bytes, input.limits(), text::latin1)
}

/// iTXt: keyword, NUL, compression flag and method, language, NUL, translated
/// keyword, NUL, text in UTF-8 (11.3.3.4).
fn international(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    len: u64,
) -> Result<(), Stop> {
    const CUT: Stop = Stop::Malformed("a textual chunk is cut short");
    let Some((wanted, nul)) = keyword(input, found, start, len)? else { return Ok(()) };
    let bytes = input.bytes(start + nul + 1, len - nul - 1)?;
    let ([flag, method], rest) = bytes.split_first_chunk().ok_or(CUT)?;
    let mut parts = rest.splitn(3, |b| *b == 0);
    let (Some(lang), Some(_translated), Some(value)) =
        (parts.next(), parts.next(), parts.next())
    else {
        return Err(CUT);
    };
    let lang = (!lang.is_empty()).then(|| text::latin1(lang));
    let limits = input.limits();
    let decode = text::utf8_or_windows_1252;
    match (flag, method) {
        (0, _) => {
            let offset = start + len - value.len() as u64;
            take(found, wanted, lang, (offset, true), value, limits, decode)
        }
        (1, 0) => {
            let value = input.inflate(value)?;
            take(found, wanted, lang, (start, false), &value, limits, decode)
        }
        _ => Err(Stop::Unsupported("a compression method that PNG does not define")),
    }
}

/// Takes the text of a chunk. `place` is where it stands, and whether it stands
/// there as it is.
fn take(
    found: &mut Found,
    wanted: Wanted,
    lang: Option<String>,
    place: (u64, bool),
    bytes: &[u8],
    limits: &Limits,
    decode: fn(&[u8]) -> String,
) -> Result<(), Stop> {
    let (offset, stands) = place;
    match wanted {
        Wanted::Xmp if stands => found.block(BlockKind::Xmp, offset, bytes),
        Wanted::Xmp => found.assembled(BlockKind::Xmp, offset, bytes),
        Wanted::Text(_) if bytes.len() as u64 > limits.value => {
            return Err(limits.over(Cap::Value));
        }
        Wanted::Text(key) => {
            let value = decode(bytes);
            found.pair(BlockKind::PngText, Pair { key, value, lang, offset });
        }
        Wanted::Profile(kind) => return profile(found, &kind, offset, bytes),
    }
    Ok(())
}

/// A raw profile: a newline, its name, a newline, its length in decimal
/// digits, a newline, its bytes in hexadecimal digits with newlines between.
fn profile(found: &mut Found, kind: &[u8], offset: u64, text: &[u8]) -> Result<(), Stop> {
    const WRONG: Stop = Stop::Malformed("a raw profile is not in hexadecimal digits");
    if !matches!(kind, b"exif" | b"app1" | b"iptc" | b"8bim" | b"xmp") {
        return Ok(());
    }
    let mut lines = text.trim_ascii_start().splitn(3, |b| *b == b'\n');
    let (Some(_name), Some(len), Some(digits)) =
        (lines.next(), lines.next(), lines.next())
    else {
        return Err(WRONG);
    };
    let len = std::str::from_utf8(len.trim_ascii()).ok().and_then(|l| l.parse().ok());
    let len: usize = len.ok_or(WRONG)?;
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    let mut high = None;
    for byte in digits.iter().filter(|b| !b.is_ascii_whitespace()) {
        let digit = char::from(*byte).to_digit(16).ok_or(WRONG)? as u8;
        match high.take() {
            Some(high) => bytes.push(high << 4 | digit),
            None => high = Some(digit),
        }
    }
    if bytes.len() < len {
        found.skip_at(offset, Stop::Malformed("a raw profile is shorter than it says"));
    }
    bytes.truncate(len);
    let (kind, skip) = match kind {
        _ if bytes.starts_with(b"Exif\0\0") => (BlockKind::Exif, 6),
        b"exif" => (BlockKind::Exif, 0),
        b"app1" if bytes.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => {
            (BlockKind::Xmp, 29)
        }
        b"app1" => return Ok(()),
        b"xmp" => (BlockKind::Xmp, 0),
        _ if bytes.starts_with(b"Photoshop 3.0\0") => (BlockKind::Irb, 14),
        _ if bytes.first() == Some(&0x1C) => (BlockKind::Iim, 0),
        _ => (BlockKind::Irb, 0),
    };
    found.assembled(kind, offset, bytes.get(skip..).unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::model::BlockKind;
    use crate::read::testing::{
        blocks, chunk, damage, deflated, evidence, png, said, tiff,
    };

    fn hex(name: &str, bytes: &[u8]) -> Vec<u8> {
        let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let lines: Vec<&[u8]> = digits.as_bytes().chunks(72).collect();
        let head = format!("\n{name}\n{:8}\n", bytes.len());
        [head.as_bytes(), &lines.join(&b'\n'), b"\n"].concat()
    }

    fn compressed(keyword: &[u8], text: &[u8]) -> Vec<u8> {
        chunk(b"zTXt", &[keyword, b"\0\0", &deflated(text)].concat())
    }

    #[test]
    fn text_is_read_before_and_after_the_pixels() {
        let file = png(&[
            chunk(b"tEXt", b"Title\0Caf\xE9"),
            chunk(b"IDAT", &[0; 9000]),
            compressed(b"Author", b"Zo\xEB"),
            chunk(b"iTXt", "Copyright\0\0\0de-AT\0Rechte\0© Zoë".as_bytes()),
            chunk(
                b"iTXt",
                &[b"Source\0\x01\0\0\0", &deflated("Ærø".as_bytes())[..]].concat(),
            ),
            chunk(b"tEXt", b"Software\0GIMP"),
        ]);
        let all = [
            "png-text Title Café",
            "png-text Author Zoë",
            "png-text Copyright © Zoë",
            "png-text Source Ærø",
        ];
        assert_eq!(said(&file), all);
        assert_eq!(damage(&file), [""; 0]);
        let evidence = evidence(&file);
        assert_eq!(evidence.statements[2].lang.as_deref(), Some("de-AT"));
        let place = |n: usize| evidence.statements[n].location.offset as usize;
        assert!(file[place(0)..].starts_with(b"Caf\xE9"));
        // Where the text is compressed, the data of its chunk.
        assert!(file[place(1)..].starts_with(b"Author\0"));
        assert!(file[place(2)..].starts_with("© Zoë".as_bytes()));
    }

    #[test]
    fn packets_and_exif_are_blocks_of_their_own() {
        let tiff = tiff(&[(0x013B, b"Jane Doe\0")]);
        let xmp = b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>";
        let zipped = [b"XML:com.adobe.xmp\0\x01\0\0\0", &deflated(b"<x/>")[..]].concat();
        let file = png(&[
            chunk(b"iTXt", xmp),
            chunk(b"iTXt", &zipped),
            chunk(b"eXIf", &tiff),
            chunk(b"eXIf", &[b"Exif\0\0", &tiff[..]].concat()),
        ]);
        let blocks = blocks(&file);
        let place = |n: usize| &file[blocks[n].1 as usize..];
        assert_eq!(blocks[0].2, b"<x:xmpmeta/>");
        assert!(place(0).starts_with(b"<x:xmpmeta/>"));
        assert_eq!(blocks[1].2, b"<x/>");
        assert!(place(1).starts_with(b"XML:com"));
        assert!(place(2).starts_with(&tiff) && place(3).starts_with(&tiff));
        assert_eq!(blocks[3].2, tiff);
    }

    #[test]
    fn raw_profiles_hold_blocks_of_each_kind() {
        let tiff = tiff(&[(0x013B, b"Jane Doe\0")]);
        let exif = [b"Exif\0\0", &tiff[..]].concat();
        let iim = b"\x1C\x02\x50\0\x04Jane".to_vec();
        let irb = [b"8BIM\x04\x04\0\0\0\0\0\x09", &iim[..], b"\0"].concat();
        let app1 = b"http://ns.adobe.com/xap/1.0/\0<x/>".to_vec();
        for (name, bytes, kind, block) in [
            ("exif", &exif, BlockKind::Exif, &tiff),
            ("APP1", &exif, BlockKind::Exif, &tiff),
            ("APP1", &app1, BlockKind::Xmp, &b"<x/>".to_vec()),
            ("iptc", &iim, BlockKind::Iim, &iim),
            ("iptc", &irb, BlockKind::Irb, &irb),
            ("8bim", &irb, BlockKind::Irb, &irb),
            ("xmp", &b"<x/>".to_vec(), BlockKind::Xmp, &b"<x/>".to_vec()),
        ] {
            let keyword = format!("Raw profile type {name}");
            let text = hex(name, bytes);
            let plain = [keyword.as_bytes(), b"\0", &text].concat();
            for chunk in [chunk(b"tEXt", &plain), compressed(keyword.as_bytes(), &text)] {
                let found = blocks(&png(&[chunk])).pop().unwrap();
                assert_eq!((found.0, &found.2), (kind, block), "{name}");
            }
        }
        let colours = compressed(b"Raw profile type icc", &hex("icc", b"ICC"));
        assert_eq!(blocks(&png(&[colours])), []);
        let bad = chunk(b"tEXt", b"Raw profile type iptc\0\niptc\n  2\nXY\n");
        assert_eq!(damage(&png(&[bad])), ["a raw profile is not in hexadecimal digits"]);
    }

    #[test]
    fn damage_to_one_chunk_leaves_the_others() {
        for (damaged, what) in [
            (chunk(b"zTXt", b"Title\0\0xyz"), "the compressed data is damaged"),
            (
                chunk(b"zTXt", b"Title\0\x07xyz"),
                "a compression method that PNG does not define",
            ),
            (chunk(b"tEXt", b"Title"), "a textual chunk without a keyword"),
            (chunk(b"iTXt", b"Title\0\0\0de\0"), "a textual chunk is cut short"),
        ] {
            let file = png(&[damaged, chunk(b"tEXt", b"Author\0Jane")]);
            assert_eq!(said(&file), ["png-text Author Jane"], "{what}");
            assert_eq!(damage(&file), [what]);
        }
    }

    #[test]
    fn lengths_that_lead_nowhere_are_reported() {
        let text = chunk(b"tEXt", b"Author\0Jane");
        let whole = png(&[text]);
        let end = whole.len() - 12;
        for (tail, what) in [
            (&b""[..], "the file ends before the IEND chunk"),
            (b"\xFF\xFF\xFF\xFFtEXt", "no chunk where the one before it ends"),
            (b"\x7F\0\0\0tEXt", "a chunk runs past the end of the file"),
            (b"\0\0\0\0\0\0\0\0", "no chunk where the one before it ends"),
        ] {
            let file = [&whole[..end], tail].concat();
            assert_eq!(said(&file), ["png-text Author Jane"]);
            assert_eq!(damage(&file), [what]);
        }
    }
}

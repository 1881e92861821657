//! Fonts (ISO 32000-2, 9.5 to 9.7): what the codes of a string stand for, and how
//! far they move the pen.

use super::super::document::Document;
use super::super::object::{Dict, Object};
use super::cmap::CMap;
use super::encoding::{self, Table};
use crate::read::{Cap, Over, Stop};

/// How many widths a font may give.
const WIDTHS: usize = 70_000;
/// The width of a glyph of which none is given, in thousandths of the size.
const WIDTH: f64 = 500.0;

/// A font, as far as text is concerned.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    to_unicode: CMap,
    /// The first and the last code, or CID, of a range, and its width.
    widths: Vec<(u32, u32, f64)>,
    otherwise: f64,
    /// Of which limit the character map is longer.
    pub(super) over: Option<Over>,
}

#[derive(Debug)]
enum Codes {
    /// One byte each.
    Simple(Box<Table>),
    /// Two bytes each, unless the character map has a range for others.
    Composite(CMap),
    /// Two or four bytes of UTF-16.
    Unicode,
    /// Of an encoding of East Asia, one or two bytes each.
    Legacy(&'static encoding_rs::Encoding),
}

/// A code of a string.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// `None` where it cannot be told what it stands for.
    pub(super) text: Option<String>,
    /// In thousandths of the size.
    pub(super) width: f64,
    /// Whether it is the code 32 of one byte, to which word spacing is added.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font. What of it cannot be had is as if it were not there.
    ///
    /// # Errors
    ///
    /// Only those of the file system and of the limits.
    pub(super) fn read(
        document: &mut Document<'_, '_>,
        dict: &Dict,
    ) -> Result<Self, Stop> {
        let mut over = None;
        let to_unicode = match dict.get("ToUnicode").cloned() {
            Some(map) => character_map(document, &map, &mut over)?,
            None => CMap::default(),
        };
        let encoding = get(document, dict, "Encoding")?;
        if dict.name("Subtype") == Some(b"Type0") {
            return Self::composite(document, dict, to_unicode, encoding, over);
        }
        let table = table(document, dict, &encoding)?;
        let mut widths = Vec::new();
        if let Object::Array(items) = get(document, dict, "Widths")? {
            let first = dict.integer("FirstChar").and_then(|n| u32::try_from(n).ok());
            let codes = first.unwrap_or(0)..=255;
            // Those of Type 3 are in a space of their own.
            let scale = match get(document, dict, "FontMatrix")? {
                Object::Array(matrix) => matrix.first().and_then(number).unwrap_or(0.001),
                _ => 0.001,
            };
            let items = items.iter().map(|w| number(w).unwrap_or(0.0) * scale * 1000.0);
            widths = codes.zip(items).map(|(code, width)| (code, code, width)).collect();
        }
        let codes = Codes::Simple(Box::new(table));
        Ok(Self { codes, to_unicode, widths, otherwise: WIDTH, over })
    }

    fn composite(
        document: &mut Document<'_, '_>,
        dict: &Dict,
        to_unicode: CMap,
        encoding: Object,
        mut over: Option<Over>,
    ) -> Result<Self, Stop> {
        let codes = match &encoding {
            Object::Name(name) => predefined(name),
            // A stream: its ranges tell how long codes are.
            _ => match dict.get("Encoding").cloned() {
                Some(map) => Codes::Composite(character_map(document, &map, &mut over)?),
                None => Codes::Composite(CMap::default()),
            },
        };
        let (widths, otherwise) = (Vec::new(), 1000.0);
        let mut font = Self { codes, to_unicode, widths, otherwise, over };
        let Object::Array(descendants) = get(document, dict, "DescendantFonts")? else {
            return Ok(font);
        };
        let Some(descendant) = descendants.first() else { return Ok(font) };
        let Object::Dict(descendant) = soft(document.resolve(descendant))? else {
            return Ok(font);
        };
        if let Some(width) = descendant.get("DW").and_then(number) {
            font.otherwise = width;
        }
        if let Object::Array(items) = get(document, &descendant, "W")? {
            font.widths = cid_widths(document, &items)?;
        }
        Ok(font)
    }

    /// The codes of `bytes`, one after the other.
    pub(super) fn shown(&self, bytes: &[u8], mut show: impl FnMut(Shown)) {
        let mut rest = bytes;
        // Every turn takes at least one byte.
        while !rest.is_empty() {
            let (code, tail) = rest.split_at(self.length(rest).clamp(1, rest.len()));
            rest = tail;
            let number = code.iter().fold(0, |n, byte| n << 8 | u32::from(*byte));
            show(Shown {
                text: self.text(number, code),
                width: self.width(number),
                is_space: code == b" ",
            });
        }
    }

    /// Whether it has codes of two bytes and nothing that tells what they show.
    pub(super) fn is_silent(&self) -> bool {
        matches!(self.codes, Codes::Composite(_)) && self.to_unicode.is_empty()
    }

    fn length(&self, rest: &[u8]) -> usize {
        match &self.codes {
            Codes::Simple(_) => 1,
            Codes::Composite(map) => map.length(rest).unwrap_or(2),
            Codes::Unicode => match rest {
                [0xD8..=0xDB, ..] => 4,
                _ => 2,
            },
            Codes::Legacy(_) => match rest {
                [0x81..=0xFE, _, ..] => 2,
                _ => 1,
            },
        }
    }

    fn text(&self, number: u32, code: &[u8]) -> Option<String> {
        // Some writers map what they cannot name to U+0000 or U+FFFD.
        let says = |text: &String| !text.chars().all(|c| matches!(c, '\0' | '\u{FFFD}'));
        let mapped = self.to_unicode.text(number).filter(says);
        mapped.or_else(|| match &self.codes {
            Codes::Simple(table) => {
                let glyph = table.get(number as usize).copied().flatten()?;
                Some(glyph.chars().collect())
            }
            Codes::Composite(_) => None,
            Codes::Unicode => encoding_rs::UTF_16BE
                .decode_without_bom_handling_and_without_replacement(code)
                .map(Into::into),
            Codes::Legacy(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(code)
                .map(Into::into),
        })
    }

    fn width(&self, code: u32) -> f64 {
        let behind = self.widths.partition_point(|(first, ..)| *first <= code);
        match behind.checked_sub(1).and_then(|n| self.widths.get(n)) {
            Some((_, last, width)) if code <= *last => *width,
            _ => self.otherwise,
        }
    }
}

/// The codes of a simple font: the encoding that it names, or its base encoding
/// with differences (9.6.5).
fn table(
    document: &mut Document<'_, '_>,
    dict: &Dict,
    encoding: &Object,
) -> Result<Table, Stop> {
    if matches!(dict.name("BaseFont"), Some(b"Symbol" | b"ZapfDingbats")) {
        return Ok([None; 256]);
    }
    // What a font of this kind has without an encoding, in practice.
    let natural: &[u8] = match dict.name("Subtype") {
        Some(b"TrueType") => b"WinAnsiEncoding",
        _ => b"StandardEncoding",
    };
    let given = match encoding {
        Object::Name(name) => return Ok(encoding::base(name)),
        Object::Dict(given) => given,
        _ => {
            let mut table = encoding::base(natural);
            if is_computer_modern(dict) {
                for (code, name) in (11..).zip(["ff", "fi", "fl", "ffi", "ffl"]) {
                    encoding::set(&mut table, code, encoding::glyph(name.as_bytes()));
                }
            }
            return Ok(table);
        }
    };
    let mut table = encoding::base(given.name("BaseEncoding").unwrap_or(natural));
    if let Object::Array(differences) = get(document, given, "Differences")? {
        let mut code = 0_u8;
        // A font whose glyphs are numbered from 0 on, as they were needed, has letters
        // nowhere near their places.
        let is_drawn = dict.name("Subtype") == Some(b"Type3")
            && differences.first().and_then(Object::integer).is_some_and(|n| n >= 8);
        for item in differences.iter().take(1024) {
            match item {
                Object::Name(name) => {
                    let numbered = || encoding::numbered(name, code).filter(|_| is_drawn);
                    let glyph = encoding::glyph(name).or_else(numbered);
                    encoding::set(&mut table, code, glyph);
                    code = code.wrapping_add(1);
                }
                other => {
                    let number = other.integer().and_then(|n| u8::try_from(n).ok());
                    code = number.unwrap_or(code);
                }
            }
        }
    }
    Ok(table)
}

/// Whether a font is one of the text fonts of TeX, which come with their own
/// encoding and are seldom given another: where it has ligatures, all these have
/// them.
fn is_computer_modern(dict: &Dict) -> bool {
    let name = dict.name("BaseFont").unwrap_or_default();
    // Of a subset, behind its tag (9.9.2).
    let name = name.split(|b| *b == b'+').next_back().unwrap_or_default();
    ["CMR", "CMB", "CMTI", "CMSL", "CMSS"].iter().any(|n| name.starts_with(n.as_bytes()))
}

/// The predefined character maps (table 116), by what their names begin with.
fn predefined(name: &[u8]) -> Codes {
    let is = |parts: &[&str]| parts.iter().any(|part| name.starts_with(part.as_bytes()));
    if is(&["UniGB", "UniCNS", "UniJIS", "UniKS", "UniAKR"]) {
        Codes::Unicode
    } else if is(&["GBK", "GB-EUC", "GBpc-EUC"]) {
        Codes::Legacy(encoding_rs::GBK)
    } else if is(&["B5pc", "ETen-B5", "HKscs"]) {
        Codes::Legacy(encoding_rs::BIG5)
    } else if is(&["83pv-RKSJ", "90ms-RKSJ", "90pv-RKSJ", "90msp-RKSJ"]) {
        Codes::Legacy(encoding_rs::SHIFT_JIS)
    } else if is(&["KSC-EUC", "KSCms-UHC", "KSCpc-EUC"]) {
        Codes::Legacy(encoding_rs::EUC_KR)
    } else {
        Codes::Composite(CMap::default())
    }
}

/// The widths of a CIDFont (9.7.4.3): `c [w1 w2 …]` and `first last w`.
fn cid_widths(
    document: &mut Document<'_, '_>,
    items: &[Object],
) -> Result<Vec<(u32, u32, f64)>, Stop> {
    let mut widths = Vec::new();
    let mut items = items.iter().take(WIDTHS);
    let mut lists = 0;
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let Some(first) = first.integer().and_then(|n| u32::try_from(n).ok()) else {
            break;
        };
        let second = match second {
            Object::Ref(_) if lists < 64 => {
                lists += 1;
                soft(document.resolve(second))?
            }
            other => other.clone(),
        };
        if let Object::Array(list) = &second {
            for (cid, width) in (first..=u32::MAX).zip(list) {
                if widths.len() >= WIDTHS {
                    break;
                }
                widths.push((cid, cid, number(width).unwrap_or(0.0)));
            }
        } else if let (Some(last), Some(width)) = (second.integer(), items.next()) {
            let last = u32::try_from(last).unwrap_or(first);
            widths.push((first, last, number(width).unwrap_or(0.0)));
        }
    }
    widths.sort_by_key(|(first, ..)| *first);
    Ok(widths)
}

fn character_map(
    document: &mut Document<'_, '_>,
    map: &Object,
    over: &mut Option<Over>,
) -> Result<CMap, Stop> {
    let Object::Ref(id) = map else { return Ok(CMap::default()) };
    let placed = match document.load(id.number) {
        Ok(placed) => placed.filter(|p| p.stream.is_some()),
        Err(stop) => return soft(Err(stop)).map(|_| CMap::default()),
    };
    let Some(placed) = placed else { return Ok(CMap::default()) };
    match document.stream(&placed, document.room(Cap::PdfCharacterMap)) {
        Ok(stream) => {
            if let Some(Stop::Over(limit)) = stream.fault {
                *over = Some(limit);
            }
            Ok(CMap::parse(&stream.bytes, document.limits()))
        }
        Err(Stop::Io(error)) => Err(Stop::Io(error)),
        Err(_) => Ok(CMap::default()),
    }
}

/// The value of `key`; null where it cannot be had.
pub(super) fn get(
    document: &mut Document<'_, '_>,
    dict: &Dict,
    key: &str,
) -> Result<Object, Stop> {
    match dict.get(key) {
        Some(value) => soft(document.resolve(value)),
        None => Ok(Object::Null),
    }
}

/// Null where the document is damaged; what is no fault of the document stays an
/// error.
fn soft(resolved: Result<Object, Stop>) -> Result<Object, Stop> {
    match resolved {
        Err(Stop::Io(error)) => Err(Stop::Io(error)),
        Err(_) => Ok(Object::Null),
        Ok(object) => Ok(object),
    }
}

pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(n) => Some(*n as f64),
        Object::Real(x) if x.is_finite() => Some(*x),
        _ => None,
    }
}

//! ID3 tags: version 2.2 to 2.4 (id3v2.4.0-structure, id3v2.4.0-frames and what
//! came before them), in an MP3 file or in a chunk, and version 1 at the end.
//!
//! Of a tag in a file, only the frames that are wanted are read: most of its
//! bytes are pictures.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::{Cap, Found, Input, Item, Pair, Stop, vocabulary};

/// The length of the header of a tag: structure, 3.1.
pub const HEADER: u64 = 10;

/// Where the tag that begins with `header` ends, counted from its start.
pub fn length(header: &[u8]) -> Option<u64> {
    let (header, rest) = header.split_first_chunk::<6>()?;
    let [b'I', b'D', b'3', 2..=4, revision, flags] = header else { return None };
    let size = rest.first_chunk::<4>()?;
    if *revision == 0xFF || size.iter().any(|b| *b > 0x7F) {
        return None;
    }
    let footer = if flags & 0x10 == 0 { 0 } else { HEADER };
    Some(HEADER + synchsafe(*size) + footer)
}

/// A number of 28 bits in four bytes: structure, 6.2.
fn synchsafe(bytes: [u8; 4]) -> u64 {
    bytes.iter().fold(0, |sum, byte| (sum << 7) | u64::from(byte & 0x7F))
}

/// Reads the tag that begins a range of the file, and may be shorter.
///
/// # Errors
///
/// As [`Input::bytes`]; what is wrong with one frame is noted.
pub fn read(
    input: &mut Input<'_>,
    found: &mut Found,
    range: Range<u64>,
) -> Result<(), Stop> {
    let at = range.start;
    let header = input.array::<10>(at)?;
    let Some(len) = length(&header) else {
        return Err(Stop::Malformed("no ID3 tag of a version that is known"));
    };
    found.seen(BlockKind::Id3);
    let [_, _, _, version, _, flags, size @ ..] = header;
    let start = at + HEADER;
    let rest = range.end.min(input.len()).saturating_sub(start);
    let size = synchsafe(size);
    if len - HEADER > rest {
        found.skip_at(
            at,
            Stop::Malformed("the ID3 tag runs past the end of what it is in"),
        );
    }
    let end = start + size.min(rest);
    // Before version 2.4, bytes were stuffed into the tag as a whole.
    let memory = match flags & 0x80 != 0 && version < 4 {
        true => Some(unstuffed(&input.bytes(start, end - start)?)),
        false => None,
    };
    let mut tag = Tag { version, at: start, end, place: None, memory: None };
    if let Some(memory) = memory {
        let end = memory.len() as u64;
        tag = Tag { version, at: 0, end, place: Some(at), memory: Some(memory) };
    }
    // In version 2.2 this bit is for a compression that was never defined.
    if flags & 0x40 != 0 {
        if version == 2 {
            return Err(Stop::Unsupported("an ID3 tag that is compressed as a whole"));
        }
        let size = tag.array::<4>(input, tag.at)?;
        // In version 2.3 it does not count itself.
        tag.at += match version {
            4 => synchsafe(size),
            _ => u64::from(u32::from_be_bytes(size)) + 4,
        };
    }
    for _ in 0..input.limits().parts {
        if !tag.frame(input, found)? {
            return Ok(());
        }
    }
    Err(input.limits().over(Cap::Parts))
}

/// Takes out the zeros that were put behind FF: structure, 6.1.
fn unstuffed(bytes: &[u8]) -> Vec<u8> {
    let mut last = 0;
    let mut out = Vec::with_capacity(bytes.len());
    for byte in bytes {
        if !(last == 0xFF && *byte == 0) {
            out.push(*byte);
        }
        last = *byte;
    }
    out
}

struct Tag {
    version: u8,
    /// Of the next frame: in the file, or in [`Self::memory`].
    at: u64,
    end: u64,
    /// What is told as the place of what is in [`Self::memory`].
    place: Option<u64>,
    /// The frames, where they do not stand in the file as they are.
    memory: Option<Vec<u8>>,
}

/// Where a frame is, and how it is written.
struct Frame {
    id: String,
    start: u64,
    len: u64,
    /// Its second byte of flags; 0 before version 2.3.
    flags: u8,
}

impl Tag {
    fn bytes(&self, input: &mut Input<'_>, at: u64, len: u64) -> Result<Vec<u8>, Stop> {
        const PAST: Stop = Stop::Malformed("an ID3 frame runs past the end of its tag");
        if len > self.end.saturating_sub(at) {
            return Err(PAST);
        }
        let Some(memory) = &self.memory else { return input.bytes(at, len) };
        let part = memory.get(at as usize..).and_then(|m| m.get(..len as usize));
        part.map(<[u8]>::to_vec).ok_or(PAST)
    }

    fn array<const N: usize>(
        &self,
        input: &mut Input<'_>,
        at: u64,
    ) -> Result<[u8; N], Stop> {
        if self.memory.is_none() && N as u64 <= self.end.saturating_sub(at) {
            return input.array(at);
        }
        let bytes = self.bytes(input, at, N as u64)?;
        bytes.first_chunk().copied().ok_or(Stop::Malformed("an ID3 tag is cut short"))
    }

    /// Takes the next frame. `false` at the end.
    fn frame(&mut self, input: &mut Input<'_>, found: &mut Found) -> Result<bool, Stop> {
        let header_len = if self.version == 2 { 6 } else { 10 };
        if self.end.saturating_sub(self.at) < header_len {
            return Ok(false);
        }
        let (id, len, flags) = match self.version {
            2 => {
                let [a, b, c, len @ ..] = self.array::<6>(input, self.at)?;
                let len = len.iter().fold(0, |sum, b| (sum << 8) | u64::from(*b));
                (vec![a, b, c], len, 0)
            }
            version => {
                let [a, b, c, d, e, f, g, h, _, flags] =
                    self.array::<10>(input, self.at)?;
                let len = u64::from(u32::from_be_bytes([e, f, g, h]));
                let len = match version {
                    4 => self.length(input, [e, f, g, h])?,
                    _ => len,
                };
                (vec![a, b, c, d], len, flags)
            }
        };
        // Padding: structure, 3.3.
        if id.first() == Some(&0) {
            return Ok(false);
        }
        if !is_id(&id) {
            let what = "no ID3 frame where the one before it ends";
            found.skip_at(self.told(self.at), Stop::Malformed(what));
            return Ok(false);
        }
        let start = self.at + header_len;
        if len > self.end - start {
            let what = "an ID3 frame runs past the end of its tag";
            found.skip_at(self.told(self.at), Stop::Malformed(what));
            return Ok(false);
        }
        self.at = start + len;
        let id = text::latin1(&id);
        let frame = Frame { id, start, len, flags };
        match self.take(input, found, &frame) {
            Ok(()) => {}
            Err(stop) if stop.is_final() => return Err(stop),
            Err(stop) => found.skip_at(self.told(start), stop),
        }
        Ok(true)
    }

    /// The length of a frame of version 2.4. Some writers have it as in version
    /// 2.3; then the next frame tells.
    fn length(&self, input: &mut Input<'_>, size: [u8; 4]) -> Result<u64, Stop> {
        let (safe, plain) = (synchsafe(size), u64::from(u32::from_be_bytes(size)));
        if safe == plain {
            return Ok(safe);
        }
        if size.iter().any(|b| *b > 0x7F) {
            return Ok(plain);
        }
        let mut leads = |len: u64| -> Result<bool, Stop> {
            let next = self.at + 10 + len;
            if next == self.end {
                return Ok(true);
            }
            if self.end.saturating_sub(next) < 4 {
                return Ok(false);
            }
            let id = self.array::<4>(input, next)?;
            Ok(id == [0; 4] || is_id(&id))
        };
        Ok(if !leads(safe)? && leads(plain)? { plain } else { safe })
    }

    fn told(&self, at: u64) -> u64 {
        self.place.unwrap_or(at)
    }

    fn take(
        &self,
        input: &mut Input<'_>,
        found: &mut Found,
        frame: &Frame,
    ) -> Result<(), Stop> {
        let kind = Content::of(&frame.id);
        let Some(kind) = kind else { return Ok(()) };
        let limit = match kind {
            Content::Private => input.limits().block,
            _ => input.limits().value,
        };
        if frame.len > limit {
            return Err(input.limits().over(if limit == input.limits().value {
                Cap::Value
            } else {
                Cap::Block
            }));
        }
        let bytes = self.bytes(input, frame.start, frame.len)?;
        let (bytes, moved) = self.plain(input, frame, &bytes)?;
        let place = |skip: usize| match moved {
            true => self.told(frame.start),
            false => self.told(frame.start + skip as u64),
        };
        kind.read(&frame.id, &bytes, &place, found)
    }

    /// The content of a frame, and whether it stands elsewhere than it says.
    fn plain<'a>(
        &self,
        input: &mut Input<'_>,
        frame: &Frame,
        bytes: &'a [u8],
    ) -> Result<(Cow<'a, [u8]>, bool), Stop> {
        const CUT: Stop = Stop::Malformed("an ID3 frame is cut short");
        let flags = frame.flags;
        let (grouped, packed, locked, stuffed, measured) = match self.version {
            // Frames, 3.3.1 of version 2.3; structure, 4.1.2 of 2.4.
            3 => (flags & 0x20, flags & 0x80, flags & 0x40, 0, flags & 0x80),
            4 => (flags & 0x40, flags & 0x08, flags & 0x04, flags & 0x02, flags & 0x01),
            _ => (0, 0, 0, 0, 0),
        };
        if locked != 0 {
            return Err(Stop::Encrypted("an ID3 frame is encrypted"));
        }
        let skip = if grouped != 0 { 1 } else { 0 } + if measured != 0 { 4 } else { 0 };
        let mut content = Cow::Borrowed(bytes.get(skip..).ok_or(CUT)?);
        if stuffed != 0 {
            content = Cow::Owned(unstuffed(&content));
        }
        if packed != 0 {
            content = Cow::Owned(input.inflate(&content)?);
        }
        let moved = skip != 0 || matches!(content, Cow::Owned(_));
        Ok((content, moved))
    }
}

/// The letters and digits of a frame's name: structure, 4. Some writers made
/// names of version 2.2 longer with a zero or a space.
fn is_id(id: &[u8]) -> bool {
    let (last, first) = id.split_last().unwrap_or((&0, &[]));
    let is_letter = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    first.iter().all(is_letter) && (is_letter(last) || matches!(last, 0 | b' '))
}

/// How the content of a frame is laid out: frames, 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Encoding, and texts.
    Text,
    /// Encoding, description, text.
    Described,
    /// An address.
    Url,
    /// Encoding, language, description, text.
    Comment,
    /// Encoding, language, text.
    Terms,
    /// Owner, and what only the owner knows.
    Private,
}

impl Content {
    /// That of a frame that is wanted.
    fn of(id: &str) -> Option<Self> {
        Some(match id {
            "TXXX" | "TXX" => Self::Described,
            "PRIV" => Self::Private,
            _ if vocabulary::property(BlockKind::Id3, id).is_none() => return None,
            "COMM" | "COM" => Self::Comment,
            "USER" => Self::Terms,
            id if id.starts_with('W') => Self::Url,
            _ => Self::Text,
        })
    }

    fn read(
        self,
        id: &str,
        bytes: &[u8],
        place: &dyn Fn(usize) -> u64,
        found: &mut Found,
    ) -> Result<(), Stop> {
        const CUT: Stop = Stop::Malformed("an ID3 frame is cut short");
        let all = bytes.len();
        let mut say = |key: String, value: String, lang: Option<String>, rest: usize| {
            let offset = place(all.saturating_sub(rest));
            found.pair(BlockKind::Id3, Pair { key, value, lang, offset });
        };
        if self == Self::Url {
            let value = text::latin1(text::until_nul(bytes));
            say(id.to_owned(), value, None, all);
            return Ok(());
        }
        if self == Self::Private {
            if let Some(packet) = bytes.strip_prefix(b"XMP\0") {
                found.block(BlockKind::Xmp, place(4), packet);
            }
            return Ok(());
        }
        let (encoding, mut rest) = bytes.split_first().ok_or(CUT)?;
        let encoding = Encoding::of(*encoding)?;
        let mut lang = None;
        if matches!(self, Self::Comment | Self::Terms) {
            let (code, after) = rest.split_first_chunk::<3>().ok_or(CUT)?;
            rest = after;
            // ISO 639-2, or XXX where it is not known.
            lang = code
                .iter()
                .all(u8::is_ascii_alphabetic)
                .then(|| text::latin1(code))
                .filter(|code| !code.eq_ignore_ascii_case("xxx"));
        }
        let mut key = id.to_owned();
        if matches!(self, Self::Comment | Self::Described) {
            let (description, after) = encoding.split(rest);
            let description = encoding.decode(description);
            // What a program notes for itself.
            if self == Self::Comment && description.starts_with("iTun") {
                return Ok(());
            }
            if self == Self::Described {
                key = format!("{id}:{description}");
            }
            rest = after.ok_or(CUT)?;
        }
        // Texts of version 2.4 may be several, with a zero between them.
        loop {
            let (value, after) = encoding.split(rest);
            say(key.clone(), encoding.decode(value), lang.clone(), rest.len());
            match after {
                Some(after) if self == Self::Text && !encoding.is_blank(after) => {
                    rest = after;
                }
                _ => return Ok(()),
            }
        }
    }
}

/// The charset of a text: structure, 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    /// ISO 8859-1; in files also windows-1252 and UTF-8.
    Latin1,
    /// UTF-16 with a byte order mark.
    Utf16,
    /// UTF-16, big-endian.
    Utf16Be,
    Utf8,
}

impl Encoding {
    fn of(byte: u8) -> Result<Self, Stop> {
        match byte {
            0 => Ok(Self::Latin1),
            1 => Ok(Self::Utf16),
            2 => Ok(Self::Utf16Be),
            3 => Ok(Self::Utf8),
            _ => Err(Stop::Unsupported("a charset that ID3 does not define")),
        }
    }

    /// The text up to the first terminator, and what follows it.
    fn split(self, bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
        let (at, len) = match self {
            Self::Latin1 | Self::Utf8 => (memchr::memchr(0, bytes), 1),
            Self::Utf16 | Self::Utf16Be => {
                let (units, _) = bytes.as_chunks::<2>();
                (units.iter().position(|u| *u == [0, 0]).map(|n| n * 2), 2)
            }
        };
        let Some(at) = at else { return (bytes, None) };
        (bytes.get(..at).unwrap_or_default(), bytes.get(at + len..))
    }

    fn is_blank(self, bytes: &[u8]) -> bool {
        let is_mark = |b: &u8| *b == 0 || self == Self::Utf16 && matches!(b, 0xFE | 0xFF);
        bytes.iter().all(is_mark)
    }

    fn decode(self, bytes: &[u8]) -> String {
        match (self, bytes) {
            (Self::Latin1 | Self::Utf8, _) => text::utf8_or_windows_1252(bytes),
            (_, [0xFF, 0xFE, rest @ ..]) => text::utf16le_until_nul(rest),
            (_, [0xFE, 0xFF, rest @ ..]) => text::utf16be_until_nul(rest),
            (Self::Utf16, _) => text::utf16le_until_nul(bytes),
            (Self::Utf16Be, _) => text::utf16be_until_nul(bytes),
        }
    }
}

/// The length of a tag of version 1, which ends the file.
const VERSION_1: u64 = 128;

/// Reads the tag of version 1 at the end of the file, if there is one.
///
/// Its fields are cut at thirty bytes. What begins a value of a tag of version
/// 2 is that value again, and is left out; so is a field that is blank.
///
/// # Errors
///
/// As [`Input::bytes`].
pub fn read_version_1(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let Some(at) = input.len().checked_sub(VERSION_1) else { return Ok(()) };
    let tag = input.array::<128>(at)?;
    let Some(fields) = tag.strip_prefix(b"TAG") else { return Ok(()) };
    found.seen(BlockKind::Id3);
    for (key, skip) in [("Title", 0), ("Artist", 30), ("Comment", 94)] {
        let field = fields.get(skip..skip + 30).unwrap_or_default();
        let value = text::utf8_or_windows_1252(text::until_nul(field));
        let value = value.trim_end();
        let is_cut_copy = |item: &Item| match item {
            Item::Pair { kind: BlockKind::Id3, pair } => pair.value.starts_with(value),
            _ => false,
        };
        if value.is_empty() || found.items.iter().any(is_cut_copy) {
            continue;
        }
        let pair = Pair {
            key: format!("ID3v1:{key}"),
            value: value.to_owned(),
            lang: None,
            offset: at + 3 + skip as u64,
        };
        found.pair(BlockKind::Id3, pair);
    }
    Ok(())
}

#[cfg(test)]
mod tests;

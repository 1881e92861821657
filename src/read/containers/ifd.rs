//! Image file directories (TIFF 6.0, section 2; BigTIFF; CIPA DC-008, 4.6).
//!
//! The same reader serves a TIFF file, of which it reads the parts that are
//! wanted, and an Exif block, which is a TIFF structure in memory.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

use crate::model::BlockKind;
use crate::read::blocks::{Decoded, exif};
use crate::read::{Cap, Input, Limits, Stop};

/// Bytes that directories stand in, from their TIFF header on.
pub trait Source {
    /// How many there are.
    fn size(&self) -> u64;

    /// `len` bytes at `offset`.
    ///
    /// # Errors
    ///
    /// As [`Input::bytes`].
    fn bytes(&mut self, offset: u64, len: u64) -> Result<Cow<'_, [u8]>, Stop>;
}

impl Source for Input<'_> {
    fn size(&self) -> u64 {
        Input::len(self)
    }

    fn bytes(&mut self, offset: u64, len: u64) -> Result<Cow<'_, [u8]>, Stop> {
        Input::bytes(self, offset, len).map(Cow::Owned)
    }
}

impl Source for &[u8] {
    fn size(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn bytes(&mut self, offset: u64, len: u64) -> Result<Cow<'_, [u8]>, Stop> {
        let start = usize::try_from(offset).ok();
        let len = usize::try_from(len).ok();
        let part =
            start.and_then(|s| self.get(s..)).zip(len).and_then(|(b, l)| b.get(..l));
        part.map(Cow::Borrowed).ok_or(Stop::Malformed("runs past the end of the block"))
    }
}

/// The order of bytes in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `II`: the least significant byte first.
    Little,
    /// `MM`: the most significant byte first.
    Big,
}

impl Order {
    /// The unsigned number that these bytes are, of which there are eight at most.
    pub fn number(self, bytes: &[u8]) -> u64 {
        let add = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        match self {
            Self::Little => bytes.iter().rev().fold(0, add),
            Self::Big => bytes.iter().fold(0, add),
        }
    }
}

/// Whether a directory after the first is an image of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A page of a TIFF file.
    Page,
    /// The thumbnail of an Exif block. Many writers leave a pointer to it that
    /// leads nowhere, and nothing is lost with it.
    Thumbnail,
}

/// The order and, for BigTIFF, `true`, where `header` begins a TIFF structure.
pub fn header(header: &[u8]) -> Option<(Order, bool)> {
    match header.first_chunk()? {
        b"II\x2A\0" => Some((Order::Little, false)),
        b"MM\0\x2A" => Some((Order::Big, false)),
        b"II\x2B\0" => Some((Order::Little, true)),
        b"MM\0\x2B" => Some((Order::Big, true)),
        _ => None,
    }
}

/// The same for the raw formats that are TIFF but for their magic number.
pub fn raw_header(header: &[u8]) -> Option<Order> {
    match header.first_chunk()? {
        // Olympus; Panasonic and Leica.
        b"IIRO" | b"IIRS" | b"IIU\0" => Some(Order::Little),
        b"MMOR" => Some(Order::Big),
        _ => None,
    }
}

// TIFF 6.0, section 12 and supplement 1; XMP Specification Part 3, 1.1.5;
// CIPA DC-008, 4.6.3.
const SUB_IFDS: u16 = 330;
const XMP: u16 = 700;
const IPTC: u16 = 33723;
const PHOTOSHOP: u16 = 34377;
const EXIF_IFD: u16 = 34665;

/// Reads all directories of a TIFF structure.
///
/// # Errors
///
/// Where there is no TIFF header, or the first directory cannot be reached.
/// All else is a problem in `out`.
pub fn read(
    source: &mut dyn Source,
    next: Next,
    limits: &Limits,
    out: &mut Decoded,
) -> Result<(), Stop> {
    let len = source.size();
    let head = source.bytes(0, len.min(16))?;
    let raw = || raw_header(&head).map(|order| (order, false));
    let (order, big) =
        header(&head).or_else(raw).ok_or(Stop::Malformed("no TIFF header"))?;
    let first = if big { head.get(8..16) } else { head.get(4..8) };
    let first = first.ok_or(Stop::Malformed("the TIFF header is cut short"))?;
    let first = order.number(first);
    let mut reader = Reader {
        len,
        order,
        big,
        next,
        left: limits.block,
        seen: BTreeSet::new(),
        waiting: VecDeque::new(),
        limits,
        out,
    };
    let page = Directory { offset: first, name: String::new(), page: Some(0), depth: 0 };
    reader.waiting.push_back(page);
    while let Some(directory) = reader.waiting.pop_front() {
        let stop = match reader.directory(source, &directory) {
            Ok(()) => continue,
            Err(stop) => stop,
        };
        let thumbnail = next == Next::Thumbnail && directory.page.is_some_and(|p| p > 0);
        match stop {
            Stop::Malformed(_) if thumbnail => {}
            stop => reader.out.problem(directory.offset, stop),
        }
    }
    Ok(())
}

/// A directory that is to be read.
struct Directory {
    offset: u64,
    /// Empty for the first, which keys do not name.
    name: String,
    /// Its number, where it is one of the chain of images.
    page: Option<u32>,
    depth: u32,
}

impl Directory {
    fn child(&self, name: &str) -> String {
        if self.name.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.name)
        }
    }
}

struct Reader<'a> {
    len: u64,
    order: Order,
    big: bool,
    next: Next,
    /// How many bytes of values may still be kept.
    left: u64,
    seen: BTreeSet<u64>,
    waiting: VecDeque<Directory>,
    limits: &'a Limits,
    out: &'a mut Decoded,
}

/// An entry of a directory.
#[derive(Clone, Copy)]
struct Entry {
    tag: u16,
    kind: u16,
    /// Of the whole value, in bytes.
    size: u64,
    /// Of the value, in bytes from the TIFF header.
    offset: u64,
}

impl Reader<'_> {
    /// Reads a directory and lines up those that it leads to.
    fn directory(&mut self, source: &mut dyn Source, at: &Directory) -> Result<(), Stop> {
        if !self.seen.insert(at.offset) {
            return Err(Stop::Malformed("the directories form a circle"));
        }
        if self.seen.len() > self.limits.directories as usize {
            self.waiting.clear();
            return Err(self.limits.over(Cap::Directories));
        }
        let (count_len, entry_len, offset_len) =
            if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let rest = self.len.saturating_sub(at.offset);
        if rest < count_len {
            return Err(Stop::Malformed("the directory is past the end"));
        }
        let count = self.order.number(&source.bytes(at.offset, count_len)?);
        let start = at.offset + count_len;
        let room = (rest - count_len) / entry_len;
        let taken = count.min(room).min(u64::from(self.limits.fields));
        let whole = taken == count;
        let pointer = offset_len.min(rest - count_len - taken * entry_len);
        let table = source.bytes(start, taken * entry_len + pointer)?.into_owned();
        let (entries, next) =
            table.split_at_checked((taken * entry_len) as usize).unwrap_or_default();
        let name = match at.page {
            Some(page @ 1..) if self.next == Next::Page && !self.is_part(entries) => {
                format!("Page{}", page.saturating_add(1))
            }
            _ => at.name.clone(),
        };
        let at = &Directory { name, ..*at };
        for (entry, n) in entries.chunks_exact(entry_len as usize).zip(0..) {
            let place = start + n * entry_len + entry_len - offset_len;
            if let Some(entry) = self.entry(entry, place) {
                self.take(source, at, entry);
            }
        }
        if !whole {
            return Err(if count > room {
                Stop::Malformed("the directory runs past the end")
            } else {
                self.limits.over(Cap::Fields)
            });
        }
        if let Some(page) = at.page {
            if (next.len() as u64) < offset_len {
                // Some writers of Exif leave the pointer out.
                return match self.next {
                    Next::Thumbnail => Ok(()),
                    Next::Page => Err(Stop::Malformed("the directory is cut short")),
                };
            }
            let offset = self.order.number(next);
            let page = page.saturating_add(1);
            if offset != 0 {
                self.waiting.push_back(Directory {
                    offset,
                    name: format!("IFD{page}"),
                    page: Some(page),
                    depth: 0,
                });
            }
        }
        Ok(())
    }

    /// Whether a directory is of another image in a lower resolution, or of its
    /// mask: TIFF 6.0, section 8, NewSubfileType and SubfileType.
    fn is_part(&self, entries: &[u8]) -> bool {
        let (entry_len, value) = if self.big { (20, 12..16) } else { (12, 8..12) };
        entries.chunks_exact(entry_len).any(|entry| {
            let number = |range| entry.get(range).map_or(0, |b| self.order.number(b));
            let short = || number(value.start..value.start + 2);
            match (number(0..2), number(2..4)) {
                (254, 3) => short() & 0b101 != 0,
                (254, _) => number(value.clone()) & 0b101 != 0,
                (255, _) => short() == 2,
                _ => false,
            }
        })
    }

    /// Understands an entry, the value or offset of which stands at `place`.
    fn entry(&self, bytes: &[u8], place: u64) -> Option<Entry> {
        let number = |range| bytes.get(range).map(|b| self.order.number(b));
        let tag = number(0..2)? as u16;
        if !is_wanted(tag) {
            return None;
        }
        let kind = number(2..4)? as u16;
        let (count, value) = if self.big {
            (number(4..12)?, number(12..20)?)
        } else {
            (number(4..8)?, number(8..12)?)
        };
        let size = count.saturating_mul(size_of(kind));
        let inline = size <= if self.big { 8 } else { 4 };
        Some(Entry { tag, kind, size, offset: if inline { place } else { value } })
    }

    /// Does with a field what its tag asks for.
    fn take(&mut self, source: &mut dyn Source, at: &Directory, entry: Entry) {
        let taken = match entry.tag {
            XMP => self.block(source, at, BlockKind::Xmp, entry),
            IPTC => self.block(source, at, BlockKind::Iim, entry),
            PHOTOSHOP => self.block(source, at, BlockKind::Irb, entry),
            EXIF_IFD => self.children(source, at, entry),
            SUB_IFDS => self.children(source, at, entry),
            _ => self.text(source, at, entry),
        };
        if let Err(stop) = taken {
            if stop.is_final() {
                self.waiting.clear();
            }
            self.out.problem(entry.offset, stop);
        }
    }

    fn value(&mut self, source: &mut dyn Source, entry: Entry) -> Result<Vec<u8>, Stop> {
        if size_of(entry.kind) == 0 {
            return Err(Stop::Malformed("a field of an unknown type"));
        }
        if entry.size > self.len.saturating_sub(entry.offset) {
            return Err(Stop::Malformed("the value of a field runs past the end"));
        }
        self.left = self
            .left
            .checked_sub(entry.size)
            .ok_or_else(|| self.limits.over(Cap::Block))?;
        source.bytes(entry.offset, entry.size).map(Cow::into_owned)
    }

    fn text(
        &mut self,
        source: &mut dyn Source,
        at: &Directory,
        entry: Entry,
    ) -> Result<(), Stop> {
        let Some(field) = exif::field(entry.tag) else { return Ok(()) };
        if entry.size > self.limits.value && entry.size <= self.len {
            return Err(self.limits.over(Cap::Value));
        }
        // ASCII, BYTE, UNDEFINED, and the UTF-8 of Exif 3.0.
        if !matches!(entry.kind, 1 | 2 | 7 | 129) {
            return Err(Stop::Malformed("a field of text has a type of numbers"));
        }
        let bytes = self.value(source, entry)?;
        let home = match field.home {
            exif::Home::Image => "",
            exif::Home::Exif => "Exif",
        };
        let prefix = match &*at.name {
            name if name == home => "",
            "" => "IFD0",
            name => name,
        };
        for (key, value, skip) in field.read(&bytes, self.order) {
            let key = match prefix {
                "" => key.to_owned(),
                prefix => format!("{prefix}:{key}"),
            };
            let offset = entry.offset.saturating_add(skip as u64);
            let pair = crate::read::Pair { key, value, lang: None, offset };
            self.out.pair(BlockKind::Exif, pair);
        }
        Ok(())
    }

    fn block(
        &mut self,
        source: &mut dyn Source,
        at: &Directory,
        kind: BlockKind,
        entry: Entry,
    ) -> Result<(), Stop> {
        let mut bytes = self.value(source, entry)?;
        if bytes.is_empty() {
            return Ok(());
        }
        // IIM begins with 1C. Some writers declare LONGs and swap their bytes.
        if kind == BlockKind::Iim
            && bytes.first() != Some(&0x1C)
            && bytes.get(3) == Some(&0x1C)
        {
            for long in bytes.as_chunks_mut::<4>().0 {
                long.reverse();
            }
        }
        let part = if at.name.starts_with("Page") { &*at.name } else { "" };
        self.out.block_of(part, kind, entry.offset, bytes);
        Ok(())
    }

    /// Lines up the directories that a field points to.
    fn children(
        &mut self,
        source: &mut dyn Source,
        at: &Directory,
        entry: Entry,
    ) -> Result<(), Stop> {
        if at.depth >= self.limits.nested_directories {
            return Err(self.limits.over(Cap::NestedDirectories));
        }
        let width = size_of(entry.kind);
        if !matches!(entry.kind, 3 | 4 | 13 | 16 | 18) {
            return Err(Stop::Malformed("an offset of a directory has a wrong type"));
        }
        let most = u64::from(self.limits.directories) * width;
        let entry = Entry { size: entry.size.min(most), ..entry };
        let offsets = self.value(source, entry)?;
        for (offset, n) in offsets.chunks_exact(width as usize).zip(0u32..) {
            let name = match entry.tag {
                EXIF_IFD => at.child("Exif"),
                _ => at.child(&format!("SubIFD{n}")),
            };
            let offset = self.order.number(offset);
            let depth = at.depth + 1;
            self.waiting.push_back(Directory { offset, name, page: None, depth });
        }
        Ok(())
    }
}

/// Whether the value of a tag is looked at.
fn is_wanted(tag: u16) -> bool {
    matches!(tag, SUB_IFDS | XMP | IPTC | PHOTOSHOP | EXIF_IFD)
        || exif::field(tag).is_some()
}

/// The bytes of one value of a type (TIFF 6.0, section 2; BigTIFF; Exif 3.0);
/// 0 for a type that is not known.
fn size_of(kind: u16) -> u64 {
    match kind {
        1 | 2 | 6 | 7 | 129 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16 | 17 | 18 => 8,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;

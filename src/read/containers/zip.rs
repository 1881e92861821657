//! ZIP (PKWARE APPNOTE 6.3.10): entries by name, through the central directory
//! at the end of the file.
//!
//! Two reads find a directory of usual length, and one more each entry that is
//! wanted; nothing else is touched. Where the directory is lost, the headers
//! before the entries are walked from the start, as far as they tell how long
//! their entries are.

use crate::read::{Cap, Found, Input, Stop};

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const END_64: &[u8; 4] = b"PK\x06\x06";
const LOCATOR_64: &[u8; 4] = b"PK\x06\x07";

/// Where the end of the directory is looked for first: so many bytes at the
/// end of the file. The directory of a usual document stands there as well.
const TAIL: u64 = 8 << 10;
/// The end record with the longest comment (4.3.16).
const LONGEST_TAIL: u64 = 22 + 0xFFFF;

/// The entries of an archive.
#[derive(Debug, Default)]
pub struct Zip {
    entries: Vec<Entry>,
}

/// An entry, as its header in the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    name: Vec<u8>,
    encrypted: bool,
    method: u16,
    crc: u32,
    /// How long it is in the file, in bytes.
    packed: u64,
    /// Where its local header begins.
    header: u64,
    /// Where it begins by the directory alone.
    claimed: u64,
}

/// The content of an entry.
#[derive(Debug)]
pub struct Content {
    /// Where it begins in the file.
    pub offset: u64,
    /// Whether it stands there as it is, not compressed.
    pub stored: bool,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Zip {
    /// Reads the directory. What is wrong with it is noted in `found`.
    ///
    /// # Errors
    ///
    /// Those of [`Input::bytes`].
    pub fn open(input: &mut Input<'_>, found: &mut Found) -> Result<Self, Stop> {
        match directory(input) {
            Ok(directory) => Self::listed(input, &directory, found),
            Err(Stop::Malformed(what)) => {
                found.skip(Stop::Malformed(what));
                Self::walked(input, found)
            }
            Err(stop) => Err(stop),
        }
    }

    /// The entries of the central directory.
    fn listed(
        input: &mut Input<'_>,
        directory: &Directory,
        found: &mut Found,
    ) -> Result<Self, Stop> {
        let limits = input.limits();
        let len = directory.len.min(limits.block);
        let bytes = input.bytes(directory.start, len)?;
        let mut entries = Vec::new();
        let mut rest = &bytes[..];
        while let Some((entry, next)) = central(rest, directory.moved) {
            if entries.len() >= limits.parts as usize {
                found.skip_at(directory.start, limits.over(Cap::Parts));
                return Ok(Self { entries });
            }
            entries.push(entry);
            rest = next;
        }
        if directory.moved < 0 {
            let what = "ZIP directory stands before where its end record says";
            found.skip_at(directory.start, Stop::Irregular(what));
        }
        if len < directory.len {
            found.skip_at(directory.start, limits.over(Cap::Block));
        } else if entries.len() as u64 != directory.count {
            let at = directory.start + (bytes.len() - rest.len()) as u64;
            found
                .skip_at(at, Stop::Malformed("ZIP directory ends before its last entry"));
        }
        Ok(Self { entries })
    }

    /// The entries whose local headers follow each other from the start on.
    fn walked(input: &mut Input<'_>, found: &mut Found) -> Result<Self, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut at = 0;
        while let Some(header) = local(input, at)? {
            if entries.len() >= input.limits().zip_walked {
                found.skip_at(at, input.limits().over(Cap::ZipWalked));
                break;
            }
            // With bit 3 the length stands behind the entry (4.4.4).
            if header.flags & 8 != 0 || input.len() - header.data < header.packed {
                break;
            }
            let name = input.bytes(at + 30, header.name_len)?;
            entries.push(header.entry(at, name));
            at = header.data + header.packed;
        }
        Ok(Self { entries })
    }

    /// The entry of this name; ASCII letters are the same in both cases, where
    /// none has the name to the letter.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let name = name.as_bytes();
        let exact = self.entries.iter().find(|e| e.name == name);
        exact.or_else(|| self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name)))
    }

    /// How many entries have a name that begins so.
    pub fn count(&self, start: &str) -> usize {
        self.entries.iter().filter(|e| e.name.starts_with(start.as_bytes())).count()
    }

    /// The first entry whose name ends so.
    pub fn ending(&self, end: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.name.ends_with(end.as_bytes()))
    }
}

/// Reads the content of an entry. One that does not have its checksum is noted
/// in `found`, and read all the same.
///
/// # Errors
///
/// [`Stop::Encrypted`] and [`Stop::Unsupported`] for an entry that cannot be
/// read, and those of [`Input::bytes`] and [`Input::inflate`].
pub fn read(
    input: &mut Input<'_>,
    entry: &Entry,
    found: &mut Found,
) -> Result<Content, Stop> {
    if entry.encrypted {
        return Err(Stop::Encrypted("ZIP entry needs a password"));
    }
    // Where bytes were lost, entries before the gap stand where they say.
    let header = match local(input, entry.header)? {
        Some(header) => Some(header),
        None => local(input, entry.claimed)?,
    };
    let header =
        header.ok_or(Stop::Malformed("ZIP entry does not begin with its header"))?;
    let packed = input.bytes(header.data, entry.packed)?;
    let stored = entry.method == 0;
    let bytes = match entry.method {
        0 => packed,
        8 => input.inflate_raw(&packed)?,
        _ => return Err(Stop::Unsupported("ZIP entry is not compressed with deflate")),
    };
    let mut crc = flate2::Crc::new();
    crc.update(&bytes);
    if crc.sum() != entry.crc {
        let stop = Stop::Malformed("ZIP entry does not have the checksum it claims");
        found.skip_at(header.data, stop);
    }
    Ok(Content { offset: header.data, stored, bytes })
}

/// The media type that the first entry tells, which stands uncompressed where a
/// signature would (EPUB OCF 3.3, 4.3; OpenDocument 1.3, part 2, 3.3).
pub fn media_type(head: &[u8]) -> Option<&[u8]> {
    let header = head.strip_prefix(LOCAL)?;
    if u16_at(header, 4)? != 0 {
        return None;
    }
    let (name_len, extra) = (u16_at(header, 22)?, usize::from(u16_at(header, 24)?));
    let rest = header.get(26..)?.strip_prefix(b"mimetype")?.get(extra..)?;
    if name_len != 8 {
        return None;
    }
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"/.+-".contains(b);
    // Where its length stands behind it, the next signature ends it.
    let len = match u32_at(header, 14)? {
        0 => 100,
        len => len.min(100) as usize,
    };
    let len = rest.iter().take(len).take_while(|b| is_name(b)).count();
    let media_type = rest.get(..len)?;
    Some(media_type.strip_suffix(b"PK").unwrap_or(media_type))
}

/// The media type that the archive tells: in its first entry, as it should, or
/// in one of that name that stands elsewhere, as in a package that was packed again.
pub fn declared(input: &mut Input<'_>) -> Option<Vec<u8>> {
    const NAME: &str = "mimetype";
    if let Some(media_type) = media_type(input.head()) {
        return Some(media_type.to_vec());
    }
    let entry = near(input, NAME)?;
    let bytes = read(input, &entry, &mut Found::default()).ok()?.bytes;
    Some(bytes.trim_ascii().to_vec())
}

/// The entry of this name, if a header of it stands in the first or the last bytes of
/// the file, in what [`seems_to_have`] looks at.
fn near(input: &mut Input<'_>, name: &str) -> Option<Entry> {
    const LONGEST: u64 = 100;
    if !input.head().starts_with(LOCAL) {
        return None;
    }
    let is_it =
        |e: &Entry| e.name.eq_ignore_ascii_case(name.as_bytes()) && e.packed <= LONGEST;
    let tail = tail(input);
    let listed = whole_directory(&tail, input.len() - tail.len() as u64);
    let is_whole = listed.is_some();
    // What lies before the archive, moves it.
    let moved = directory(input).map_or(0, |directory| directory.moved);
    let listed = listed.unwrap_or(&tail);
    let entry = places(listed, CENTRAL).find_map(|n| {
        let (entry, _) = central(listed.get(n..)?, moved)?;
        is_it(&entry).then_some(entry)
    });
    if entry.is_some() || is_whole {
        return entry;
    }
    let at: Vec<u64> = places(input.head(), LOCAL).map(|n| n as u64).collect();
    at.into_iter().find_map(|at| {
        let header = local(input, at).ok()??;
        // With bit 3 the length stands behind the entry (4.4.4).
        if header.flags & 8 != 0 || header.name_len != name.len() as u64 {
            return None;
        }
        let name = input.bytes(at + 30, header.name_len).ok()?;
        Some(header.entry(at, name)).filter(is_it)
    })
}

/// The last bytes of the file, where the directory is looked for first.
fn tail(input: &mut Input<'_>) -> Vec<u8> {
    let len = input.len().min(TAIL);
    input.bytes(input.len() - len, len).unwrap_or_default()
}

/// Where a signature stands.
fn places<'b>(
    bytes: &'b [u8],
    signature: &'b [u8; 4],
) -> impl Iterator<Item = usize> + 'b {
    memchr::memmem::find_iter(bytes, signature)
}

/// Whether the archive has an entry with a name that begins so, as far as the
/// first and the last bytes of the file tell. Where the directory stands in the last,
/// it alone counts: an archive may have others inside.
pub fn seems_to_have(input: &mut Input<'_>, start: &str) -> bool {
    if !input.head().starts_with(LOCAL) {
        return false;
    }
    let tail = tail(input);
    let names = |bytes: &[u8], signature: &[u8; 4], at: usize| {
        places(bytes, signature).any(|n| {
            let name = bytes.get(n + at..).unwrap_or_default();
            name.get(..start.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(start.as_bytes()))
        })
    };
    let tail_at = input.len() - tail.len() as u64;
    match whole_directory(&tail, tail_at) {
        Some(directory) => names(directory, CENTRAL, 46),
        None => names(input.head(), LOCAL, 30) || names(&tail, CENTRAL, 46),
    }
}

/// The central directory, where all of it stands in the last bytes of a file, from
/// `at` on, and where it says.
fn whole_directory(tail: &[u8], at: u64) -> Option<&[u8]> {
    let end = memchr::memmem::rfind(tail, END)?;
    let record = tail.get(end..)?;
    let start = end.checked_sub(usize::try_from(u32_at(record, 12)?).ok()?)?;
    let directory = tail.get(start..end)?;
    let is_there = at + start as u64 == u64::from(u32_at(record, 16)?);
    (is_there && directory.starts_with(CENTRAL)).then_some(directory)
}

/// Where the central directory is.
struct Directory {
    start: u64,
    len: u64,
    count: u64,
    /// How many bytes stand before the archive in the file; below zero where so
    /// many were lost from it.
    moved: i64,
}

/// Finds the central directory by the record behind it (4.3.14 to 4.3.16).
fn directory(input: &mut Input<'_>) -> Result<Directory, Stop> {
    const NONE: Stop = Stop::Malformed("ZIP file has no end of its directory");
    let mut at = None;
    for reach in [TAIL, LONGEST_TAIL] {
        let len = input.len().min(reach);
        let tail = input.bytes(input.len() - len, len)?;
        at = memchr::memmem::rfind(&tail, END).map(|n| input.len() - len + n as u64);
        if at.is_some() || len == input.len() {
            break;
        }
    }
    let at = at.ok_or(NONE)?;
    let record: [u8; 22] = input.array(at)?;
    let short = |n| u64::from(u16_at(&record, n).unwrap_or_default());
    let long = |n| u64::from(u32_at(&record, n).unwrap_or_default());
    let (mut count, mut len, mut start) = (short(10), long(12), long(16));
    let mut end = at;
    let full = count == 0xFFFF || len == 0xFFFF_FFFF || start == 0xFFFF_FFFF;
    if full && let Some(record) = end_64(input, at)? {
        end = record.at;
        (count, len, start) = (record.count, record.len, record.start);
    }
    // Something may stand before the archive, and then the directory still ends
    // where its end record begins.
    let real = end.checked_sub(len).ok_or(NONE)?;
    let moved = i64::try_from(real).ok().zip(i64::try_from(start).ok());
    let moved = moved.and_then(|(real, start)| real.checked_sub(start)).ok_or(NONE)?;
    // Where the file was cut short, the last directory may be that of an archive
    // inside, which begins with a header of its own.
    let begins = u64::try_from(moved).unwrap_or_default();
    if begins > 0 && input.head().starts_with(LOCAL) && local(input, begins)?.is_some() {
        return Err(NONE);
    }
    // A line end that some transfer has made shorter, but not any numbers.
    if moved < 0 && !input.bytes(real, 4.min(len))?.starts_with(CENTRAL) {
        return Err(NONE);
    }
    Ok(Directory { start: real, len, count, moved })
}

struct End64 {
    at: u64,
    count: u64,
    len: u64,
    start: u64,
}

/// The end record of ZIP64, which a locator before the other one points to.
fn end_64(input: &mut Input<'_>, end: u64) -> Result<Option<End64>, Stop> {
    let Some(at) = end.checked_sub(20) else { return Ok(None) };
    let locator: [u8; 20] = input.array(at)?;
    if !locator.starts_with(LOCATOR_64) {
        return Ok(None);
    }
    // Where something stands before the archive, the record of usual length
    // stands directly before its locator.
    let claimed = u64_at(&locator, 8).unwrap_or_default();
    for at in [Some(claimed), at.checked_sub(56)].into_iter().flatten() {
        let Ok(record) = input.array::<56>(at) else { continue };
        if record.starts_with(END_64) {
            let number = |n| u64_at(&record, n).unwrap_or_default();
            let (count, len, start) = (number(32), number(40), number(48));
            return Ok(Some(End64 { at, count, len, start }));
        }
    }
    Ok(None)
}

/// The entry at the start of `bytes`, and what follows it (4.3.12).
fn central(bytes: &[u8], moved: i64) -> Option<(Entry, &[u8])> {
    let header = bytes.strip_prefix(CENTRAL)?;
    let short = |n| Some(usize::from(u16_at(header, n)?));
    let (name_len, extra_len, comment_len) = (short(24)?, short(26)?, short(28)?);
    let rest = header.get(42..)?;
    let (name, rest) = rest.split_at_checked(name_len)?;
    let (extra, rest) = rest.split_at_checked(extra_len)?;
    let rest = rest.get(comment_len..)?;
    let size = u32_at(header, 20)?;
    let mut packed = u64::from(u32_at(header, 16)?);
    let mut at = u64::from(u32_at(header, 38)?);
    // What does not fit stands in the extra field of ZIP64, in this order (4.5.3).
    let mut wide = extra_field(extra, 1).unwrap_or_default();
    let mut next = || {
        let (first, rest) = wide.split_first_chunk::<8>()?;
        wide = rest;
        Some(u64::from_le_bytes(*first))
    };
    if size == u32::MAX {
        next();
    }
    if packed == u64::from(u32::MAX) {
        packed = next().unwrap_or(packed);
    }
    if at == u64::from(u32::MAX) {
        at = next().unwrap_or(at);
    }
    let entry = Entry {
        name: name.to_vec(),
        encrypted: u16_at(header, 4)? & 1 != 0,
        method: u16_at(header, 6)?,
        crc: u32_at(header, 12)?,
        packed,
        header: at.checked_add_signed(moved).unwrap_or(at),
        claimed: at,
    };
    Some((entry, rest))
}

/// The content of the extra field with this id.
fn extra_field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    loop {
        let is = u16_at(extra, 0)?;
        let (field, rest) = extra.get(4..)?.split_at_checked(u16_at(extra, 2)?.into())?;
        if is == id {
            return Some(field);
        }
        extra = rest;
    }
}

/// What the header before an entry says (4.3.7).
struct Local {
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    name_len: u64,
    /// Where the entry itself begins.
    data: u64,
}

impl Local {
    /// The entry behind this header, which stands at `at`.
    fn entry(&self, at: u64, name: Vec<u8>) -> Entry {
        Entry {
            name,
            encrypted: self.flags & 1 != 0,
            method: self.method,
            crc: self.crc,
            packed: self.packed,
            header: at,
            claimed: at,
        }
    }
}

/// The local header at `at`; `None` where there is none.
fn local(input: &mut Input<'_>, at: u64) -> Result<Option<Local>, Stop> {
    if input.len() < 30 || at > input.len() - 30 {
        return Ok(None);
    }
    let header: [u8; 30] = input.array(at)?;
    if !header.starts_with(LOCAL) {
        return Ok(None);
    }
    let short = |n| u16_at(&header, n).unwrap_or_default();
    let long = |n| u32_at(&header, n).unwrap_or_default();
    let (name_len, extra_len) = (u64::from(short(26)), u64::from(short(28)));
    let data = at + 30 + name_len + extra_len;
    if data > input.len() {
        return Ok(None);
    }
    Ok(Some(Local {
        flags: short(6),
        method: short(8),
        crc: long(14),
        packed: u64::from(long(18)),
        name_len,
        data,
    }))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_le_bytes(*b))
}

#[cfg(test)]
mod tests;

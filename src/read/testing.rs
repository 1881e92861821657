//! Builders of small files, and what is found in them, for the unit tests.

use super::{Found, Input, Item, Limits, formats, read_input};
use crate::model::{BlockKind, Evidence, FileRef};

/// What is read from a file of these bytes.
pub(crate) fn evidence(file: &[u8]) -> Evidence {
    let limits = Limits::default();
    let mut evidence = Evidence::default();
    let mut input = Input::from_bytes(file, &limits);
    read_input(&mut input, FileRef::Primary, &mut evidence);
    evidence
}

/// Its statements, as block, key and value.
pub(crate) fn said(file: &[u8]) -> Vec<String> {
    let line = |s: &crate::model::Statement| {
        format!("{} {} {}", s.location.block, s.location.key, s.value)
    };
    evidence(file).statements.iter().map(line).collect()
}

/// What was wrong with it.
pub(crate) fn damage(file: &[u8]) -> Vec<String> {
    evidence(file).damage.into_iter().map(|d| d.what).collect()
}

/// The blocks that the walker of its format finds, each with its offset.
pub(crate) fn blocks(file: &[u8]) -> Vec<(BlockKind, u64, Vec<u8>)> {
    let limits = Limits::default();
    let mut input = Input::from_bytes(file, &limits);
    let mut found = Found::default();
    let format = formats::identify(&mut input).1.unwrap();
    (format.walk)(&mut input, &mut found).unwrap();
    let block = |item| match item {
        Item::Block { kind, place, bytes, .. } => Some((kind, place.offset(0), bytes)),
        _ => None,
    };
    found.items.into_iter().filter_map(block).collect()
}

/// What a walker has noted that could not be read.
pub(crate) fn problems(found: Found) -> Vec<String> {
    let problem = |item| match item {
        Item::Skipped { stop, .. } => Some(stop.to_string()),
        _ => None,
    };
    found.items.into_iter().filter_map(problem).collect()
}

/// A ZIP file of these entries, each a name and its content. An entry called
/// `mimetype` is never compressed.
pub(crate) fn zip(entries: &[(&str, &str)], packed: bool) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let mut crc = flate2::Crc::new();
        crc.update(content.as_bytes());
        let packed = packed && *name != "mimetype";
        let data = match packed {
            true => {
                let zlib = deflated(content.as_bytes());
                zlib[2..zlib.len() - 4].to_vec()
            }
            false => content.as_bytes().to_vec(),
        };
        let mut common = vec![20, 0, 0, 0, if packed { 8 } else { 0 }, 0, 0, 0, 0x21, 0];
        for number in [crc.sum(), data.len() as u32, content.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        let at = (file.len() as u32).to_le_bytes();
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &at].concat());
        directory.extend(name.as_bytes());
        file.extend([b"PK\x03\x04", &common[..], name.as_bytes(), &data].concat());
    }
    let (start, len) = (file.len() as u32, directory.len() as u32);
    let count = (entries.len() as u16).to_le_bytes();
    file.extend(directory);
    file.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count].concat());
    file.extend([len.to_le_bytes(), start.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}

/// A marker segment of JPEG.
pub(crate) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let len = (data.len() as u16 + 2).to_be_bytes();
    [&[0xFF, marker], &len[..], data].concat()
}

/// A JPEG file of these segments.
pub(crate) fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [&b"\xFF\xD8"[..], &segments.concat(), b"\xFF\xD9"].concat()
}

/// A chunk of PNG, with a CRC of zeros.
pub(crate) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let len = (data.len() as u32).to_be_bytes();
    [&len[..], name, data, &[0; 4]].concat()
}

/// A PNG file of these chunks.
pub(crate) fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let end = chunk(b"IEND", b"");
    [&b"\x89PNG\r\n\x1A\n"[..], &chunks.concat(), &end].concat()
}

/// A box of ISO base media files, JPEG 2000 and JPEG XL.
pub(crate) fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let len = (content.len() as u32 + 8).to_be_bytes();
    [&len[..], kind, &content].concat()
}

/// The same bytes as a zlib stream.
pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

/// A TIFF structure, little-endian, with one directory of such ASCII fields.
pub(crate) fn tiff(fields: &[(u16, &[u8])]) -> Vec<u8> {
    let fields = fields.iter().map(|(tag, value)| (*tag, 2, value.to_vec())).collect();
    Tiff { big_endian: false, big: false }.file(&[Ifd { fields, children: vec![] }])
}

/// A directory to build.
#[derive(Clone, Default)]
pub(crate) struct Ifd {
    /// Tag, type, value.
    pub(crate) fields: Vec<(u16, u16, Vec<u8>)>,
    /// Directories below it, by the tag that points to them.
    pub(crate) children: Vec<(u16, Ifd)>,
}

/// How a TIFF structure is built.
#[derive(Clone, Copy)]
pub(crate) struct Tiff {
    pub(crate) big_endian: bool,
    /// BigTIFF.
    pub(crate) big: bool,
}

impl Tiff {
    /// `len` bytes of a number.
    pub(crate) fn number(self, value: u64, len: usize) -> Vec<u8> {
        let bytes = value.to_le_bytes().into_iter().take(len);
        if self.big_endian {
            bytes.collect::<Vec<u8>>().into_iter().rev().collect()
        } else {
            bytes.collect()
        }
    }

    fn offset_len(self) -> usize {
        if self.big { 8 } else { 4 }
    }

    /// A file with these directories in a chain, each before its values.
    pub(crate) fn file(self, chain: &[Ifd]) -> Vec<u8> {
        let mut to = if self.big_endian { b"MM".to_vec() } else { b"II".to_vec() };
        to.extend(self.number(if self.big { 43 } else { 42 }, 2));
        if self.big {
            to.extend(self.number(8, 2));
            to.extend([0, 0]);
        }
        let mut pointer = to.len();
        to.extend(self.number(0, self.offset_len()));
        for ifd in chain {
            let at = self.number(to.len() as u64, self.offset_len());
            to.splice(pointer..pointer + at.len(), at);
            pointer = self.directory(ifd, &mut to);
        }
        to
    }

    /// Appends a directory, and tells where its pointer to the next one is.
    fn directory(self, ifd: &Ifd, to: &mut Vec<u8>) -> usize {
        let width = self.offset_len();
        let count = ifd.fields.len() + ifd.children.len();
        to.extend(self.number(count as u64, if self.big { 8 } else { 2 }));
        let mut values = Vec::new();
        for (tag, kind, value) in &ifd.fields {
            let size = match kind {
                3 => 2,
                4 => 4,
                _ => 1,
            };
            to.extend(self.number(u64::from(*tag), 2));
            to.extend(self.number(u64::from(*kind), 2));
            to.extend(self.number((value.len() / size) as u64, width));
            values.push((to.len(), value));
            to.extend(vec![0; width]);
        }
        let mut children = Vec::new();
        for (tag, child) in &ifd.children {
            to.extend(self.number(u64::from(*tag), 2));
            to.extend(self.number(if self.big { 18 } else { 4 }, 2));
            to.extend(self.number(1, width));
            children.push((to.len(), child));
            to.extend(vec![0; width]);
        }
        let next = to.len();
        to.extend(vec![0; width]);
        for (place, value) in values {
            let mut inline = value.clone();
            if value.len() > width {
                inline = self.number(to.len() as u64, width);
                to.extend(value);
            }
            to.splice(place..place + inline.len(), inline);
        }
        for (place, child) in children {
            let at = self.number(to.len() as u64, width);
            to.splice(place..place + width, at);
            self.directory(child, to);
        }
        next
    }
}

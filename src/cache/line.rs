//! A line: a checksum, the path of an asset, and what is kept of it.
//!
//! ```text
//! 6b1f03a2 a/b.jpg<TAB>{…}
//! ```
//!
//! The checksum is the CRC-32 of all that follows it up to the newline. In the
//! path, `%` and control characters stand as `%0A`.

use std::io::{self, BufRead, Read as _, Write};

use flate2::Crc;

use crate::model::AssetPath;

/// The longest line, in bytes. What would be longer is not kept.
pub(super) const LONGEST: u64 = 16 << 20;

/// What is kept of one asset.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Below its root.
    pub(super) key: AssetPath,
    /// In JSON, without a newline.
    pub(super) body: Vec<u8>,
}

impl Line {
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut text = escaped(&self.key);
        text.push(b'\t');
        text.extend_from_slice(&self.body);
        if text.len() as u64 + 10 > LONGEST {
            return Ok(());
        }
        write!(to, "{:08x} ", checksum(&text))?;
        text.push(b'\n');
        to.write_all(&text)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (sum, text) = bytes.split_first_chunk::<9>()?;
        let sum = std::str::from_utf8(sum).ok()?.strip_suffix(' ')?;
        // As it was written, and in no other way.
        if sum != format!("{:08x}", checksum(text)) {
            return None;
        }
        let tab = text.iter().position(|b| *b == b'\t')?;
        let key = unescaped(text.get(..tab)?)?;
        Some(Self { key, body: text.get(tab + 1..)?.to_vec() })
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn escaped(key: &AssetPath) -> Vec<u8> {
    let raw = key.raw().unwrap_or(key.as_str().as_bytes());
    let mut escaped = Vec::with_capacity(raw.len());
    for byte in raw {
        match byte {
            b'%' | 0..0x20 | 0x7F => escaped.extend(format!("%{byte:02X}").bytes()),
            byte => escaped.push(*byte),
        }
    }
    escaped
}

fn unescaped(mut text: &[u8]) -> Option<AssetPath> {
    let mut raw = Vec::with_capacity(text.len());
    while let Some((byte, rest)) = text.split_first() {
        text = rest;
        if *byte != b'%' {
            raw.push(*byte);
            continue;
        }
        let (digits, rest) = rest.split_first_chunk::<2>()?;
        text = rest;
        raw.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
    }
    Some(AssetPath::from_bytes(raw))
}

/// The next line that can be understood. What cannot is passed over.
pub(super) fn next(lines: &mut impl BufRead) -> Option<Line> {
    next_at(lines, &mut 0).map(|(_, line)| line)
}

/// The same, and where it stands; `at` is where `lines` stand in their file.
pub(super) fn next_at(lines: &mut impl BufRead, at: &mut u64) -> Option<(u64, Line)> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let start = *at;
        let read = lines.by_ref().take(LONGEST).read_until(b'\n', &mut bytes).ok()?;
        *at += read as u64;
        match bytes.strip_suffix(b"\n") {
            Some(whole) => match Line::from_bytes(whole) {
                Some(line) => return Some((start, line)),
                None => continue,
            },
            // The end, or a line that was cut short by one.
            None if (read as u64) < LONGEST => return None,
            // The rest of it will be no line either.
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: &[u8], body: &str) -> Line {
        Line { key: AssetPath::from_bytes(key), body: body.into() }
    }

    #[test]
    fn any_path_can_be_kept() {
        let keys: [&[u8]; 5] = [b"a/b.jpg", b"100 %.jpg", b"a\nb", b"caf\xE9\t", b"%41"];
        let lines = keys.map(|key| line(key, "{}"));
        let mut text = Vec::new();
        lines.iter().for_each(|line| line.write(&mut text).unwrap());
        let mut text = &text[..];
        for line in lines {
            assert_eq!(next(&mut text), Some(line));
        }
        assert_eq!(next(&mut text), None);
    }

    #[test]
    fn a_line_with_any_bit_changed_is_none() {
        let mut text = Vec::new();
        line(b"a.jpg", r#"{"a":1}"#).write(&mut text).unwrap();
        line(b"b.jpg", "{}").write(&mut text).unwrap();
        let second = text.iter().position(|b| *b == b'\n').unwrap();
        for bit in 0..second * 8 {
            let mut changed = text.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let found = next(&mut &changed[..]).map(|line| line.key.to_string());
            assert_eq!(found.as_deref(), Some("b.jpg"), "bit {bit}");
        }
    }

    #[test]
    fn a_line_cut_short_is_none() {
        let mut text = Vec::new();
        line(b"a.jpg", "{}").write(&mut text).unwrap();
        for end in 0..text.len() {
            assert_eq!(next(&mut &text[..end]), None, "cut at {end}");
        }
    }
}

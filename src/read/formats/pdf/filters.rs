//! Stream filters (ISO 32000-2, 7.4): those that metadata and the structure of
//! a file are written with, none for images.

use flate2::{Decompress, FlushDecompress, Status};

use super::object::Dict;
use super::parse::unhex;
use crate::read::{Cap, Limits, Over, Stop};

/// What a filter gave, and why it ended early if it did.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    pub(super) fault: Option<Stop>,
}

/// How much may come out of a filter, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) len: usize,
    /// Of which limit that is what is left.
    over: Over,
}

impl Room {
    /// As much as a limit allows.
    pub(super) fn of(limits: &Limits, cap: Cap) -> Self {
        let len = usize::try_from(limits.get(cap)).unwrap_or(usize::MAX);
        Self { len, over: limits.reached(cap) }
    }

    /// What is left of a limit, or of another where that is less.
    pub(super) fn left(self, len: usize, limits: &Limits, cap: Cap) -> Self {
        if len < self.len { Self { len, over: limits.reached(cap) } } else { self }
    }

    pub(super) fn over(self) -> Stop {
        Stop::Over(self.over)
    }
}

/// Applies the filter `name` with its parameters to `data`. No more comes out than
/// there is `room` for.
///
/// # Errors
///
/// [`Stop::Unsupported`] for a filter that is not known here. Damaged data is
/// no error: what came out before the damage is kept.
pub(super) fn decode(
    name: &[u8],
    parameters: &Dict,
    data: &[u8],
    room: Room,
) -> Result<Decoded, Stop> {
    match name {
        b"FlateDecode" | b"Fl" => predicted(inflate(data, room), parameters),
        b"LZWDecode" | b"LZW" => {
            let early = parameters.integer("EarlyChange") != Some(0);
            predicted(lzw(data, early, room), parameters)
        }
        b"ASCIIHexDecode" | b"AHx" => {
            let end = memchr::memchr(b'>', data).unwrap_or(data.len());
            Ok(capped(unhex(data.get(..end).unwrap_or_default()), room))
        }
        b"ASCII85Decode" | b"A85" => Ok(ascii85(data, room)),
        b"RunLengthDecode" | b"RL" => Ok(run_length(data, room)),
        _ => Err(Stop::Unsupported("a filter of a PDF stream is not supported")),
    }
}

fn capped(mut bytes: Vec<u8>, room: Room) -> Decoded {
    let fault = (bytes.len() > room.len).then(|| room.over());
    bytes.truncate(room.len);
    Decoded { bytes, fault }
}

fn inflate(data: &[u8], room: Room) -> Decoded {
    let mut inflater = Decompress::new(true);
    let mut bytes = Vec::new();
    loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let rest = data.get(read..).unwrap_or_default();
        if bytes.len() >= room.len {
            return Decoded { bytes, fault: Some(room.over()) };
        }
        let before = (read, bytes.len());
        let more = bytes.len().clamp(4096, 1 << 20).min(room.len - bytes.len());
        bytes.reserve_exact(more);
        let status = inflater.decompress_vec(rest, &mut bytes, FlushDecompress::None);
        // The spare capacity may be more than was asked for.
        let over = bytes.len() > room.len;
        bytes.truncate(room.len);
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let fault = match status {
            Ok(Status::StreamEnd) if !over => return Decoded { bytes, fault: None },
            Ok(_) if over => Some(room.over()),
            Ok(_) if (read, bytes.len()) != before => continue,
            // Not a byte more in and out: the data ends too early.
            Ok(_) => Some(Stop::Malformed("a Flate stream ends too early")),
            Err(_) => Some(Stop::Malformed("a Flate stream is damaged")),
        };
        return Decoded { bytes, fault };
    }
}

/// LZW as in TIFF 6.0 (7.4.4): codes of 9 to 12 bits, the highest bit first.
fn lzw(data: &[u8], early: bool, room: Room) -> Decoded {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut bytes = Vec::new();
    // Where in `bytes` the text of each code from 258 on stands.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    for byte in data {
        bits = (bits << 8 | u32::from(*byte)) & 0xFF_FFFF;
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        let start = bytes.len();
        match code {
            CLEAR => {
                table.clear();
                previous = None;
                width = 9;
                continue;
            }
            END => return Decoded { bytes, fault: None },
            0..=255 => bytes.push(code as u8),
            _ => {
                // The code that is about to be made: its text is the previous
                // one and the first byte of that again.
                let known = table.get(code - 258).copied();
                let making = (code - 258 == table.len()).then_some(previous).flatten();
                let text = known.or(making.map(|(at, len)| (at, len + 1)));
                let Some((at, len)) = text else {
                    let fault = Some(Stop::Malformed("an LZW stream is damaged"));
                    return Decoded { bytes, fault };
                };
                if len > room.len - bytes.len() {
                    return Decoded { bytes, fault: Some(room.over()) };
                }
                for n in at..at + len {
                    let byte = bytes.get(n).copied().unwrap_or_default();
                    bytes.push(byte);
                }
            }
        }
        if bytes.len() >= room.len {
            return capped(bytes, room);
        }
        if let Some((at, len)) = previous
            && table.len() < 4096 - 258
        {
            table.push((at, len + 1));
        }
        previous = Some((start, bytes.len() - start));
        width = match table.len() + 258 + usize::from(early) {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
    // Many writers leave out the last code.
    Decoded { bytes, fault: None }
}

fn ascii85(data: &[u8], room: Room) -> Decoded {
    let mut bytes = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u32>, bytes: &mut Vec<u8>| {
        let len = group.len();
        if len > 1 {
            group.resize(5, 84);
            let value =
                group.iter().fold(0_u32, |n, d| n.wrapping_mul(85).wrapping_add(*d));
            bytes.extend(value.to_be_bytes().iter().take(len - 1));
        }
        group.clear();
    };
    for byte in data.strip_prefix(b"<~").unwrap_or(data) {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'~' => break,
            _ => continue,
        }
        if group.len() == 5 {
            flush(&mut group, &mut bytes);
        }
        if bytes.len() > room.len {
            break;
        }
    }
    flush(&mut group, &mut bytes);
    capped(bytes, room)
}

fn run_length(data: &[u8], room: Room) -> Decoded {
    let mut bytes = Vec::new();
    let mut rest = data;
    while let [length, tail @ ..] = rest {
        rest = match (*length, tail) {
            (128, _) => break,
            (n @ 0..=127, _) => {
                let (run, tail) = tail.split_at(tail.len().min(usize::from(n) + 1));
                bytes.extend_from_slice(run);
                tail
            }
            (n, [byte, tail @ ..]) => {
                bytes.resize(bytes.len() + 257 - usize::from(n), *byte);
                tail
            }
            (_, []) => break,
        };
        if bytes.len() > room.len {
            break;
        }
    }
    capped(bytes, room)
}

/// Takes back a predictor (7.4.4.4).
fn predicted(decoded: Decoded, parameters: &Dict) -> Result<Decoded, Stop> {
    let predictor = parameters.integer("Predictor").unwrap_or(1);
    if predictor <= 1 {
        return Ok(decoded);
    }
    let positive = |key, otherwise| {
        let value = parameters.integer(key).unwrap_or(otherwise);
        usize::try_from(value).ok().filter(|n| (1..=1 << 20).contains(n))
    };
    let (Some(colors), Some(bits), Some(columns)) =
        (positive("Colors", 1), positive("BitsPerComponent", 8), positive("Columns", 1))
    else {
        return Err(Stop::Malformed("the parameters of a predictor are out of range"));
    };
    if colors > 64 || bits > 16 {
        return Err(Stop::Malformed("the parameters of a predictor are out of range"));
    }
    let pixel = (colors * bits).div_ceil(8);
    let row = (colors * bits * columns).div_ceil(8);
    let Decoded { bytes, fault } = decoded;
    // Rows of a hundred megabytes can be claimed.
    let row = row.min(bytes.len()).max(1);
    let bytes = match predictor {
        2 if bits == 8 => tiff_rows(bytes, row, pixel),
        2 => return Err(Stop::Unsupported("a TIFF predictor not of 8 bits")),
        _ => png_rows(&bytes, row, pixel),
    };
    Ok(Decoded { bytes, fault })
}

fn tiff_rows(mut bytes: Vec<u8>, row: usize, pixel: usize) -> Vec<u8> {
    for line in bytes.chunks_mut(row) {
        for n in pixel..line.len() {
            let left = line.get(n - pixel).copied().unwrap_or_default();
            if let Some(byte) = line.get_mut(n) {
                *byte = byte.wrapping_add(left);
            }
        }
    }
    bytes
}

/// Rows that begin with the number of a PNG filter (PNG, 9.2).
fn png_rows(data: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0; row];
    for line in data.chunks(row + 1) {
        let Some((filter, line)) = line.split_first() else { break };
        let mut current = Vec::with_capacity(row);
        for (n, byte) in line.iter().enumerate() {
            let back = n.checked_sub(pixel);
            let at = |row: &[u8]| back.and_then(|b| row.get(b)).copied().unwrap_or(0);
            let (left, corner) = (at(&current), at(&above));
            let up = above.get(n).copied().unwrap_or(0);
            let guess = match filter {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            };
            current.push(byte.wrapping_add(guess));
        }
        out.extend_from_slice(&current);
        current.resize(row, 0);
        above = current;
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let [to_a, to_b, to_c] = [a, b, c].map(|x| (guess - x).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::object::Object;
    use super::*;

    fn flate(data: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn room(len: usize) -> Room {
        Room { len, over: Limits::default().reached(Cap::Inflated) }
    }

    fn parameters(entries: &[(&str, i64)]) -> Dict {
        let entry =
            |(key, value): &(&str, i64)| (key.as_bytes().into(), Object::Integer(*value));
        Dict(entries.iter().map(entry).collect())
    }

    fn plain(name: &str, data: &[u8]) -> Vec<u8> {
        let decoded =
            decode(name.as_bytes(), &Dict::default(), data, room(1000)).unwrap();
        assert!(decoded.fault.is_none(), "{name}");
        decoded.bytes
    }

    #[test]
    fn filters_give_back_what_was_written() {
        assert_eq!(plain("FlateDecode", &flate(b"metadata")), b"metadata");
        assert_eq!(plain("ASCIIHexDecode", b"4d 65 74 6>rest"), b"Met`");
        assert_eq!(plain("ASCII85Decode", b"87cUR\nD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(plain("A85", b"z~>"), b"\0\0\0\0");
        assert_eq!(plain("RunLengthDecode", b"\x02abc\xFEx\x80rest"), b"abcxxx");
        // The example of ISO 32000-2, 7.4.4.2.
        let lzw = b"\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01";
        assert_eq!(plain("LZWDecode", lzw), b"-----A---B");
    }

    #[test]
    fn predictors_are_taken_back() {
        let rows = [2, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1, 4, 1, 0, 0, 3, 1, 0, 0];
        let given = parameters(&[("Predictor", 12), ("Columns", 3)]);
        let decoded = decode(b"FlateDecode", &given, &flate(&rows), room(1000)).unwrap();
        assert_eq!(decoded.bytes, [1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 6, 7, 4, 5, 6]);
        let given = parameters(&[("Predictor", 2), ("Columns", 3)]);
        let decoded =
            decode(b"Fl", &given, &flate(&[1, 1, 1, 5, 0, 255]), room(1000)).unwrap();
        assert_eq!(decoded.bytes, [1, 2, 3, 5, 5, 4]);
    }

    #[test]
    fn a_bomb_ends_at_the_cap() {
        let zeros = vec![0; 1 << 20];
        let decoded =
            decode(b"Fl", &Dict::default(), &flate(&zeros), room(10_000)).unwrap();
        assert_eq!(decoded.bytes.len(), 10_000);
        assert!(matches!(decoded.fault, Some(Stop::Over(_))));
        let runs = [0x81, b'x'].repeat(1000);
        let decoded = decode(b"RL", &Dict::default(), &runs, room(10_000)).unwrap();
        assert_eq!(decoded.bytes.len(), 10_000);
        assert!(matches!(decoded.fault, Some(Stop::Over(_))));
    }

    #[test]
    fn rows_longer_than_the_data_cost_nothing() {
        let given = parameters(&[
            ("Predictor", 15),
            ("Columns", 1 << 20),
            ("Colors", 64),
            ("BitsPerComponent", 16),
        ]);
        let decoded = decode(b"Fl", &given, &flate(&[0, 1, 2, 3]), room(1000)).unwrap();
        assert_eq!(decoded.bytes, [1, 2, 3]);
    }

    #[test]
    fn what_came_before_damage_is_kept() {
        let text: Vec<u8> = (0..5000_u32).flat_map(|n| (n * n).to_be_bytes()).collect();
        let data = flate(&text);
        let half =
            decode(b"Fl", &Dict::default(), &data[..data.len() / 2], room(1 << 20))
                .unwrap();
        assert!(half.bytes.len() > 1000 && text.starts_with(&half.bytes));
        assert!(matches!(half.fault, Some(Stop::Malformed(_))));
    }
}

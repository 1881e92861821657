//! Files that are cut short, changed at random or built to do harm.

use std::io;
use std::time::{Duration, Instant};

use super::testing::{
    Ifd, Tiff, chunk, damage, deflated, evidence, jpeg, png, said, segment, tiff,
};
use super::{Input, Limits, ReadAt, read_input};
use crate::model::{Content, DamageKind, Evidence, FileRef};

const XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
    xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
    xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' \
    xmpRights:WebStatement='https://example.org/'/></rdf:RDF></x:xmpmeta>";

fn iim() -> Vec<u8> {
    b"\x1C\x01\x5A\0\x03\x1B%G\x1C\x02\x50\0\x04Jane\x1C\x02\x74\0\x02CC".to_vec()
}

fn irb() -> Vec<u8> {
    let iim = iim();
    let len = (iim.len() as u32).to_be_bytes();
    let pad = vec![0; iim.len() % 2];
    let flag = b"8BIM\x04\x0A\0\0\0\0\0\x01\x01\0";
    [b"8BIM\x04\x04\0\0", &len[..], &iim, &pad, flag].concat()
}

fn ifd() -> Ifd {
    let exif = Ifd {
        fields: vec![(0x9286, 7, b"UNICODE\0H\0a\0f\0e\0n\0".to_vec())],
        children: vec![],
    };
    let text = |tag, value: &[u8]| (tag, 2, value.to_vec());
    Ifd {
        fields: vec![
            text(0x013B, b"Jane Doe\0"),
            text(0x8298, b"Jane Doe\0Jo\0"),
            (700, 1, XMP.to_vec()),
            (33723, 7, iim()),
            (34377, 7, irb()),
            (0x9C9B, 1, b"H\0a\0f\0\0\0".to_vec()),
        ],
        children: vec![(34665, exif.clone()), (330, exif)],
    }
}

/// A small file of each format with everything in it.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let exif = tiff(&[(0x013B, b"Jane Doe\0"), (0x8298, b"CC BY 4.0\0")]);
    let profile: String = iim().iter().map(|b| format!("{b:02x}")).collect();
    let profile = format!("\niptc\n{:8}\n{profile}\n", iim().len());
    vec![
        (
            "jpeg",
            jpeg(&[
                segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
                segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()),
                segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP].concat()),
                segment(0xED, &[b"Photoshop 3.0\0", &irb()[..]].concat()),
                segment(0xFE, b"Hafen am Abend"),
                segment(0xDB, &[0; 20]),
            ]),
        ),
        ("png", {
            png(&[
                chunk(b"IHDR", &[0; 13]),
                chunk(b"eXIf", &exif),
                chunk(b"tEXt", b"Title\0Hafen"),
                chunk(b"zTXt", &[b"Author\0\0", &deflated(b"Jane")[..]].concat()),
                chunk(b"IDAT", &[0; 40]),
                chunk(b"iTXt", b"Copyright\0\0\0en\0\0CC0"),
                chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", XMP].concat()),
                chunk(
                    b"zTXt",
                    &[b"Raw profile type iptc\0\0", &deflated(profile.as_bytes())[..]]
                        .concat(),
                ),
            ])
        }),
        ("tiff", Tiff { big_endian: false, big: false }.file(&[ifd(), ifd()])),
        ("tiff", Tiff { big_endian: true, big: true }.file(&[ifd(), ifd()])),
    ]
}

#[test]
fn a_file_cut_at_any_byte_loses_nothing_in_silence() {
    for (id, file) in files() {
        let whole = said(&file);
        assert_eq!(damage(&file), [""; 0], "{id}");
        assert!(whole.len() >= 6, "{id}: {whole:?}");
        for cut in 0..file.len() {
            let part = evidence(&file[..cut]);
            if matches!(part.content, Content::Format { .. }) && part.damage.is_empty() {
                assert_eq!(part.statements.len(), whole.len(), "{id} cut at {cut}");
            }
        }
    }
}

#[test]
fn no_change_of_bytes_makes_a_reader_panic() {
    // A linear congruential generator: the same changes in every run.
    let mut state: u64 = 0x5DEE_CE66;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    for (id, file) in files() {
        let mut formats = 0;
        for _ in 0..2000 {
            let mut file = file.clone();
            for _ in 0..=random(4) {
                let at = random(file.len());
                let values = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, random(256)];
                file[at] = values[random(values.len())] as u8;
            }
            let content = evidence(&file).content;
            formats += u32::from(matches!(content, Content::Format { .. }));
        }
        assert!(formats > 1000, "{id}: only {formats} were still of the format");
    }
}

/// Reads, and fails if it takes too long for a file that is built to do harm.
fn within_limits(file: &[u8]) -> Evidence {
    let begin = Instant::now();
    let evidence = evidence(file);
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(5), "took {took:?}");
    evidence
}

fn limits_reached(evidence: &Evidence) -> Vec<&str> {
    let limits = evidence.damage.iter().filter(|d| d.kind == DamageKind::Limit);
    limits.map(|d| &*d.what).collect()
}

#[test]
fn sixty_thousand_fields_on_one_value_are_held_to_the_limit() {
    let layout = Tiff { big_endian: true, big: false };
    let count: u32 = 60_000;
    let at = 8 + 2 + 12 * count + 4;
    let mut file = b"MM\0*\0\0\0\x08".to_vec();
    file.extend(layout.number(u64::from(count), 2));
    for _ in 0..count {
        file.extend(b"\x01\x3B\0\x02");
        file.extend((600u32 << 10).to_be_bytes());
        file.extend(at.to_be_bytes());
    }
    file.extend([0; 4]);
    file.extend(vec![0x80; 600 << 10]);
    let evidence = within_limits(&file);
    let what = ["metadata block over 16 MiB", "more than 4,096 fields in a directory"];
    for what in what {
        assert!(limits_reached(&evidence).contains(&what), "{what}");
    }
    assert!(evidence.statements.len() < 30, "{}", evidence.statements.len());
    assert!(evidence.damage.len() < 10_000);
}

#[test]
fn a_million_text_chunks_are_held_to_the_limit() {
    let chunks = chunk(b"tEXt", b"Title\0a").repeat(1_000_000);
    let evidence = within_limits(&png(&[chunks]));
    let what = ["more than 20,000 statements", "more than 100,000 parts"];
    assert_eq!(limits_reached(&evidence), what);
}

#[test]
fn what_inflates_without_end_is_held_to_the_limit() {
    let limits = Limits { inflated: 1 << 20, file: 3 << 20, ..Limits::default() };
    let bomb = deflated(&vec![b'a'; 8 << 20]);
    let bombs = chunk(b"zTXt", &[b"Title\0\0", &bomb[..]].concat()).repeat(1000);
    let file = png(&[bombs, chunk(b"tEXt", b"Author\0Jane")]);
    let mut evidence = Evidence::default();
    let mut input = Input::from_bytes(&file, &limits);
    read_input(&mut input, FileRef::Primary, &mut evidence);
    assert_eq!(evidence.damage[0].what, "inflates to more than 1 MiB");
    assert!(evidence.damage.iter().all(|d| d.kind == DamageKind::Limit));
}

#[test]
fn segments_and_directories_without_end_are_held_to_the_limit() {
    let file = jpeg(&[segment(0xE0, b"").repeat(200_000)]);
    assert_eq!(limits_reached(&within_limits(&file)), ["more than 100,000 parts"]);
    let one = Ifd { fields: vec![(0x0131, 2, b"x\0".to_vec())], children: vec![] };
    let chain = vec![one; 2000];
    let file = Tiff { big_endian: false, big: false }.file(&chain);
    assert_eq!(limits_reached(&within_limits(&file)), ["more than 1,000 directories"]);
}

/// A file of zeros but for its first and its last bytes.
struct Sparse {
    len: u64,
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl ReadAt for Sparse {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let tail = self.len - self.tail.len() as u64;
        let mut done = 0;
        for (byte, at) in buf.iter_mut().zip(offset..self.len) {
            *byte = match at.checked_sub(tail) {
                Some(n) => self.tail[n as usize],
                None => self.head.get(at as usize).copied().unwrap_or(0),
            };
            done += 1;
        }
        Ok(done)
    }
}

#[test]
fn a_tiff_of_a_gigabyte_and_a_half_costs_a_few_reads() {
    let layout = Tiff { big_endian: false, big: false };
    let len: u64 = 1500 << 20;
    let inner = layout.file(&[ifd(), ifd(), ifd()]);
    let tail_len = (inner.len() - 8) as u64;
    // The directories stand at the end: every offset in them moves with it.
    let moved = moved(&inner, len - tail_len - 8);
    let head = [b"II*\0", &((len - tail_len) as u32).to_le_bytes()[..]].concat();
    let source = Sparse { len, head, tail: moved[8..].to_vec() };
    let limits = Limits::default();
    let mut input = Input::new(Box::new(source), len, &limits).unwrap();
    let mut evidence = Evidence::default();
    read_input(&mut input, FileRef::Primary, &mut evidence);
    assert_eq!(evidence.damage, []);
    assert_eq!(evidence.statements.len(), said(&inner).len());
    assert!(evidence.cost.read < 64 << 10, "{:?}", evidence.cost);
}

/// The same TIFF structure with all offsets larger by `by`. It knows the layout
/// of [`ifd`]: six fields, two children, each directory with its own.
fn moved(file: &[u8], by: u64) -> Vec<u8> {
    let mut file = file.to_vec();
    let number = |file: &[u8], at: usize, len: usize| {
        file[at..at + len].iter().rev().fold(0u64, |sum, b| (sum << 8) | u64::from(*b))
    };
    let mut waiting = vec![8];
    while let Some(at) = waiting.pop() {
        let count = number(&file, at, 2) as usize;
        for entry in (0..count).map(|n| at + 2 + 12 * n) {
            let (tag, kind) = (number(&file, entry, 2), number(&file, entry + 2, 2));
            let size = number(&file, entry + 4, 4) * if kind == 4 { 4 } else { 1 };
            let value = number(&file, entry + 8, 4);
            if matches!(tag, 330 | 34665) {
                waiting.push(value as usize);
            } else if size <= 4 {
                continue;
            }
            let to = ((value + by) as u32).to_le_bytes();
            file.splice(entry + 8..entry + 12, to);
        }
        let next = at + 2 + 12 * count;
        let value = number(&file, next, 4);
        if value != 0 {
            waiting.push(value as usize);
            file.splice(next..next + 4, ((value + by) as u32).to_le_bytes());
        }
    }
    file
}

//! Files that are cut short, changed at random or built to do harm.

mod documents;

use std::io;
use std::time::{Duration, Instant};

use super::testing::{
    Ifd, Tiff, boxed, chunk, damage, deflated, evidence, jpeg, png, said, segment, tiff,
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
        ("heic", heic(&exif)),
        ("jxl", jxl(&exif)),
        ("jp2", jp2(&exif)),
        ("cr3", cr3(&exif)),
        ("mp4", mp4()),
        ("tiff", Tiff { big_endian: false, big: false }.file(&[ifd(), ifd()])),
        ("tiff", Tiff { big_endian: true, big: true }.file(&[ifd(), ifd()])),
    ]
}

const UUID: &[u8; 16] = &crate::read::containers::isobmff::XMP;

fn heic(exif: &[u8]) -> Vec<u8> {
    let entry = |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind]);
    let iinf = boxed(
        b"iinf",
        &[
            &[0, 0, 0, 0, 0, 2],
            &entry(1, b"Exif\0"),
            &entry(2, b"mime\0application/rdf+xml\0"),
        ],
    );
    let (one, two) = (exif.len() as u32 + 4, XMP.len() as u32);
    let place = |id: u8, at: u32, len: u32| {
        [&[0, id, 0, 1, 0, 0, 0, 1][..], &at.to_be_bytes(), &len.to_be_bytes()].concat()
    };
    let places = [place(1, 0, one), place(2, one, two)].concat();
    let iloc = boxed(b"iloc", &[&[1, 0, 0, 0, 0x44, 0, 0, 2], &places]);
    let idat = boxed(b"idat", &[&[0; 4], exif, XMP]);
    [
        boxed(b"ftyp", &[b"heic\0\0\0\0mif1"]),
        boxed(b"uuid", &[UUID, &XMP.repeat(3)]),
        boxed(b"meta", &[&[0; 4], &iinf, &iloc, &idat]),
        boxed(b"mdat", &[&[0; 40]]),
    ]
    .concat()
}

/// A Brotli stream of one stored metablock and an empty last one: RFC 7932, 9.2.
fn stored_brotli(bytes: &[u8]) -> Vec<u8> {
    // A window of 64 KiB (0); not the last (0); a length of four nibbles (00), less
    // one; stored (1); zeros to the end of the byte.
    let head = (1 << 20) | ((bytes.len() as u32 - 1) << 4);
    [&head.to_le_bytes()[..3], bytes, &[3]].concat()
}

fn jxl(exif: &[u8]) -> Vec<u8> {
    [
        boxed(b"JXL ", &[b"\r\n\x87\n"]),
        boxed(b"ftyp", &[b"jxl \0\0\0\0jxl "]),
        boxed(b"Exif", &[&[0; 4], exif]),
        boxed(b"xml ", &[&XMP.repeat(3)]),
        boxed(b"brob", &[b"xml ", &stored_brotli(XMP)]),
        boxed(b"jxlc", &[&[0; 40]]),
    ]
    .concat()
}

fn jp2(exif: &[u8]) -> Vec<u8> {
    [
        boxed(b"jP  ", &[b"\r\n\x87\n"]),
        boxed(b"ftyp", &[b"jp2 \0\0\0\0jp2 "]),
        boxed(b"uuid", &[b"JpgTiffExif->JP2", exif]),
        boxed(
            b"uuid",
            &[
                b"\x33\xC7\xA4\xD2\xB8\x1D\x47\x23\xA0\xBA\xF1\xA3\xE0\x97\xAD\x38",
                &iim(),
            ],
        ),
        boxed(b"asoc", &[&boxed(b"xml ", &[XMP])]),
        boxed(b"uuid", &[UUID, XMP]),
        boxed(b"jp2c", &[&[0; 40]]),
    ]
    .concat()
}

fn cr3(exif: &[u8]) -> Vec<u8> {
    const CANON: &[u8] =
        b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    let owner = tiff(&[(0xA430, b"Museum of Examples\0"), (0x013B, b"Jo Doe\0")]);
    [
        boxed(b"ftyp", &[b"crx \0\0\0\x01crx "]),
        boxed(b"uuid", &[UUID, &XMP.repeat(2)]),
        boxed(
            b"moov",
            &[&boxed(
                b"uuid",
                &[CANON, &boxed(b"CMT1", &[exif]), &boxed(b"CMT2", &[&owner])],
            )],
        ),
        boxed(b"mdat", &[&[0; 40]]),
    ]
    .concat()
}

fn mp4() -> Vec<u8> {
    let data = |text: &[u8]| boxed(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], text]);
    let list = boxed(
        b"ilst",
        &[
            &boxed(b"\xA9nam", &[&data(b"Hafen")]),
            &boxed(b"\0\0\0\x01", &[&data(b"CC0")]),
        ],
    );
    let keys = boxed(b"keys", &[&[0; 8], &boxed(b"mdta", &[b"license"])]);
    let meta = boxed(b"meta", &[&[0; 4], &boxed(b"hdlr", &[b"x"]), &keys, &list]);
    let user_data = boxed(
        b"udta",
        &[
            &boxed(b"\xA9ART", &[b"\0\x04\x15\xC7Jane\0\x02\x55\xC4Jo"]),
            &boxed(b"cprt", &[&[0; 4], b"\x15\xC7(c) Jane\0"]),
            &boxed(b"XMP_", &[XMP]),
            &meta,
        ],
    );
    [
        boxed(b"ftyp", &[b"mp42\0\0\0\0isom"]),
        boxed(b"uuid", &[UUID, XMP]),
        boxed(b"moov", &[&user_data]),
        boxed(b"mdat", &[&[0; 40]]),
    ]
    .concat()
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

#[test]
fn a_million_boxes_are_held_to_the_limit() {
    let empty = boxed(b"free", &[]).repeat(1_000_000);
    let more = ["more than 100,000 parts"];
    for (start, rest) in [
        (&boxed(b"ftyp", &[b"heic\0\0\0\0"])[..], empty.clone()),
        (&boxed(b"ftyp", &[b"heic\0\0\0\0"]), boxed(b"meta", &[&[0; 4], &empty])),
        (&boxed(b"ftyp", &[b"jxl \0\0\0\0"]), empty.clone()),
        (&boxed(b"jP  ", &[b"\r\n\x87\n"]), boxed(b"asoc", &[&empty])),
        (&boxed(b"ftyp", &[b"crx \0\0\0\0"]), boxed(b"moov", &[&empty])),
        (
            &boxed(b"ftyp", &[b"isom\0\0\0\0"]),
            boxed(b"moov", &[&boxed(b"udta", &[&empty])]),
        ),
    ] {
        let evidence = within_limits(&[start, &rest].concat());
        assert_eq!(limits_reached(&evidence), more, "{:?}", &start[..12]);
        assert_eq!(evidence.damage.len(), 1);
    }
}

/// A HEIC file whose only item, of this type, has these places in `idat`.
fn heic_of_places(kind: &[u8], places: &[(u32, u32)], data: &[u8]) -> Vec<u8> {
    let entry = boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0], kind]);
    let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1], &entry]);
    let count = (places.len() as u16).to_be_bytes();
    let places: Vec<u8> = places
        .iter()
        .flat_map(|(at, len)| [at.to_be_bytes(), len.to_be_bytes()].concat())
        .collect();
    let head = [1, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 1, 0, 0];
    let iloc = boxed(b"iloc", &[&head, &count, &places]);
    let idat = boxed(b"idat", &[data]);
    let meta = boxed(b"meta", &[&[0; 4], &iinf, &iloc, &idat]);
    [boxed(b"ftyp", &[b"heic\0\0\0\0"]), meta].concat()
}

#[test]
fn places_on_the_same_bytes_are_held_to_the_limit() {
    let data = vec![b' '; 64 << 10];
    let places = vec![(0, 64 << 10); 65_535];
    let file = heic_of_places(b"mime\0application/rdf+xml\0", &places, &data);
    let evidence = within_limits(&file);
    assert_eq!(limits_reached(&evidence), ["metadata block over 16 MiB"]);
}

#[test]
fn packets_without_end_are_read_until_the_evidence_is_full() {
    let limits = Limits { statements: 10, ..Limits::default() };
    let signature = boxed(b"jP  ", &[b"\r\n\x87\n"]);
    let packets = boxed(b"uuid", &[UUID, XMP]).repeat(1000);
    let file = [signature, packets, boxed(b"jp2c", &[])].concat();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(&file, &limits), FileRef::Primary, &mut evidence);
    assert_eq!(evidence.statements.len(), 10);
    assert_eq!(limits_reached(&evidence), ["more than 10 statements"]);
}

#[test]
fn places_that_claim_four_gigabytes_are_outside() {
    let file = heic_of_places(b"Exif\0", &[(0, u32::MAX)], b"short");
    let what = ["an item runs past the end of what it stands in"];
    assert_eq!(damage(&file), what);
}

#[test]
fn brotli_without_end_is_held_to_the_limit() {
    // Each stored metablock of zeros says as much as it holds; a compressed one
    // may say a million times more. The limit counts what comes out.
    let limits = Limits { inflated: 1 << 16, ..Limits::default() };
    let mut stream = stored_brotli(&[b' '; 60_000]);
    stream.pop();
    let again = {
        // As the first metablock, and without the window before it.
        let head = (1u32 << 19) | (59_999 << 3);
        [&head.to_le_bytes()[..3], &[b' '; 60_000]].concat()
    };
    stream.extend(again);
    stream.push(3);
    let file = [
        boxed(b"JXL ", &[b"\r\n\x87\n"]),
        boxed(b"brob", &[b"xml ", &stream]),
        boxed(b"jxlc", &[]),
    ]
    .concat();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(&file, &limits), FileRef::Primary, &mut evidence);
    let what = ["inflates to more than 64 KiB"];
    assert_eq!(limits_reached(&evidence), what);
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

//! Our reader of Exif blocks against kamadak-exif, an independent one.
#![expect(clippy::print_stdout, reason = "figures for whoever runs it with --nocapture")]

use std::path::Path;

use exif::{In, Tag, Value};
use tasl::read::Limits;
use tasl::read::blocks::{self, Decoded};

const TAGS: &[(Tag, &str)] = &[
    (Tag::Artist, "Artist"),
    (Tag::Copyright, "Copyright"),
    (Tag::ImageDescription, "ImageDescription"),
];

/// Artist, Copyright and ImageDescription, up to the first NUL.
fn ours(block: &[u8]) -> Vec<Option<String>> {
    let mut out = Decoded::default();
    if blocks::exif::decode(block, &Limits::default(), &mut out).is_err() {
        return Vec::new();
    }
    let value = |name: &str| {
        out.pairs.iter().find(|(_, pair)| pair.key == name).map(|(_, p)| p.value.clone())
    };
    TAGS.iter().map(|(_, name)| value(name)).collect()
}

fn theirs(block: &[u8]) -> Vec<Option<String>> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let exif = reader.read_raw(block.to_vec());
    let Ok(exif) = exif.or_else(|e| e.distill_partial_result(|_| {})) else {
        return Vec::new();
    };
    let value = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => {
            let first = parts.first().map(Vec::as_slice).unwrap_or_default();
            Some(blocks::text::utf8_or_windows_1252(first))
        }
        _ => None,
    };
    TAGS.iter().map(|(tag, _)| value(*tag)).collect()
}

#[test]
fn a_small_block_says_the_same_to_both() {
    let block = b"MM\0*\0\0\0\x08\0\x02\
        \x01\x3B\0\x02\0\0\0\x09\0\0\0\x26\
        \x82\x98\0\x02\0\0\0\x04CC0\0\
        \0\0\0\0Jane Doe\0";
    let all = [Some("Jane Doe".to_owned()), Some("CC0".to_owned()), None];
    assert_eq!(ours(block), all);
    assert_eq!(theirs(block), all);
}

#[test]
fn blocks_of_real_files_say_the_same_to_both() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/files");
    if !dir.exists() {
        println!("skipped: there is no {}", dir.display());
        return;
    }
    let (mut blocks, mut values) = (0, 0);
    for entry in walkdir::WalkDir::new(dir) {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        // The two bytes before the identifier are the length of its segment.
        let Some(at) = memchr::memmem::find(&bytes, b"Exif\0\0") else { continue };
        if !bytes.starts_with(b"\xFF\xD8\xFF") || !bytes[..at - 2].ends_with(b"\xFF\xE1")
        {
            continue;
        }
        let len = usize::from(u16::from_be_bytes([bytes[at - 2], bytes[at - 1]]));
        let block = &bytes[at + 6..];
        let block = &block[..len.saturating_sub(8).min(block.len())];
        let (ours, theirs) = (ours(block), theirs(block));
        // Theirs wants a whole first directory where ours keeps what is there.
        if !theirs.is_empty() {
            blocks += 1;
            values += theirs.iter().flatten().count();
            let ours: Vec<_> =
                ours.iter().map(|v| v.as_ref().map(|v| v.trim_end())).collect();
            let theirs: Vec<_> =
                theirs.iter().map(|v| v.as_ref().map(|v| v.trim_end())).collect();
            assert_eq!(ours, theirs, "{}", entry.path().display());
        }
    }
    println!("{values} values in {blocks} blocks");
}

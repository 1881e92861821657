//! Our reader of Exif blocks beside kamadak-exif, on the blocks of real files.
//!
//! `cargo bench --bench exif [DIRECTORY]`; without one, the files of
//! `../shared/corpus`.
#![expect(clippy::print_stdout, reason = "a program for people")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use exif::{In, Tag};
use tasl::read::Limits;
use tasl::read::blocks::{self, Decoded};

/// The Exif blocks of all JPEG files below a directory.
fn blocks_below(dir: &Path) -> Vec<Vec<u8>> {
    let mut blocks = Vec::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        let Some(at) = memchr::memmem::find(&bytes, b"Exif\0\0") else { continue };
        let Some(len) = at.checked_sub(2).and_then(|n| bytes[n..].first_chunk()) else {
            continue;
        };
        let len = usize::from(u16::from_be_bytes(*len)).saturating_sub(8);
        let block = &bytes[at + 6..];
        let block = &block[..len.min(block.len())];
        if bytes.starts_with(&[0xFF, 0xD8]) && !block.is_empty() {
            blocks.push(block.to_vec());
        }
    }
    blocks
}

fn ours(block: &[u8], limits: &Limits) -> usize {
    let mut out = Decoded::default();
    let _damaged = blocks::exif::decode(block, limits, &mut out);
    out.pairs.len()
}

fn theirs(block: &[u8]) -> usize {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let exif = reader.read_raw(block.to_vec());
    let exif = exif.or_else(|e| e.distill_partial_result(|_| {}));
    let tags = [Tag::Artist, Tag::Copyright, Tag::ImageDescription, Tag::UserComment];
    exif.map_or(0, |exif| {
        let fields = tags.iter().filter_map(|tag| exif.get_field(*tag, In::PRIMARY));
        fields.map(|field| field.display_value().to_string().len()).sum()
    })
}

/// The shortest of several rounds over all blocks.
fn best(mut round: impl FnMut()) -> Duration {
    let time = || {
        let begin = Instant::now();
        round();
        begin.elapsed()
    };
    std::iter::repeat_with(time).take(200).min().unwrap_or_default()
}

fn main() {
    let arg = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let dir = arg.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/files"),
        PathBuf::from,
    );
    if !dir.exists() {
        println!("skipped: there is no {}", dir.display());
        return;
    }
    let blocks = blocks_below(&dir);
    let bytes: usize = blocks.iter().map(Vec::len).sum();
    println!("{} Exif blocks, {bytes} bytes", blocks.len());
    let limits = Limits::default();
    let count = blocks.len().max(1) as u32;
    let our = best(|| {
        for block in &blocks {
            let _count = black_box(ours(block, &limits));
        }
    });
    let their = best(|| {
        for block in &blocks {
            let _count = black_box(theirs(block));
        }
    });
    println!("ours:         {:?} a block", our / count);
    println!("kamadak-exif: {:?} a block", their / count);
}

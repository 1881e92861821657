//! The walkers of JPEG, PNG and TIFF beside a walk that opens each file and
//! reads its first 64 KiB.
//!
//! `cargo bench --bench images [DIRECTORY]`; without one, the files of
//! `../shared/corpus`.
#![expect(clippy::print_stdout, reason = "a program for people")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tasl::model::{Asset, AssetPath, Content, Cost, Subject};
use tasl::read::{Limits, read};

fn asset(file: &Path) -> Asset {
    Asset {
        path: AssetPath::new(Path::new(""), file),
        file: file.to_owned(),
        subject: Subject::File,
        sidecars: Vec::new(),
        ambiguous: Vec::new(),
        unopened: Vec::new(),
    }
}

fn bare(file: &Path) -> usize {
    let mut bytes = vec![0; 64 << 10];
    let mut file = File::open(file).unwrap();
    black_box(file.metadata().unwrap().len());
    file.read(&mut bytes).unwrap()
}

/// The shortest of several rounds.
fn best(mut round: impl FnMut()) -> Duration {
    let time = || {
        let begin = Instant::now();
        round();
        begin.elapsed()
    };
    std::iter::repeat_with(time).take(50).min().unwrap_or_default()
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
    let limits = Limits::default();
    let mut by_format: BTreeMap<&str, (Vec<Asset>, Cost)> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&dir).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let asset = asset(entry.path());
        let evidence = read(&asset, &limits);
        if let Content::Format { id: id @ ("jpeg" | "png" | "tiff"), .. } =
            evidence.content
        {
            let (assets, cost) = by_format.entry(id).or_default();
            assets.push(asset);
            cost.add(evidence.cost);
        }
    }
    for (id, (assets, cost)) in by_format {
        let count = assets.len() as u32;
        let ours = best(|| {
            assets.iter().for_each(|a| drop(black_box(read(a, &limits))));
        });
        let bare = best(|| {
            for asset in &assets {
                let _len = black_box(bare(&asset.file));
            }
        });
        println!(
            "{id}: {count} files, {} bytes stored, {} read in {} calls; \
             {:?} a file, bare walk {:?}, ratio {:.2}",
            cost.stored,
            cost.read,
            cost.calls,
            ours / count,
            bare / count,
            ours.as_secs_f64() / bare.as_secs_f64(),
        );
    }
}

//! The values of Exif, IIM, image resources, PNG text and JPEG comments in real
//! files, against what other readers say about the same files.
//!
//! The files are not part of the project; where they are not there, the test
//! says so and passes.
#![expect(clippy::print_stdout, reason = "figures for whoever runs it with --nocapture")]
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tasl::model::{Asset, AssetPath, BlockKind, Content, Evidence, Subject};
use tasl::read::{Limits, read};

/// The tags of the truth, as our blocks spell them.
const TAGS: &[(&str, BlockKind, &str)] = &[
    ("IFD0:Artist", BlockKind::Exif, "Artist"),
    ("IFD0:Copyright", BlockKind::Exif, "Copyright"),
    ("IFD0:ImageDescription", BlockKind::Exif, "ImageDescription"),
    ("IFD0:UserComment", BlockKind::Exif, "IFD0:UserComment"),
    ("IFD0:XPTitle", BlockKind::Exif, "XPTitle"),
    ("IFD0:XPComment", BlockKind::Exif, "XPComment"),
    ("IFD0:XPAuthor", BlockKind::Exif, "XPAuthor"),
    ("IFD0:XPSubject", BlockKind::Exif, "XPSubject"),
    ("ExifIFD:UserComment", BlockKind::Exif, "UserComment"),
    ("ExifIFD:OwnerName", BlockKind::Exif, "CameraOwnerName"),
    ("IFD1:ImageDescription", BlockKind::Exif, "IFD1:ImageDescription"),
    ("ObjectName", BlockKind::Iim, "2:05"),
    ("SpecialInstructions", BlockKind::Iim, "2:40"),
    ("By-line", BlockKind::Iim, "2:80"),
    ("By-lineTitle", BlockKind::Iim, "2:85"),
    ("Headline", BlockKind::Iim, "2:105"),
    ("Credit", BlockKind::Iim, "2:110"),
    ("Source", BlockKind::Iim, "2:115"),
    ("CopyrightNotice", BlockKind::Iim, "2:116"),
    ("Contact", BlockKind::Iim, "2:118"),
    ("Caption-Abstract", BlockKind::Iim, "2:120"),
    ("Photoshop:CopyrightFlag", BlockKind::Irb, "copyright-flag"),
    ("Photoshop:URL", BlockKind::Irb, "url"),
    ("PNG:Title", BlockKind::PngText, "Title"),
    ("PNG:Author", BlockKind::PngText, "Author"),
    ("PNG:Description", BlockKind::PngText, "Description"),
    ("PNG:Copyright", BlockKind::PngText, "Copyright"),
    ("PNG:Disclaimer", BlockKind::PngText, "Disclaimer"),
    ("PNG:Comment", BlockKind::PngText, "Comment"),
    ("File:Comment", BlockKind::JpegComment, "COM"),
];

const WHERE: &[&str] = &[
    "exif",
    "exif-other",
    "iptc",
    "iptc-extra",
    "photoshop-irb",
    "png-text",
    "jpeg-com",
];

fn corpus() -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if dir.join("truth.jsonl").exists() {
        return Some(dir);
    }
    println!("skipped: there is no {}", dir.display());
    None
}

fn truth(corpus: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(corpus.join("truth.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn evidence(corpus: &Path, path: &str) -> Evidence {
    let asset = Asset {
        path: AssetPath::from_bytes(path),
        file: corpus.join("files").join(path),
        subject: Subject::File,
        sidecars: Vec::new(),
        ambiguous: Vec::new(),
        unopened: Vec::new(),
    };
    read(&asset, &Limits::default())
}

/// The block and key of a tag of the truth: `IPTC2:By-line`.
fn block_and_key(tag: &str) -> Option<(BlockKind, String)> {
    let row = TAGS.iter().find(|(name, ..)| *name == tag);
    if let Some((_, block, key)) = row {
        return Some((*block, (*key).to_owned()));
    }
    let (group, name) = tag.split_once(':')?;
    let (_, block, key) = TAGS.iter().find(|(n, ..)| *n == name)?;
    let key = if group == "IPTC" { (*key).to_owned() } else { format!("{group}:{key}") };
    group.starts_with("IPTC").then_some((*block, key))
}

/// White space at the end and in line breaks is not told apart.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned()
}

/// What we read and others do not, or the other way round, and why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "issue_1847_poc.jpg",
        "2:120",
        "made to do harm; the NULs inside the value are kept, and the truth drops them",
    ),
    (
        "issue_ghsa_g44w_q3vm_gwjq_poc.jpg",
        "ImageDescription",
        "made to do harm; the segment overlaps another",
    ),
    ("ExifTool.jpg", "COM", "Unicode comment of PhotoStudio in APP10, not a COM segment"),
    ("AFCP.jpg", "2:85", "not asked of the truth in any IIM block but the first"),
    ("ExifTool.jpg", "IPTC3:", "AFCP trailer before other trailers, not at the end"),
    ("Nikon.nef", "IPTC2:2:120", "IIM in the maker notes, which are not read"),
    ("Nikon.nef", "IPTC2:2:40", "IIM in the maker notes, which are not read"),
    ("smile-deflate.tiff", "DocumentName", "not asked of the truth"),
    ("smile.tiff", "DocumentName", "not asked of the truth"),
];

/// What a file says, as pairs of a key and a value of each block.
fn said(evidence: &Evidence) -> Vec<(BlockKind, String, String)> {
    let mut all: Vec<(BlockKind, String, String)> = Vec::new();
    for s in &evidence.statements {
        let (block, mut key) = (s.location.block, s.location.key.clone());
        if block == BlockKind::Xmp {
            continue;
        }
        // The truth has both parts of a copyright in one value.
        if key == "CopyrightEditor" {
            if let Some(last) = all.last_mut().filter(|l| l.1 == "Copyright") {
                last.2 = format!("{}\n{}", last.2, s.value);
                continue;
            }
            key = "Copyright".into();
        }
        all.push((block, key, s.value.clone()));
    }
    all
}

/// Whether two keys are of the same field. The truth numbers IIM blocks by where
/// they stand, we number them by their order; keywords of PNG have no case.
fn same_key(ours: &str, theirs: &str) -> bool {
    let dataset = |key: &str| match key.split_once(':') {
        Some((group, dataset)) if group.starts_with("IPTC") => dataset.to_owned(),
        _ => key.to_ascii_lowercase(),
    };
    if theirs.starts_with("IPTC") {
        dataset(ours) == dataset(theirs)
    } else {
        ours.eq_ignore_ascii_case(theirs)
    }
}

#[test]
fn values_are_those_that_other_readers_find() {
    let Some(corpus) = corpus() else { return };
    let (mut files, mut asked) = (0, 0);
    let mut fields: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for record in truth(&corpus) {
        let path = record["path"].as_str().unwrap();
        let evidence = evidence(&corpus, path);
        let Content::Format { id: "jpeg" | "png" | "tiff", .. } = evidence.content else {
            continue;
        };
        files += 1;
        let mut left = said(&evidence);
        for (field, entry) in entries(&record) {
            let (from, tag) = (entry["where"].as_str(), entry["tag"].as_str());
            let (Some(from), Some(tag)) = (from.filter(|f| WHERE.contains(f)), tag)
            else {
                continue;
            };
            let (block, key) = block_and_key(tag).unwrap_or_else(|| panic!("{tag}"));
            let alt = entry["alt"].as_array().into_iter().flatten();
            let alt = alt.filter_map(|a| a["value"].as_str());
            let right: Vec<String> =
                alt.chain(entry["value"].as_str()).map(plain).collect();
            let is_right = |ours: &str| match field {
                "marked" => right.contains(&ours.to_lowercase()),
                _ => right.contains(&plain(ours)),
            };
            let found = left
                .iter()
                .position(|(b, k, v)| *b == block && same_key(k, &key) && is_right(v));
            asked += 1;
            let count = fields.entry(format!("{from} {field}")).or_default();
            count.0 += 1;
            match found {
                Some(n) => drop(left.remove(n)),
                None => {
                    count.1 += 1;
                    wrong.push((path.to_owned(), key, format!("is not {right:?}")));
                }
            }
        }
        for (_, key, value) in left {
            wrong.push((path.to_owned(), key, format!("is {value:?} only for us")));
        }
    }
    for (field, (values, misses)) in &fields {
        println!("{field}: {} of {values}", values - misses);
    }
    let misses: u32 = fields.values().map(|(_, misses)| misses).sum();
    println!("{} of {asked} values in {files} files", asked - misses);
    wrong.retain(|(path, key, _)| {
        !DIFFERENCES
            .iter()
            .any(|(file, k, _why)| path.ends_with(file) && key.starts_with(k))
    });
    assert_eq!(wrong, []);
}

/// The values of a record of the truth, each with its field.
fn entries(record: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let fields = record.as_object().into_iter().flatten();
    fields.filter(|(field, _)| *field != "recoverable").flat_map(|(field, entries)| {
        entries.as_array().into_iter().flatten().map(|entry| (field.as_str(), entry))
    })
}

//! The values of Exif, IIM, image resources, PNG text and JPEG comments in real
//! files, against what other readers say about the same files.
//!
//! The files are not part of the project; where they are not there, the test
//! says so and passes.

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
        let mut left: Vec<(BlockKind, String, String)> = Vec::new();
        for s in &evidence.statements {
            if s.location.block != BlockKind::Xmp {
                let mut key = s.location.key.clone();
                // The truth has both parts of a copyright in one value.
                if key == "CopyrightEditor" {
                    if let Some(last) = left.last_mut().filter(|l| l.1 == "Copyright") {
                        last.2 = format!("{}\n{}", last.2, s.value);
                        continue;
                    }
                    key = "Copyright".into();
                }
                left.push((s.location.block, key, s.value.clone()));
            }
        }
        for (field, entries) in record.as_object().unwrap() {
            let Some(entries) = entries.as_array().filter(|_| field != "recoverable")
            else {
                continue;
            };
            for entry in entries {
                let Some(from) = entry["where"].as_str() else { continue };
                let Some(value) = entry["value"].as_str() else { continue };
                if !WHERE.contains(&from) {
                    continue;
                }
                let tag = entry["tag"].as_str().unwrap();
                let (block, key) = block_and_key(tag).unwrap_or_else(|| panic!("{tag}"));
                let alt = entry["alt"].as_array().cloned().unwrap_or_default();
                let alt = alt.iter().filter_map(|a| a["value"].as_str());
                let right: Vec<String> = alt.chain([value]).map(plain).collect();
                let same = |v: &str| {
                    let v = if field == "marked" { v.to_lowercase() } else { plain(v) };
                    right.contains(&v)
                };
                let found = left
                    .iter()
                    .position(|(b, k, v)| (*b, &**k) == (block, &*key) && same(v));
                asked += 1;
                let count = fields.entry(format!("{from} {field}")).or_default();
                count.0 += 1;
                match found {
                    Some(n) => drop(left.remove(n)),
                    None => {
                        count.1 += 1;
                        wrong.push(format!("{path}: {tag} is not {value:?}"));
                    }
                }
            }
        }
        for (block, key, value) in left {
            wrong.push(format!("{path}: not in the truth: {block} {key} {value:?}"));
        }
        for damage in &evidence.damage {
            println!(
                "{path}: {} {:?} {}",
                damage.kind.as_str(),
                damage.offset,
                damage.what
            );
        }
    }
    for (field, (values, misses)) in &fields {
        println!("{field}: {} of {values}", values - misses);
    }
    println!("{asked} values in {files} files");
    for line in &wrong {
        println!("{line}");
    }
}

//! What ExifTool writes into a file, and reads from it again, is read here too.
//!
//! ExifTool (Debian: libimage-exiftool-perl) writes as many of [`TAGS`] as a
//! format can hold into undamaged fixtures of each format. Each value
//! names its tag, so that one cannot be taken for another.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{evidence_of, fixtures, name, skipped};
use tasl::model::{Content, Property};
use tasl::read::formats::FORMATS;

/// A license that none of the fixtures has.
const LICENSE: &str = "https://creativecommons.org/licenses/by-sa/3.0/lu/";

/// The tags that are written, by family 1 or 0 of ExifTool; what they are
/// about; and the value, where it may not be any text.
const TAGS: &[(&str, Property, &str)] = &[
    ("XMP-cc:License", Property::License, LICENSE),
    ("XMP-cc:AttributionName", Property::AttributionName, ""),
    ("XMP-cc:AttributionURL", Property::AttributionUrl, "https://museum.example/cc"),
    ("XMP-xmpRights:WebStatement", Property::WebStatement, "https://museum.example/web"),
    ("XMP-xmpRights:UsageTerms", Property::UsageTerms, ""),
    ("XMP-dc:Creator", Property::Creator, ""),
    ("XMP-dc:Rights", Property::Rights, ""),
    ("XMP-dc:Title", Property::Title, ""),
    ("XMP-dc:Source", Property::Source, ""),
    ("XMP-photoshop:Credit", Property::Credit, ""),
    ("XMP-photoshop:Source", Property::Source, ""),
    ("IFD0:Artist", Property::Creator, ""),
    ("IFD0:Copyright", Property::Rights, ""),
    ("IFD0:XPTitle", Property::Title, ""),
    ("IFD0:XPAuthor", Property::Creator, ""),
    ("IFD0:ImageDescription", Property::Description, ""),
    ("IPTC:By-line", Property::Creator, ""),
    ("IPTC:CopyrightNotice", Property::Rights, ""),
    ("IPTC:ObjectName", Property::Title, ""),
    ("IPTC:Source", Property::Source, ""),
    ("IPTC:Credit", Property::Credit, ""),
    ("PDF:Title", Property::Title, ""),
    ("PDF:Author", Property::Creator, ""),
    ("ItemList:Title", Property::Title, ""),
    ("ItemList:Artist", Property::Creator, ""),
    ("ItemList:Copyright", Property::Rights, ""),
    ("UserData:Copyright", Property::Rights, ""),
    ("Keys:Title", Property::Title, ""),
    ("Keys:Author", Property::Creator, ""),
    ("Keys:Copyright", Property::Rights, ""),
    ("PNG:Title", Property::Title, ""),
    ("PNG:Author", Property::Creator, ""),
    ("PNG:Copyright", Property::Rights, ""),
    ("PNG:Source", Property::Source, ""),
];

/// How many files of a format are written to.
const MOST: usize = 6;

/// How many tags ExifTool 12.57 can write into a format.
const LEAST: &[(&str, usize)] = &[
    ("3gpp", 18),
    ("avif", 16),
    ("cr3", 16),
    ("eps", 21),
    ("exv", 21),
    ("gif", 11),
    ("heif", 16),
    ("jp2", 21),
    ("jpeg", 21),
    ("jpm", 21),
    ("jxl", 16),
    ("m4a", 18),
    ("mp4", 18),
    ("orf", 21),
    ("pdf", 13),
    ("png", 25),
    ("psd", 21),
    ("quicktime", 18),
    ("tiff", 21),
    ("webp", 16),
    ("xmp", 11),
];

/// What a tag is given: not ASCII alone, and at most 32 bytes, which is what
/// IIM gives a name.
fn value(tag: &str, value: &str) -> String {
    match value {
        "" => {
            let (group, tag) = tag.split_once(':').unwrap();
            format!("Zoë {} {tag}", group.trim_start_matches("XMP-"))
        }
        value => value.to_owned(),
    }
}

#[test]
fn what_exiftool_writes_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let mut originals = Vec::new();
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    for file in fixtures() {
        let evidence = evidence_of(&file);
        let sound = evidence.damage.is_empty()
            && matches!(
                evidence.content,
                Content::Format { .. } | Content::Unsupported { .. }
            );
        let kind = evidence.content.media_type().unwrap_or_default();
        if sound && *taken.entry(kind).or_default() < MOST {
            *taken.entry(kind).or_default() += 1;
            let extension = file.extension().unwrap().to_string_lossy().into_owned();
            let copy = directory.path().join(format!("{}.{extension}", originals.len()));
            fs::copy(&file, &copy).unwrap();
            originals.push((file, copy));
        }
    }
    let Some(written) = exiftool(directory.path()) else {
        skipped("no exiftool here, so nothing was written for the round trip");
        return;
    };
    let mut wrong = Vec::new();
    let mut tags: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (original, copy) in originals {
        let Some(stands) = written.get(&copy) else { continue };
        let evidence = evidence_of(&copy);
        let format = match evidence.content {
            Content::Format { id, .. } => id.to_owned(),
            // Said to be one that is not read; that is all there is to it.
            Content::Unsupported { .. } => continue,
            other => format!("{other:?}"),
        };
        for (tag, property, text) in TAGS {
            let text = value(tag, text);
            if !stands.get(*tag).is_some_and(|v| holds(v, &text)) {
                continue;
            }
            tags.entry(format.clone()).or_default().insert(tag);
            if !evidence.about(*property).any(|(_, s)| s.value.trim() == text) {
                wrong.push(format!("{} ({}) has {tag}", name(&original), copy.display()));
            }
        }
    }
    for (format, tags) in &tags {
        eprintln!("{format}: {} tags: {tags:?}", tags.len());
    }
    assert!(wrong.is_empty(), "not read:\n{}", wrong.join("\n"));
    for (format, least) in LEAST {
        let count = tags.get(*format).map_or(0, BTreeSet::len);
        assert!(count >= *least, "only {count} tags were written into {format}");
    }
    for format in FORMATS.iter().filter(|f| !tags.contains_key(f.id)) {
        skipped(&format!("exiftool wrote into no fixture of {}", format.id));
    }
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(value) => value.trim() == text,
        Value::Array(values) => values.iter().any(|v| holds(v, text)),
        _ => false,
    }
}

/// Writes the tags into all files of a directory, and gives for each what
/// ExifTool then reads; `None` where there is no ExifTool.
fn exiftool(directory: &Path) -> Option<BTreeMap<PathBuf, Value>> {
    let mut write = Command::new("exiftool");
    // Perl orders hashes anew in every run, and of some formats that decides.
    write.env("PERL_HASH_SEED", "0").env("PERL_PERTURB_KEYS", "0");
    write.args(["-q", "-q", "-m", "-overwrite_original", "-charset", "utf8"]);
    write.args(["-IPTC:CodedCharacterSet=UTF8", "-charset", "exif=utf8"]);
    for (tag, _, text) in TAGS {
        write.arg(format!("-{tag}={}", value(tag, text)));
    }
    // A file that it cannot write is an error of the whole, but not for us.
    write.arg(directory).output().ok()?;
    let read = Command::new("exiftool")
        .args(["-q", "-q", "-j", "-G1", "-a", "-struct", "-charset", "exif=utf8"])
        .arg(directory)
        .output()
        .ok()?;
    let files: Vec<Value> = serde_json::from_slice(&read.stdout).unwrap();
    let path = |file: &Value| PathBuf::from(file["SourceFile"].as_str().unwrap());
    Some(files.into_iter().map(|file| (path(&file), file)).collect())
}

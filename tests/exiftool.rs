//! What ExifTool writes into a file is read back from it.
//!
//! ExifTool is not part of this package; the test says so where it is not
//! installed. HEIC and AVIF files that it can write to come from the corpus.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{evidence_of, here, skipped};

/// Tag, block and value; each value once.
type Fields = &'static [(&'static str, &'static str, &'static str)];

const XMP: Fields = &[
    ("XMP-cc:License", "xmp", "https://creativecommons.org/licenses/by/4.0/"),
    ("XMP-dc:Creator", "xmp", "Ada Archivist"),
    ("XMP-dc:Rights", "xmp", "© 2026 Ada Archivist"),
    ("XMP-dc:Title", "xmp", "Über die Brücke"),
    ("XMP-dc:Source", "xmp", "Box 7"),
];
const EXIF: Fields = &[
    ("EXIF:Artist", "exif", "Bela Bookbinder"),
    ("EXIF:Copyright", "exif", "CC BY 4.0"),
];
const QUICKTIME: Fields = &[
    ("Keys:Author", "quicktime", "Carla Cartographer"),
    ("Keys:Copyright", "quicktime", "CC BY-SA 4.0"),
    ("UserData:Author", "quicktime", "Dora Draughtswoman"),
    ("UserData:Copyright", "quicktime", "CC BY-NC 4.0"),
    ("ItemList:Title", "quicktime", "Die Mühle"),
    ("ItemList:Copyright", "quicktime", "CC0 1.0"),
];

/// Files, and what they can hold beside XMP.
fn files() -> Vec<(&'static str, Fields)> {
    let corpus = "../shared/corpus/files";
    let mut files = vec![
        ("fixtures/formats/cr3/boxes.cr3", EXIF),
        ("fixtures/formats/jp2/uuid.jp2", EXIF),
        ("fixtures/formats/jpx/rights.jpx", EXIF),
        ("fixtures/formats/jpm/uuid.jpm", EXIF),
        ("fixtures/formats/jxl/boxes.jxl", EXIF),
        ("fixtures/formats/jxl/brotli.jxl", EXIF),
        ("fixtures/formats/3gpp/texts.3gp", QUICKTIME),
        ("fixtures/formats/m4a/items.m4a", QUICKTIME),
        ("fixtures/formats/mp4/packet.mp4", QUICKTIME),
        ("fixtures/formats/quicktime/keys.mov", QUICKTIME),
        ("fixtures/formats/quicktime/texts.mov", QUICKTIME),
    ];
    if here(corpus).is_dir() {
        files.extend([
            ("../shared/corpus/files/Exiv2+exiv2/test/data/Stonehenge.heic", EXIF),
            ("../shared/corpus/files/Exiv2+exiv2/test/data/Sony.HIF", EXIF),
            (
                "../shared/corpus/files/drewnoakes+metadata-extractor-images/avif/\
                 Issue 649.avif",
                EXIF,
            ),
        ]);
    }
    files
}

#[test]
fn what_exiftool_writes_is_read_back() {
    if !Command::new("exiftool").arg("-ver").output().is_ok_and(|o| o.status.success()) {
        skipped("ExifTool is not installed, so nothing was written with it");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (file, more) in files() {
        let name = Path::new(file).file_name().unwrap();
        let copy = directory.path().join(name);
        fs::write(&copy, fs::read(here(file)).unwrap()).unwrap();
        let fields = || XMP.iter().chain(more);
        let written = Command::new("exiftool")
            .args(["-q", "-overwrite_original"])
            .args(fields().map(|(tag, _, value)| format!("-{tag}={value}")))
            .arg(&copy)
            .output()
            .unwrap();
        assert!(written.status.success(), "{file}: {written:?}");
        let evidence = evidence_of(&copy);
        for (tag, block, value) in fields() {
            let is_read = evidence
                .statements
                .iter()
                .any(|s| s.location.block.as_str() == *block && s.value == *value);
            assert!(
                is_read,
                "{file}: {tag} is not read back\n{}",
                evidence.to_notation()
            );
        }
    }
}

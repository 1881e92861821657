//! Each limit bites, and is said with its name and its value.

use std::path::Path;

use super::*;
use crate::model::{DamageKind, Evidence, FileRef};
use crate::read::testing::{jpeg, segment};
use crate::read::{Input, read_input};

/// For each limit a value that is too low for a file of the fixtures.
const CASES: &[(Cap, u64, &str)] = &[
    (Cap::Block, 32, "formats/tiff/exif-ifd.tif"),
    (Cap::File, 5, "collection/intake/scan-0001.jpg"),
    (Cap::Value, 3, "collection/intake/scan-0001.jpg"),
    (Cap::Values, 10, "collection/intake/scan-0001.jpg"),
    (Cap::Statements, 1, "collection/intake/scan-0001.jpg"),
    (Cap::Inflated, 20, "collection/papers/guide.pdf"),
    (Cap::Parts, 1, "collection/intake/scan-0001.jpg"),
    (Cap::NestedBlocks, 0, "collection/maps/globe.tif"),
    (Cap::Directories, 1, "formats/tiff/exif-ifd.tif"),
    (Cap::NestedDirectories, 0, "formats/tiff/exif-ifd.tif"),
    (Cap::Fields, 1, "formats/tiff/exif-ifd.tif"),
    (Cap::ItemPlaces, 1, "formats/heic/items.heic"),
    (Cap::Associations, 0, "formats/jpx/rights.jpx"),
    (Cap::Packets, 1, "formats/eps/last.eps"),
    (Cap::AssertionValues, 2, "formats/png/c2pa.png"),
    (Cap::AssertionDepth, 2, "formats/png/c2pa.png"),
    (Cap::XmpDepth, 1, "collection/intake/scan-0001.jpg"),
    (Cap::XmpElements, 1, "collection/intake/scan-0001.jpg"),
    (Cap::XmpAttributes, 0, "collection/intake/scan-0001.jpg"),
    (Cap::XmpNamespaces, 1, "collection/intake/scan-0001.jpg"),
    (Cap::XmpPath, 1, "collection/intake/scan-0001.jpg"),
    (Cap::XmpEntities, 1, "formats/svg/entities.svg"),
    (Cap::Page, 100, "formats/html/rdfa.html"),
    (Cap::LicenseFile, 10, "formats/reuse/tags.license"),
    (Cap::HtmlDepth, 0, "formats/html/rdfa.html"),
    (Cap::Script, 10, "formats/html/json-ld.html"),
    (Cap::JsonObjects, 1, "formats/html/json-ld.html"),
    (Cap::JsonValues, 1, "formats/html/json-ld.html"),
    (Cap::XmlDepth, 1, "formats/epub/book.epub"),
    (Cap::XmlElements, 1, "formats/epub/book.epub"),
    (Cap::XmlAttributes, 0, "formats/epub/book.epub"),
    (Cap::ZipWalked, 2, "formats/epub/no-directory.epub"),
    (Cap::Streams, 0, "formats/ogg/comments.ogg"),
    (Cap::PdfObject, 10, "collection/papers/guide.pdf"),
    (Cap::PdfDepth, 0, "collection/papers/guide.pdf"),
    (Cap::PdfValues, 1, "collection/papers/guide.pdf"),
    (Cap::PdfSections, 1, "pdf/linearized.pdf"),
    (Cap::PdfSubsections, 0, "collection/papers/guide.pdf"),
    (Cap::PdfXref, 1, "pdf/object-streams.pdf"),
    (Cap::PdfObjectStream, 1, "pdf/object-streams.pdf"),
    (Cap::PdfCompressed, 0, "pdf/object-streams.pdf"),
    (Cap::PdfFilters, 0, "pdf/object-streams.pdf"),
    (Cap::PdfInflated, 0, "collection/papers/guide.pdf"),
    (Cap::Pages, 2, "formats/pdf/imprint.pdf"),
    (Cap::PdfNodes, 0, "collection/papers/guide.pdf"),
    (Cap::PdfTree, 0, "collection/papers/guide.pdf"),
    (Cap::Annotations, 0, "formats/pdf/link-alone.pdf"),
    (Cap::PdfAddress, 10, "formats/pdf/link-alone.pdf"),
    (Cap::Pictures, 0, "formats/pdf/page-metadata.pdf"),
    (Cap::PageText, 0, "collection/papers/guide.pdf"),
    (Cap::Operators, 0, "collection/papers/guide.pdf"),
    (Cap::PdfText, 0, "collection/papers/guide.pdf"),
    (Cap::PdfContents, 0, "collection/papers/guide.pdf"),
    (Cap::PdfForms, 0, "formats/pdf/text-form.pdf"),
    (Cap::PdfNestedForms, 0, "formats/pdf/text-form.pdf"),
    (Cap::PdfFonts, 0, "collection/papers/guide.pdf"),
    (Cap::PdfCharacterMap, 10, "formats/pdf/text-to-unicode.pdf"),
    (Cap::Passages, 0, "formats/pdf/imprint.pdf"),
    (Cap::Time, 0, "collection/intake/scan-0001.jpg"),
];

/// The same for those of which no fixture has enough.
fn made(cap: Cap) -> Option<(u64, Vec<u8>)> {
    let broken = |places| {
        let places = "<a b=\"</a<".repeat(places);
        format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
             xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>{places}"
        )
    };
    // Without a cross-reference table.
    let lost = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n\
        <</Type/ObjStm/N 0/First 0/Length 0>>stream\n\nendstream\nendobj\n%%EOF\n";
    let page = |content: &str| {
        let (head, len) = ("<</Type/Catalog/Pages 2 0 R>>", content.len());
        format!(
            "%PDF-1.7\n1 0 obj\n{head}\nendobj\n2 0 obj\n<</Kids[3 0 R]>>\nendobj\n\
             3 0 obj\n<</Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length {len}>>stream\n\
             {content}\nendstream\nendobj\n%%EOF\n"
        )
    };
    Some(match cap {
        Cap::PdfPieces => (1, page("[(a)(b)]TJ").into_bytes()),
        Cap::PdfStates => (0, page("q Q").into_bytes()),
        Cap::PdfLists => (0, page("/Span/A BDC EMC").into_bytes()),
        // The head, and the rest of the segment.
        Cap::Reads => (1, jpeg(&[segment(0xE0, &[0; 20_000]), segment(0xFE, b"a")])),
        Cap::Scan => (40, lost.to_vec()),
        Cap::PdfObjects => (1, lost.to_vec()),
        Cap::PdfObjectStreams => (0, lost.to_vec()),
        Cap::XmpRepairs => (1, broken(10).into_bytes()),
        Cap::XmpReread => (0, broken(60).into_bytes()),
        _ => return None,
    })
}

/// What is said of the limits that a file reaches.
fn limits_reached(file: &[u8], limits: &Limits) -> Vec<String> {
    let mut evidence = Evidence::default();
    let mut input = Input::from_bytes(file, limits);
    read_input(&mut input, FileRef::Primary, &mut evidence);
    let is_limit = |kind| matches!(kind, DamageKind::Limit | DamageKind::Unexamined);
    let limits = evidence.damage.into_iter().filter(|d| is_limit(d.kind));
    limits.map(|d| d.what).collect()
}

#[test]
fn every_limit_that_bites_is_said_with_its_value() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for cap in Cap::ALL {
        let (low, file) = made(*cap).unwrap_or_else(|| {
            let case = CASES.iter().find(|(of, ..)| of == cap);
            let (_, low, name) = case.unwrap_or_else(|| panic!("{cap:?} has no case"));
            let file = std::fs::read(fixtures.join(name));
            (*low, file.unwrap_or_else(|error| panic!("{name}: {error}")))
        });
        let usual = Limits::default();
        let low = usual.clone().with(*cap, low);
        let reached = |limits: &Limits| {
            let said = limits.reached(*cap).to_string();
            let all = limits_reached(&file, limits);
            (all.iter().any(|what| what.starts_with(&said)), all)
        };
        let (bites, all) = reached(&usual);
        assert!(!bites, "{cap:?}: the usual limits: {all:?}");
        let (bites, all) = reached(&low);
        assert!(bites, "{cap:?}: not said: {}, but {all:?}", low.reached(*cap));
    }
}

#[test]
fn no_two_limits_say_the_same() {
    for (n, one) in Cap::ALL.iter().enumerate() {
        assert_eq!(one.row().says.matches("{}").count(), 1, "{one:?}");
        for other in Cap::ALL.iter().skip(n + 1) {
            assert_ne!(one.row().says, other.row().says, "{one:?} {other:?}");
        }
    }
}

#[test]
fn numbers_are_said_so_that_they_can_be_read() {
    let usual = Limits { time: Some(Duration::from_secs(60)), ..Limits::default() };
    for (cap, said) in [
        (Cap::Block, "metadata block over 16 MiB"),
        (Cap::Reads, "more than 100,000 read calls"),
        (Cap::Time, "reading took longer than 60 s"),
        (
            Cap::Annotations,
            "more than 2,000 annotations; what goes beyond was not looked at",
        ),
    ] {
        let stop = match cap {
            Cap::Annotations => usual.aside(cap),
            _ => usual.over(cap),
        };
        assert_eq!(stop.to_string(), said);
    }
    let odd = usual.with(Cap::Block, 5_000);
    assert_eq!(odd.over(Cap::Block).to_string(), "metadata block over 5,000 bytes");
}

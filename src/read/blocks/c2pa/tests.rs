use super::{UUID, decode, is_store, name};
use crate::read::Limits;
use crate::read::blocks::Decoded;
use crate::read::testing::{boxed, chunk, damage, evidence, jpeg, png, said, segment};

const ISO: &[u8] = b"\0\x11\0\x10\x80\0\0\xAA\0\x38\x9B\x71";

/// A superbox of this kind and label, with these boxes.
fn superbox(kind: &[u8; 4], label: &str, boxes: &[&[u8]]) -> Vec<u8> {
    let description = boxed(b"jumd", &[kind, ISO, &[3], label.as_bytes(), &[0]]);
    boxed(b"jumb", &[&description, &boxes.concat()])
}

fn manifest(kind: &[u8; 4], assertions: &[&[u8]]) -> Vec<u8> {
    let assertions = superbox(b"c2as", "c2pa.assertions", assertions);
    superbox(kind, "urn:uuid:1", &[&assertions, &superbox(b"c2cl", "c2pa.claim", &[])])
}

fn store(manifests: &[&[u8]]) -> Vec<u8> {
    superbox(b"c2pa", "c2pa", manifests)
}

fn work(json: &str) -> Vec<u8> {
    let content = boxed(b"json", &[json.as_bytes()]);
    superbox(b"json", "stds.schema-org.CreativeWork", &[&content])
}

/// `{"entries": {"cawg.ai_training": {"use": "notAllowed"}}}` in CBOR.
const MINING: &[u8] =
    b"\xA1\x67entries\xBF\x70cawg.ai_training\xA1\x63use\x6AnotAllowed\xFF";

fn mining(label: &str, cbor: &[u8]) -> Vec<u8> {
    superbox(b"cbor", label, &[&boxed(b"cbor", &[cbor])])
}

/// What a block says, and what was wrong.
fn read(block: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut out = Decoded::default();
    if let Err(stop) = decode(block, &Limits::default(), &mut out) {
        out.problem(0, stop);
    }
    let said = out.pairs.into_iter().map(|(_, p)| format!("{} {}", p.key, p.value));
    let wrong = out.problems.into_iter().map(|(_, stop)| stop.to_string());
    (said.collect(), wrong.collect())
}

#[test]
fn the_last_manifest_says_who_made_the_file_and_what_may_be_done() {
    let ingredient = manifest(b"c2ma", &[&work(r#"{"author": "somebody else"}"#)]);
    let active = manifest(
        b"c2ma",
        &[
            &work(
                r#"{"author": [{"@type": "Person", "name": "Jane"}, {"name": "Jo"}],
                    "license": "https://example.org/", "creditText": "J & J", "year": 1}"#,
            ),
            &superbox(b"cbor", "c2pa.actions", &[&boxed(b"cbor", &[b"\xA0"])]),
            &mining("cawg.training-mining__2", MINING),
        ],
    );
    let (said, wrong) = read(&store(&[&ingredient, &active]));
    let all = [
        "CreativeWork/author/name Jane",
        "CreativeWork/author/name Jo",
        "CreativeWork/creditText J & J",
        "CreativeWork/license https://example.org/",
        "cawg.training-mining/ai_training notAllowed",
    ];
    assert_eq!(said, all);
    assert_eq!(wrong, [""; 0]);
    // What is in the superbox, without its header.
    assert_eq!(read(&store(&[&active])[8..]).0, all);
}

#[test]
fn a_store_is_found_in_segments_chunks_and_boxes() {
    let store = store(&[&manifest(b"c2ma", &[&work(r#"{"license": "CC0"}"#)])]);
    assert!(is_store(&store) && !is_store(&superbox(b"json", "other", &[])));
    let (one, two) = store.split_at(100);
    let part = |n: u8, bytes: &[&[u8]]| {
        segment(0xEB, &[b"JP\0\x07\0\0\0", &[n][..], &bytes.concat()].concat())
    };
    let in_segments = jpeg(&[part(1, &[one]), part(2, &[&store[..8], two])]);
    let in_a_chunk = png(&[chunk(b"caBX", &store)]);
    let file = boxed(b"ftyp", &[b"isom\0\0\0\0"]);
    let uuid = boxed(b"uuid", &[&UUID, b"\0\0\0\0manifest\0", &[0; 8], &store]);
    let in_a_box = [file, uuid, boxed(b"moov", &[])].concat();
    let in_jxl =
        [boxed(b"JXL ", &[b"\r\n\x87\n"]), store.clone(), boxed(b"jxlc", &[])].concat();
    for file in [in_segments, in_a_chunk, in_a_box, in_jxl] {
        assert_eq!(said(&file), ["c2pa CreativeWork/license CC0"], "{:?}", damage(&file));
        assert_eq!(damage(&file), [""; 0]);
        let at = evidence(&file).statements[0].location.offset as usize;
        assert!(file[at..].starts_with(br#"{"license""#));
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let metadata = superbox(b"json", "cawg.metadata", &[&boxed(b"json", &[b"{}"])]);
    let empty = superbox(b"json", "stds.schema-org.CreativeWork", &[]);
    for (assertion, what) in [
        (work("{"), "an assertion that is not JSON"),
        (empty, "an assertion without content"),
        (metadata, "a metadata assertion in a C2PA manifest"),
        (mining("c2pa.training-mining", b"\xA1"), "an assertion that is not CBOR"),
        (mining("c2pa.training-mining", b"\x7F"), "a CBOR string in chunks"),
        (
            mining("c2pa.training-mining", &[0x81; 100]),
            "more than 32 values of an assertion inside each other",
        ),
        (
            mining("c2pa.training-mining", &[&[0x9F][..], &[0; 20_000]].concat()),
            "more than 10,000 values in an assertion",
        ),
        (boxed(b"jumb", &[b"x"]), "the header of a box is cut short"),
        (boxed(b"jumb", &[&boxed(b"free", &[])]), "a JUMBF box without a description"),
    ] {
        let (_, wrong) = read(&store(&[&manifest(b"c2ma", &[&assertion])]));
        assert_eq!(wrong, [what]);
    }
    let (_, wrong) = read(&store(&[]));
    assert_eq!(wrong, ["a manifest store without a manifest"]);
    let (_, wrong) = read(&store(&[&manifest(b"c2um", &[])]));
    assert_eq!(wrong, ["an update manifest: what it updates is not read"]);
}

#[test]
fn a_label_may_have_a_version_and_a_number() {
    for label in ["c2pa.metadata", "c2pa.metadata.v2", "c2pa.metadata.v2__1"] {
        assert_eq!(name(label), "c2pa.metadata");
    }
    assert_eq!(name("com.vendor"), "com.vendor");
}

#[test]
fn a_store_cut_at_any_byte_is_damaged() {
    let work = work(r#"{"license": "CC0"}"#);
    let whole =
        store(&[&manifest(b"c2ma", &[&work, &mining("cawg.training-mining", MINING)])]);
    assert_eq!(read(&whole).0.len(), 2);
    for cut in 40..whole.len() {
        assert!(!read(&whole[..cut]).1.is_empty(), "cut at {cut}");
    }
}

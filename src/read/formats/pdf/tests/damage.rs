//! Documents that are cut short or changed.

use super::*;

const BOTH: &str = "/Root 1 0 R/Info 3 0 R";

fn sample() -> Pdf {
    Pdf::with_catalog("/Metadata 4 0 R").object(3, "<</Title(Hafen)>>").stream(
        4,
        "/Type/Metadata",
        b"<packet>",
    )
}

/// `bytes` with the first `from` made `to`.
fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = memchr::memmem::find(bytes, from.as_bytes()).unwrap();
    let mut bytes = bytes.to_vec();
    bytes.splice(at..at + from.len(), to.bytes());
    bytes
}

#[test]
fn a_broken_table_is_replaced_by_a_pass_over_the_file() {
    let table = sample().table(BOTH).bytes;
    let stream = sample().xref_stream(9, BOTH).bytes;
    let compressed = Pdf::with_catalog("/Metadata 4 0 R")
        .stream(4, "/Type/Metadata", b"<packet>")
        .object_stream(8, &[(3, "<</Title(Hafen)>>")])
        .xref_stream(9, BOTH)
        .bytes;
    for (bytes, from, to) in [
        (&table, "startxref", "startxxxx"),
        (&table, "startxref\n", "startxref\n9"),
        (&table, "xref\n0 1", "xxxx\n0 1"),
        (&table, "%PDF-1.7\n", "%PDF-1.7\n%shifts all offsets\n"),
        (&table, "0000000009", "0000000010"),
        (&stream, "/W[1 3 2]", "/W[1 3]"),
        (&stream, "/FlateDecode", "/Flat\neDecode"),
        (&stream, "startxref", ""),
        (&compressed, "startxref", ""),
    ] {
        let said = said(&changed(bytes, from, to));
        assert_eq!(said, ["Title=Hafen", "xmp=<packet>", REBUILT], "{from:?} {to:?}");
    }
}

#[test]
fn half_of_a_compressed_section_is_not_taken_for_all() {
    let pdf = sample().xref_stream(9, BOTH).bytes;
    let at = memchr::memmem::rfind(&pdf, b"stream\nx").unwrap();
    let mut damaged = pdf.clone();
    damaged[at + 30] ^= 0xFF;
    assert_eq!(said(&damaged), ["Title=Hafen", "xmp=<packet>", REBUILT]);
    let pdf = Pdf::with_catalog("/Metadata 4 0 R")
        .object_stream(8, &[(3, "<</Title(Hafen)>>")])
        .xref_stream(9, BOTH);
    let missing = said(&changed(&pdf.bytes, "/N 1", "/N 0"));
    assert!(missing.iter().all(|line| line.starts_with('!')), "{missing:?}");
    assert!(!missing.is_empty());
}

#[test]
fn a_pass_finds_the_newest_revision() {
    let revised = sample().table(BOTH).object(3, "<</Title(new)>>").table(BOTH);
    let compressed = sample()
        .table(BOTH)
        .object_stream(8, &[(3, "<</Title(new)>>")])
        .xref_stream(9, BOTH);
    for pdf in [revised, compressed] {
        let end = memchr::memmem::rfind(&pdf.bytes, b"startxref").unwrap();
        let said = said(&pdf.bytes[..end]);
        assert_eq!(said, ["Title=new", "xmp=<packet>", REBUILT]);
    }
}

#[test]
fn a_catalog_is_found_without_a_trailer() {
    let said = said(&sample().bytes);
    assert_eq!(said, ["xmp=<packet>", REBUILT]);
}

#[test]
fn a_lost_older_section_is_found_out_when_it_is_needed() {
    let pdf = sample().table(BOTH).object(3, "<</Title(new)>>").table(BOTH).bytes;
    let at = memchr::memmem::rfind(&pdf, b"/Prev ").unwrap();
    let mut bytes = pdf.clone();
    bytes[at + 6] = b'9';
    assert_eq!(said(&bytes), ["Title=new", "xmp=<packet>", REBUILT]);
    // All that is wanted stands in the newest section.
    let whole = Pdf::with_catalog("")
        .object(3, "<</Title(new)>>")
        .table("/Root 1 0 R/Info 3 0 R/Prev 7");
    assert_eq!(said(&whole.bytes), ["Title=new"]);
}

#[test]
fn an_encrypted_document_can_be_found_by_a_pass() {
    let plain = said(&fixture("plain.pdf"));
    for name in ["encrypted-aes-128.pdf", "encrypted-object-streams.pdf"] {
        let said = said(&changed(&fixture(name), "startxref", ""));
        assert_eq!(said[..4], plain, "{name}");
        assert_eq!(said[4], REBUILT);
    }
}

#[test]
fn a_damaged_packet_is_kept_as_far_as_it_goes() {
    let text: String = (0..3000).map(|n| format!("<{}>", n * n)).collect();
    let mut data = flate(text.as_bytes());
    data.truncate(data.len() / 2);
    let pdf = Pdf::with_catalog("/Metadata 4 0 R")
        .stream(4, "/Filter/FlateDecode", &data)
        .table("/Root 1 0 R");
    let said = said(&pdf.bytes);
    assert_eq!(said[0], "!malformed a Flate stream ends too early");
    assert!(said[1].starts_with("xmp=<0><1><4>"), "{said:?}");
}

#[test]
fn a_filter_that_is_not_known_is_named() {
    let pdf = Pdf::with_catalog("/Metadata 4 0 R")
        .object(3, "<</Title(Hafen)>>")
        .stream(4, "/Filter/DCTDecode", b"x")
        .table(BOTH);
    let said = said(&pdf.bytes);
    assert_eq!(
        said,
        ["Title=Hafen", "!unsupported a filter of a PDF stream is not supported"]
    );
}

#[test]
fn a_document_cut_short_anywhere_is_not_sound() {
    let builds = [sample().table(BOTH).bytes, sample().xref_stream(9, BOTH).bytes];
    let files = fixtures().into_iter().map(|(_, bytes)| bytes).chain(builds);
    for bytes in files {
        let crypted = memchr::memmem::find(&bytes, b"/Encrypt").is_some();
        let whole = said(&bytes);
        // The last line is `%%EOF`, which nobody needs.
        for len in 0..bytes.len() - 8 {
            let said = said(&bytes[..len]);
            assert!(said.iter().any(|line| line.starts_with('!')), "{len} {said:?}");
            for line in said.iter().filter(|line| !line.starts_with('!')) {
                // Without its trailer, nothing tells that a file is encrypted.
                if crypted && line.starts_with("xmp=") {
                    continue;
                }
                let told = |whole: &String| {
                    whole.starts_with(line.trim_end_matches(['\n', '\u{FFFD}']))
                };
                assert!(whole.iter().any(told), "{len} {line}");
            }
        }
    }
}

#[test]
fn changed_bytes_never_stop_the_program() {
    // xorshift64, with a fixed seed.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for (name, bytes) in fixtures() {
        // The hash of revision 6 is slow by design.
        let slow = ["r6", "object", "owner", "locked.", "clear"];
        let rounds = if slow.iter().any(|s| name.contains(s)) { 10 } else { 200 };
        for _ in 0..rounds {
            let mut bytes = bytes.clone();
            for _ in 0..=next(6) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => bytes[at] ^= 1 << next(8),
                    2 => drop(bytes.splice(at..at, b"[ 1 0 obj <<".iter().copied())),
                    _ => drop(bytes.drain(at..(at + next(20)).min(bytes.len()))),
                }
                if bytes.is_empty() {
                    bytes.push(0);
                }
            }
            found(&bytes);
        }
    }
}

#[test]
fn an_entry_that_cannot_be_read_does_not_cost_the_others() {
    let pdf = Pdf::with_catalog("")
        .object(3, "<</Title(a) 7 junk) (no key)/Author >junk/License(b)/Copyright(c)>>")
        .table(BOTH);
    let damage = "!malformed the document information is not well-formed";
    assert_eq!(said(&pdf.bytes), [damage, "Title=a", "Copyright=c", "License=b"]);
    let pdf = Pdf::with_catalog("")
        .object(3, "<</Title 4 0 R/License(b)>>")
        .object(4, "5 0 R")
        .object(5, "4 0 R")
        .table(BOTH);
    let circle = "!malformed PDF references lead round in a circle";
    assert_eq!(said(&pdf.bytes), ["License=b", circle]);
}

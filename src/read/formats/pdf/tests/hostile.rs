//! Documents made to be hard to read. Each is read within a second, which the
//! test process would notice, and within bounds that are checked here.

use std::time::{Duration, Instant};

use super::*;

fn quickly(bytes: &[u8]) -> Vec<String> {
    let start = Instant::now();
    let said = said(bytes);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    said
}

#[test]
fn sections_that_lead_round_in_a_circle_end() {
    let pdf = Pdf::with_catalog("").object(3, "<</Title(Hafen)>>");
    let at = pdf.bytes.len();
    let pdf = pdf.table(&format!("/Root 1 0 R/Info 3 0 R/Prev {at}"));
    assert_eq!(quickly(&pdf.bytes), ["Title=Hafen"]);
}

#[test]
fn a_chain_of_sections_has_a_limit() {
    let mut pdf = Pdf::with_catalog("").table("/Root 1 0 R");
    for _ in 0..5000 {
        pdf = pdf.table("/Root 1 0 R");
    }
    let said = quickly(&pdf.bytes);
    assert_eq!(said, ["!limit more than 256 cross-reference sections"]);
    // What stands in the newest sections can be told all the same.
    let pdf = pdf
        .object(1, "<</Type/Catalog>>")
        .object(3, "<</Title(Hafen)>>")
        .table("/Root 1 0 R/Info 3 0 R");
    assert_eq!(quickly(&pdf.bytes), ["Title=Hafen"]);
}

#[test]
fn references_that_lead_round_in_a_circle_end() {
    for (info, catalog) in [
        ("3 0 R", "<</Type/Catalog/Pages 1 0 R/Metadata 1 0 R>>"),
        ("4 0 R", "1 0 R"),
        ("<</Title 3 0 R>>", "<</Type/Catalog>>"),
    ] {
        let pdf = Pdf::new()
            .object(1, catalog)
            .object(3, info)
            .object(4, "3 0 R")
            .table("/Root 1 0 R/Info 3 0 R");
        let said = quickly(&pdf.bytes);
        assert!(said.iter().any(|line| line.starts_with("!malformed")), "{said:?}");
    }
}

#[test]
fn an_object_stream_may_not_hold_its_own_length() {
    let pdf = Pdf::with_catalog("")
        .object_stream(8, &[(3, "<</Title(Hafen)>>"), (7, "60")])
        .xref_stream(9, "/Root 1 0 R/Info 3 0 R")
        .bytes;
    let at = memchr::memmem::find(&pdf, b"/Length ").unwrap();
    let mut bytes = pdf.clone();
    bytes.splice(at..at + 10, *b"/Length 7 0 R");
    let said = quickly(&bytes);
    assert_eq!(said[0], "Title=Hafen");
}

#[test]
fn a_packet_inflates_to_the_limit_and_no_further() {
    let bomb = flate(&vec![b' '; 40 << 20]);
    for (filter, data) in
        [("/FlateDecode", bomb.clone()), ("[/FlateDecode/FlateDecode]", flate(&bomb))]
    {
        let pdf = Pdf::with_catalog("/Metadata 3 0 R")
            .stream(3, &format!("/Filter{filter}"), &data)
            .table("/Root 1 0 R");
        let said = quickly(&pdf.bytes);
        assert_eq!(said[0], "!limit inflates to more than 16 MiB");
        assert_eq!(said[1].len(), "xmp=".len() + (16 << 20));
    }
}

#[test]
fn a_cross_reference_stream_inflates_to_the_limit_and_no_further() {
    let pdf = Pdf::with_catalog("");
    let at = pdf.bytes.len();
    let data = flate(&vec![0; 40 << 20]);
    let pdf = pdf
        .stream(9, "/Type/XRef/W[1 3 2]/Size 9/Root 1 0 R/Filter/FlateDecode", &data)
        .end(at);
    let said = quickly(&pdf.bytes);
    let limit = "!limit the cross-reference streams inflate to more than 16 MiB";
    assert_eq!(said, [limit]);
}

#[test]
fn deep_nesting_and_long_strings_are_bounded() {
    for (info, expected) in [
        ("[".repeat(500_000), "!limit more than 100 PDF objects inside each other"),
        ("<</A".repeat(500_000), "!limit more than 100 PDF objects inside each other"),
        ("1 ".repeat(600_000), ""),
        (
            format!("[{}]", "1 ".repeat(600_000)),
            "!limit more than 250,000 objects in one PDF object",
        ),
        (
            format!("<</Title({})", "(".repeat(1_000_000)),
            "!malformed a PDF object ends too early",
        ),
    ] {
        let pdf = Pdf::with_catalog("").object(3, &info).table("/Root 1 0 R/Info 3 0 R");
        let said = quickly(&pdf.bytes);
        let has = |line: &String| line == expected || expected.is_empty();
        assert!(said.iter().any(has), "{said:?}");
    }
}

#[test]
fn a_pass_over_a_million_objects_is_linear() {
    let bytes = b"%PDF-1.7\n1 0 obj << ".to_vec();
    let bytes = [bytes, b"1 0 obj << ".repeat(500_000)].concat();
    let said = quickly(&bytes);
    assert!(said.iter().all(|line| line.starts_with('!')), "{said:?}");
    let mut many = b"%PDF-1.7\n".to_vec();
    for number in 0..200_000 {
        many.extend(format!("{number} 0 obj<<>>").bytes());
    }
    let said = quickly(&many);
    assert!(said.iter().all(|line| line.starts_with('!')), "{said:?}");
}

#[test]
fn claims_of_gigabytes_are_not_believed() {
    let table = "xref\n0 4294967295\n0000000000 65535 f \n";
    let pdf = Pdf::with_catalog("").object(3, "<</Title(Hafen)>>");
    let at = pdf.bytes.len();
    let pdf =
        pdf.raw(table.as_bytes()).raw(b"trailer<</Root 1 0 R/Info 3 0 R>>\n").end(at);
    assert_eq!(quickly(&pdf.bytes), ["Title=Hafen", REBUILT]);
    for entries in ["/Length 9223372036854775807", "/Length -1", "/Length 4294967296"] {
        let pdf = Pdf::with_catalog("/Metadata 3 0 R")
            .stream_as_told(3, entries, b"<packet>")
            .table("/Root 1 0 R");
        assert_eq!(quickly(&pdf.bytes), ["xmp=<packet>"], "{entries}");
    }
}

#[test]
fn a_file_too_long_for_a_pass_is_not_examined() {
    let limits = Limits { scan: 100, ..Limits::default() };
    let bytes = [b"%PDF-1.7\n", &[b' '; 200][..]].concat();
    let mut found = Found::default();
    walk(&mut Input::from_bytes(&bytes, &limits), &mut found).unwrap();
    let limited = |item: &Item| matches!(item, Item::Skipped { stop: Stop::Over(_), .. });
    assert!(found.items.iter().any(limited), "{:?}", found.items);
}

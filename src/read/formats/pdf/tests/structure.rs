//! Every way in which a sound document may keep its objects.

use super::super::FORMAT;
use super::*;
use crate::model::{Evidence, FileRef};
use crate::read::read_input;

const ROOT: &str = "/Root 1 0 R";
const BOTH: &str = "/Root 1 0 R/Info 3 0 R";

#[test]
fn a_table_leads_to_the_information() {
    let pdf =
        Pdf::with_catalog("").object(3, "<</Title(Hafen)/Author<4164 61>>>").table(BOTH);
    let title = memchr::memmem::find(&pdf.bytes, b"(Hafen").unwrap();
    let author = memchr::memmem::find(&pdf.bytes, b"<4164").unwrap();
    let expected = [format!("Title@{title}=Hafen"), format!("Author@{author}=Ada")];
    assert_eq!(found(&pdf.bytes), expected);
}

#[test]
fn values_may_stand_elsewhere_and_be_of_other_types() {
    let pdf = Pdf::with_catalog("")
        .object(3, "<</Title 4 0 R/Author 6 0 R/Marked true/License/CC0/Subject[1]>>")
        .object(4, "5 0 R")
        .object(5, "(Hafen)")
        .table(BOTH);
    let damage = "!malformed an entry of the document information is not text";
    let expected = ["Title=Hafen", damage, "License=CC0", "Marked=true"];
    assert_eq!(said(&pdf.bytes), expected);
}

#[test]
fn a_language_in_a_string_is_the_language_of_the_value() {
    let utf16 = "<FEFF001B00640065001B004800E4>";
    let pdf = Pdf::with_catalog("").object(3, &format!("<</Title{utf16}>>")).table(BOTH);
    assert!(found(&pdf.bytes)[0].ends_with("[de]=Hä"), "{:?}", found(&pdf.bytes));
}

#[test]
fn a_packet_is_where_its_stream_is() {
    let pdf = Pdf::with_catalog("/Metadata 3 0 R")
        .stream(3, "/Type/Metadata/Subtype/XML", b"<packet>")
        .table(ROOT);
    let at = memchr::memmem::find(&pdf.bytes, b"<packet").unwrap();
    assert_eq!(found(&pdf.bytes), [format!("xmp@{at}=<packet>")]);
}

#[test]
fn a_packet_may_be_filtered() {
    let data = flate(b"<packet>");
    let hex: String = data.iter().map(|b| format!("{b:02x}")).collect();
    for (entries, data) in [
        ("/Filter/FlateDecode", &*data),
        ("/Filter[/ASCIIHexDecode/FlateDecode]", hex.as_bytes()),
        ("/Filter 4 0 R/DecodeParms[null]", &data),
    ] {
        let pdf = Pdf::with_catalog("/Metadata 3 0 R")
            .stream(3, entries, data)
            .object(4, "[/FlateDecode]")
            .table(ROOT);
        let found = found(&pdf.bytes);
        assert!(
            found[0].starts_with("xmp~") && found[0].ends_with("=<packet>"),
            "{found:?}"
        );
    }
}

#[test]
fn the_length_of_a_stream_may_be_elsewhere_or_wrong() {
    for length in ["/Length 4 0 R", "/Length 3", "/Length 8000", "", "/Length 3 0 R"] {
        let pdf = Pdf::with_catalog("/Metadata 3 0 R")
            .stream_as_told(3, length, b"<packet>")
            .object(4, "8")
            .table(ROOT);
        assert_eq!(said(&pdf.bytes), ["xmp=<packet>"], "{length}");
    }
}

#[test]
fn cross_references_may_be_a_stream() {
    let pdf = Pdf::with_catalog("")
        .object_stream(5, &[(4, "(other)"), (3, "<</Title(Hafen)>>")])
        .xref_stream(6, BOTH);
    let stream = memchr::memmem::find(&pdf.bytes, b"stream\n").unwrap() + 7;
    assert_eq!(found(&pdf.bytes), [format!("Title@{stream}=Hafen")]);
}

#[test]
fn the_newest_revision_wins() {
    let old = || Pdf::with_catalog("").object(3, "<</Title(old)>>");
    let table = old().table(BOTH).object(3, "<</Title(new)>>").table(BOTH);
    let stream = old().table(BOTH).object(3, "<</Title(new)>>").xref_stream(9, BOTH);
    let compressed = old()
        .table(BOTH)
        .object_stream(8, &[(3, "<</Title(new)>>")])
        .xref_stream(9, BOTH);
    let back = old().xref_stream(9, BOTH).object(3, "<</Title(new)>>").table(BOTH);
    for pdf in [table, stream, compressed, back] {
        assert_eq!(said(&pdf.bytes), ["Title=new"]);
    }
    let gone = old().table(BOTH).table(ROOT);
    assert_eq!(said(&gone.bytes), [""; 0]);
}

#[test]
fn a_hybrid_file_hides_objects_from_its_table() {
    let mut pdf = Pdf::with_catalog("").object_stream(8, &[(3, "<</Title(Hafen)>>")]);
    let (data, index) = pdf.rows();
    let fresh = pdf.fresh.clone();
    let at = pdf.bytes.len();
    pdf = pdf.stream(9, &format!("/Type/XRef/W[1 3 2]/Index[{index}]"), &data);
    pdf.fresh = fresh;
    let pdf = pdf.table(&format!("{BOTH}/XRefStm {at}"));
    assert_eq!(said(&pdf.bytes), ["Title=Hafen"]);
}

#[test]
fn bytes_before_the_header_may_be_counted_or_not() {
    let pdf = Pdf::with_catalog("").object(3, "<</Title(Hafen)>>").table(BOTH).bytes;
    let shifted = [b"\x01\x02 mail \n", &*pdf].concat();
    assert_eq!(said(&shifted), ["Title=Hafen"]);
    let mut counted = Pdf::with_catalog("");
    counted.bytes.splice(0..0, *b"garbage\n");
    counted.fresh.values_mut().for_each(|place| {
        if let Place::At(at) = place {
            *at += 8;
        }
    });
    let counted = counted.object(3, "<</Title(Hafen)>>").table(BOTH);
    assert_eq!(said(&counted.bytes), ["Title=Hafen"]);
}

#[test]
fn tables_may_be_written_carelessly() {
    let pdf = |first: u32, eol: &str| {
        let mut pdf = Pdf::with_catalog("").object(3, "<</Title(Hafen)>>");
        let section = pdf.bytes.len();
        let mut text = format!("xref\n{first} 4\n0000000000 65535 f{eol}");
        for place in pdf.fresh.values() {
            let Place::At(at) = place else { continue };
            let _ = write!(text, "{at:010} 00000 n{eol}");
        }
        text.push_str("trailer<</Root 1 0 R/Info 3 0 R>>");
        pdf = pdf.raw(text.as_bytes());
        pdf.end(section).bytes
    };
    for (first, eol) in [(0, "\r\n"), (0, " \n"), (0, " \r"), (0, "\n"), (1, " \n")] {
        assert_eq!(said(&pdf(first, eol)), ["Title=Hafen"], "{first} {eol:?}");
    }
}

#[test]
fn nothing_said_is_no_damage() {
    let pdf = Pdf::with_catalog("").table(ROOT);
    assert_eq!(found(&pdf.bytes), [""; 0]);
    // A reference to an object that is not there is null: ISO 32000-2, 7.3.10.
    let pdf = Pdf::with_catalog("/Metadata 8 0 R").table("/Root 1 0 R/Info 9 0 R");
    assert_eq!(found(&pdf.bytes), [""; 0]);
}

#[test]
fn few_bytes_of_a_long_document_are_read() {
    let page = vec![b'x'; 3_000_000];
    let mut pdf = Pdf::with_catalog("/Metadata 4 0 R").object(3, "<</Title(Hafen)>>");
    pdf = pdf.stream(4, "", b"<packet>");
    for number in 5..10 {
        pdf = pdf.stream(number, "", &page);
    }
    let (found, read) = found_at_cost(&pdf.table(BOTH).bytes);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(read < 20_000, "{read}");
}

#[test]
fn a_document_is_known_by_its_header_and_its_end() {
    let pdf = Pdf::with_catalog("").table(ROOT).bytes;
    for (bytes, is) in [
        (pdf.clone(), true),
        ([b"\n\n", &*pdf].concat(), true),
        ([&[b' '; 1100], &*pdf].concat(), false),
        (b"%PDF-".to_vec(), true),
        (b"A text about %PDF-1.7 files.".to_vec(), false),
        (b"".to_vec(), false),
    ] {
        let limits = Limits::default();
        let claimed = (FORMAT.sniff)(&mut Input::from_bytes(&bytes, &limits));
        assert_eq!(claimed, is, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn statements_lead_to_their_place_in_the_file() {
    let bytes = fixture("plain.pdf");
    let limits = Limits::default();
    let mut evidence = Evidence::default();
    let mut input = Input::from_bytes(&bytes, &limits);
    read_input(&mut input, FileRef::Primary, &mut evidence);
    let mut places = Vec::new();
    for (_, statement) in evidence.iter() {
        let at = statement.location.offset as usize;
        let text = String::from_utf8_lossy(&bytes[at..]);
        let start = text.split(['\n', ')', '>']).next().unwrap();
        places.push(format!("{} {start}", statement.location.key));
    }
    let expected = [
        "Title (Harbour at dusk",
        "Author <FEFF0041006400610020004500780061006D0070006C0065",
        "License (https://creativecommons.org/licenses/by/4.0/",
        "dc:title Harbour at dusk</rdf:li",
        "dc:creator Ada Example</rdf:li",
        "cc:license https://creativecommons.org/licenses/by/4.0/\"/",
    ];
    assert_eq!(places, expected);
}

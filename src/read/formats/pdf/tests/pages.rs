//! What pages say: text, links, and metadata of their own.

use super::*;
use crate::model::{Evidence, FileRef};
use crate::read::read_input;

const LICENSED: &str = "This work is licensed under CC BY 4.0.";

/// A document of one page that shows `content`, with Helvetica as `F1` and what
/// else `resources` has.
pub(super) fn page(resources: &str, content: &str) -> Pdf {
    Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .object(
            3,
            &format!(
                "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R\
                 /F2 6 0 R>>{resources}>>>>"
            ),
        )
        .stream(4, "", content.as_bytes())
        .object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
}

pub(super) fn pages_of(pdf: Pdf) -> Vec<String> {
    said(&pdf.table("/Root 1 0 R").bytes)
}

/// A document of so many pages, each with a sentence; `entries` is put into the
/// page of that number.
fn book(pages: usize, count: &str, entries: impl Fn(usize) -> String) -> Pdf {
    let kids: String = (0..pages).map(|n| format!("{} 0 R ", 10 + n)).collect();
    let mut pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(
            2,
            &format!(
                "<</Type/Pages/Kids[{kids}]/Count {count}/Resources<</Font<</F1 5 0 R>>>>>>"
            ),
        )
        .stream(4, "", format!("BT /F1 10 Tf ({LICENSED}) Tj ET").as_bytes())
        .object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        .object(6, "(http://creativecommons.org/licenses/by/4.0/)");
    for n in 0..pages {
        let page =
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{}>>", entries(n + 1));
        pdf = pdf.object(10 + n as u32, &page);
    }
    pdf
}

const LINK: &str = "/Annots[<</Subtype/Link/A<</S/URI/URI 6 0 R>>>>\
                    <</A<</URI(https://example.org/)>>>>]";

#[test]
fn text_is_read_as_operators_show_it() {
    for content in [
        "BT /F1 10 Tf (This work is licensed under CC BY 4.0.) Tj ET",
        "BT /F1 10 Tf [(This)-300(work)-300(is lic)20(ensed)-300(under CC BY 4.0.)] TJ ET",
        "BT /F1 10 Tf 12 TL (This work is licensed) Tj (under CC BY 4.0.) ' ET",
        "BT /F1 10 Tf 0 -12 TD (This work is licensed) Tj T* (under CC BY 4.0.) Tj ET",
        "BT /F1 10 Tf (This work is) Tj 1 0 0 1 0 -12 Tm 0 0 (licensed under CC BY 4.0.) \" ET",
        "q 2 0 0 2 0 0 cm BT /F1 5 Tf (This work is licensed) Tj ET Q\n\
         BT /F1 10 Tf 0 -12 Td (under CC BY 4.0.) Tj ET",
        "BI /W 4 ID (((( EI BT /F1 10 Tf <5468697320776F726B> Tj \
         ( is licensed under CC BY 4.0.) Tj ET",
    ] {
        let said = pages_of(page("", content)).join("|").replace('\n', " ");
        assert_eq!(said, format!("page-1={LICENSED}"), "{content}");
    }
}

#[test]
fn codes_are_read_as_their_font_has_them() {
    let cmap = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
                2 beginbfrange <0001> <0003> <0041> <0010> <0010> [<00A9>] endbfrange";
    for (font, string, expected) in [
        (
            "<</Subtype/Type0/Encoding/Identity-H/ToUnicode 8 0 R/DescendantFonts[9 0 R]>>",
            "<0010000100020003>",
            "©ABC",
        ),
        (
            "<</Subtype/Type1/Encoding<</Differences[1/copyright/C/f_i/eacute]>>>>",
            "<01020304>",
            "©Cfié",
        ),
        ("<</Subtype/TrueType/Encoding/MacRomanEncoding>>", "<A98E>", "©é"),
        ("<</Subtype/TrueType/Encoding/WinAnsiEncoding>>", "<A9E9>", "©é"),
        ("<</Subtype/Type0/Encoding/UniJIS-UTF16-H>>", "<00A94F5C>", "©作"),
        ("<</Subtype/Type0/Encoding/90ms-RKSJ-H>>", "(CC BY \x5C203\x5C211)", "CC BY ラ"),
    ] {
        let pdf = page("", &format!("BT /F2 10 Tf {string} Tj ET"))
            .object(6, font)
            .stream(8, "", cmap.as_bytes())
            .object(9, "<</Subtype/CIDFontType2/DW 600/W[1[500 500]3 3 500]>>");
        assert_eq!(pages_of(pdf), [format!("page-1={expected}")], "{font}");
    }
}

#[test]
fn text_in_a_font_that_tells_nothing_is_said_to_be_unread() {
    let font = "<</Subtype/Type0/Encoding/Identity-H>>";
    let show = |codes: usize| {
        let string = "0001".repeat(codes);
        pages_of(page("", &format!("BT /F2 10 Tf <{string}> Tj ET")).object(6, font))
    };
    let unread =
        "!unsupported the text of a page is in a font that does not say what it shows";
    assert_eq!(show(100), [unread]);
    // A few signs are no text.
    assert_eq!(show(10), [""; 0]);
}

#[test]
fn forms_are_read_where_they_are_shown() {
    let pdf = page("/XObject<</X 7 0 R/Y 8 0 R>>", "/X Do")
        .stream(7, "/Subtype/Form/Resources<</XObject<</Z 8 0 R>>>>", b"/Z Do")
        .stream(
            8,
            "/Subtype/Form/Matrix[1 0 0 1 9 9]/Resources<</Font<</A 5 0 R>>>>",
            b"BT /A 9 Tf (A license.) Tj ET",
        );
    assert_eq!(pages_of(pdf), ["page-1=A license."]);
}

#[test]
fn the_first_and_the_last_two_pages_are_read_and_links_on_all() {
    let link = |n| if n == 5 { LINK.to_owned() } else { String::new() };
    let said = pages_of(book(9, "9", link));
    let pages: Vec<&str> = said.iter().filter_map(|s| s.split('=').next()).collect();
    assert_eq!(
        pages,
        ["page-1", "page-2", "inner-page-5", "inner-page-5", "page-8", "page-9"]
    );
    assert_eq!(said[2], "inner-page-5=http://creativecommons.org/licenses/by/4.0/");
}

#[test]
fn annotations_in_the_middle_leave_room_for_those_at_the_end() {
    let many = format!("/Annots[{}]", "6 0 R ".repeat(2_001));
    let last = "/Annots[<</Subtype/FreeText/Contents(A license.)>>]";
    let said = pages_of(book(6, "6", |page| match page {
        3 => many.clone(),
        6 => last.to_owned(),
        _ => String::new(),
    }));
    let aside =
        "!unexamined more than 2,000 annotations; what goes beyond was not looked at";
    assert!(said.contains(&aside.to_owned()), "{said:?}");
    assert_eq!(said.last().unwrap(), "page-6=A license.");
}

#[test]
fn what_annotations_of_the_last_page_may_say_is_missed_aloud() {
    let long = format!("<</Subtype/FreeText/Contents({})>>", "a ".repeat(200_000));
    for (annotations, told) in [
        ("7 0 R ".repeat(2_001), "!limit more than 2,000 annotations"),
        (long, "!limit over 256 KiB of text on a page"),
        ("<</A 9 0 R>>".to_owned(), "!malformed an annotation is damaged"),
    ] {
        let pdf = Pdf::new()
            .object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .object(3, &format!("<</Type/Page/Annots[{annotations}]>>"))
            .object(7, "<<>>")
            .object(9, "9 0 R");
        assert_eq!(pages_of(pdf), [told]);
    }
}

#[test]
fn few_pages_of_a_long_document_are_looked_at() {
    for (count, last) in [("400", "page-400"), ("3", "page-52"), ("-1", "page-52")] {
        let pdf = book(400, count, |_| String::new());
        let (found, _) = found_at_cost(&pdf.table("/Root 1 0 R").bytes);
        let said: Vec<&str> =
            found.iter().filter_map(|line| line.split(['@', '=']).next()).collect();
        let unexamined = "!unexamined the links of more than 50 pages; what goes beyond was not \
             looked at";
        assert_eq!(said[..2], ["page-1", "page-2"], "{count}");
        assert!(said.contains(&unexamined), "{count}");
        assert_eq!(said.last(), Some(&last), "{count}");
    }
}

#[test]
fn a_tree_of_pages_that_leads_round_in_a_circle_ends() {
    let pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Kids[2 0 R 3 0 R 3 0 R null 7 0 R]/Count 2000000000>>")
        .object(3, "<</Kids[2 0 R 4 0 R]>>")
        .object(4, "<</Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>")
        .stream(5, "", b"BT /F1 9 Tf (A license.) Tj ET")
        .object(6, "<</Subtype/Type1>>");
    assert_eq!(pages_of(pdf), ["page-1=A license."]);
}

#[test]
fn metadata_of_pages_and_pictures_is_about_them() {
    let xmp = |title: &str| {
        format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
             xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:source>{title}</dc:source>\
             </rdf:Description></rdf:RDF></x:xmpmeta>"
        )
    };
    let bytes = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R/Metadata 20 0 R>>")
        .object(2, "<</Kids[3 0 R]/Count 1>>")
        .object(
            3,
            "<</Type/Page/Metadata 21 0 R/Resources<</XObject<</Im#3A0 4 0 R/Im1 5 0 R>>>>>>",
        )
        .stream(4, "/Subtype/Image/Metadata 22 0 R", b"")
        .stream(5, "/Subtype/Image/Metadata 20 0 R", b"")
        .stream(20, "/Type/Metadata", xmp("whole").as_bytes())
        .stream(21, "/Type/Metadata", xmp("page").as_bytes())
        .stream(22, "/Type/Metadata", xmp("picture").as_bytes())
        .table("/Root 1 0 R")
        .bytes;
    let limits = Limits::default();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(&bytes, &limits), FileRef::Primary, &mut evidence);
    let said: Vec<String> = evidence
        .statements
        .iter()
        .map(|s| format!("{}={} {}", s.location.key, s.value, s.location.is_aside()))
        .collect();
    assert_eq!(
        said,
        [
            "dc:source=whole false",
            "Page1:dc:source=page true",
            "Page1/Im0:dc:source=picture true"
        ]
    );
}

#[test]
fn a_page_that_is_damaged_costs_only_itself() {
    let pdf = page("", "BT /F1 10 Tf (A license.) Tj ET (open");
    assert_eq!(pages_of(pdf), ["page-1=A license."]);
    let content = flate("BT /F1 10 Tf (A license.) Tj ET".repeat(90).as_bytes());
    let pdf = page("", "").stream(4, "/Filter/FlateDecode", &content[..30]);
    let said = pages_of(pdf);
    assert_eq!(said.last().unwrap(), "!malformed the content of a page is damaged");
    let pdf = page("", "").stream(4, "/Filter/JBIG2Decode", b"?");
    assert_eq!(pages_of(pdf), ["!unsupported a filter of a PDF stream is not supported"]);
}

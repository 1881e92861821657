//! Pages made to be hard to read.

use std::time::{Duration, Instant};

use super::*;

/// A document of one page with this content and these resources, which is read in
/// good time.
fn quickly(content: &[u8], resources: &str, more: impl Fn(Pdf) -> Pdf) -> Vec<String> {
    let pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .object(
            3,
            &format!(
                "<</Type/Page/Contents 4 0 R/Annots 9 0 R/Resources<<{resources}>>>>"
            ),
        )
        .stream(4, "/Filter/FlateDecode", &flate(content));
    let bytes = more(pdf).table("/Root 1 0 R").bytes;
    let start = Instant::now();
    let said = said(&bytes);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    said
}

#[test]
fn a_million_operators_are_enough() {
    let said = quickly(&b"0 Tc\n".repeat(1_500_000), "", |pdf| pdf);
    let limit = "!limit the pages that are read have more than 1,000,000 operators";
    assert_eq!(said, [limit]);
}

#[test]
fn content_inflates_to_the_limit_and_no_further() {
    let said = quickly(&vec![b' '; 50 << 20], "", |pdf| pdf);
    assert_eq!(said, ["!limit the pages that are read inflate to more than 8 MiB"]);
    let said = quickly(&b"[".repeat(2 << 20), "", |pdf| pdf);
    assert_eq!(said, [""; 0]);
    let said = quickly(&b"(a)".repeat(2 << 20), "", |pdf| pdf);
    assert_eq!(said, [""; 0]);
}

#[test]
fn forms_in_each_other_end() {
    let content = b"/X Do ".repeat(1000);
    let said = quickly(&content, "/XObject<</X 5 0 R>>", |pdf| {
        pdf.stream(5, "/Subtype/Form", &content)
    });
    assert_eq!(said, ["!limit more than 5 form XObjects inside each other"]);
}

#[test]
fn pictures_out_of_thousands_are_looked_up_in_good_time() {
    let names: String = (0..20_000).map(|n| format!("/X{n} 6 0 R")).collect();
    let content = b"/X19999 Do /X Do ".repeat(50_000);
    let said = quickly(&content, &format!("/XObject<<{names}>>"), |pdf| pdf);
    let aside = "!unexamined the metadata of more than 20 pictures on a page; what goes \
                 beyond was not looked at";
    assert_eq!(said, [aside]);
}

#[test]
fn a_text_without_end_is_cut() {
    let content = [&b"BT /F 9 Tf "[..], &b"(license) Tj ".repeat(100_000)].concat();
    let said =
        quickly(&content, "/Font<</F 5 0 R>>", |pdf| pdf.object(5, "<</Subtype/Type1>>"));
    assert_eq!(said.last().unwrap(), "!limit over 256 KiB of text on a page");
    // All of it in one string, and in one that stands for what is shown.
    let all = b"(This is a license. ".repeat(100_000).into_iter().filter(|b| *b != b'(');
    let all: Vec<u8> = all.collect();
    for (before, behind) in [("BT /F 9 Tf", "Tj ET"), ("/Span<</ActualText", ">>BDC EMC")]
    {
        let content = [before.as_bytes(), b"(", &all, b")", behind.as_bytes()].concat();
        let said = quickly(&content, "/Font<</F 5 0 R>>", |pdf| {
            pdf.object(5, "<</Subtype/Type1>>")
        });
        let (limit, shown) = said.split_last().unwrap();
        assert_eq!(limit, "!limit over 256 KiB of text on a page");
        assert!(shown.iter().all(|part| part.len() < 300 << 10), "{before}");
    }
}

#[test]
fn fonts_by_the_hundred_thousand_are_compared_in_good_time() {
    let fonts = |first: u32| -> String {
        let font = |n: u32| format!("/F{n} {} 0 R", first + n);
        format!("<</Font<<{}>>>>", (0..240_000).map(font).collect::<String>())
    };
    let cover =
        b"BT /F0 9 Tf (Please cite this repository copy. All rights reserved.) Tj ET";
    let pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Kids[3 0 R 4 0 R]/Count 2>>")
        .object(3, &format!("<</Contents 5 0 R/Resources{}>>", fonts(10)))
        .object(4, &format!("<</Contents 5 0 R/Resources{}>>", fonts(300_010)))
        .stream(5, "", cover)
        .object(10, "<</Subtype/Type1>>")
        .object(300_010, "<</Subtype/Type1>>");
    let bytes = pdf.table("/Root 1 0 R").bytes;
    let start = Instant::now();
    assert_eq!(said(&bytes).len(), 2);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn a_character_map_of_all_codes_is_bounded() {
    let bomb = [
        &b"1 begincodespacerange <00> <FF> endcodespacerange\n"[..],
        &b"<00000000> <FFFFFFFF> <0041>\n".repeat(30_000),
        b"endbfrange\n",
        &b"<00> <FF> [".repeat(50_000),
        &b"<0041> ".repeat(50_000),
        b"] endbfrange\n",
    ]
    .concat();
    let said = quickly(b"BT /F 9 Tf (license) Tj ET", "/Font<</F 5 0 R>>", |pdf| {
        pdf.object(5, "<</Subtype/Type0/ToUnicode 6 0 R/Encoding 6 0 R>>").stream(
            6,
            "/Filter/FlateDecode",
            &flate(&bomb),
        )
    });
    assert_eq!(said, ["!limit the character map of a font inflates to more than 1 MiB"]);
}

#[test]
fn not_all_of_a_hundred_thousand_annotations_are_looked_at() {
    let annotations = format!("[{}]", "5 0 R ".repeat(100_000));
    let said = quickly(b"", "", |pdf| {
        pdf.object(9, &annotations)
            .object(5, "<</A<</URI(https://creativecommons.org/)>>>>")
    });
    let limit = "!limit more than 2,000 annotations";
    assert_eq!(said, ["page-1=https://creativecommons.org/", limit]);
}

#[test]
fn a_large_object_of_an_object_stream_is_not_read_for_each_annotation() {
    let large = format!("<</Contents[{}]>>", "0 ".repeat(200_000));
    let bytes = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .object(3, &format!("<</Type/Page/Annots[{}]>>", "4 0 R ".repeat(2_000)))
        .object_stream(5, &[(4, &large)])
        .xref_stream(6, "/Root 1 0 R")
        .bytes;
    let start = Instant::now();
    assert_eq!(said(&bytes), ["!limit over 64 MiB of metadata in one file"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_link_that_is_too_long_is_told() {
    let long = |site: &str| format!("[<</A<</URI({site}{})>>>>]", "a".repeat(3_000));
    for (site, expected) in [
        (
            "https://creativecommons.org/",
            &["!limit the address of a link over 2,000 bytes"][..],
        ),
        ("https://example.org/", &[]),
    ] {
        let said = quickly(b"", "", |pdf| pdf.object(9, &long(site)));
        assert_eq!(said, expected);
    }
}

#[test]
fn graphics_states_come_back_however_many_are_saved() {
    const TEXT: &str = "page-1=license under CC BY 4.0";
    const LIMIT: &str = "!limit more than 1,000 graphics states saved inside each other";
    // What is set in a state that was not saved stays; the one before is not lost.
    for (depth, inside, expected) in
        [(1_000, "/F2 9 Tf", &[TEXT][..]), (1_001, "", &[TEXT, LIMIT])]
    {
        let save = "q ".repeat(depth - 1);
        let show = format!("q {inside} Q (license under CC BY 4.0) Tj");
        let content = format!("BT /F2 9 Tf {save} /F1 9 Tf {show}");
        let said = quickly(content.as_bytes(), "/Font<</F1 5 0 R/F2 6 0 R>>", |pdf| {
            pdf.object(5, "<</Subtype/Type1>>").object(6, "<</Subtype/Type0>>")
        });
        assert_eq!(said, expected);
    }
}

#[test]
fn fonts_and_forms_that_cannot_be_had_are_no_empty_page() {
    for (resources, content) in [
        ("/Font 5 0 R", "BT /F1 9 Tf (a license) Tj /F2 9 Tf (another) Tj"),
        ("/XObject 5 0 R", "/X Do /Y Do"),
        ("/XObject<</X 6 0 R>>", "/X Do"),
    ] {
        let said = quickly(content.as_bytes(), resources, |pdf| {
            pdf.object(5, "5 0 R").stream(6, "/Subtype/Form/Resources 5 0 R", b"BT")
        });
        let damage = "!malformed the content of a page is damaged".to_owned();
        assert!(said.contains(&damage), "{resources}: {said:?}");
    }
}

#[test]
fn a_tree_of_nodes_without_pages_ends() {
    let kids: String = (10..3000).map(|n| format!("{n} 0 R ")).collect();
    let mut pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, &format!("<</Kids[{kids}]>>"));
    for n in 10..3000 {
        pdf = pdf.object(n, &format!("<</Kids[{} 0 R]>>", n + 1));
    }
    let said = said(&pdf.table("/Root 1 0 R").bytes);
    assert_eq!(said, ["!limit more than 1,000 nodes of the page tree to a page"]);
}

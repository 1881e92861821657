//! Marked content with a replacement text, texts put on a page, and fonts that
//! tell little.

use super::pages::{page, pages_of};
use super::*;

const LICENSED: &str = "This work is licensed under CC BY 4.0.";

#[test]
fn a_replacement_text_stands_for_what_is_shown() {
    for content in [
        "/Span<</ActualText(licensed under )>>BDC (l\\001c\\002) Tj EMC (CC BY 4.0.) Tj",
        // In UTF-16, beside other entries.
        "/Span<</MCID 3/ActualText<FEFF006C006900630065006E00730065006400200075006E00640065\
         007200200043004300200042005900200034002E0030002E>>>BDC (x) Tj (y) Tj EMC",
        // From the resources.
        "/Span/P1 BDC (???) Tj EMC",
        // The outer one counts, and plain marked content changes nothing.
        "/P<</MCID 0>>BDC /Span<</ActualText(licensed under CC BY 4.0.)>>BDC \
         /Span<</ActualText(other)>>BDC (a) Tj EMC /x BMC (b) Tj EMC (c) Tj EMC EMC",
        // For a picture, of which nothing is shown in words.
        "/Figure<</ActualText(licensed under CC BY 4.0.)>>BDC /Nothing Do EMC",
        // What is not begun does not end.
        "EMC EMC (licensed ) Tj /Span<</ActualText()>>BDC (-) Tj EMC (under CC BY 4.0.) Tj",
    ] {
        let content = format!("BT /F1 10 Tf (This work is ) Tj {content} ET");
        let pdf = page("/Properties<</P1 7 0 R>>", &content)
            .object(7, "<</ActualText(licensed under CC BY 4.0.)>>");
        assert_eq!(pages_of(pdf), [format!("page-1={LICENSED}")], "{content}");
    }
}

#[test]
fn a_replacement_without_end_is_told() {
    let content = "BT /F1 10 Tf (A license. ) Tj /Span<</ActualText(Or)>>BDC (not) Tj ET";
    let said = pages_of(page("", content));
    assert_eq!(
        said,
        ["page-1=A license. Or", "!malformed the content of a page is damaged"]
    );
}

#[test]
fn a_form_does_not_end_the_marked_content_around_it() {
    let content =
        "BT /F1 10 Tf (A ) Tj /Span<</ActualText(license)>>BDC /X Do (!) Tj EMC ET";
    let pdf = page("/XObject<</X 7 0 R>>", content).stream(
        7,
        "/Subtype/Form",
        b"BT /F1 10 Tf EMC EMC (hidden) Tj ET",
    );
    assert_eq!(pages_of(pdf), ["page-1=A license"]);
}

#[test]
fn texts_put_on_a_page_are_read_where_they_are_seen() {
    for (annotation, expected) in [
        ("/Subtype/FreeText/Contents(A license.)", &["page-1=A license."][..]),
        ("/Subtype/FreeText/F 4/Contents 7 0 R", &["page-1=A license."]),
        ("/Subtype/FreeText/F 2/Contents(A license.)", &[]),
        ("/Subtype/FreeText/F 32/Contents(A license.)", &[]),
        // What readers remark is no part of the work.
        ("/Subtype/Text/Contents(A license.)", &[]),
        ("/Subtype/FreeText", &[]),
    ] {
        let pdf = Pdf::new()
            .object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .object(3, &format!("<</Type/Page/Annots[<<{annotation}>>]>>"))
            .object(7, "(A license.)");
        assert_eq!(pages_of(pdf), expected, "{annotation}");
    }
}

#[test]
fn fonts_without_an_encoding_are_read_as_far_as_they_tell() {
    for (font, string, expected) in [
        (
            "<</Subtype/Type3/Encoding<</Differences[67/a67/a67 32/a32 66/a66 89/a89]>>>>",
            "<43432042590C>",
            "CCBY",
        ),
        (
            "<</Subtype/Type1/BaseFont/ABCDEF+CMR10>>",
            "(o\\016cial license)",
            "official license",
        ),
        ("<</Subtype/Type1/BaseFont/CMTT10>>", "(o\\016cial license)", "ocial license"),
        (
            "<</Subtype/Type1/BaseFont/A/ToUnicode 8 0 R>>",
            "(A license\\001)",
            "A licensefi",
        ),
    ] {
        let pdf = page("", &format!("BT /F2 10 Tf {string} Tj ET"))
            .object(6, font)
            .stream(8, "", b"1 beginbfchar <01> <FB01> endbfchar");
        assert_eq!(pages_of(pdf), [format!("page-1={expected}")], "{font}");
    }
}

#[test]
fn glyphs_that_are_numbered_as_they_were_needed_are_no_letters() {
    let names: String = (0..100).map(|n| format!("/a{n}")).collect();
    let font = format!("<</Subtype/Type3/Encoding<</Differences[0{names}]>>>>");
    let content =
        format!("BT /F2 10 Tf ({}) Tj ET", "(C) 2020 ".repeat(9).replace(['(', ')'], ""));
    assert_eq!(
        pages_of(page("", &content).object(6, &font)),
        ["!unsupported the text of a page is in a font that does not say what it shows"]
    );
}

#[test]
fn a_part_of_the_text_that_cannot_be_read_is_told() {
    let known = "A license. ".repeat(40);
    let said = |codes: usize, font: &str| {
        let codes = "0001".repeat(codes);
        let content =
            format!("BT /F1 10 Tf ({known}) Tj /F2 10 Tf 0 -12 Td <{codes}> Tj ET");
        let mut said = pages_of(page("", &content).object(6, font));
        said.remove(0);
        said
    };
    let silent = "<</Subtype/Type0/Encoding/Identity-H>>";
    assert_eq!(
        said(60, silent),
        ["!unsupported some text of a page is in a font that does not say what it shows"]
    );
    assert_eq!(said(20, silent), [""; 0]);
    // Signs of one byte are those of formulas.
    assert_eq!(said(60, "<</Subtype/Type1/BaseFont/Symbol>>"), [""; 0]);
}

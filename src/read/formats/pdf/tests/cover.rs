//! Pages that a repository puts before a document.

use super::*;

const LICENSE: &str = "This item is licensed under CC BY 4.0.";

/// A document of two pages that show these texts; the second has the font of the
/// first, or another.
fn document(first: &str, second: &str, shared: bool) -> Vec<u8> {
    let show = |text: &str| format!("BT /F1 10 Tf ({text}) Tj ET").into_bytes();
    let font = if shared { 7 } else { 8 };
    Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>")
        .object(3, "<</Type/Page/Contents 5 0 R/Resources<</Font<</F1 7 0 R>>>>>>")
        .object(
            4,
            &format!(
                "<</Type/Page/Contents 6 0 R/Resources<</Font<</F1 {font} 0 R>>>>>>"
            ),
        )
        .stream(5, "", &show(first))
        .stream(6, "", &show(second))
        .object(7, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        .object(8, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>")
        .table("/Root 1 0 R")
        .bytes
}

#[test]
fn a_cover_is_known_by_what_it_tells_and_by_its_fonts() {
    let version = "This is the accepted manuscript.";
    let citation = "Please cite the original.";
    let download = "Downloaded from our site.";
    let provider = "Repository of a museum.";
    let long = "Words. ".repeat(400);
    for (told, shared, key) in [
        (vec![provider, citation], false, "cover-page-1"),
        (vec!["To cite this version", "HAL Id: hal-0"], false, "cover-page-1"),
        (vec!["Nutzungsbedingungen", "Heruntergeladen"], false, "cover-page-1"),
        (vec![version, citation, download], true, "cover-page-1"),
        // The first page of an article asks to be cited.
        (vec![citation], false, "page-1"),
        (vec![citation, "How to cite"], false, "page-1"),
        (vec![citation, download], true, "page-1"),
        (vec![version, citation, download, &long], true, "page-1"),
        (vec![version, citation, download, &long, &long], false, "page-1"),
        (vec![], false, "page-1"),
    ] {
        let first = format!("{} {LICENSE}", told.join(" "));
        let said = said(&document(&first, "An article.", shared));
        assert!(said[0].starts_with(&format!("{key}=")), "{told:?} {shared}: {said:?}");
    }
}

#[test]
fn a_page_without_another_is_no_cover() {
    let first = format!("Repository. Please cite. Downloaded from us. {LICENSE}");
    let pdf = super::pages::page("", &format!("BT /F1 10 Tf ({first}) Tj ET"));
    assert_eq!(super::pages::pages_of(pdf), [format!("page-1={first}")]);
}

#[test]
fn a_first_page_that_says_nothing_of_rights_is_not_noted() {
    let first_page = |first: &str, second: &str| {
        let bytes = document(first, second, true);
        let limits = Limits::default();
        let mut input = Input::from_bytes(&bytes, &limits);
        let mut found = Found::default();
        walk(&mut input, &mut found).unwrap();
        let page = found.items.into_iter().find_map(|item| match item {
            Item::FirstPage(page) => Some(page),
            _ => None,
        });
        page.map(|page| (page.marks.len(), page.rest))
    };
    assert_eq!(first_page("A page.", "An article."), None);
    let (marks, rest) = first_page(LICENSE, "An article.").unwrap();
    assert!(marks > 0);
    assert_ne!(first_page(LICENSE, "A thesis."), Some((marks, rest)));
    // The next page is a picture: the length of the file tells.
    assert_ne!(first_page(LICENSE, ""), first_page(&format!("{LICENSE} "), ""));
}

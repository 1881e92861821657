//! What statements come to, as tables: evidence in the notation, and the
//! answer.

#![allow(clippy::unwrap_used)]

use tasl::license::{HouseTexts, Role};
use tasl::model::{Evidence, License, Licensing, Tasl};
use tasl::read::vocabulary;
use tasl::reconcile::reconcile;

const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

#[test]
fn licenses_are_settled_only_where_all_grants_agree() {
    let by_3 = "https://creativecommons.org/licenses/by/3.0/";
    let by_nc = "https://creativecommons.org/licenses/by-nc/4.0/";
    let in_copyright = "http://rightsstatements.org/vocab/InC/1.0/";
    for (notation, expected) in [
        // One place, whatever the property.
        (format!("xmp cc:license {BY}"), format!("settled {BY}")),
        (format!("xmp dcterms:license {BY}"), format!("settled {BY}")),
        (format!("xmp xmpRights:WebStatement {BY}"), format!("settled {BY}")),
        ("exif Copyright CC BY 4.0".into(), format!("settled {BY}")),
        ("iptc 2:116 © 2019 Jane Doe, CC BY 4.0".into(), format!("settled {BY}")),
        ("png-text Disclaimer CC BY 4.0".into(), format!("settled {BY}")),
        ("sidecar/xmp cc:license CC BY 4.0".into(), format!("settled {BY}")),
        // Several places, one license in different spellings.
        (
            format!("xmp cc:license {BY}\nxmp dc:rights CC BY 4.0"),
            format!("settled {BY}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp xmpRights:UsageTerms CC-BY-4.0"),
            format!("settled {BY}"),
        ),
        (
            "xmp cc:license http://creativecommons.org/licenses/by/4.0/deed.de\n\
             exif Copyright CC BY 4.0"
                .into(),
            format!("settled {BY}"),
        ),
        // The version stands elsewhere.
        (format!("xmp cc:license {BY}\nxmp dc:rights CC BY"), format!("settled {BY}")),
        ("xmp dc:rights CC BY".into(), "unclear".into()),
        ("xmp dc:rights CC BY\nexif Copyright CC BY-NC".into(), "unclear".into()),
        // Same unit, other version or port.
        (
            format!("xmp cc:license {BY}\nxmp dc:rights {by_3}"),
            format!("versions {BY} {by_3}"),
        ),
        (
            format!(
                "xmp cc:license {by_3}\n\
                 xmp dc:rights https://creativecommons.org/licenses/by/3.0/de/"
            ),
            format!("versions {by_3} https://creativecommons.org/licenses/by/3.0/de/"),
        ),
        // Different places, different licenses.
        (
            format!("xmp cc:license {BY}\nexif Copyright {by_nc}"),
            format!("conflict {BY} {by_nc}"),
        ),
        (
            format!("xmp cc:license {BY}\nsidecar/xmp cc:license {by_nc}"),
            format!("conflict {BY} {by_nc}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp dc:rights CC BY-NC"),
            format!("conflict {BY}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp edm:rights {in_copyright}"),
            format!("conflict {BY} {in_copyright}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp dc:rights CC BY-ND-SA 4.0"),
            format!("conflict {BY}"),
        ),
        // What may name another license, however doubtful it is.
        (
            format!("xmp cc:license {BY}\nxmp xmpRights:UsageTerms CC BY-NC 4.0?"),
            format!("conflict {BY}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp xmpRights:UsageTerms {by_nc}foo/bar"),
            format!("conflict {BY}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp xmpRights:UsageTerms CC BY 4.0?"),
            format!("settled {BY}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp xmpRights:UsageTerms {BY}foo/bar"),
            format!("settled {BY}"),
        ),
        // A later page is as much of the work as the first one.
        (
            format!("@ format tiff\nexif Copyright CC BY 4.0\nexif Page3:Copyright {by_nc}"),
            format!("conflict {BY}"),
        ),
        (
            format!("@ format tiff\nexif Copyright CC BY 4.0\nxmp Page3:cc:license {by_3}"),
            format!("conflict {BY}"),
        ),
        (
            format!("@ format tiff\nexif Copyright CC BY 4.0\nexif Page3:Copyright {BY}"),
            format!("settled {BY}"),
        ),
        (
            "exif Copyright CC BY 4.0\nexif Page3:Copyright © 2019 Jane Doe".into(),
            format!("settled {BY}"),
        ),
        ("exif Page3:Copyright CC BY 4.0".into(), "unclear".into()),
        (
            "exif Copyright CC BY 4.0\nexif IFD1:Copyright CC BY-NC 4.0".into(),
            format!("settled {BY}"),
        ),
        // A name and an address that contradict each other.
        (format!("xmp dc:rights CC BY-SA {BY}"), format!("conflict {BY}")),
        // One property with several values is a choice, and so is “or”.
        (
            format!("xmp cc:license {BY}\nxmp cc:license {by_nc}"),
            format!("choice {BY} {by_nc}"),
        ),
        // Two properties, packets or chunks that differ are none.
        (
            format!("xmp cc:license {BY}\nxmp#2 cc:license {by_nc}"),
            format!("conflict {BY} {by_nc}"),
        ),
        (
            format!("xmp cc:license {BY}\nxmp#2 cc:license {BY}"),
            format!("settled {BY}"),
        ),
        (
            "xmp dc:rights CC BY-SA 3.0 or CC BY 4.0".into(),
            format!("choice https://creativecommons.org/licenses/by-sa/3.0/ {BY}"),
        ),
        // So is a list in one value, and a sentence for each is none.
        (
            "xmp dc:rights CC BY-SA 3.0, CC BY 4.0".into(),
            format!("choice https://creativecommons.org/licenses/by-sa/3.0/ {BY}"),
        ),
        (format!("xmp cc:license {BY} {by_nc}"), format!("choice {BY} {by_nc}")),
        (
            format!("xmp dc:rights CC BY 4.0 ({BY}), CC BY-NC 4.0 ({by_nc})"),
            format!("choice {BY} {by_nc}"),
        ),
        (
            format!("xmp dc:rights CC BY-NC 4.0, {BY}"),
            format!("conflict {by_nc} {BY}"),
        ),
        (
            "xmp dc:rights Licensed under CC BY 4.0. Licensed under CC BY-NC 4.0.".into(),
            format!("conflict {BY} {by_nc}"),
        ),
        (
            "xmp dc:rights CC BY 4.0, CC BY-NC 4.0\nexif Copyright CC BY-ND 4.0".into(),
            format!(
                "conflict {BY} {by_nc} https://creativecommons.org/licenses/by-nd/4.0/"
            ),
        ),
        (
            "xmp dc:rights Text: CC BY-SA 3.0. Photographs: CC BY 4.0.".into(),
            "unclear".into(),
        ),
        // The same in two languages is one license, and no choice.
        (
            format!("xmp dc:rights {BY}\nxmp dc:rights[de] {by_nc}"),
            format!("conflict {BY} {by_nc}"),
        ),
        // Sentences.
        (
            "xmp dc:rights This work is licensed under CC BY 4.0.".into(),
            format!("settled {BY}"),
        ),
        (
            "jpeg-comment COM This image is licensed under CC BY 4.0.".into(),
            format!("settled {BY}"),
        ),
        (
            "xmp dc:rights Except where otherwise noted, this work is licensed under CC BY 4.0."
                .into(),
            format!("settled {BY}"),
        ),
        (
            "xmp dc:rights Figure 3 is excluded from the CC BY 4.0 license.".into(),
            "unclear".into(),
        ),
        ("xmp dc:rights This work is not licensed under CC BY 4.0.".into(), "none".into()),
        (
            format!(
                "xmp cc:license {BY}\n\
                 xmp dc:rights This work is not licensed under CC BY 4.0."
            ),
            format!("conflict {BY}"),
        ),
        ("jpeg-comment COM CC BY 4.0".into(), "unclear".into()),
        // Rights that are stated, and licenses of others.
        (format!("xmp edm:rights {in_copyright}"), format!("settled {in_copyright}")),
        (
            "xmp cc:license https://www.gnu.org/licenses/fdl-1.3.html".into(),
            "settled https://www.gnu.org/licenses/fdl-1.3.html".into(),
        ),
        (
            format!(
                "xmp cc:license {BY}\n\
                 xmp dcterms:license https://www.gnu.org/licenses/fdl-1.3.html"
            ),
            format!("conflict {BY} https://www.gnu.org/licenses/fdl-1.3.html"),
        ),
        // What cannot be the address of a license.
        ("xmp cc:license https://".into(), "unclear".into()),
        ("xmp cc:license https://example.org/".into(), "unclear".into()),
        ("xmp cc:license http://localhost/license".into(), "unclear".into()),
        ("xmp cc:license http://127.0.0.1/license".into(), "unclear".into()),
        ("xmp cc:license https://intranet/license".into(), "unclear".into()),
        ("xmp cc:license https://jane@example.org/license".into(), "unclear".into()),
        (
            "xmp cc:license https://notcreativecommons.org/licenses/by/4.0/".into(),
            "unclear".into(),
        ),
        (
            "xmp cc:license http://creativecommons.org.licenses/by/4.0/".into(),
            "unclear".into(),
        ),
        // Nothing that can be made out.
        (
            "xmp cc:license https://creativecommons.org/licenses/by/5.0/".into(),
            "unclear".into(),
        ),
        ("xmp cc:license https://creativecommons.org/".into(), "unclear".into()),
        ("xmp cc:license Free for all".into(), "unclear".into()),
        // A page about the rights is a license only if it is one.
        ("xmp xmpRights:WebStatement http://www.freefoto.com/".into(), "none".into()),
        (
            "xmp xmpRights:WebStatement https://example.org/search?q=CC-BY-4.0".into(),
            "none".into(),
        ),
        // Notices and nothing.
        ("exif Copyright © 2019 Jane Doe. All rights reserved.".into(), "none".into()),
        ("exif Copyright \"                \"".into(), "none".into()),
        ("xmp cc:license \"\"".into(), "none".into()),
        ("@ format jpeg".into(), "none".into()),
    ] {
        assert_eq!(license(&notation), expected, "{notation}");
    }
}

#[test]
fn a_license_at_the_end_of_a_field_that_is_cut_grants_nothing() {
    let nc = "https://creativecommons.org/licenses/by-nc-sa/4.0/";
    // 2:116 holds 128 bytes.
    let cut = |end: &str| {
        let text = format!(". Licensed under {end}");
        format!("© {}{text}", "A".repeat(128 - 3 - text.len()))
    };
    for (notation, expected) in [
        // “CC BY” and “CC BY-NC” of CC BY-NC-SA 4.0.
        (format!("iptc 2:116 {}", cut("CC BY")), "unclear".into()),
        (format!("iptc 2:116 {}", cut("CC BY-NC")), "unclear".into()),
        (
            format!("iptc 2:116 {0}\nxmp dc:rights {0}-NC-SA 4.0", cut("CC BY")),
            format!("settled {nc}"),
        ),
        (
            format!("iptc 2:116 {}\nxmp cc:license {nc}", cut("CC BY-NC")),
            format!("settled {nc}"),
        ),
        (
            format!("iptc 2:116 {}\nxmp cc:license {BY}", cut("CC BY-NC")),
            format!("conflict {BY}"),
        ),
        // Shorter than the field, or with the sentence at its end.
        ("iptc 2:116 Licensed under CC BY 4.0".into(), format!("settled {BY}")),
        (
            format!("iptc 2:116 Licensed under CC BY 4.0. {}", "a ".repeat(49)) + "b",
            format!("settled {BY}"),
        ),
    ] {
        assert_eq!(license(&notation), expected, "{notation}");
    }
}

#[test]
fn what_only_speaks_of_a_license_grants_nothing() {
    for notation in [
        "xmp dc:description Some journals use the CC-BY-NC-ND licence, which is wrong.",
        "xmp dc:title The CC BY 4.0 license explained",
        "xmp photoshop:Headline CC BY 4.0",
        "xmp photoshop:Credit Jane Doe / CC BY 4.0",
        "exif ImageDescription CC BY 4.0",
        "pdf-info Subject Creative Commons Attribution 4.0",
        "xmp dc:source https://creativecommons.org/licenses/by/4.0/",
        "xmp dc:creator CC BY 4.0",
        "xmp dc:rights Some journals use the CC-BY-NC-ND licence, which we think is wrong",
    ] {
        let tasl = tasl(notation);
        assert!(!matches!(tasl.license, Licensing::Settled(_)), "{notation}");
        assert!(tasl.grants.is_empty(), "{notation}: {:?}", tasl.grants);
    }
}

#[test]
fn what_a_page_says_grants_only_in_a_sentence_about_the_work() {
    let cc0 = "https://creativecommons.org/publicdomain/zero/1.0/";
    for (text, expected) in [
        ("This work is licensed under CC BY 4.0.", format!("settled {BY}")),
        (
            "This article is distributed under the terms of the Creative Commons \
             Attribution 4.0 International License \
             (http://creativecommons.org/licenses/by/4.0/), which permits unrestricted use.",
            format!("settled {BY}"),
        ),
        (
            "© 2020 Jane Doe. This is an open access article under the CC BY license \
             (http://creativecommons.org/licenses/by/4.0/).",
            format!("settled {BY}"),
        ),
        (
            "The photographs are our own. This book, with its images, is licensed under CC BY 4.0.",
            format!("settled {BY}"),
        ),
        (
            "With the exception of images, this report is licensed under CC BY 4.0.",
            format!("settled {BY}"),
        ),
        (
            "Except where otherwise noted, this report is licensed under CC BY 4.0.",
            format!("settled {BY}"),
        ),
        (
            "Creative Commons CC0: Public Domain Dedication. To the extent possible under \
             law, Jane Doe has waived all copyright and related or neighboring rights to \
             this work.",
            format!("settled {cc0}"),
        ),
        // A license for the article, and another for data of which it tells.
        (
            "© The Author(s) 2020. Open Access This article is licensed under a Creative \
             Commons Attribution 4.0 International License, which permits use in any \
             medium, as long as you give credit and indicate if changes were made. The \
             Creative Commons Public Domain Dedication waiver \
             (http://creativecommons.org/publicdomain/zero/1.0/) applies to the data made \
             available in this article.",
            format!("settled {BY}"),
        ),
        ("Licensed under CC BY 4.0.", format!("settled {BY}")),
        ("© 2020 Jane Doe. Licensed under CC BY 4.0", format!("settled {BY}")),
        // Which of several it is, nobody can tell.
        ("CC BY 4.0", "unclear".into()),
        ("Creative Commons CC0: Public Domain Dedication.", "unclear".into()),
        // A part of the work.
        ("Figure 3 by Richard Roe is licensed under CC BY 4.0.", "unclear".into()),
        ("Fig. 1. A harbour. Photograph: R. Roe, CC BY 4.0.", "unclear".into()),
        ("This image is licensed under CC BY 4.0.", "unclear".into()),
        ("This figure is licensed under CC BY 4.0.", "unclear".into()),
        ("The photograph on the cover is licensed under CC BY 4.0.", "unclear".into()),
        ("Cover image by R. Roe, licensed under CC BY 4.0.", "unclear".into()),
        ("Photo by R. Roe is licensed under CC BY 4.0", "unclear".into()),
        ("This presentation template is licensed under CC BY 4.0.", "unclear".into()),
        // What it has borrowed.
        (
            "This package makes use of the digital assets of others, as licensed under the \
             CC BY 4.0.",
            "unclear".into(),
        ),
        ("This report uses maps released under CC BY 4.0.", "unclear".into()),
        (
            "It was taken almost verbatim from a flora (see there; reusable under CC BY 4.0 \
             license).",
            "unclear".into(),
        ),
        (
            "This report uses maps of others and is licensed under CC BY 4.0.",
            format!("settled {BY}"),
        ),
        (
            "This book contains maps, and it is licensed under CC BY 4.0.",
            format!("settled {BY}"),
        ),
        ("The samples are distributed under CC BY 4.0.", "unclear".into()),
        // Something else.
        (
            "CC0 (https://creativecommons.org/publicdomain/zero/1.0/) applies to the data.",
            "unclear".into(),
        ),
        (
            "Smith, J. (2019). Data. Retrieved from https://a.org. Licensed under CC BY 4.0.",
            "unclear".into(),
        ),
        ("Reproduced from [3] under CC BY 4.0.", "unclear".into()),
        ("Articles in this journal are licensed under CC BY 4.0.", "unclear".into()),
        ("Many articles are licensed under CC BY 4.0.", "none".into()),
        ("The data set is available under the CC BY 4.0 license.", "unclear".into()),
        ("Their report was published under CC BY 4.0.", "unclear".into()),
        ("Why authors choose CC BY 4.0", "none".into()),
        ("The images in this book are licensed under CC BY 4.0.", "unclear".into()),
        ("This work is not licensed under CC BY 4.0.", "none".into()),
        ("© 2020 Jane Doe. All rights reserved.", "none".into()),
    ] {
        assert_eq!(license(&format!("pdf-text page-1 {text}")), expected, "{text}");
        let inner = license(&format!("pdf-text inner-page-9 {text}"));
        assert!(!inner.starts_with("settled"), "{text}: {inner}");
    }
}

#[test]
fn a_link_grants_what_the_words_of_its_page_grant() {
    let by_nc = "https://creativecommons.org/licenses/by-nc/4.0/";
    for (text, links, expected) in [
        ("", vec![BY], "unclear".to_owned()),
        ("", vec![BY, by_nc], "unclear".to_owned()),
        ("This work is licensed under CC BY 4.0.", vec![BY], format!("settled {BY}")),
        // The version stands in the link.
        (
            "This work is licensed under a Creative Commons Attribution License.",
            vec![BY],
            format!("settled {BY}"),
        ),
        (
            "This work is licensed under a Creative Commons license.",
            vec![BY],
            format!("settled {BY}"),
        ),
        (
            "This work is licensed under a Creative Commons license.",
            vec![BY, by_nc],
            "unclear".to_owned(),
        ),
        // Others that the text says nothing of change nothing.
        (
            "This work is licensed under CC BY 4.0.",
            vec![by_nc, BY],
            format!("settled {BY}"),
        ),
        ("Photograph: R. Roe, CC BY 4.0.", vec![BY], "unclear".to_owned()),
        ("This work is not licensed under CC BY 4.0.", vec![BY], "unclear".to_owned()),
        ("", vec!["https://creativecommons.org/"], "none".to_owned()),
        ("Many articles are licensed under CC BY 4.0.", vec![BY], "none".to_owned()),
    ] {
        let mut notation = String::from("@ format pdf\n");
        for link in &links {
            notation.push_str(&format!("pdf-link page-1 {link}\n"));
        }
        if !text.is_empty() {
            notation.push_str(&format!("pdf-text page-1 {text}\n"));
        }
        assert_eq!(license(&notation), expected, "{notation}");
        let inner = license(&notation.replace("page-1", "inner-page-9"));
        assert!(!inner.starts_with("settled"), "{notation}: {inner}");
    }
}

#[test]
fn a_page_never_contradicts_its_document() {
    for notation in [
        "xmp Page3:cc:license https://creativecommons.org/licenses/by-nc/4.0/",
        "xmp Page3/Im0:dc:rights CC BY-NC 4.0",
        "pdf-text inner-page-9 This work is licensed under CC BY-NC 4.0.",
        "pdf-link page-1 https://creativecommons.org/licenses/by-nc/4.0/",
    ] {
        assert_eq!(license(notation), "unclear", "{notation}");
        let notation = format!("xmp cc:license {BY}\n{notation}");
        assert_eq!(license(&notation), format!("settled {BY}"), "{notation}");
    }
}

#[test]
fn a_cover_grants_nothing_and_contradicts_nothing() {
    for said in [
        "pdf-text cover-page-1 This work is licensed under CC BY 4.0.",
        "pdf-text cover-page-1 This work is licensed under CC BY-NC 4.0.",
        "pdf-text cover-page-1 This work is not licensed under CC BY 4.0.",
        "pdf-text cover-page-1 This work is licensed under a Creative Commons license.\n\
         pdf-link cover-page-1 https://creativecommons.org/licenses/by-nc/4.0/",
        "pdf-text cover-page-1 Creative Commons CC0: Public Domain Dedication.\n\
         pdf-text cover-page-1 To the extent possible under law, Ada Archivist has \
         waived all copyright and related or neighboring rights to this work.",
    ] {
        let alone = license(said);
        assert!(!alone.starts_with("settled"), "{said}: {alone}");
        let notation = format!("{said}\npdf-text page-2 This work is under CC BY 4.0.");
        assert_eq!(license(&notation), format!("settled {BY}"), "{notation}");
    }
}

#[test]
fn a_thumbnail_never_contradicts_its_image() {
    let tasl = tasl(&format!(
        "xmp   cc:license      {BY}\n\
         exif  Artist          Jane Doe\n\
         exif  IFD1:Artist     Richard Roe\n\
         exif  IFD1:Copyright  CC BY-NC 4.0"
    ));
    assert_eq!(show(&tasl.license), format!("settled {BY}"));
    assert_eq!(tasl.creators.values.len(), 1);
    assert_eq!(tasl.creators.first().unwrap(), &["Jane Doe"]);
}

#[test]
fn a_tag_in_an_unusual_directory_of_the_image_is_about_the_image() {
    let tasl = tasl(
        "exif Exif:Artist Jane Doe\nexif IFD0:CameraOwnerName Richard Roe\nexif SubIFD0:Artist R. Roe",
    );
    assert_eq!(tasl.creators.values.len(), 1);
    assert_eq!(tasl.creators.first().unwrap(), &["Jane Doe"]);
}

#[test]
fn a_license_of_the_thumbnail_alone_is_not_that_of_the_image() {
    let tasl = tasl("exif IFD1:Copyright CC BY 4.0");
    assert_eq!(tasl.license, Licensing::Unclear);
    assert!(tasl.candidates.iter().all(|c| c.reference.role != Role::Grant));
}

#[test]
fn programs_can_rely_on_addresses_in_properties_made_for_them() {
    for (notation, expected) in [
        (format!("xmp cc:license {BY}"), true),
        (format!("xmp dcterms:license {BY}"), true),
        ("xmp edm:rights http://rightsstatements.org/vocab/InC/1.0/".into(), true),
        ("xmp cc:license CC BY 4.0".into(), false),
        (format!("xmp xmpRights:WebStatement {BY}"), false),
        (format!("xmp dc:rights {BY}"), false),
        (format!("pdf-info License {BY}"), false),
        (format!("id3 WCOP {BY}"), true),
        (format!("id3 TCOP {BY}"), false),
        (format!("vorbis License {BY}"), true),
        (format!("riff-info ICOP {BY}"), false),
        (format!("epub-opf dcterms:license {BY}"), true),
        (format!("epub-opf dc:rights {BY}"), false),
        (format!("html rel=license {BY}"), true),
        (format!("html schema:license {BY}"), true),
        (format!("html license {BY}"), false),
        ("reuse SPDX-License-Identifier CC-BY-4.0".into(), true),
        (format!("ooxml-custom License {BY}"), false),
        (format!("odf-meta License {BY}"), false),
    ] {
        let tasl = tasl(&notation);
        let found: Vec<bool> =
            tasl.candidates.iter().map(|c| c.machine_readable).collect();
        assert_eq!(found, [expected], "{notation}");
    }
}

#[test]
fn a_license_keeps_its_witnesses_in_order_of_rank() {
    let tasl = tasl(&format!(
        "iptc 2:116 CC BY 4.0\n\
         xmp dc:rights CC BY\n\
         xmp cc:license {BY}"
    ));
    let from: Vec<u32> = tasl.grants[0].from.iter().map(|id| id.0).collect();
    assert_eq!(from, [2, 1, 0]);
}

#[test]
fn creators_that_are_the_same_people_are_one_value() {
    for (notation, expected) in [
        ("exif Artist Jane Doe\nxmp dc:creator Jane  Doe", &["Jane  Doe"][..]),
        ("exif Artist \"Jane Doe \\u0000\"\niptc 2:80 Jane Doe", &["Jane Doe"]),
        ("exif Artist JANE DOE\nxmp dc:creator Jane Doe", &["Jane Doe"]),
        // One word in two Unicode forms.
        ("xmp dc:creator \"Jose\\u0301\"\nexif Artist \"Jos\\u00e9\"", &["Jose\u{301}"]),
        // The family name first.
        ("exif Artist Doe, Jane\nxmp dc:creator Jane Doe", &["Jane Doe"]),
        ("exif Artist Jane Doe\nxmp dc:creator Doe, Jane", &["Doe, Jane"]),
        ("exif Artist Doe, Jane\nxmp dc:creator Ann Doe", &["Ann Doe", "Doe, Jane"]),
        // Lists.
        (
            "exif Artist Jane Doe; Richard Roe\n\
             xmp dc:creator Richard Roe\n\
             xmp dc:creator Jane Doe",
            &["Richard Roe; Jane Doe"],
        ),
        (
            "exif Artist \"\\\"Doe; Sons\\\"; Richard Roe\"\n\
             xmp dc:creator Doe; Sons\n\
             xmp dc:creator Richard Roe",
            &["Doe; Sons; Richard Roe"],
        ),
        (
            "pdf-info Author Jane Doe, Richard Roe and Ada Archivist\n\
             xmp dc:creator Jane Doe\n\
             xmp dc:creator Richard Roe\n\
             xmp dc:creator Ada Archivist",
            &["Jane Doe; Richard Roe; Ada Archivist"],
        ),
        // In PDF and PNG as well, and not after a character reference.
        ("pdf-info Author Jane Doe; Richard Roe", &["Jane Doe; Richard Roe"]),
        (
            "pdf-info Author Jane Doe; Richard Roe\nxmp dc:creator Jane Doe",
            &["Jane Doe", "Jane Doe; Richard Roe"],
        ),
        (
            "png-text Author J. M&uuml;ller\nxmp dc:creator J. M&uuml;ller",
            &["J. M&uuml;ller"],
        ),
        ("pdf-info Author AT&T; Jane Doe", &["AT&T; Jane Doe"]),
        (
            "pdf-info Author AT&T; Jane Doe\nxmp dc:creator AT&T\nxmp dc:creator Jane Doe",
            &["AT&T; Jane Doe"],
        ),
        (
            "pdf-info Author \"Jane \\\"Jay\\\" Doe; R. Roe\"",
            &["Jane \"Jay\" Doe; R. Roe"],
        ),
        // Two packets are no list.
        ("xmp dc:creator Jane Doe\nxmp#2 dc:creator Jane Doe", &["Jane Doe"]),
        (
            "xmp dc:creator Jane Doe\nxmp#2 dc:creator Richard Roe",
            &["Jane Doe", "Richard Roe"],
        ),
        // IPTC has 32 bytes.
        (
            "iptc 2:80 Test author string for metadata-\n\
             xmp dc:creator Test author string for metadata-tests",
            &["Test author string for metadata-tests"],
        ),
        (
            "iptc 2:80 Test author string for metadata-\n\
             exif Artist Test author string for metadata-tests",
            &["Test author string for metadata-tests"],
        ),
        // Nobody is nobody.
        ("exif Artist unknown\nxmp dc:creator Jane Doe", &["Jane Doe"]),
        ("exif Artist \"   \"\niptc 2:80 Jane Doe", &["Jane Doe"]),
        ("exif Artist unknown", &[]),
        // A name to attribute stands in where there is no creator.
        ("xmp cc:attributionName City Museum", &["City Museum"]),
        ("xmp cc:attributionName City Museum\nxmp dc:creator Jane Doe", &["Jane Doe"]),
        // Different people.
        ("exif Artist No body\niptc 2:80 It is me", &["No body", "It is me"]),
        ("iptc 2:80 Jane\nxmp dc:creator Jane Doe", &["Jane Doe", "Jane"]),
        ("exif Artist Jane Doe\nsidecar/xmp dc:creator R. Roe", &["Jane Doe", "R. Roe"]),
    ] {
        let creators = tasl(notation).creators;
        let found: Vec<String> =
            creators.values.iter().map(|v| v.value.join("; ")).collect();
        assert_eq!(found, expected, "{notation}");
    }
}

#[test]
fn a_page_with_links_to_several_licenses_offers_no_choice() {
    let zero = "https://creativecommons.org/publicdomain/zero/1.0/";
    let several = format!("html rel=license {BY}\nhtml rel=license {zero}");
    assert_eq!(license(&several), format!("conflict {BY} {zero}"));
    let one = format!("html rel=license {BY}\nhtml rel=license {BY}");
    assert_eq!(license(&one), format!("settled {BY}"));
}

#[test]
fn the_standard_of_a_document_tells_who_and_what_comes_first() {
    for (notation, creators, titles) in [
        ("odf-meta meta:initial-creator Ada\nodf-meta dc:creator Bela", "Ada", ""),
        ("odf-meta dc:creator Bela\nodf-meta meta:initial-creator Ada", "Ada", ""),
        ("odf-meta dc:creator Bela", "Bela", ""),
        ("odf-meta meta:initial-creator \"\"\nodf-meta dc:creator Bela", "Bela", ""),
        ("epub-opf dc:title A\nepub-opf dc:title B", "", "A"),
        ("epub-opf dc:title \"\"\nepub-opf dc:title B", "", "B"),
        ("epub-opf dc:title A\nxmp dc:title B", "", "B|A"),
        ("html title A – Site\nhtml dcterms:title A", "", "A"),
        ("html title A\nhtml dcterms:title \"\"", "", "A"),
        ("html title A\nhtml author Ada", "Ada", "A"),
    ] {
        let tasl = tasl(notation);
        let all: Vec<_> =
            tasl.creators.values.iter().map(|v| v.value.join(";")).collect();
        assert_eq!(all.join("|"), creators, "{notation}");
        let all: Vec<_> = tasl.title.values.iter().map(|v| &*v.value).collect();
        assert_eq!(all.join("|"), titles, "{notation}");
    }
}

#[test]
fn titles_in_other_languages_are_not_conflicts() {
    for (notation, expected) in [
        ("xmp dc:title[de] Hafen\nxmp dc:title Harbour", &["Harbour"][..]),
        ("xmp dc:title[de] Hafen\nxmp dc:title[fr] Port", &["Hafen"]),
        ("xmp dc:title[de] Hafen\nxmp dc:title Harbour\niptc 2:05 Hafen", &["Harbour"]),
        ("xmp dc:title Harbour\niptc 2:05 Hafen", &["Harbour", "Hafen"]),
        // IPTC has 64 bytes.
        (
            "iptc 2:05 A view of the harbour from the tower of the church, taken in the\n\
             xmp dc:title A view of the harbour from the tower of the church, taken in the evening",
            &["A view of the harbour from the tower of the church, taken in the evening"],
        ),
        // The order of authority.
        ("pdf-info Title devicen1.ps\nxmp dc:title Devices", &["Devices"]),
        ("exif XPTitle Harbour\nxmp photoshop:Headline Storm", &["Harbour"]),
        ("xmp photoshop:Headline Storm", &["Storm"]),
        ("xmp dc:title Untitled\npng-text Title Harbour", &["Harbour"]),
        ("xmp dc:title \"  \"", &[]),
        ("exif ImageDescription OLYMPUS DIGITAL CAMERA", &[]),
    ] {
        let title = tasl(notation).title;
        let found: Vec<&str> = title.values.iter().map(|v| &*v.value).collect();
        assert_eq!(found, expected, "{notation}");
    }
}

#[test]
fn only_what_can_be_followed_is_a_source() {
    for (notation, expected) in [
        (
            "xmp cc:attributionURL https://hdl.handle.net/1/2",
            &["https://hdl.handle.net/1/2"][..],
        ),
        ("xmp dc:source Box 12, folder 3", &[]),
        ("xmp dc:identifier doi:10.1000/182", &["doi:10.1000/182"]),
        ("xmp dc:identifier 10.1000/182", &["10.1000/182"]),
        ("xmp dc:identifier urn:uuid:1234", &[]),
        ("pdf-info DOI 10.1000/182", &["10.1000/182"]),
        // One thing in several spellings.
        (
            "xmp prism:doi 10.1000/182\nxmp dc:source https://doi.org/10.1000/182",
            &["10.1000/182"],
        ),
        (
            "xmp dc:source http://example.org/a\n\
             xmp xmpRights:WebStatement https://example.org/a/",
            &["http://example.org/a"],
        ),
        // The license is not the source.
        ("xmp xmpRights:WebStatement https://creativecommons.org/licenses/by/4.0/", &[]),
        ("xmp xmpRights:WebStatement https://example.org/1", &["https://example.org/1"]),
        ("xmp xmpRights:WebStatement http://ns.adobe.com/xap/1.0/", &[]),
        ("xmp xmpRights:WebStatement www.freefoto.com", &[]),
        ("iptc 2:115 Reuters", &[]),
        // What to link to comes first.
        (
            "xmp dc:source https://example.org/a\nxmp cc:attributionURL https://example.org/b",
            &["https://example.org/b", "https://example.org/a"],
        ),
    ] {
        let source = tasl(notation).source;
        let found: Vec<&str> = source.values.iter().map(|v| &*v.value).collect();
        assert_eq!(found, expected, "{notation}");
    }
}

#[test]
fn a_file_full_of_licenses_is_not_settled_and_takes_little_time() {
    let started = std::time::Instant::now();
    let tasl = tasl(&format!("xmp dc:rights {}", "CC0; ".repeat(11_000)));
    assert!(!matches!(tasl.license, Licensing::Settled(_)), "{:?}", tasl.license);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn many_values_take_little_time() {
    let mut notation = String::new();
    for n in 0..5_000 {
        notation.push_str(&format!("xmp dc:creator Name {n}\nxmp dc:title Title {n}\n"));
    }
    let started = std::time::Instant::now();
    let tasl = tasl(&notation);
    assert_eq!(tasl.creators.values[0].value.len(), 5_000);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

fn tasl(notation: &str) -> Tasl {
    let evidence = Evidence::from_notation(notation, vocabulary::property).unwrap();
    reconcile(&evidence, &HouseTexts::default())
}

fn license(notation: &str) -> String {
    show(&tasl(notation).license)
}

/// The licensing in words.
fn show(licensing: &Licensing) -> String {
    let (word, licenses) = match licensing {
        Licensing::None => return "none".to_owned(),
        Licensing::Unclear => return "unclear".to_owned(),
        Licensing::Settled(license) => ("settled", std::slice::from_ref(license)),
        Licensing::Choice(licenses) => ("choice", &**licenses),
        Licensing::VersionConflict(licenses) => ("versions", &**licenses),
        Licensing::Conflict(licenses) => ("conflict", &**licenses),
    };
    licenses.iter().fold(word.to_owned(), |text, license| {
        let address = match license {
            License::Tool(tool) => tool.url(),
            License::RightsStatement(statement) => statement.uri(),
            License::Other(other) => other,
        };
        format!("{text} {address}")
    })
}

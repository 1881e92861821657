use crate::model::Content;
use crate::read::containers::isobmff::XMP;
use crate::read::testing::{blocks, boxed, damage, evidence, said};

fn mp4(brand: &[u8; 4], movie: &[&[u8]]) -> Vec<u8> {
    let kind = boxed(b"ftyp", &[brand, &[0; 4], brand]);
    [kind, boxed(b"moov", movie), boxed(b"mdat", &[&[0; 40]])].concat()
}

/// A text of user data of QuickTime.
fn text(language: u16, text: &[u8]) -> Vec<u8> {
    let len = (text.len() as u16).to_be_bytes();
    [&len[..], &language.to_be_bytes(), text].concat()
}

fn data(kind: u8, value: &[u8]) -> Vec<u8> {
    boxed(b"data", &[&[0, 0, 0, kind, 0, 0, 0, 0], value])
}

const GERMAN: u16 = (4 << 10) | (5 << 5) | 21;

#[test]
fn the_brand_tells_the_formats_apart() {
    for (head, is) in [
        (&b"\0\0\0\x10ftypisom\0\0\0\0"[..], "mp4"),
        (b"\0\0\0\x10ftypM4A \0\0\0\0", "m4a"),
        (b"\0\0\0\x10ftypqt  \0\0\0\0", "quicktime"),
        (b"\0\0\0\x10ftyp3gp5\0\0\0\0", "3gpp"),
        (b"\0\0\0\x08wide", "quicktime"),
        (b"\0\0\x01\x08moov", "quicktime"),
    ] {
        let content = evidence(head).content;
        assert!(matches!(content, Content::Format { id, .. } if id == is), "{is}");
    }
    assert_eq!(
        evidence(b"The free encyclopedia").content,
        Content::NotMedia { name: "plain text" }
    );
}

#[test]
fn user_data_is_text_in_a_language() {
    let user_data = boxed(
        b"udta",
        &[
            // Two languages, the first one of the Macintosh.
            &boxed(
                b"\xA9nam",
                &[&text(0, b"\x8Fbung"), &text(GERMAN, "Übung".as_bytes())],
            ),
            &boxed(b"\xA9cpy", &[&text(0x7FFF, b"\xFE\xFF\0\xA9\0 \0J"), &[0; 4]]),
            &boxed(b"\xA9ART", &[&text(0, "Zoë".as_bytes())]),
            &boxed(b"\xA9swr", &[&text(0, b"not wanted")]),
            &boxed(b"cprt", &[&[0; 4], &GERMAN.to_be_bytes(), "CC BY 4.0\0".as_bytes()]),
            &boxed(b"auth", &[&[0; 4], &[0x55, 0xC4], b"\xFE\xFF\0J\0o\0\0"]),
            // The form of a metadata item.
            &boxed(b"\xA9cmt", &[&data(1, b"a comment")]),
            &boxed(b"XMP_", &[b"<x/>"]),
            &[0; 4],
        ],
    );
    let file = mp4(b"qt  ", &[&user_data]);
    let all = [
        "quicktime ©nam èbung",
        "quicktime ©nam Übung",
        "quicktime ©cpy © J",
        "quicktime ©ART Zoë",
        "quicktime cprt CC BY 4.0",
        "quicktime auth Jo",
        "quicktime ©cmt a comment",
    ];
    assert_eq!(said(&file), all);
    assert_eq!(damage(&file), [""; 0]);
    let statements = evidence(&file).statements;
    let langs: Vec<_> = statements
        .iter()
        .map(|s| s.location.key.as_str())
        .zip(statements.iter().map(|s| s.lang.as_deref()))
        .filter(|(_, lang)| lang.is_some())
        .collect();
    assert_eq!(langs, [("©nam", Some("deu")), ("cprt", Some("deu"))]);
    assert!(file[statements[4].location.offset as usize..].starts_with(b"CC BY"));
    assert_eq!(blocks(&file)[0].2, b"<x/>");
}

#[test]
fn metadata_items_go_by_their_type_by_a_key_or_by_a_name() {
    let itunes = boxed(
        b"udta",
        &[&boxed(
            b"meta",
            &[
                &[0; 4],
                &boxed(b"hdlr", &[&[0; 8], b"mdirappl", &[0; 9]]),
                &boxed(
                    b"ilst",
                    &[
                        &boxed(b"\xA9nam", &[&data(1, b"Hafen")]),
                        &boxed(b"cprt", &[&data(1, b"CC0")]),
                        &boxed(b"\xA9ART", &[&data(2, b"\0J\0o"), &data(1, b"Jane")]),
                        &boxed(b"\xA9cmt", &[&data(13, b"a picture")]),
                        &boxed(b"covr", &[&data(13, b"a picture")]),
                        &boxed(
                            b"----",
                            &[
                                &boxed(b"mean", &[&[0; 4], b"com.apple.iTunes"]),
                                &boxed(b"name", &[&[0; 4], b"License"]),
                                &data(1, b"https://example.org/"),
                            ],
                        ),
                    ],
                ),
            ],
        )],
    );
    let keys = boxed(
        b"keys",
        &[
            &[0; 8],
            &boxed(b"mdta", &[b"com.apple.quicktime.make"]),
            &boxed(b"mdta", &[b"com.apple.quicktime.copyright"]),
        ],
    );
    // As QuickTime writes it, without a version.
    let quicktime = boxed(
        b"meta",
        &[
            &boxed(b"hdlr", &[&[0; 8], b"mdta"]),
            &keys,
            &boxed(
                b"ilst",
                &[
                    &boxed(b"\0\0\0\x01", &[&data(1, b"a camera")]),
                    &boxed(b"\0\0\0\x02", &[&data(1, b"(c) Jane")]),
                    &boxed(b"\0\0\0\x09", &[&data(1, b"no key")]),
                ],
            ),
        ],
    );
    let file = mp4(b"mp42", &[&itunes, &quicktime]);
    let all = [
        "quicktime ©nam Hafen",
        "quicktime cprt CC0",
        "quicktime ©ART Jo",
        "quicktime ©ART Jane",
        "quicktime ----:com.apple.iTunes:LICENSE https://example.org/",
        "quicktime com.apple.quicktime.copyright (c) Jane",
    ];
    assert_eq!(said(&file), all);
    assert_eq!(damage(&file), [""; 0]);
}

#[test]
fn a_packet_stands_beside_the_movie() {
    let packet = boxed(b"uuid", &[&XMP, b"<x/>"]);
    let file = [mp4(b"isom", &[]), packet].concat();
    assert_eq!(blocks(&file)[0].2, b"<x/>");
}

#[test]
fn what_is_cut_short_is_said_and_the_rest_kept() {
    for (user_data, what) in [
        (boxed(b"\xA9nam", &[b"\0\x09\0\0Haf"]), "a text of user data is cut short"),
        (boxed(b"cprt", &[&[0; 4]]), "a text of user data is cut short"),
        (
            boxed(b"\xA9nam", &[b"\0\0\0\x0Cdata\0\0\0\x01"]),
            "a value of a metadata item is cut short",
        ),
        (b"\0\0\xFF\xFF\xA9nam".to_vec(), "a box runs past the end of the box around it"),
    ] {
        let kept = boxed(b"\xA9cpy", &[&text(0, b"CC0")]);
        let file = mp4(b"qt  ", &[&boxed(b"udta", &[&kept, &user_data])]);
        assert_eq!(said(&file), ["quicktime ©cpy CC0"]);
        assert_eq!(damage(&file).concat(), what);
    }
    let file = mp4(b"qt  ", &[&boxed(b"cmov", &[b"x"])]);
    assert_eq!(damage(&file), ["a compressed movie box"]);
    assert_eq!(damage(&file[..20]), ["the file ends before its moov box"]);
}

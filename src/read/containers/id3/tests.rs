use crate::model::{BlockKind, DamageKind};
use crate::read::testing::{blocks, damage, deflated, evidence, said};

fn synchsafe(n: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| (n >> shift) as u8 & 0x7F)
}

/// A frame with its flags, in a version from 2.3 on.
fn frame(version: u8, id: &[u8; 4], flags: u8, data: &[u8]) -> Vec<u8> {
    let len = match version {
        4 => synchsafe(data.len()),
        _ => (data.len() as u32).to_be_bytes(),
    };
    [&id[..], &len, &[0, flags], data].concat()
}

fn short(id: &[u8; 3], data: &[u8]) -> Vec<u8> {
    let [_, len @ ..] = (data.len() as u32).to_be_bytes();
    [&id[..], &len, data].concat()
}

fn tag(version: u8, flags: u8, frames: &[Vec<u8>]) -> Vec<u8> {
    let frames = frames.concat();
    let head = [b'I', b'D', b'3', version, 0, flags];
    [&head[..], &synchsafe(frames.len()), &frames, &b"\xFF\xFB\x90\x64"[..]].concat()
}

#[test]
fn frames_of_rights_are_read_in_each_version() {
    for version in [3, 4] {
        let f = |id, data: &[u8]| frame(version, id, 0, data);
        let file = tag(
            version,
            0,
            &[
                f(b"APIC", &[7; 300]),
                f(b"TIT2", b"\x01\xFF\xFEM\0\xFC\0h\0l\0e\0\0\0"),
                f(b"TPE1", b"\0Jane Doe"),
                f(b"TCOP", b"\x032024 Jane Doe"),
                f(b"WCOP", b"http://creativecommons.org/licenses/by/4.0/"),
                f(b"USER", b"\0engAsk first"),
                f(b"COMM", b"\0deuNotiz\0Am Abend"),
                f(b"COMM", b"\0engiTunNORM\0 00001"),
                f(b"TXXX", b"\0License\0CC BY 4.0"),
                f(b"TXXX", b"\0Mood\0calm"),
                f(b"PRIV", b"XMP\0<x/>"),
                f(b"PRIV", b"other\0\x01\x02"),
                vec![0; 50],
            ],
        );
        let all = [
            "id3 TIT2 Mühle",
            "id3 TPE1 Jane Doe",
            "id3 TCOP 2024 Jane Doe",
            "id3 WCOP http://creativecommons.org/licenses/by/4.0/",
            "id3 USER Ask first",
            "id3 COMM Am Abend",
            "id3 TXXX:License CC BY 4.0",
        ];
        assert_eq!(said(&file), all);
        assert_eq!(damage(&file), [""; 0]);
        let evidence = evidence(&file);
        assert_eq!(evidence.statements[5].lang.as_deref(), Some("deu"));
        let place = |n: usize| &file[evidence.statements[n].location.offset as usize..];
        assert!(place(1).starts_with(b"Jane"));
        assert!(place(5).starts_with(b"Am Abend"));
        let [(BlockKind::Xmp, at, _)] = &blocks(&file)[..] else { panic!() };
        assert!(file[*at as usize..].starts_with(b"<x/>"));
    }
}

#[test]
fn names_of_three_letters_are_those_of_version_2() {
    let frames = [
        short(b"TT2", b"\0Harbour"),
        short(b"TP1", b"\0Jane\0"),
        short(b"TCR", b"\0CC0"),
        short(b"COM", b"\0eng\0By hand"),
    ];
    let all = ["id3 TT2 Harbour", "id3 TP1 Jane", "id3 TCR CC0", "id3 COM By hand"];
    assert_eq!(said(&tag(2, 0, &frames)), all);
}

#[test]
fn a_text_may_hold_several_values() {
    for data in [&b"\x03Jane\0Jo"[..], b"\x02\0J\0a\0n\0e\0\0\0J\0o\0\0"] {
        let file = tag(4, 0, &[frame(4, b"TPE1", 0, data)]);
        assert_eq!(said(&file), ["id3 TPE1 Jane", "id3 TPE1 Jo"]);
    }
}

#[test]
fn bytes_that_were_stuffed_in_are_taken_out() {
    let text = b"\x01\xFF\x00\xFEJ\0o\0";
    let whole = tag(
        3,
        0x80,
        &[{
            let mut frame = frame(3, b"TPE1", 0, text);
            frame[7] -= 1;
            frame
        }],
    );
    let single = tag(4, 0, &[frame(4, b"TPE1", 0x02, text)]);
    for file in [whole, single] {
        assert_eq!(said(&file), ["id3 TPE1 Jo"]);
        assert_eq!(damage(&file), [""; 0]);
    }
}

#[test]
fn frames_may_be_packed_and_cannot_be_read_if_encrypted() {
    let packed = deflated(b"\0Jane");
    let old = [&[0, 0, 0, 5][..], &packed].concat();
    let file = tag(3, 0, &[frame(3, b"TPE1", 0x80, &old)]);
    assert_eq!(said(&file), ["id3 TPE1 Jane"]);
    let file = tag(4, 0, &[frame(4, b"TPE1", 0x09, &old)]);
    assert_eq!(said(&file), ["id3 TPE1 Jane"]);
    for (version, flag) in [(3, 0x40), (4, 0x04)] {
        let locked = frame(version, b"TPE1", flag, b"\x01xyz");
        let file = tag(version, 0, &[locked, frame(version, b"TIT2", 0, b"\0A")]);
        assert_eq!(said(&file), ["id3 TIT2 A"]);
        assert_eq!(evidence(&file).damage[0].kind, DamageKind::Encrypted);
    }
}

#[test]
fn an_extended_header_is_stepped_over() {
    let old = [&[0, 0, 0, 6][..], &[0; 6]].concat();
    let new = vec![0, 0, 0, 6, 1, 0];
    for (version, header) in [(3, old), (4, new)] {
        let file = tag(version, 0x40, &[header, frame(version, b"TPE1", 0, b"\0Jane")]);
        assert_eq!(said(&file), ["id3 TPE1 Jane"], "{version}");
    }
}

#[test]
fn lengths_of_the_wrong_version_are_understood() {
    let long = [&b"\0"[..], &[b'a'; 200]].concat();
    let file = tag(4, 0, &[frame(3, b"TIT2", 0, &long), frame(4, b"TPE1", 0, b"\0J")]);
    assert_eq!(said(&file).len(), 2);
    assert_eq!(damage(&file), [""; 0]);
}

#[test]
fn lengths_that_lead_nowhere_are_reported() {
    let past = "an ID3 frame runs past the end of its tag";
    let first = frame(3, b"TIT2", 0, b"\0A");
    let huge = [&b"TPE1"[..], &[0xFF; 4], &[0; 20]].concat();
    let file = tag(3, 0, &[first.clone(), huge.clone()]);
    assert_eq!(
        (said(&file), damage(&file)),
        (vec!["id3 TIT2 A".into()], vec![past.into()])
    );
    let junk = tag(3, 0, &[first.clone(), b"some bytes".to_vec()]);
    assert_eq!(damage(&junk), ["no ID3 frame where the one before it ends"]);
    let mut long = tag(3, 0, &[first]);
    long[6] = 0x7F;
    assert!(
        damage(&long).contains(&"the ID3 tag runs past the end of what it is in".into())
    );
    let cut = tag(4, 0, &[frame(4, b"COMM", 0, b"\0en"), frame(4, b"TPE1", 0, b"\x09J")]);
    let what = ["an ID3 frame is cut short", "a charset that ID3 does not define"];
    assert_eq!(damage(&cut), what);
    assert_eq!(damage(b"ID3\x09\0\0\0\0\0\0").len(), 1);
}

#[test]
fn a_million_frames_are_held_to_the_limit() {
    let file = tag(4, 0, &[frame(4, b"TIT2", 0, b"\0A").repeat(1_000_000)]);
    let all = damage(&file);
    for what in ["more than 20,000 statements", "more than 100,000 parts"] {
        assert!(all.contains(&what.to_owned()), "{all:?}");
    }
}

#[test]
fn a_tag_of_version_1_is_read_where_it_says_more() {
    let field = |text: &[u8], len: usize| {
        let mut field = text.to_vec();
        field.resize(len, 0);
        field
    };
    let full = b"A title that goes on for longer than thirty bytes";
    let old = [
        b"TAG",
        &full[..30],
        &field(b"Jane Doe", 30),
        &[0; 34],
        &field(b"By hand   ", 30),
        b"\x11",
    ]
    .concat();
    let title = frame(3, b"TIT2", 0, &[b"\0", &full[..]].concat());
    let file = [tag(3, 0, &[title]), old.clone()].concat();
    let all = [
        format!("id3 TIT2 {}", String::from_utf8_lossy(full)),
        "id3 ID3v1:Artist Jane Doe".to_owned(),
        "id3 ID3v1:Comment By hand".to_owned(),
    ];
    assert_eq!(said(&file), all);
    let alone = [b"\xFF\xFB\x90\x64", &[0x55; 400][..], &old].concat();
    assert_eq!(said(&alone).len(), 3);
    assert_eq!(damage(&alone), [""; 0]);
}

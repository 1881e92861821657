use crate::read::testing::{Ifd, Tiff, blocks, damage, evidence, said, tiff};

const ALL: [Tiff; 4] = [
    Tiff { big_endian: false, big: false },
    Tiff { big_endian: true, big: false },
    Tiff { big_endian: false, big: true },
    Tiff { big_endian: true, big: true },
];
const ARTIST: u16 = 0x013B;
const COPYRIGHT: u16 = 0x8298;
const EXIF_IFD: u16 = 34665;
const SUB_IFDS: u16 = 330;

fn ascii(tag: u16, value: &str) -> (u16, u16, Vec<u8>) {
    (tag, 2, format!("{value}\0").into_bytes())
}

#[test]
fn every_directory_is_read_in_each_order_and_width() {
    let comment = (0x9286, 7, b"ASCII\0\0\0Abend".to_vec());
    let page = Ifd {
        fields: vec![ascii(ARTIST, "Jane Doe"), ascii(COPYRIGHT, "CC")],
        children: vec![
            (EXIF_IFD, Ifd { fields: vec![comment], children: vec![] }),
            (SUB_IFDS, Ifd { fields: vec![ascii(ARTIST, "below")], children: vec![] }),
        ],
    };
    let second = Ifd {
        fields: vec![ascii(ARTIST, "John Doe")],
        children: vec![(
            EXIF_IFD,
            Ifd { fields: vec![ascii(0xA430, "Owner")], children: vec![] },
        )],
    };
    for layout in ALL {
        let file = layout.file(&[page.clone(), second.clone()]);
        let all = [
            "exif Artist Jane Doe",
            "exif Copyright CC",
            "exif UserComment Abend",
            "exif SubIFD0:Artist below",
            "exif Page2:Artist John Doe",
            "exif Page2/Exif:CameraOwnerName Owner",
        ];
        let mut said = said(&file);
        said.sort_by_key(|s| all.iter().position(|a| a == s));
        assert_eq!(said, all);
        assert_eq!(damage(&file), [""; 0]);
        for statement in evidence(&file).statements {
            let rest = &file[statement.location.offset as usize..];
            assert!(rest.starts_with(statement.value.as_bytes()), "{statement:?}");
        }
    }
}

#[test]
fn a_reduced_image_or_a_mask_is_no_page() {
    for (field, key) in [
        ((254, 4, 0_u32), "Page2"),
        ((254, 4, 2), "Page2"),
        ((254, 4, 1), "IFD1"),
        ((254, 3, 1), "IFD1"),
        ((254, 4, 4), "IFD1"),
        ((255, 3, 2), "IFD1"),
        ((255, 3, 3), "Page2"),
    ] {
        let (tag, kind, value) = field;
        let first = Ifd { fields: vec![], children: vec![] };
        let bytes = match kind {
            3 => (value as u16).to_le_bytes().to_vec(),
            _ => value.to_le_bytes().to_vec(),
        };
        let second = Ifd {
            fields: vec![(tag, kind, bytes), ascii(ARTIST, "Jane")],
            children: vec![],
        };
        let file = Tiff { big_endian: false, big: false }.file(&[first, second]);
        assert_eq!(said(&file), [format!("exif {key}:Artist Jane")], "{field:?}");
    }
}

#[test]
fn a_circle_of_directories_is_read_once() {
    let mut file = tiff(&[(ARTIST, b"Jo\0")]);
    let next = file.len() - 4;
    file[next] = 8;
    assert_eq!(said(&file), ["exif Artist Jo"]);
    assert_eq!(damage(&file), ["the directories form a circle"]);
}

#[test]
fn a_directory_that_is_cut_short_keeps_its_whole_fields() {
    let file = tiff(&[(ARTIST, b"Jo\0"), (COPYRIGHT, b"CC\0")]);
    assert_eq!(said(&file[..8 + 2 + 12 + 11]), ["exif Artist Jo"]);
    assert_eq!(damage(&file[..33]), ["the directory runs past the end"]);
}

#[test]
fn a_directory_without_its_pointer_to_the_next_is_reported() {
    let file = tiff(&[(ARTIST, b"Jo\0")]);
    for end in file.len() - 4..file.len() {
        assert_eq!(said(&file[..end]), ["exif Artist Jo"]);
        assert_eq!(damage(&file[..end]), ["the directory is cut short"], "cut at {end}");
    }
}

#[test]
fn a_value_past_the_end_costs_only_itself() {
    let mut file = tiff(&[(ARTIST, b"Jane Doe\0"), (COPYRIGHT, b"CC\0")]);
    file[8 + 2 + 4 + 3] = 0x7F; // two thousand million bytes
    assert_eq!(said(&file), ["exif Copyright CC"]);
    assert_eq!(damage(&file), ["the value of a field runs past the end"]);
}

#[test]
fn blocks_of_other_kinds_are_handed_on() {
    let little = Tiff { big_endian: false, big: false };
    let iim = b"\x1C\x02\x50\0\x07JaneDoe";
    let mut longs = iim.to_vec();
    longs.as_chunks_mut::<4>().0.iter_mut().for_each(|l| l.reverse());
    for (kind, bytes) in [(1, iim.to_vec()), (7, iim.to_vec()), (4, longs)] {
        let file =
            little.file(&[Ifd { fields: vec![(33723, kind, bytes)], ..Ifd::default() }]);
        assert_eq!(said(&file), ["iptc 2:80 JaneDoe"], "{kind}");
    }
    let irb = b"8BIM\x04\x0A\0\0\0\0\0\x01\x01\0".to_vec();
    let fields = vec![(700, 1, b"<x:xmpmeta/>".to_vec()), (34377, 1, irb)];
    let file = little.file(&[Ifd { fields, children: vec![] }]);
    let kinds: Vec<&str> = blocks(&file).iter().map(|b| b.0.as_str()).collect();
    assert_eq!(kinds, ["xmp", "photoshop"]);
    assert_eq!(said(&file), ["photoshop copyright-flag True"]);
}

#[test]
fn a_second_iim_block_is_another_account() {
    let iim = b"\x1C\x02\x50\0\x04Jane".to_vec();
    let irb = [b"8BIM\x04\x04\0\0\0\0\0\x09", &iim[..], b"\0"].concat();
    let fields = vec![(33723, 7, iim), (34377, 7, irb)];
    let file = ALL[1].file(&[Ifd { fields, children: vec![] }]);
    assert_eq!(said(&file), ["iptc 2:80 Jane", "iptc IPTC2:2:80 Jane"]);
}

#[test]
fn a_text_of_numbers_is_reported_and_not_read() {
    let fields = vec![(ARTIST, 3, vec![1, 0]), ascii(COPYRIGHT, "CC")];
    let file = ALL[0].file(&[Ifd { fields, children: vec![] }]);
    assert_eq!(said(&file), ["exif Copyright CC"]);
    assert_eq!(damage(&file), ["a field of text has a type of numbers"]);
}

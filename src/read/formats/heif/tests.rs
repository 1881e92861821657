use crate::model::{BlockKind, Content};
use crate::read::testing::{blocks, boxed, damage, deflated, evidence, said, tiff};

/// An entry of the list of items: its version, id, type, and what follows it.
fn entry(version: u8, id: u8, kind: &[u8], rest: &[u8]) -> Vec<u8> {
    let id: &[u8] = if version == 3 { &[0, 0, 0, id] } else { &[0, id] };
    boxed(b"infe", &[&[version, 0, 0, 0], id, &[0, 0], kind, rest])
}

fn exif_entry(id: u8) -> Vec<u8> {
    entry(2, id, b"Exif", b"\0")
}

fn xmp_entry(id: u8, encoding: &[u8]) -> Vec<u8> {
    entry(2, id, b"mime", &[b"\0application/rdf+xml\0", encoding].concat())
}

/// Places in `idat` by four-byte numbers, `iloc` version 1.
fn place(id: u8, parts: &[(u32, u32)]) -> Vec<u8> {
    let mut entry = vec![0, id, 0, 1, 0, 0, 0, parts.len() as u8];
    for (offset, len) in parts {
        entry.extend(offset.to_be_bytes());
        entry.extend(len.to_be_bytes());
    }
    entry
}

fn file(entries: &[Vec<u8>], places: &[Vec<u8>], data: &[u8]) -> Vec<u8> {
    let count = [0, entries.len() as u8];
    let iinf = boxed(b"iinf", &[&[0; 4], &count, &entries.concat()]);
    let count = [0, places.len() as u8];
    let iloc = boxed(b"iloc", &[&[1, 0, 0, 0, 0x44, 0], &count, &places.concat()]);
    heic(&[&iinf, &iloc, &boxed(b"idat", &[data])])
}

fn heic(parts: &[&[u8]]) -> Vec<u8> {
    let meta = boxed(b"meta", &[&[0; 4], &boxed(b"hdlr", &[b"pict"]), &parts.concat()]);
    [boxed(b"ftyp", &[b"heic\0\0\0\0mif1"]), meta].concat()
}

fn exif() -> Vec<u8> {
    [&[0; 4][..], &tiff(&[(0x013B, b"Jane Doe\0")])].concat()
}

#[test]
fn the_brand_tells_the_kinds_apart() {
    for (brand, is) in [
        (b"heic", "heic"),
        (b"heix", "heic"),
        (b"mif1", "heif"),
        (b"avif", "avif"),
        (b"avis", "avif"),
    ] {
        let content = evidence(&boxed(b"ftyp", &[brand, &[0; 4]])).content;
        assert!(matches!(content, Content::Format { id, .. } if id == is), "{is}");
    }
}

#[test]
fn an_item_may_have_a_long_name() {
    let packet = b"<x/>";
    let rest = [&b"n".repeat(5_000)[..], b"\0application/rdf+xml\0\0"].concat();
    let file = file(
        &[entry(2, 1, b"mime", &rest)],
        &[place(1, &[(0, packet.len() as u32)])],
        packet,
    );
    assert_eq!(blocks(&file).len(), 1);
}

#[test]
fn an_item_is_put_together_from_its_parts() {
    let exif = exif();
    let (one, two) = exif.split_at(20);
    let data = [two, b"-", one, b"<x/>"].concat();
    let (first, second) = (two.len() as u32, one.len() as u32);
    let file = file(
        &[entry(2, 1, b"hvc1", b"\0"), exif_entry(2), xmp_entry(3, b"")],
        &[
            place(1, &[(0, 1)]),
            place(2, &[(first + 1, second), (0, first)]),
            // All there is.
            place(3, &[(first + 1 + second, 0)]),
        ],
        &data,
    );
    assert_eq!(said(&file), ["exif Artist Jane Doe"]);
    assert_eq!(damage(&file), [""; 0]);
    let found = blocks(&file);
    assert!(file[found[0].1 as usize..].starts_with(&one[4..]));
    assert_eq!((found[1].0, found[1].2.as_slice()), (BlockKind::Xmp, &b"<x/>"[..]));
    assert!(file[found[1].1 as usize..].starts_with(b"<x/>"));
    let place = evidence(&file).statements[0].location.offset as usize;
    assert!(file[place..].starts_with(b"Jane"));
}

#[test]
fn places_in_the_file_are_read_in_every_version_of_iloc() {
    let exif = exif();
    // Four and eight bytes; a base, and none.
    let tables: [&dyn Fn(u32) -> Vec<u8>; 3] = [
        &|at| {
            let n = at.to_be_bytes();
            let len = (exif.len() as u32).to_be_bytes();
            [
                &[0, 0, 0, 0, 0x44, 0x40, 0, 1, 0, 1, 0, 0],
                &n[..],
                &[0, 1, 0, 0, 0, 0],
                &len,
            ]
            .concat()
        },
        &|at| {
            let n = u64::from(at - 7).to_be_bytes();
            let len = (exif.len() as u64).to_be_bytes();
            let base = [0, 0, 0, 7];
            let head = [1, 0, 0, 0, 0x88, 0x44, 0, 1, 0, 1, 0, 0, 0, 0];
            [&head[..], &base, &[0, 1], &[0, 0, 0, 1], &n, &len].concat()
        },
        &|at| {
            let n = at.to_be_bytes();
            let len = (exif.len() as u32).to_be_bytes();
            let head = [2, 0, 0, 0, 0x44, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
            [&head[..], &[0, 1], &n, &len].concat()
        },
    ];
    for (version, table) in tables.into_iter().enumerate() {
        let build = |at: u32| {
            let iinf = boxed(b"iinf", &[&[0; 4], &[0, 1], &exif_entry(1)]);
            let head = heic(&[&iinf, &boxed(b"iloc", &[&table(at)])]);
            (head.len() as u32 + 8, [head, boxed(b"mdat", &[&exif])].concat())
        };
        let (at, _) = build(100);
        let (_, file) = build(at);
        assert_eq!(said(&file), ["exif Artist Jane Doe"], "version {version}");
        assert_eq!(damage(&file), [""; 0]);
    }
}

#[test]
fn entries_are_read_in_every_version() {
    let exif = exif();
    for (entry, is) in [
        (entry(3, 1, b"Exif", b"\0"), "exif"),
        (entry(0, 1, b"Exif\0", b"\0\0"), "exif"),
        (entry(1, 1, b"\0", b"application/rdf+xml\0\0"), "xmp"),
        (entry(2, 1, b"mime", b"XMP\0application/rdf+xml; charset=utf-8\0"), "xmp"),
    ] {
        let file = file(&[entry], &[place(1, &[(0, 0)])], &exif);
        assert_eq!(blocks(&file)[0].0.as_str(), is);
    }
    let other = entry(2, 1, b"mime", b"\0text/plain\0");
    assert_eq!(blocks(&file(&[other], &[place(1, &[(0, 0)])], &exif)), []);
}

#[test]
fn a_packet_may_be_deflated() {
    let zipped = deflated(b"<x/>");
    let file = file(&[xmp_entry(1, b"deflate\0")], &[place(1, &[(0, 0)])], &zipped);
    assert_eq!(blocks(&file)[0].2, b"<x/>");
}

#[test]
fn an_item_that_cannot_be_read_is_said() {
    let exif = exif();
    let len = exif.len() as u32;
    let whole = [place(1, &[(0, len)])];
    let mut protected = exif_entry(1);
    protected[15] = 1;
    let with_construction = |n: u8| {
        let mut place = place(1, &[(0, len)]);
        place[3] = n;
        [place]
    };
    let mut elsewhere = place(1, &[(0, len)]);
    elsewhere[5] = 1;
    for (entry, places, what) in [
        (exif_entry(1), &[][..], "an item that has no place"),
        (
            exif_entry(1),
            &[place(1, &[(1, len)])],
            "an item runs past the end of what it stands in",
        ),
        (
            exif_entry(1),
            &[place(1, &[(u32::MAX, 1)])],
            "an item runs past the end of what it stands in",
        ),
        (exif_entry(1), &with_construction(2), "an item that is a part of another item"),
        (exif_entry(1), &[elsewhere], "an item that stands in another file"),
        (protected, &whole, "the item is protected"),
        (xmp_entry(1, b"br\0"), &whole, "an XMP item in an encoding that is not known"),
        (exif_entry(1), &[place(1, &[(0, 3)])], "Exif without a TIFF header"),
    ] {
        assert_eq!(damage(&file(&[entry], places, &exif)), [what]);
    }
    let cut = boxed(b"infe", &[&[2, 0, 0, 0, 0, 1]]);
    assert_eq!(damage(&file(&[cut], &whole, &exif)), ["an item entry is cut short"]);
    let none = heic(&[&boxed(b"iinf", &[&[0; 4], &[0, 1], &exif_entry(1)])]);
    assert_eq!(damage(&none), ["a meta box without places of items"]);
    assert_eq!(damage(&none[..20]), ["the file ends before its meta box"]);
}

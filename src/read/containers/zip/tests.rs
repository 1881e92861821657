use super::*;
use crate::read::Limits;
use crate::read::testing::zip;

fn open(file: &[u8]) -> (Vec<String>, Vec<String>) {
    let limits = Limits::default();
    let mut input = Input::from_bytes(file, &limits);
    let mut found = Found::default();
    let zip = Zip::open(&mut input, &mut found).unwrap();
    let mut contents = Vec::new();
    for entry in &zip.entries {
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        match read(&mut input, entry, &mut found) {
            Ok(content) => {
                let text = String::from_utf8_lossy(&content.bytes).into_owned();
                assert!(
                    !content.stored
                        || file[content.offset as usize..].starts_with(&content.bytes)
                );
                contents.push(format!("{name}={text}"));
            }
            Err(stop) => contents.push(format!("{name}: {stop}")),
        }
    }
    let wrong = crate::read::testing::problems(found);
    (contents, wrong)
}

const ENTRIES: &[(&str, &str)] = &[("a", "first"), ("b/c", "second second second")];

#[test]
fn entries_are_found_through_the_directory() {
    for packed in [true, false] {
        let file = zip(ENTRIES, packed);
        let (contents, wrong) = open(&file);
        assert_eq!(contents, ["a=first", "b/c=second second second"]);
        assert_eq!(wrong, [""; 0]);
        // Something before the archive, and something behind it.
        for other in
            [[&b"#!/bin/sh\n"[..], &file].concat(), [&file[..], b"\n\n"].concat()]
        {
            assert_eq!(open(&other), (contents.clone(), vec![]));
        }
    }
}

#[test]
fn entries_are_found_where_a_byte_was_lost() {
    let file = zip(ENTRIES, false);
    // From the content of the first entry, and from the name of the second.
    for at in [32, 70] {
        let mut file = file.clone();
        file.remove(at);
        let (contents, wrong) = open(&file);
        assert_eq!(contents.len(), 2, "{contents:?}");
        assert!(contents.iter().any(|c| c.ends_with("=first") || c.ends_with("second")));
        let what = "ZIP directory stands before where its end record says";
        assert_eq!(wrong[0], what, "{wrong:?}");
    }
}

/// An archive of two entries, of which the second is an archive with `name` in it.
fn with_another_inside(name: &str) -> Vec<u8> {
    let inner = zip(&[(name, "inside")], false);
    let room = "x".repeat(inner.len());
    let mut file = zip(&[("ppt/a.xml", "first"), ("b.xlsx", &room)], false);
    let at = memchr::memmem::find(&file, room.as_bytes()).unwrap();
    file.splice(at..at + inner.len(), inner);
    file
}

#[test]
fn the_names_in_an_archive_inside_do_not_count() {
    let file = with_another_inside("xl/workbook.xml");
    let limits = Limits::default();
    let mut input = Input::from_bytes(&file, &limits);
    assert!(seems_to_have(&mut input, "ppt/"));
    assert!(!seems_to_have(&mut input, "xl/"));
}

#[test]
fn the_directory_of_an_archive_inside_is_not_that_of_a_file_cut_short() {
    let file = with_another_inside("c");
    let cut = memchr::memmem::find(&file, END).unwrap() + 22;
    let (contents, wrong) = open(&file[..cut]);
    assert_eq!(contents[0], "ppt/a.xml=first", "{contents:?}");
    assert!(!contents.iter().any(|c| c == "c=inside"));
    assert_eq!(wrong[0], "ZIP file has no end of its directory");
}

#[test]
fn the_media_type_may_stand_in_a_later_entry() {
    for (entries, expected) in [
        (&[("mimetype", "a/b"), ("x", "y")][..], Some(&b"a/b"[..])),
        (&[("x", "y"), ("mimetype", "a/b\n")], Some(b"a/b")),
        (&[("x", "y"), ("mimetypes", "a/b")], None),
        (&[("x", "y")], None),
    ] {
        for packed in [true, false] {
            let file = zip(entries, packed);
            let limits = Limits::default();
            let mut input = Input::from_bytes(&file, &limits);
            assert_eq!(declared(&mut input).as_deref(), expected, "{entries:?}");
        }
    }
}

#[test]
fn without_a_directory_the_headers_are_walked() {
    let file = zip(ENTRIES, true);
    let directory = memchr::memmem::find(&file, CENTRAL).unwrap();
    let (contents, wrong) = open(&file[..directory]);
    assert_eq!(contents, ["a=first", "b/c=second second second"]);
    assert_eq!(wrong, ["ZIP file has no end of its directory"]);
    let (contents, _) = open(&file[..directory - 1]);
    assert_eq!(contents, ["a=first"]);
}

#[test]
fn numbers_that_do_not_fit_stand_in_the_fields_of_zip64() {
    let file = zip(&[("a", "first")], false);
    let at = memchr::memmem::find(&file, CENTRAL).unwrap();
    let end = memchr::memmem::find(&file, END).unwrap();
    let mut central = file[at..end].to_vec();
    let full = [0xFF; 4];
    central.splice(20..24, full);
    central.splice(24..28, full);
    central.splice(42..46, full);
    let field: Vec<u8> = [5u64, 5, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
    central.splice(30..32, 28u16.to_le_bytes());
    central.extend([1, 0, 24, 0]);
    central.extend(field);
    let mut to = file[..at].to_vec();
    to.extend(&central);
    let record_at = to.len() as u64;
    to.extend(END_64);
    to.extend(44u64.to_le_bytes());
    to.extend([0; 12]);
    for number in [1, 1, central.len() as u64, at as u64] {
        to.extend(number.to_le_bytes());
    }
    to.extend(LOCATOR_64);
    to.extend([0; 4]);
    to.extend(record_at.to_le_bytes());
    to.extend([1, 0, 0, 0]);
    to.extend(END);
    to.extend([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    to.extend([0xFF; 8]);
    to.extend([0, 0]);
    assert_eq!(open(&to), (vec!["a=first".to_owned()], vec![]));
    let moved = [&b"before"[..], &to].concat();
    assert_eq!(open(&moved), (vec!["a=first".to_owned()], vec![]));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let change = |at: usize, byte: u8| {
        let mut file = zip(ENTRIES, false);
        let directory = memchr::memmem::find(&file, CENTRAL).unwrap();
        file[directory + at] = byte;
        open(&file)
    };
    let second = "b/c=second second second";
    for (at, byte, first, problem) in [
        (8, 1, "a: ZIP entry needs a password", None),
        (10, 12, "a: ZIP entry is not compressed with deflate", None),
        (10, 8, "a: the compressed data is damaged", None),
        (16, 0, "a=first", Some("ZIP entry does not have the checksum it claims")),
        (42, 1, "a: ZIP entry does not begin with its header", None),
        (23, 1, "a: runs past the end of the file", None),
    ] {
        let (contents, wrong) = change(at, byte);
        assert_eq!(contents, [first, second]);
        assert_eq!(wrong, problem.into_iter().collect::<Vec<_>>());
    }
    let (contents, wrong) = change(0, b'X');
    assert_eq!(contents, [""; 0]);
    assert_eq!(wrong, ["ZIP directory ends before its last entry"]);
}

#[test]
fn the_media_type_is_read_from_the_first_entry() {
    for (name, media_type, expected) in [
        ("mimetype", "application/epub+zip", Some(&b"application/epub+zip"[..])),
        ("mimetypes", "application/epub+zip", None),
        ("a", "b", None),
    ] {
        let file = zip(&[(name, media_type), ("x", "y")], false);
        assert_eq!(self::media_type(&file), expected, "{name}");
    }
}

#[test]
fn a_large_directory_is_not_read_to_tell_the_media_type() {
    let names: Vec<String> = (0..3_000).map(|n| format!("pictures/{n}.png")).collect();
    let mut entries: Vec<(&str, &str)> = names.iter().map(|n| (&**n, "")).collect();
    entries.push(("Mimetype", "application/vnd.oasis.opendocument.text\n"));
    let limits = Limits::default();
    let file = zip(&entries, true);
    let mut input = Input::from_bytes(&file, &limits);
    let media_type = declared(&mut input);
    let expected = &b"application/vnd.oasis.opendocument.text"[..];
    assert_eq!(media_type.as_deref(), Some(expected));
    assert!(input.cost().read < 64 << 10, "{:?}", input.cost());
}

#[test]
fn the_media_type_is_found_where_the_directory_is_lost() {
    let file = zip(&[("a", ""), ("mimetype", "application/epub+zip")], false);
    let end = memchr::memmem::find(&file, CENTRAL).unwrap();
    let limits = Limits::default();
    let media_type = declared(&mut Input::from_bytes(&file[..end], &limits));
    assert_eq!(media_type.as_deref(), Some(&b"application/epub+zip"[..]));
}

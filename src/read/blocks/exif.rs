//! Exif blocks (CIPA DC-008): the fields of text in a TIFF structure.

use encoding_rs::{ISO_2022_JP, SHIFT_JIS};

use super::{Decoded, text};
use crate::read::containers::ifd::{self, Next, Order};
use crate::read::{Limits, Stop};

/// Reads a block, from its TIFF header on.
///
/// # Errors
///
/// Where it has no TIFF header.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let mut bytes = bytes;
    ifd::read(&mut bytes, Next::Thumbnail, limits, out)
}

/// In which directory a field belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The one of an image.
    Image,
    /// The one that tag 34665 points to.
    Exif,
}

/// A field of text.
#[derive(Debug)]
pub struct Field {
    /// Its number.
    pub tag: u16,
    /// As the standard spells it.
    pub name: &'static str,
    /// Where it belongs.
    pub home: Home,
    form: Form,
}

/// How the bytes of a field are text.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// ASCII up to a NUL.
    Ascii,
    /// The photographer and, after a NUL, the editor.
    Copyright,
    /// UTF-16, little-endian whatever the order of the block.
    Utf16,
    /// After eight bytes that name the charset.
    Charset,
}

/// The fields that are read, by tag.
pub static FIELDS: &[Field] = &[
    image(0x010D, "DocumentName", Form::Ascii),
    image(0x010E, "ImageDescription", Form::Ascii),
    image(0x013B, "Artist", Form::Ascii),
    image(0x8298, "Copyright", Form::Copyright),
    Field { tag: 0x9286, name: "UserComment", home: Home::Exif, form: Form::Charset },
    image(0x9C9B, "XPTitle", Form::Utf16),
    image(0x9C9C, "XPComment", Form::Utf16),
    image(0x9C9D, "XPAuthor", Form::Utf16),
    image(0x9C9F, "XPSubject", Form::Utf16),
    Field { tag: 0xA430, name: "CameraOwnerName", home: Home::Exif, form: Form::Ascii },
    Field { tag: 0xA436, name: "ImageTitle", home: Home::Exif, form: Form::Ascii },
    Field { tag: 0xA437, name: "Photographer", home: Home::Exif, form: Form::Ascii },
];

const fn image(tag: u16, name: &'static str, form: Form) -> Field {
    Field { tag, name, home: Home::Image, form }
}

/// The field of text with this tag.
pub fn field(tag: u16) -> Option<&'static Field> {
    FIELDS.iter().find(|f| f.tag == tag)
}

impl Field {
    /// The keys and values in the bytes of the field, and how many bytes stand
    /// before each.
    pub fn read(&self, bytes: &[u8], order: Order) -> Vec<(&'static str, String, usize)> {
        match self.form {
            Form::Ascii => {
                let value = text::utf8_or_windows_1252(text::until_nul(bytes));
                vec![(self.name, value, 0)]
            }
            Form::Utf16 => vec![(self.name, text::utf16le_until_nul(bytes), 0)],
            Form::Charset => {
                let (value, skip) = user_comment(bytes, order);
                vec![(self.name, value, skip)]
            }
            Form::Copyright => {
                let mut parts = bytes.split(|b| *b == 0);
                let photographer = parts.next().unwrap_or_default();
                let editor = parts.next().unwrap_or_default();
                let blank = photographer.iter().all(|b| *b == b' ');
                let mut both = Vec::new();
                // One space stands for no photographer where there is an editor.
                if editor.is_empty() || !blank {
                    both.push((self.name, text::utf8_or_windows_1252(photographer), 0));
                }
                if !editor.is_empty() {
                    let value = text::utf8_or_windows_1252(editor);
                    both.push(("CopyrightEditor", value, photographer.len() + 1));
                }
                both
            }
        }
    }
}

/// A comment by the charset that its first eight bytes name (CIPA DC-008,
/// 4.6.6, UserComment), and how many bytes stand before it.
fn user_comment(bytes: &[u8], order: Order) -> (String, usize) {
    let Some((charset, rest)) = bytes.split_first_chunk::<8>() else {
        return (text::utf8_or_windows_1252(text::until_nul(bytes)), 0);
    };
    // Writers pad with spaces as well as with NULs, and forget the case.
    let name: Vec<u8> = charset.iter().map(u8::to_ascii_uppercase).collect();
    let name = name.trim_ascii_end();
    let name = text::without_trailing_nuls(name);
    match name {
        b"UNICODE" => (unicode(rest, order), 8),
        b"JIS" => {
            let encoding = if rest.contains(&0x1B) { ISO_2022_JP } else { SHIFT_JIS };
            let rest = text::until_nul(rest);
            (encoding.decode_without_bom_handling(rest).0.into_owned(), 8)
        }
        b"ASCII" | b"" => (text::utf8_or_windows_1252(text::until_nul(rest)), 8),
        // Writers that name none and write UTF-16 of Latin letters all the same.
        _ if is_wide(charset) => (unicode(bytes, order), 0),
        _ => (text::utf8_or_windows_1252(text::until_nul(bytes)), 0),
    }
}

/// Whether one half of four units is nothing but zeros, and the other has none.
fn is_wide(bytes: &[u8; 8]) -> bool {
    let units = bytes.as_chunks::<2>().0;
    units.iter().all(|u| matches!(u, [a, 0] if *a != 0))
        || units.iter().all(|u| matches!(u, [0, b] if *b != 0))
}

/// UTF-16 in an order that the standard leaves open.
///
/// A byte order mark tells. Without one, the high bytes of a text are fewer
/// different ones than its low bytes; where that does not tell either, it is
/// the order of the block.
fn unicode(bytes: &[u8], order: Order) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return text::utf16be_until_nul(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return text::utf16le_until_nul(rest);
    }
    let (mut even, mut odd) = ([false; 256], [false; 256]);
    for [first, second] in bytes.as_chunks::<2>().0 {
        if [*first, *second] == [0, 0] {
            break;
        }
        if let Some(seen) = even.get_mut(usize::from(*first)) {
            *seen = true;
        }
        if let Some(seen) = odd.get_mut(usize::from(*second)) {
            *seen = true;
        }
    }
    let kinds = |seen: &[bool; 256]| seen.iter().filter(|s| **s).count();
    let big = match kinds(&even).cmp(&kinds(&odd)) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal => order == Order::Big,
    };
    if big { text::utf16be_until_nul(bytes) } else { text::utf16le_until_nul(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{Ifd, Tiff, damage, evidence, said, tiff};

    fn texts(tag: u16, bytes: &[u8], order: Order) -> Vec<(&'static str, String)> {
        let parts = field(tag).unwrap().read(bytes, order);
        parts.into_iter().map(|(key, value, _)| (key, value)).collect()
    }

    #[test]
    fn a_copyright_has_a_photographer_and_an_editor() {
        let (photographer, editor) = ("Copyright", "CopyrightEditor");
        for (bytes, parts) in [
            (&b"Jane\0"[..], vec![(photographer, "Jane")]),
            (b"Jane\0John\0", vec![(photographer, "Jane"), (editor, "John")]),
            (b" \0John\0", vec![(editor, "John")]),
            (b"Jane\0\0rest", vec![(photographer, "Jane")]),
            // Blank, and there is nobody else: that is what the file says.
            (b"   \0", vec![(photographer, "   ")]),
            (b"", vec![(photographer, "")]),
        ] {
            let parts: Vec<_> =
                parts.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
            assert_eq!(texts(0x8298, bytes, Order::Big), parts, "{bytes:?}");
        }
    }

    #[test]
    fn text_ends_at_the_first_nul_and_keeps_its_spaces() {
        for (bytes, text) in [
            (&b"Jane Doe "[..], "Jane Doe "),
            (b"Jane\0\xFF\x17", "Jane"),
            (b"Ren\xC3\xA9\0", "René"),
            (b"Ren\xE9\0", "René"),
        ] {
            let artist = vec![("Artist", text.to_owned())];
            assert_eq!(texts(0x013B, bytes, Order::Little), artist);
        }
    }

    #[test]
    fn windows_fields_are_little_endian_in_every_block() {
        let bytes = b"Z\0o\0\xEB\0\0\0";
        for order in [Order::Little, Order::Big] {
            assert_eq!(texts(0x9C9D, bytes, order), [("XPAuthor", "Zoë".to_owned())]);
        }
    }

    #[test]
    fn a_user_comment_is_read_by_the_charset_it_names() {
        for (bytes, order, text) in [
            (&b"ASCII\0\0\0Harbour\0\0"[..], Order::Big, "Harbour"),
            (b"ASCII   Harbour", Order::Big, "Harbour"),
            (b"\0\0\0\0\0\0\0\0Harbour", Order::Big, "Harbour"),
            (b"UNICODE\0\0H\0a\0f", Order::Big, "Haf"),
            // In the order that the block does not have, and told by a mark or
            // by its bytes.
            (b"UNICODE\0H\0a\0f\0", Order::Big, "Haf"),
            (b"UNICODE\0\xFE\xFF\0H\0a", Order::Little, "Ha"),
            (b"UNICODE\0\xFF\xFEH\0a\0", Order::Big, "Ha"),
            (b"UNICODE\0\x6E\x2F", Order::Big, "港"),
            (b"JIS\0\0\0\0\0\x1B$B9A\x1B(B", Order::Big, "港"),
            (b"Harbour at night", Order::Big, "Harbour at night"),
            // No charset is named, and the text has two bytes for a letter.
            (b"H\0a\0r\0b\0o\0\0\0", Order::Big, "Harbo"),
            (b"\0H\0a\0r\0b\0o", Order::Little, "Harbo"),
            (b"short", Order::Big, "short"),
            (b"", Order::Big, ""),
        ] {
            let comment = vec![("UserComment", text.to_owned())];
            assert_eq!(texts(0x9286, bytes, order), comment, "{bytes:?}");
        }
    }

    #[test]
    fn a_pointer_to_a_thumbnail_that_leads_nowhere_is_no_damage() {
        let mut block = tiff(&[(0x013B, b"Jo\0")]);
        let next = block.len() - 4;
        block[next] = 0xF0;
        let mut out = Decoded::default();
        decode(&block, &Limits::default(), &mut out).unwrap();
        assert_eq!((out.pairs.len(), out.problems.len()), (1, 0));
        // In a file that is TIFF itself, a page is lost.
        assert_eq!(damage(&block), ["the directory is past the end"]);
    }

    #[test]
    fn a_field_away_from_its_directory_says_so() {
        let layout = Tiff { big_endian: true, big: false };
        let text = |tag| (tag, 2, b"Jane Doe\0".to_vec());
        let below = Ifd { fields: vec![text(0x013B)], children: vec![] };
        let main = Ifd { fields: vec![text(0xA430)], children: vec![(34665, below)] };
        let file = layout.file(&[main]);
        let both = ["exif IFD0:CameraOwnerName Jane Doe", "exif Exif:Artist Jane Doe"];
        assert_eq!(said(&file), both);
        assert!(evidence(&file).is_complete());
    }
}

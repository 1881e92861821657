//! Exif blocks (CIPA DC-008): the fields of text in a TIFF structure.

use encoding_rs::{ISO_2022_JP, SHIFT_JIS};

use super::{Decoded, text};
use crate::read::containers::ifd::{self, Next, Order};
use crate::read::{Limits, Stop};

/// Reads a block, with or without its `Exif\0\0`.
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
        _ => (text::utf8_or_windows_1252(text::until_nul(bytes)), 0),
    }
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

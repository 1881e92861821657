//! Olympus raw: TIFF (revision 6.0) with another magic number.

use super::{Format, tiff};
use crate::read::containers::ifd;

pub(super) static FORMAT: Format = Format {
    id: "orf",
    media_type: "image/x-olympus-orf",
    extensions: &["orf"],
    pronom: &["fmt/668"],
    sniff: |input| {
        let head = input.head();
        ifd::raw_header(head).is_some() && !head.starts_with(b"IIU\0")
    },
    walk: tiff::walk,
};

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, said, tiff};

    #[test]
    fn fields_are_read_whatever_the_magic_number() {
        let mut file = tiff(&[(0x013B, b"Jane Doe\0")]);
        for magic in [b"IIRO", b"IIRS"] {
            file.splice(..4, *magic);
            assert_eq!(said(&file), ["exif Artist Jane Doe"]);
            assert_eq!(damage(&file), [""; 0]);
        }
    }
}

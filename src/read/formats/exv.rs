//! Exiv2 metadata files: the segments of a JPEG (ITU-T T.81) without the
//! picture, behind a header of their own.

use super::{Format, Found, Input, Stop, jpeg};

pub(super) static FORMAT: Format = Format {
    id: "exv",
    media_type: "image/x-exv",
    extensions: &["exv"],
    pronom: &[],
    sniff: |input| input.head().starts_with(HEADER),
    walk,
};

const HEADER: &[u8; 7] = b"\xFF\x01Exiv2";

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    jpeg::segments_at(input, found, HEADER.len() as u64)
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, said, segment, tiff};

    #[test]
    fn segments_stand_behind_the_header() {
        let exif = [b"Exif\0\0", &tiff(&[(0x013B, b"Jane Doe\0")])[..]].concat();
        let file = [&b"\xFF\x01Exiv2"[..], &segment(0xE1, &exif), b"\xFF\xD9"].concat();
        assert_eq!(said(&file), ["exif Artist Jane Doe"]);
        assert_eq!(damage(&file), [""; 0]);
        let cut = &file[..file.len() - 2];
        assert_eq!(damage(cut), ["the file ends before the first scan"]);
    }
}

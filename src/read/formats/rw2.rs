//! Panasonic and Leica raw: TIFF (revision 6.0) with another magic number, and
//! with the Exif in a JPEG inside.

use super::{Format, Found, Input, Stop, raf, tiff};

pub(super) static FORMAT: Format = Format {
    id: "rw2",
    media_type: "image/x-panasonic-rw2",
    extensions: &["rw2", "rwl"],
    pronom: &["fmt/662"],
    sniff: |input| input.head().starts_with(b"IIU\0"),
    walk,
};

/// The field of the first directory that holds the JPEG.
const JPEG: u16 = 0x002E;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    tiff::walk(input, found)?;
    match jpeg(input)? {
        Some(at) => raf::jpeg_at(input, found, at),
        None => Ok(()),
    }
}

/// Where the JPEG begins, if there is one.
fn jpeg(input: &mut Input<'_>) -> Result<Option<u64>, Stop> {
    let start = u64::from(u32::from_le_bytes(input.array(4)?));
    let count = u16::from_le_bytes(input.array(start)?);
    for n in 0..u64::from(count) {
        let [a, b, _, _, _, _, _, _, at @ ..] = input.array::<12>(start + 2 + 12 * n)?;
        if u16::from_le_bytes([a, b]) == JPEG {
            return Ok(Some(u64::from(u32::from_le_bytes(at))));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{Ifd, Tiff, damage, jpeg, said, segment, tiff};

    #[test]
    fn fields_and_the_jpeg_inside_are_read() {
        let exif = [b"Exif\0\0", &tiff(&[(0x8298, b"CC0\0")])[..]].concat();
        let jpeg = jpeg(&[segment(0xE1, &exif)]);
        let fields = vec![(0x002E, 7, jpeg), (0x013B, 2, b"Jane Doe\0".to_vec())];
        let ifd = Ifd { fields, children: vec![] };
        let mut file = Tiff { big_endian: false, big: false }.file(&[ifd]);
        file.splice(..4, *b"IIU\0");
        assert_eq!(said(&file), ["exif Artist Jane Doe", "exif Copyright CC0"]);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn a_directory_past_the_end_is_reported() {
        let what = damage(b"IIU\0\xFF\xFF\xFF\xFF");
        assert!(what.contains(&"the directory is past the end".to_owned()), "{what:?}");
    }
}

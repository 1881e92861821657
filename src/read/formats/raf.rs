//! Fujifilm raw: metadata in a JPEG inside. No document of the maker is public;
//! the places are those that other readers use.

use super::{Format, Found, Input, Stop, jpeg};

pub(super) static FORMAT: Format = Format {
    id: "raf",
    media_type: "image/x-fujifilm-raf",
    extensions: &["raf"],
    pronom: &["fmt/642"],
    sniff: |input| input.head().starts_with(b"FUJIFILMCCD-RAW"),
    walk,
};

/// Where the offset and the length of the JPEG stand, big-endian.
const JPEG: u64 = 84;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let [a, b, c, d, len @ ..] = input.array::<8>(JPEG)?;
    let at = u64::from(u32::from_be_bytes([a, b, c, d]));
    let len = u64::from(u32::from_be_bytes(len));
    if len > input.len().saturating_sub(at) {
        found.skip_at(JPEG, Stop::Malformed("the JPEG inside runs past the end"));
    }
    jpeg_at(input, found, at)
}

/// Reads the segments of the JPEG that begins at `at`.
pub(super) fn jpeg_at(
    input: &mut Input<'_>,
    found: &mut Found,
    at: u64,
) -> Result<(), Stop> {
    if input.array::<2>(at)? != [0xFF, 0xD8] {
        return Err(Stop::Malformed("no JPEG where the file says"));
    }
    jpeg::segments_at(input, found, at + 2)
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, evidence, jpeg, said, segment, tiff};

    fn raf(jpeg: &[u8]) -> Vec<u8> {
        let place = [160_u32.to_be_bytes(), (jpeg.len() as u32).to_be_bytes()].concat();
        let mut file = b"FUJIFILMCCD-RAW 0201".to_vec();
        file.resize(84, 0);
        file.extend(place);
        file.resize(160, 0);
        [&file[..], jpeg, &[0x55; 3000]].concat()
    }

    #[test]
    fn the_jpeg_inside_is_read_at_its_place() {
        let exif = [b"Exif\0\0", &tiff(&[(0x013B, b"Jane Doe\0")])[..]].concat();
        let file = raf(&jpeg(&[segment(0xE1, &exif)]));
        assert_eq!(said(&file), ["exif Artist Jane Doe"]);
        assert_eq!(damage(&file), [""; 0]);
        let at = evidence(&file).statements[0].location.offset as usize;
        assert!(file[at..].starts_with(b"Jane Doe"));
    }

    #[test]
    fn a_jpeg_that_is_not_there_is_reported() {
        let mut file = raf(&jpeg(&[]));
        file.truncate(162);
        let what =
            ["the JPEG inside runs past the end", "the file ends before the first scan"];
        assert_eq!(damage(&file), what);
        let mut file = raf(b"");
        file[87] = 0;
        assert_eq!(damage(&file), ["no JPEG where the file says"]);
        file.splice(84..88, [0xFF; 4]);
        assert_eq!(damage(&file), ["runs past the end of the file"]);
        assert_eq!(damage(b"FUJIFILMCCD-RAW"), ["runs past the end of the file"]);
    }
}

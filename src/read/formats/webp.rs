//! WebP (RFC 9649): metadata in RIFF chunks behind the picture.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::ifd::Order;
use crate::read::containers::riff;

pub(super) static FORMAT: Format = Format {
    id: "webp",
    media_type: "image/webp",
    extensions: &["webp"],
    pronom: &["fmt/566", "fmt/567", "fmt/568"],
    sniff: |input| {
        let head = input.head();
        head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
    },
    walk,
};

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let chunks = riff::form(input, found, Order::Little)?;
    riff::walk(input, found, chunks, Order::Little, None, &mut |input, found, chunk| {
        match &chunk.name {
            b"EXIF" => {
                let bytes = input.bytes(chunk.start, chunk.len)?;
                // Some writers copy the identifier from JPEG: RFC 9649, 2.7.1.5
                // has none.
                match bytes.strip_prefix(b"Exif\0\0") {
                    Some(rest) => found.block(BlockKind::Exif, chunk.start + 6, rest),
                    None => found.block(BlockKind::Exif, chunk.start, bytes),
                }
            }
            // Filled up with a space, and with zero by some writers.
            b"XMP " | b"XMP\0" => {
                let bytes = input.bytes(chunk.start, chunk.len)?;
                found.block(BlockKind::Xmp, chunk.start, bytes);
            }
            _ => {}
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use crate::model::BlockKind;
    use crate::read::testing::{blocks, damage, said, tiff};

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let len = (data.len() as u32).to_le_bytes();
        [&name[..], &len, data, &vec![0; data.len() % 2]].concat()
    }

    fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
    }

    #[test]
    fn metadata_stands_behind_the_picture_with_or_without_an_identifier() {
        let exif = tiff(&[(0x013B, b"Jane Doe\0")]);
        let file = webp(&[
            chunk(b"VP8 ", &[0; 41]),
            chunk(b"EXIF", &exif),
            chunk(b"EXIF", &[b"Exif\0\0", &exif[..]].concat()),
            chunk(b"XMP ", b"<x/>"),
        ]);
        let blocks = blocks(&file);
        assert_eq!(blocks.len(), 3);
        for (kind, at, bytes) in &blocks[..2] {
            assert_eq!((kind, bytes), (&BlockKind::Exif, &exif));
            assert!(file[*at as usize..].starts_with(&exif));
        }
        assert!(file[blocks[2].1 as usize..].starts_with(b"<x/>"));
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn chunks_that_the_first_does_not_count_are_read() {
        let exif = chunk(b"EXIF", &tiff(&[(0x013B, b"Jane Doe\0")]));
        let file = [webp(&[chunk(b"VP8 ", &[0; 4])]), exif].concat();
        assert_eq!(said(&file), ["exif Artist Jane Doe"]);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn lengths_that_lead_nowhere_are_reported() {
        let exif = chunk(b"EXIF", &tiff(&[(0x013B, b"Jane Doe\0")]));
        let file = webp(&[exif, chunk(b"VP8 ", &[0; 4000])]);
        let cut = &file[..file.len() - 1];
        assert_eq!(said(cut), ["exif Artist Jane Doe"]);
        let all = [
            "the file is shorter than its first chunk says",
            "a chunk runs past the end of what it is in",
        ];
        assert_eq!(damage(cut), all);
        let huge = webp(&[b"EXIF\xFF\xFF\xFF\xFFabc".to_vec()]);
        assert!(damage(&huge).contains(&all[1].to_owned()));
        let zeros = webp(&[chunk(b"VP8 ", b""), vec![0; 100]]);
        assert_eq!(damage(&zeros), ["no chunk where the one before it ends"]);
        let many = webp(&[chunk(b"JUNK", b"").repeat(200_000)]);
        assert_eq!(damage(&many), ["more than 100,000 parts"]);
    }
}

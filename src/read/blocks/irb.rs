//! Photoshop image resources: the ones that speak of rights, and the blocks
//! of other kinds that they hold.

use super::{Decoded, text};
use crate::model::BlockKind;
use crate::read::containers::irb::Resources;
use crate::read::{Limits, Pair, Stop};

// Adobe Photoshop File Formats Specification, "Image Resource IDs".
const IPTC: u16 = 0x0404;
const COPYRIGHT_FLAG: u16 = 0x040A;
const URL: u16 = 0x040B;
const EXIF: u16 = 0x0422;
const XMP: u16 = 0x0424;

/// Reads a block of resources.
///
/// The copyright flag is given as `True` or `False`, as XMP writes the same
/// thing. `False` is what Photoshop writes where nobody has said anything: it
/// does not mean the public domain.
///
/// # Errors
///
/// Never; what is wrong is noted, and the next resource read.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let mut resources = Resources::new(bytes);
    for _ in 0..limits.parts {
        let Some(resource) = resources.next() else { break };
        if !resource.whole {
            out.problem(
                resource.offset,
                Stop::Malformed("an image resource runs past the end of its block"),
            );
        }
        let mut pair = |key: &str, value: String| {
            let pair =
                Pair { key: key.into(), value, lang: None, offset: resource.offset };
            out.pair(BlockKind::Irb, pair);
        };
        match resource.id {
            COPYRIGHT_FLAG => match resource.data.first() {
                Some(0) => pair("copyright-flag", "False".into()),
                Some(_) => pair("copyright-flag", "True".into()),
                None => {}
            },
            URL if resource.data.len() as u64 <= limits.value && resource.whole => {
                let url = text::without_trailing_nuls(resource.data);
                pair("url", text::utf8_or_windows_1252(url));
            }
            IPTC => out.block(BlockKind::Iim, resource.offset, resource.data),
            EXIF => out.block(BlockKind::Exif, resource.offset, resource.data),
            XMP => out.block(BlockKind::Xmp, resource.offset, resource.data),
            _ => {}
        }
    }
    if resources.strays > 0 {
        out.problem(0, Stop::Malformed("bytes between image resources"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(id: u16, data: &[u8]) -> Vec<u8> {
        let len = (data.len() as u32).to_be_bytes();
        let pad = vec![0; data.len() % 2];
        [b"8BIM", &id.to_be_bytes()[..], &[0, 0], &len, data, &pad].concat()
    }

    fn read(block: &[u8]) -> Decoded {
        let mut out = Decoded::default();
        decode(block, &Limits::default(), &mut out).unwrap();
        out
    }

    #[test]
    fn the_flag_and_the_address_are_values() {
        let block = [
            resource(COPYRIGHT_FLAG, &[1]),
            resource(0x03ED, b"resolution"),
            resource(URL, b"https://example.org/a\0"),
            resource(COPYRIGHT_FLAG, &[0]),
        ]
        .concat();
        let pairs = read(&block).pairs.into_iter().map(|(_, p)| (p.key, p.value));
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let all = [
            pair("copyright-flag", "True"),
            pair("url", "https://example.org/a"),
            pair("copyright-flag", "False"),
        ];
        assert_eq!(pairs.collect::<Vec<_>>(), all);
    }

    #[test]
    fn blocks_of_other_kinds_stand_at_their_place() {
        let block = [
            resource(IPTC, b"\x1C\x02\x50\0\x02Jo"),
            resource(EXIF, b"II*\0"),
            resource(XMP, b"<x/>"),
        ]
        .concat();
        let kinds = [BlockKind::Iim, BlockKind::Exif, BlockKind::Xmp];
        let inner = read(&block).blocks;
        assert_eq!(inner.iter().map(|b| b.kind).collect::<Vec<_>>(), kinds);
        for inner in inner {
            assert!(block[inner.offset as usize..].starts_with(&inner.bytes));
        }
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_kept() {
        let cut = b"8BIM\x04\x0B\0\0\0\0\0\x09http";
        let block = [b"stray", &resource(COPYRIGHT_FLAG, &[1])[..], cut].concat();
        let out = read(&block);
        let problems: Vec<String> =
            out.problems.iter().map(|(_, s)| s.to_string()).collect();
        let what = [
            "an image resource runs past the end of its block",
            "bytes between image resources",
        ];
        assert_eq!(problems, what);
        assert_eq!(out.pairs.len(), 1, "half an address is not kept");
    }
}

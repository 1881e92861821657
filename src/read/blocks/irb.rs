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

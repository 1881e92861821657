//! Extended XMP (XMP Specification Part 3, 1.1.3.1): what does not fit into
//! the main packet, in chunks over several APP1 segments.

use md5::{Digest, Md5};

use super::super::{Found, Input, Stop};
use crate::model::BlockKind;

/// The identifier, the GUID, the full length and the offset of a chunk.
const HEADER: u64 = 35 + 32 + 4 + 4;

/// A chunk, the data of which stands at `offset` of the file.
struct Chunk {
    guid: [u8; 32],
    full: u32,
    /// Where in the serialisation it belongs.
    at: u32,
    offset: u64,
    len: u64,
}

/// The chunks of a file, which may come in any order.
#[derive(Default)]
pub(super) struct Extended {
    chunks: Vec<Chunk>,
    /// As the main packet refers to it.
    guid: Option<String>,
}

impl Extended {
    /// Looks for the reference in the main packet.
    pub(super) fn main(&mut self, packet: &[u8]) {
        if self.guid.is_none() {
            self.guid = extended_guid(packet);
        }
    }

    /// Notes a chunk in the segment of `len` bytes at `start`.
    pub(super) fn chunk(
        &mut self,
        input: &mut Input<'_>,
        found: &mut Found,
        start: u64,
        len: u64,
    ) -> Result<(), Stop> {
        let Some(data) = len.checked_sub(HEADER) else {
            found.skip_at(start, Stop::Malformed("a chunk of extended XMP is cut short"));
            return Ok(());
        };
        let header = start + 35;
        self.chunks.push(Chunk {
            guid: input.array(header)?,
            full: u32::from_be_bytes(input.array(header + 32)?),
            at: u32::from_be_bytes(input.array(header + 36)?),
            offset: start + HEADER,
            len: data,
        });
        Ok(())
    }

    /// Puts the chunks together that the main packet refers to.
    pub(super) fn finish(self, input: &mut Input<'_>, found: &mut Found) {
        let wanted = |chunk: &Chunk| {
            let guid = self.guid.as_deref().unwrap_or_default().as_bytes();
            chunk.guid.eq_ignore_ascii_case(guid)
        };
        let (mut wanted, others): (Vec<Chunk>, Vec<Chunk>) =
            self.chunks.into_iter().partition(wanted);
        if let Some(chunk) = others.first() {
            let what = "extended XMP that the main packet does not refer to";
            found.skip_at(chunk.offset, Stop::Malformed(what));
        }
        if self.guid.is_some() && wanted.is_empty() {
            let what = "the extended XMP that the main packet refers to is not there";
            found.skip(Stop::Malformed(what));
        }
        wanted.sort_by_key(|chunk| (chunk.at, chunk.offset));
        let Some(first) = wanted.first() else { return };
        let offset = first.offset;
        if let Err(stop) = assemble(input, found, &wanted) {
            found.skip_at(offset, stop);
        }
    }
}

/// The GUID in `xmpNote:HasExtendedXMP`, which stands as an attribute or as an
/// element.
fn extended_guid(packet: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"HasExtendedXMP";
    let at = memchr::memmem::find(packet, NAME)?;
    let rest = packet.get(at + NAME.len()..)?;
    let start = rest.iter().position(u8::is_ascii_hexdigit)?;
    let guid = rest.get(start..start + 32)?;
    let guid = guid.iter().all(u8::is_ascii_hexdigit).then_some(guid)?;
    (start < 8).then(|| guid.iter().map(|b| char::from(*b)).collect())
}

fn assemble(
    input: &mut Input<'_>,
    found: &mut Found,
    chunks: &[Chunk],
) -> Result<(), Stop> {
    let mut end = 0;
    let mut pieces = Vec::new();
    let mut md5 = Md5::new();
    for chunk in chunks {
        let at = u64::from(chunk.at);
        if at > end {
            return Err(Stop::Malformed("a chunk of the extended XMP is missing"));
        }
        if at < end {
            return Err(Stop::Malformed("chunks of the extended XMP overlap"));
        }
        let bytes = input.bytes(chunk.offset, chunk.len)?;
        md5.update(&bytes);
        pieces.push((chunk.offset, bytes));
        end += chunk.len;
    }
    if chunks.iter().any(|chunk| u64::from(chunk.full) != end) {
        return Err(Stop::Malformed("a chunk of the extended XMP is missing"));
    }
    let digest: String = md5.finalize().iter().map(|b| format!("{b:02X}")).collect();
    if let Some(chunk) = chunks.first()
        && !chunk.guid.eq_ignore_ascii_case(digest.as_bytes())
    {
        let what = "the MD5 of the extended XMP is not its GUID";
        found.skip_at(chunk.offset, Stop::Malformed(what));
    }
    found.pieces(BlockKind::Xmp, pieces);
    Ok(())
}

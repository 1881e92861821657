//! Extended XMP (XMP Specification Part 3, 1.1.3.1): what does not fit into
//! the main packet, in chunks over several APP1 segments.

use md5::{Digest, Md5};

use super::super::{Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Pieces;
use crate::xmp::extended_guid;

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

fn assemble(
    input: &mut Input<'_>,
    found: &mut Found,
    chunks: &[Chunk],
) -> Result<(), Stop> {
    let mut pieces = Pieces::default();
    let mut md5 = Md5::new();
    for chunk in chunks {
        let (at, end) = (u64::from(chunk.at), pieces.len());
        if at > end {
            return Err(Stop::Malformed("a chunk of the extended XMP is missing"));
        }
        if at < end {
            return Err(Stop::Malformed("chunks of the extended XMP overlap"));
        }
        let bytes = input.bytes(chunk.offset, chunk.len)?;
        md5.update(&bytes);
        pieces.add(chunk.offset, &bytes);
    }
    if chunks.iter().any(|chunk| u64::from(chunk.full) != pieces.len()) {
        return Err(Stop::Malformed("a chunk of the extended XMP is missing"));
    }
    let digest: String = md5.finalize().iter().map(|b| format!("{b:02X}")).collect();
    if let Some(chunk) = chunks.first()
        && !chunk.guid.eq_ignore_ascii_case(digest.as_bytes())
    {
        // It is not what the main packet refers to, and may be of another file.
        return Err(Stop::Malformed("the MD5 of the extended XMP is not its GUID"));
    }
    found.pieces(BlockKind::Xmp, pieces);
    Ok(())
}

#[cfg(test)]
mod tests {
    use md5::{Digest as _, Md5};

    use crate::read::testing::{blocks, damage, jpeg, segment};

    const SERIALISATION: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>";

    fn guid() -> String {
        Md5::digest(SERIALISATION).iter().map(|b| format!("{b:02X}")).collect()
    }

    fn main_packet(guid: &str) -> Vec<u8> {
        let packet = format!(
            "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
             <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
             <rdf:Description xmlns:xmpNote='http://ns.adobe.com/xmp/note/' \
             xmpNote:HasExtendedXMP='{guid}'/></rdf:RDF></x:xmpmeta>"
        );
        segment(0xE1, packet.as_bytes())
    }

    fn chunk(guid: &str, range: std::ops::Range<usize>) -> Vec<u8> {
        let numbers = [SERIALISATION.len() as u32, range.start as u32];
        let numbers: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
        let header = format!("http://ns.adobe.com/xmp/extension/\0{guid}");
        let data = [header.as_bytes(), &numbers, &SERIALISATION[range]].concat();
        segment(0xE1, &data)
    }

    /// The extended packet, if it was put together.
    fn extended(file: &[u8]) -> Option<Vec<u8>> {
        blocks(file).into_iter().nth(1).map(|(_, _, bytes)| bytes)
    }

    #[test]
    fn chunks_come_in_any_order() {
        let id = guid();
        let end = SERIALISATION.len();
        let file = jpeg(&[
            chunk(&id, 20..30),
            main_packet(&id),
            chunk(&id.to_lowercase(), 30..end),
            chunk(&id, 0..20),
        ]);
        assert_eq!(extended(&file).as_deref(), Some(SERIALISATION));
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn gaps_and_overlaps_are_reported_and_nothing_is_made_up() {
        let id = guid();
        let end = SERIALISATION.len();
        let missing = "a chunk of the extended XMP is missing";
        for (chunks, what) in [
            (vec![chunk(&id, 0..20), chunk(&id, 30..end)], missing),
            (vec![chunk(&id, 0..20)], missing),
            (
                vec![chunk(&id, 0..20), chunk(&id, 10..end)],
                "chunks of the extended XMP overlap",
            ),
            (vec![], "the extended XMP that the main packet refers to is not there"),
            (
                vec![chunk(&id.replace(|_| true, "0"), 0..end)],
                "extended XMP that the main packet does not refer to",
            ),
        ] {
            let file = jpeg(&[vec![main_packet(&id)], chunks].concat());
            assert_eq!(extended(&file), None, "{what}");
            assert_eq!(damage(&file)[0], what);
        }
    }

    #[test]
    fn a_digest_that_does_not_match_is_reported_and_the_packet_left_out() {
        let id = "0123456789ABCDEF0123456789ABCDEF";
        let file = jpeg(&[main_packet(id), chunk(id, 0..SERIALISATION.len())]);
        assert_eq!(extended(&file), None);
        assert_eq!(damage(&file), ["the MD5 of the extended XMP is not its GUID"]);
    }
}

//! Ogg (RFC 3533): Vorbis comments in the second packet of each stream.
//!
//! Streams of a chain, which begin behind the end of others, are not read.

use std::collections::BTreeMap;

use super::{Format, Found, Input, Stop};
use crate::read::containers::vorbis::{self, Source};
use crate::read::{Cap, Pieces, Place};

pub(super) static FORMAT: Format = Format {
    id: "ogg",
    media_type: "application/ogg",
    extensions: &["ogg", "oga", "ogv", "ogx", "opus", "spx"],
    pronom: &["fmt/203", "fmt/944", "fmt/945", "fmt/946", "fmt/947", "fmt/948"],
    sniff: |input| input.head().starts_with(b"OggS"),
    walk,
};

/// The length of a page before its segment table: RFC 3533, 6.
const HEADER: u64 = 27;
/// The flag of the first page of a stream.
const FIRST: u8 = 0x02;

/// How the first packet of a stream begins, and what stands before the comments
/// in the second.
static CODECS: &[(&[u8], &[u8])] = &[
    // Vorbis I, 4.2; RFC 7845, 5; Theora 6.1; Speex, appendix.
    (b"\x01vorbis", b"\x03vorbis"),
    (b"OpusHead", b"OpusTags"),
    (b"\x80theora", b"\x81theora"),
    (b"Speex   ", b""),
    // FLAC to Ogg mapping: the header of a metadata block, with its length.
    (b"\x7FFLAC", b"\x04"),
];

/// A stream whose comments have not come yet.
struct Stream {
    before: &'static [u8],
    /// How many packets have ended.
    packets: u32,
    /// The second packet, so far.
    comments: Pieces,
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    const CUT: Stop = Stop::Malformed("the file ends before the comments of a stream");
    let mut streams = BTreeMap::new();
    let mut at = 0;
    for _ in 0..input.limits().parts {
        if input.len().saturating_sub(at) < HEADER {
            return Err(CUT);
        }
        let header = input.array::<27>(at)?;
        let [b'O', b'g', b'g', b'S', 0, flags, _, _, _, _, _, _, _, _, serial @ ..] =
            header
        else {
            return Err(Stop::Malformed("no page where the one before it ends"));
        };
        let [a, b, c, d, .., count] = serial;
        let serial = u32::from_le_bytes([a, b, c, d]);
        let is_first = flags & FIRST != 0;
        let table = input.bytes(at + HEADER, u64::from(count))?;
        let data = at + HEADER + u64::from(count);
        if is_first {
            let begins = input.bytes(data, 8.min(input.len() - data))?;
            let codec = CODECS.iter().find(|(first, _)| begins.starts_with(first));
            if let Some((_, before)) = codec {
                if streams.len() >= input.limits().streams {
                    return Err(input.limits().over(Cap::Streams));
                }
                let stream = Stream { before, packets: 0, comments: Pieces::default() };
                streams.insert(serial, stream);
            }
        }
        if let Some(stream) = streams.get_mut(&serial)
            && stream.page(input, data, &table)?
            && let Some(stream) = streams.remove(&serial)
        {
            stream.finish(input, found);
        }
        // The first pages of all streams come before all others: RFC 3533, 4.
        if !is_first && streams.is_empty() {
            return Ok(());
        }
        at = data + table.iter().map(|len| u64::from(*len)).sum::<u64>();
    }
    Err(input.limits().over(Cap::Parts))
}

impl Stream {
    /// Takes the packets of a page. `true` where the second packet has ended.
    fn page(
        &mut self,
        input: &mut Input<'_>,
        data: u64,
        table: &[u8],
    ) -> Result<bool, Stop> {
        let mut at = data;
        let mut len = 0;
        for (n, segment) in table.iter().enumerate() {
            len += u64::from(*segment);
            // A segment of less than 255 bytes ends its packet: RFC 3533, 5.
            let ends = *segment < 255;
            if !ends && n + 1 < table.len() {
                continue;
            }
            if self.packets == 1 {
                let bytes = input.bytes(at, len)?;
                self.comments.add(at, &bytes);
                if self.comments.len() > input.limits().block {
                    return Err(input.limits().over(Cap::Block));
                }
            }
            if ends {
                self.packets += 1;
            }
            if self.packets > 1 {
                return Ok(true);
            }
            at += len;
            len = 0;
        }
        Ok(false)
    }

    fn finish(self, input: &mut Input<'_>, found: &mut Found) {
        let Pieces { places, bytes } = self.comments;
        let place = Place::Pieces(places);
        let is_whole = bytes.starts_with(self.before);
        let skip = match self.before {
            b"\x04" => 4,
            // The last flag of FLAC, which stands in the same byte.
            before => before.len(),
        };
        let is_flac = self.before == b"\x04" && bytes.first() == Some(&0x84);
        if !is_whole && !is_flac {
            let what = "the second packet of a stream has no comments";
            return found.skip_at(place.offset(0), Stop::Malformed(what));
        }
        let source = Source::Packet(&bytes, &place, skip);
        if let Err(stop) = vorbis::read(input, found, &source) {
            found.skip_at(place.offset(0), stop);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, evidence, said};

    /// Pages of a stream: packets, of which those that are longer go on in the
    /// next page after `room` segments.
    fn pages(serial: u8, packets: &[&[u8]], room: usize) -> Vec<Vec<u8>> {
        let mut segments = Vec::new();
        for packet in packets {
            segments.extend(packet.chunks(255).map(<[u8]>::to_vec));
            if packet.len() % 255 == 0 {
                segments.push(Vec::new());
            }
        }
        let page = |(n, part): (usize, &[Vec<u8>])| {
            let flags = if n == 0 { 2 } else { 0 };
            let head = [b"OggS\0", &[flags][..], &[0; 8], &[serial, 0, 0, 0], &[0; 8]];
            let table: Vec<u8> = part.iter().map(|s| s.len() as u8).collect();
            [&head.concat()[..], &[table.len() as u8], &table, &part.concat()].concat()
        };
        let (first, rest) = segments.split_first().unwrap();
        let first = [std::slice::from_ref(first)].into_iter();
        first.chain(rest.chunks(room)).enumerate().map(page).collect()
    }

    fn comments(before: &[u8], all: &[&str]) -> Vec<u8> {
        let field =
            |f: &str| [&(f.len() as u32).to_le_bytes()[..], f.as_bytes()].concat();
        let fields: Vec<_> = all.iter().map(|f| field(f)).collect();
        let count = (all.len() as u32).to_le_bytes();
        [before, &field("a program"), &count, &fields.concat(), b"\x01"].concat()
    }

    #[test]
    fn each_codec_has_comments_in_its_second_packet() {
        for (first, before) in [
            (&b"\x01vorbis"[..], &b"\x03vorbis"[..]),
            (b"OpusHead\x01", b"OpusTags"),
            (b"\x80theora", b"\x81theora"),
            (b"Speex   1.2", b""),
            (b"\x7FFLAC\x01\0\0\x01fLaC", b"\x04\0\0\x40"),
            (b"\x7FFLAC\x01\0\0\x01fLaC", b"\x84\0\0\x40"),
        ] {
            let second = comments(before, &["ARTIST=Jane Doe", "LICENSE=CC0"]);
            let file = pages(1, &[first, &second, &[0; 50]], 200).concat();
            assert_eq!(said(&file), ["vorbis ARTIST Jane Doe", "vorbis LICENSE CC0"]);
            assert_eq!(damage(&file), [""; 0]);
        }
    }

    #[test]
    fn comments_go_on_in_the_next_page_and_streams_are_interleaved() {
        let long = format!("DESCRIPTION={}", "x".repeat(3000));
        let one = comments(b"\x03vorbis", &[&long, "TITLE=Harbour"]);
        let other = comments(b"OpusTags", &["ARTIST=Jane"]);
        let one = pages(1, &[b"\x01vorbis", &one, b"rest"], 3);
        let other = pages(2, &[b"OpusHead", &other, b"rest"], 3);
        let file =
            [&one[0][..], &other[0], &one[1], &other[1], &one[2..].concat()].concat();
        let said = said(&file);
        assert_eq!(said[0], "vorbis ARTIST Jane");
        assert_eq!(said[2], "vorbis TITLE Harbour");
        assert_eq!(damage(&file), [""; 0]);
        let at = evidence(&file).statements[2].location.offset as usize;
        assert!(file[at..].starts_with(b"Harbour"));
    }

    #[test]
    fn what_is_missing_is_reported() {
        let second = comments(b"\x03vorbis", &["ARTIST=Jane"]);
        let file = pages(1, &[b"\x01vorbis", &second], 3).concat();
        assert_eq!(
            damage(&file[..40]),
            ["the file ends before the comments of a stream"]
        );
        let cut = damage(&file[..file.len() - 1]);
        assert_eq!(cut, ["runs past the end of the file"]);
        let lost = pages(1, &[b"\x01vorbis", b"\x05vorbis"], 3).concat();
        assert_eq!(damage(&lost), ["the second packet of a stream has no comments"]);
        let junk = [&file[..36], b"junk", &[0; 40]].concat();
        assert_eq!(damage(&junk), ["no page where the one before it ends"]);
    }

    #[test]
    fn pages_without_end_are_held_to_the_limit() {
        let empty = pages(1, &[b"\x01vorbis", &[b'x'; 255 * 255]], 255);
        let file = [&empty[0][..], &empty[1].repeat(400)].concat();
        assert_eq!(damage(&file), ["metadata block over 16 MiB"]);
        let pages = (0..=255).map(|n| pages(n, &[b"OpusHead"], 1).concat());
        let file: Vec<u8> = pages.collect::<Vec<_>>().concat();
        assert_eq!(damage(&file), ["more than 64 streams"]);
    }
}

//! WAV and AVI (Microsoft and IBM, Multimedia Programming Interface 1.0), and
//! what the EBU made of WAV: metadata in RIFF chunks.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::containers::ifd::Order;
use crate::read::containers::riff::{self, Chunk};
use crate::read::containers::{id3, riff::Take};
use crate::read::vocabulary;
use crate::read::{Cap, Pair};

pub(super) static WAV: Format = Format {
    id: "wav",
    media_type: "audio/vnd.wave",
    extensions: &["wav", "wave", "bwf", "rf64"],
    pronom: &["fmt/1", "fmt/2", "fmt/6", "fmt/141", "fmt/703", "fmt/704", "fmt/709"],
    sniff: |input| {
        let head = input.head();
        let is_riff = matches!(head.get(..4), Some(b"RIFF" | b"RF64" | b"BW64"));
        is_riff && head.get(8..12) == Some(b"WAVE")
    },
    walk,
};

pub(super) static AVI: Format = Format {
    id: "avi",
    media_type: "video/vnd.avi",
    extensions: &["avi"],
    pronom: &["fmt/5"],
    sniff: |input| {
        let head = input.head();
        head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ")
    },
    walk,
};

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let chunks = riff::form(input, found, Order::Little)?;
    let long = long(input)?;
    let take: &mut Take<'_> = &mut |input, found, chunk| match &chunk.name {
        b"LIST" if chunk.len >= 4 && &input.array::<4>(chunk.start)? == b"INFO" => {
            let inside = chunk.behind(4);
            riff::walk(input, found, inside, Order::Little, None, &mut info)
        }
        b"bext" => broadcast(input, found, chunk),
        b"_PMX" => {
            // XMP Specification Part 3, 1.2.7.
            let bytes = input.bytes(chunk.start, chunk.len)?;
            found.block(BlockKind::Xmp, chunk.start, bytes);
            Ok(())
        }
        b"id3 " | b"ID3 " => id3::read(input, found, chunk.behind(0)),
        _ => Ok(()),
    };
    riff::walk(input, found, chunks, Order::Little, long, take)
}

/// How long the audio is, in a file over 4 GiB: EBU Tech 3306, 3.
fn long(input: &mut Input<'_>) -> Result<Option<u64>, Stop> {
    if input.head().get(12..16) != Some(b"ds64") || input.len() < 36 {
        return Ok(None);
    }
    Ok(Some(u64::from_le_bytes(input.array(28)?)))
}

/// A text of the INFO list: a string that ends with a zero.
fn info(input: &mut Input<'_>, found: &mut Found, chunk: Chunk) -> Result<(), Stop> {
    found.seen(BlockKind::RiffInfo);
    let key = text::latin1(&chunk.name);
    if !chunk.whole || vocabulary::property(BlockKind::RiffInfo, &key).is_none() {
        return Ok(());
    }
    if chunk.len > input.limits().value {
        return Err(input.limits().over(Cap::Value));
    }
    let bytes = input.bytes(chunk.start, chunk.len)?;
    let value = text::utf8_or_windows_1252(text::until_nul(&bytes));
    let pair = Pair { key, value, lang: None, offset: chunk.start };
    found.pair(BlockKind::RiffInfo, pair);
    Ok(())
}

/// Fields of a fixed length, filled up with zeros: EBU Tech 3285, 2.3.
fn broadcast(input: &mut Input<'_>, found: &mut Found, chunk: Chunk) -> Result<(), Stop> {
    const DESCRIPTION: u64 = 256;
    const ORIGINATOR: u64 = 32;
    if chunk.len < DESCRIPTION + ORIGINATOR {
        return Err(Stop::Malformed("a bext chunk is cut short"));
    }
    found.seen(BlockKind::Bext);
    let mut offset = chunk.start;
    for (key, len) in [("Description", DESCRIPTION), ("Originator", ORIGINATOR)] {
        let bytes = input.bytes(offset, len)?;
        let value = text::utf8_or_windows_1252(text::until_nul(&bytes));
        if !value.is_empty() {
            let pair = Pair { key: key.to_owned(), value, lang: None, offset };
            found.pair(BlockKind::Bext, pair);
        }
        offset += len;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, said};

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let len = (data.len() as u32).to_le_bytes();
        [&name[..], &len, data, &vec![0; data.len() % 2]].concat()
    }

    fn riff(form: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[&form[..], &chunks.concat()].concat())
    }

    fn list() -> Vec<u8> {
        let texts = [
            chunk(b"INAM", b"Harbour\0"),
            chunk(b"IART", b"Jane Doe\0"),
            chunk(b"ISFT", b"a program\0"),
            chunk(b"ICOP", b"CC BY 4.0\0"),
        ];
        chunk(b"LIST", &[&b"INFO"[..], &texts.concat()].concat())
    }

    const INFO: [&str; 3] =
        ["riff-info INAM Harbour", "riff-info IART Jane Doe", "riff-info ICOP CC BY 4.0"];

    #[test]
    fn the_info_list_is_read_in_wav_and_avi() {
        for form in [b"WAVE", b"AVI "] {
            let header = chunk(b"LIST", b"hdrlavih\0\0\0\0");
            let file = riff(form, &[header, chunk(b"data", &[0; 9001]), list()]);
            assert_eq!(said(&file), INFO);
            assert_eq!(damage(&file), [""; 0]);
        }
    }

    #[test]
    fn wav_holds_blocks_of_other_kinds() {
        let mut bext = b"Ships in fog".to_vec();
        bext.resize(256, 0);
        bext.extend(b"Sound archive");
        bext.resize(602, 0);
        let xmp = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
            <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' \
            dc:source='Box 7'/></rdf:RDF>";
        let tag = b"ID3\x03\0\0\0\0\0\x0FTPE1\0\0\0\x05\0\0\0Jane".to_vec();
        let parts = [chunk(b"bext", &bext), chunk(b"_PMX", xmp), chunk(b"id3 ", &tag)];
        let all = [
            "bext Description Ships in fog",
            "bext Originator Sound archive",
            "xmp dc:source Box 7",
            "id3 TPE1 Jane",
        ];
        assert_eq!(said(&riff(b"WAVE", &parts)), all);
    }

    #[test]
    fn audio_over_four_gigabytes_has_its_length_in_a_chunk_of_its_own() {
        let mut ds64 = vec![0; 28];
        ds64[8] = 100;
        let file = [
            b"RF64\xFF\xFF\xFF\xFFWAVE",
            &chunk(b"ds64", &ds64)[..],
            b"data\xFF\xFF\xFF\xFF",
            &[0; 100],
            &list(),
        ]
        .concat();
        assert_eq!(said(&file), INFO);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn a_text_that_is_cut_is_not_taken() {
        let file = riff(b"WAVE", &[list()]);
        let cut = &file[..file.len() - 4];
        assert_eq!(said(cut), INFO[..2]);
        assert_eq!(damage(cut).len(), 3, "{:?}", damage(cut));
        assert_eq!(damage(&riff(b"WAVE", &[chunk(b"bext", b"x")])).len(), 1);
    }
}

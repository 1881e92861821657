//! FLAC (RFC 9639): Vorbis comments in a metadata block before the audio.

use super::{Format, Found, Input, Stop};
use crate::read::Cap;
use crate::read::containers::{id3, vorbis};

pub(super) static FORMAT: Format = Format {
    id: "flac",
    media_type: "audio/flac",
    extensions: &["flac"],
    pronom: &["fmt/279"],
    sniff: |input| start(input).is_some(),
    walk,
};

const MARKER: &[u8; 4] = b"fLaC";
/// RFC 9639, 8.1.
const VORBIS_COMMENT: u8 = 4;

/// Where the blocks begin: behind the marker, before which some writers put an
/// ID3 tag.
fn start(input: &mut Input<'_>) -> Option<u64> {
    let at =
        if input.head().starts_with(MARKER) { 0 } else { id3::length(input.head())? };
    let marker = input.array(at).ok()?;
    (&marker == MARKER).then_some(at + 4)
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    const CUT: Stop = Stop::Malformed("the file ends before its last metadata block");
    let Some(mut at) = start(input) else { return Err(CUT) };
    if at > 4 {
        id3::read(input, found, 0..at - 4)?;
    }
    for _ in 0..input.limits().parts {
        if input.len().saturating_sub(at) < 4 {
            return Err(CUT);
        }
        let [kind, a, b, c] = input.array::<4>(at)?;
        let len = u64::from(u32::from_be_bytes([0, a, b, c]));
        let start = at + 4;
        let rest = input.len() - start;
        if kind & 0x7F == VORBIS_COMMENT {
            let range = start..start + len.min(rest);
            if let Err(stop) = vorbis::read(input, found, &vorbis::Source::File(range)) {
                found.skip_at(start, stop);
            }
        }
        if len > rest {
            return Err(CUT);
        }
        at = start + len;
        if kind & 0x80 != 0 {
            return Ok(());
        }
    }
    Err(input.limits().over(Cap::Parts))
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, evidence, said};

    fn comments(all: &[&[u8]]) -> Vec<u8> {
        let field = |f: &[u8]| [&(f.len() as u32).to_le_bytes()[..], f].concat();
        let mut to = field(b"a program");
        to.extend((all.len() as u32).to_le_bytes());
        all.iter().for_each(|f| to.extend(field(f)));
        to
    }

    fn block(kind: u8, data: &[u8]) -> Vec<u8> {
        let [_, len @ ..] = (data.len() as u32).to_be_bytes();
        [&[kind][..], &len, data].concat()
    }

    fn flac(blocks: &[Vec<u8>]) -> Vec<u8> {
        [&b"fLaC"[..], &block(0, &[0; 34]), &blocks.concat(), &[0x55; 3000]].concat()
    }

    #[test]
    fn comments_are_read_and_pictures_stepped_over() {
        let picture = [&b"METADATA_BLOCK_PICTURE="[..], &vec![b'A'; 3 << 20]].concat();
        let all = comments(&[
            "title=Mühle".as_bytes(),
            &picture,
            b"ARTIST=Jane Doe",
            b"License=http://creativecommons.org/licenses/by/4.0/",
            b"TRACKNUMBER=1",
            b"no name",
        ]);
        let file = flac(&[block(6, &[0; 50_000]), block(0x84, &all)]);
        let is = [
            "vorbis title Mühle",
            "vorbis ARTIST Jane Doe",
            "vorbis License http://creativecommons.org/licenses/by/4.0/",
        ];
        assert_eq!(said(&file), is);
        assert_eq!(damage(&file), [""; 0]);
        let evidence = evidence(&file);
        let at = evidence.statements[1].location.offset as usize;
        assert!(file[at..].starts_with(b"Jane Doe"));
        assert!(evidence.cost.read < 20_000, "{:?}", evidence.cost);
    }

    #[test]
    fn a_tag_before_the_marker_is_read_too() {
        let tag = b"ID3\x04\0\0\0\0\0\x0FTPE1\0\0\0\x05\0\0\x03Jane".to_vec();
        let file = [tag, flac(&[block(0x84, &comments(&[b"TITLE=A"]))])].concat();
        assert_eq!(said(&file), ["id3 TPE1 Jane", "vorbis TITLE A"]);
        assert_eq!(damage(&file), [""; 0]);
    }

    #[test]
    fn lengths_that_lead_nowhere_are_reported() {
        let cut = "the Vorbis comments are cut short";
        let mut all = comments(&[b"TITLE=A"]);
        all.extend([0xFF; 4]);
        all[13] = 2;
        let file = flac(&[block(0x84, &all)]);
        assert_eq!(said(&file), ["vorbis TITLE A"]);
        assert_eq!(damage(&file), [cut]);
        all[13..17].fill(0xFF);
        assert_eq!(damage(&flac(&[block(0x84, &all)])), [cut]);
        let end = "the file ends before its last metadata block";
        assert_eq!(damage(&flac(&[block(6, &[])])[..50]), [end]);
        let many = comments(&vec![&b"TITLE="[..]; 200_000]);
        let limit = "more than 100,000 parts";
        assert!(damage(&flac(&[block(0x84, &many)])).contains(&limit.to_owned()));
    }
}

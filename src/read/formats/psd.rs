//! Photoshop documents (Adobe Photoshop File Formats Specification): metadata
//! in the image resources section, before the layers. PSB, for large ones, has
//! other lengths behind it only.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;

pub(super) static FORMAT: Format = Format {
    id: "psd",
    media_type: "image/vnd.adobe.photoshop",
    extensions: &["psd", "psb", "pdd", "psdt"],
    pronom: &["x-fmt/92", "fmt/1444"],
    sniff: |input| input.head().starts_with(b"8BPS"),
    walk,
};

/// The length of the file header section.
const HEADER: u64 = 26;
const CUT: Stop = Stop::Malformed("the file ends before its layers");

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let Some(colours) = length(input, HEADER)? else { return Err(CUT) };
    let Some(at) = HEADER.checked_add(4).and_then(|at| at.checked_add(colours)) else {
        return Err(CUT);
    };
    let Some(resources) = length(input, at)? else { return Err(CUT) };
    let start = at + 4;
    let len = resources.min(input.len() - start);
    if len > 0 {
        let bytes = input.bytes(start, len)?;
        found.block(BlockKind::Irb, start, bytes);
    }
    // The layers and the picture follow, each with its own length.
    if len < resources || input.len() - start == len {
        return Err(CUT);
    }
    Ok(())
}

/// The length that stands at `at`; `None` past the end of the file.
fn length(input: &mut Input<'_>, at: u64) -> Result<Option<u64>, Stop> {
    if input.len().saturating_sub(at) < 4 {
        return Ok(None);
    }
    Ok(Some(u64::from(u32::from_be_bytes(input.array(at)?))))
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{damage, evidence, said};

    fn psd(version: u8, colours: &[u8], resources: &[u8]) -> Vec<u8> {
        let part = |data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], data].concat();
        let head = [b"8BPS\0", &[version][..], &[0; 20]].concat();
        let rest = [0; 8];
        [&head[..], &part(colours), &part(resources), &rest].concat()
    }

    const RESOURCES: &[u8] = b"8BIM\x04\x0A\0\0\0\0\0\x01\x01\0\
        8BIM\x04\x0B\0\0\0\0\0\x14https://example.org/";

    #[test]
    fn resources_stand_behind_the_colours() {
        for (version, colours) in [(1, &b""[..]), (2, &[7; 768])] {
            let file = psd(version, colours, RESOURCES);
            let all =
                ["photoshop copyright-flag True", "photoshop url https://example.org/"];
            assert_eq!(said(&file), all);
            assert_eq!(damage(&file), [""; 0]);
            let at = evidence(&file).statements[1].location.offset as usize;
            assert!(file[at..].starts_with(b"https://"));
        }
    }

    #[test]
    fn a_document_without_resources_says_nothing() {
        let file = psd(1, b"", b"");
        assert_eq!((said(&file).len(), damage(&file).len()), (0, 0));
    }

    #[test]
    fn lengths_past_the_end_are_reported() {
        let file = psd(1, b"", RESOURCES);
        let what = "the file ends before its layers";
        let cut = &file[..file.len() - 10];
        assert_eq!(said(cut), ["photoshop copyright-flag True"]);
        assert!(damage(cut).contains(&what.to_owned()));
        let mut huge = file;
        huge.splice(26..30, [0xFF; 4]);
        assert_eq!(damage(&huge), [what]);
        assert_eq!(damage(b"8BPS\0\x01"), [what]);
    }
}

//! AIFF and AIFF-C (Apple, 1.3): metadata in chunks before and behind the
//! audio.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::blocks::text;
use crate::read::containers::ifd::Order;
use crate::read::containers::{id3, riff};
use crate::read::{Cap, Pair};

pub(super) static FORMAT: Format = Format {
    id: "aiff",
    media_type: "audio/aiff",
    extensions: &["aif", "aiff", "aifc"],
    pronom: &["fmt/414", "x-fmt/135", "x-fmt/136"],
    sniff: |input| {
        let head = input.head();
        head.starts_with(b"FORM") && matches!(head.get(8..12), Some(b"AIFF" | b"AIFC"))
    },
    walk,
};

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let chunks = riff::form(input, found, Order::Big)?;
    riff::walk(input, found, chunks, Order::Big, None, &mut |input, found, chunk| {
        match &chunk.name {
            b"NAME" | b"AUTH" | b"(c) " | b"ANNO" if chunk.whole => {
                if chunk.len > input.limits().value {
                    return Err(input.limits().over(Cap::Value));
                }
                let bytes = input.bytes(chunk.start, chunk.len)?;
                let pair = Pair {
                    key: text::latin1(chunk.name.trim_ascii_end()),
                    value: text::utf8_or_windows_1252(text::until_nul(&bytes)),
                    lang: None,
                    offset: chunk.start,
                };
                found.pair(BlockKind::AiffText, pair);
            }
            b"ID3 " | b"id3 " => id3::read(input, found, chunk.behind(0))?,
            // XMP Specification Part 3, 1.2.1.
            b"APPL" if chunk.len >= 4 && &input.array::<4>(chunk.start)? == b"XMP " => {
                let bytes = input.bytes(chunk.start + 4, chunk.len - 4)?;
                found.block(BlockKind::Xmp, chunk.start + 4, bytes);
            }
            _ => {}
        }
        Ok(())
    })
}

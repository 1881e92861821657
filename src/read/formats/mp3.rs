//! MPEG audio (ISO/IEC 11172-3), called MP3: metadata in ID3 tags before and
//! behind the audio.

use super::{Format, Found, Input, Stop};
use crate::read::containers::id3;

pub(super) static FORMAT: Format = Format {
    id: "mp3",
    media_type: "audio/mpeg",
    extensions: &["mp3", "mp2", "mp1", "mpga"],
    pronom: &["fmt/134", "fmt/198", "fmt/347"],
    sniff,
    walk,
};

fn sniff(input: &mut Input<'_>) -> bool {
    let Some(len) = id3::length(input.head()) else {
        return is_frame(input.head()) || input.head().starts_with(b"ID3");
    };
    // Other formats that some writers put such a tag before.
    !input.array::<4>(len).is_ok_and(|next| &next == b"fLaC")
}

/// Whether a frame of audio begins so: eleven bits of synchronisation, and
/// neither a reserved version, layer or bit rate nor a reserved sampling rate.
fn is_frame(head: &[u8]) -> bool {
    match head {
        // FF FE is a byte order mark.
        [0xFF, 0xFE, ..] => false,
        [0xFF, sync, rate, ..] => {
            sync & 0xE0 == 0xE0
                && sync & 0x18 != 0x08
                && sync & 0x06 != 0
                && rate & 0xF0 != 0xF0
                && rate & 0x0C != 0x0C
        }
        _ => false,
    }
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let before = match input.head().starts_with(b"ID3") {
        true => id3::read(input, found, 0..input.len()),
        false => Ok(()),
    };
    before.and(id3::read_version_1(input, found))
}

//! MPEG-4, QuickTime and 3GPP files (ISO/IEC 14496-12 and -14; QuickTime File
//! Format; 3GPP TS 26.244): user data and metadata items of the movie, and XMP.
//!
//! What is said of a single track is not read: it names a language or a camera
//! angle more often than a work.

use super::{Format, Found, Input, Stop};
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox, brand};

mod items;
mod user_data;

pub(super) static MP4: Format = Format {
    id: "mp4",
    media_type: "video/mp4",
    extensions: &[],
    pronom: &["fmt/199"],
    sniff: |input| kind(input) == Some("mp4"),
    walk,
};

pub(super) static M4A: Format = Format {
    id: "m4a",
    media_type: "audio/mp4",
    extensions: &[],
    pronom: &["fmt/596"],
    sniff: |input| kind(input) == Some("m4a"),
    walk,
};

pub(super) static QUICKTIME: Format = Format {
    id: "quicktime",
    media_type: "video/quicktime",
    extensions: &[],
    pronom: &["x-fmt/384"],
    sniff: |input| kind(input) == Some("quicktime"),
    walk,
};

pub(super) static THREE_GPP: Format = Format {
    id: "3gpp",
    media_type: "video/3gpp",
    extensions: &["3gp", "3gpp", "3g2"],
    pronom: &[],
    sniff: |input| kind(input) == Some("3gpp"),
    walk,
};

/// The id of the format, where it is one of these.
fn kind(input: &Input<'_>) -> Option<&'static str> {
    let head = input.head();
    let Some(brand) = brand(head) else {
        return is_quicktime(input).then_some("quicktime");
    };
    Some(match &brand {
        // Those of other formats: `heif`, `cr3`, `jxl`.
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => return None,
        b"mif1" | b"msf1" | b"mif2" | b"avif" | b"avis" => return None,
        b"crx " | b"jxl " => return None,
        b"qt  " => "quicktime",
        b"M4A " | b"M4B " | b"M4P " => "m4a",
        [b'3', b'g', ..] => "3gpp",
        _ => "mp4",
    })
}

/// QuickTime files without a brand begin with any of these boxes.
fn is_quicktime(input: &Input<'_>) -> bool {
    let Some((len, rest)) = input.head().split_first_chunk::<4>() else { return false };
    let is_box = matches!(
        rest.first_chunk(),
        Some(b"moov" | b"mdat" | b"wide" | b"pnot" | b"free" | b"skip")
    );
    // "The free encyclopedia" is no box of 1.4 GB.
    let is_text = len.iter().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t'));
    is_box && (!is_text || u64::from(u32::from_be_bytes(*len)) <= input.len())
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut budget = Budget::new(input.limits());
    let mut boxes = Boxes::of_file(input);
    let mut movie = false;
    while let Some(next) = boxes.next(input, found, &mut budget)? {
        let taken = match &next.kind {
            b"moov" => {
                movie = true;
                inside(input, found, next, &mut budget)
            }
            // A segment of a movie whose `moov` is in another file.
            b"moof" => {
                movie = true;
                Ok(())
            }
            _ => part(input, found, next, &mut budget),
        };
        isobmff::note(found, next.at, taken)?;
    }
    if !movie {
        found.skip_at(input.len(), Stop::Malformed("the file ends before its moov box"));
    }
    Ok(())
}

/// The boxes in the movie.
fn inside(
    input: &mut Input<'_>,
    found: &mut Found,
    movie: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let mut boxes = movie.boxes(0);
    while let Some(next) = boxes.next(input, found, budget)? {
        let taken = match &next.kind {
            b"cmov" => Err(Stop::Unsupported("a compressed movie box")),
            _ => part(input, found, next, budget),
        };
        isobmff::note(found, next.at, taken)?;
    }
    Ok(())
}

/// A box that stands in the file or in its movie.
fn part(
    input: &mut Input<'_>,
    found: &mut Found,
    of: IsoBox,
    budget: &mut Budget,
) -> Result<(), Stop> {
    match &of.kind {
        b"uuid" => of.uuid(input, found),
        b"meta" => items::read(input, found, of, budget),
        b"udta" => user_data::read(input, found, of, budget),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;

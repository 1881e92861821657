//! File formats: who claims a file, and where its metadata blocks are.
//!
//! # Adding a format
//!
//! 1. Copy the file of the format nearest to yours, and rewrite its `FORMAT`.
//! 2. Name it twice below: in the list of modules and in [`FORMATS`]. The
//!    compiler warns if either is forgotten.
//! 3. Put at least one file of the format into `fixtures/`. The tests over the
//!    fixtures then check it: that this format alone claims it, that it
//!    survives being cut short at every byte, and what is found in it.

mod aiff;
mod cr3;
mod eps;
mod epub;
mod exv;
mod flac;
mod gif;
mod heif;
mod html;
mod jp2;
mod jpeg;
mod jxl;
mod mp3;
mod mp4;
mod odf;
mod ogg;
mod ooxml;
mod ooxml_encrypted;
mod orf;
mod others;
mod pdf;
mod png;
mod psd;
mod raf;
mod reuse;
mod rw2;
mod svg;
mod tiff;
mod wav;
mod webp;
mod xmp_sidecar;

use super::{Found, Input, Stop};
use crate::model::Content;

/// A file format.
pub struct Format {
    /// The name in reports: `jpeg`.
    pub id: &'static str,
    /// As registered with IANA.
    pub media_type: &'static str,
    /// The extensions in use, in lower case, that no other format shares; those that
    /// formats share stand with what they promise in `others/promises.rs`.
    pub extensions: &'static [&'static str],
    /// The formats of this kind in the PRONOM registry, as far as they are known.
    pub pronom: &'static [&'static str],
    /// Does this file have this format? The first bytes nearly always tell;
    /// formats inside an archive may look further.
    pub sniff: fn(&mut Input<'_>) -> bool,
    /// Finds the metadata blocks of a file, in file order.
    pub walk: fn(&mut Input<'_>, &mut Found) -> Result<(), Stop>,
}

/// The formats, by id. No file is claimed by two, so the order does not matter.
pub static FORMATS: &[&Format] = &[
    &aiff::FORMAT,
    &cr3::FORMAT,
    &eps::FORMAT,
    &epub::FORMAT,
    &exv::FORMAT,
    &flac::FORMAT,
    &gif::FORMAT,
    &heif::AVIF,
    &heif::HEIC,
    &heif::HEIF,
    &html::FORMAT,
    &jp2::JP2,
    &jp2::JPH,
    &jp2::JPM,
    &jp2::JPX,
    &jp2::MJ2,
    &jpeg::FORMAT,
    &jxl::FORMAT,
    &mp3::FORMAT,
    &mp4::M4A,
    &mp4::MP4,
    &mp4::QUICKTIME,
    &mp4::THREE_GPP,
    &odf::ODG,
    &odf::ODP,
    &odf::ODS,
    &odf::ODT,
    &ogg::FORMAT,
    &ooxml::DOCX,
    &ooxml::PPTX,
    &ooxml::XLSX,
    &ooxml_encrypted::FORMAT,
    &orf::FORMAT,
    &pdf::FORMAT,
    &png::FORMAT,
    &psd::FORMAT,
    &raf::FORMAT,
    &reuse::FORMAT,
    &rw2::FORMAT,
    &svg::FORMAT,
    &tiff::FORMAT,
    &wav::AVI,
    &wav::WAV,
    &webp::FORMAT,
    &xmp_sidecar::FORMAT,
];

/// What a file is by its content, and the format that reads it.
pub fn identify(input: &mut Input<'_>) -> (Content, Option<&'static Format>) {
    match FORMATS.iter().find(|f| (f.sniff)(input)).copied() {
        Some(format) => {
            let content =
                Content::Format { id: format.id, media_type: format.media_type };
            (content, Some(format))
        }
        None => (others::identify(input), None),
    }
}

/// What a sidecar is, beside the formats that tell themselves: the tags of SPDX
/// may stand in a comment.
pub fn identify_sidecar(input: &mut Input<'_>) -> Option<&'static Format> {
    let format = identify(input).1;
    format.or_else(|| reuse::has_tags(input).then_some(&reuse::FORMAT))
}

/// The media type that `extension` promises, where `content` is another.
pub fn broken_promise(extension: Option<&str>, content: Content) -> Option<&'static str> {
    let extension = extension?;
    if content == Content::Unknown {
        return None;
    }
    let actual = content.media_type();
    // Of which application an encrypted document is stands inside.
    let is_encrypted = actual == Some(ooxml_encrypted::FORMAT.media_type)
        && matches!(content, Content::Format { .. });
    if is_encrypted && ooxml::FORMATS.iter().any(|f| f.extensions.contains(&extension)) {
        return None;
    }
    match FORMATS.iter().find(|f| f.extensions.contains(&extension)) {
        Some(format) => (actual != Some(format.media_type)).then_some(format.media_type),
        // Of formats that are not read, and extensions that formats share.
        None => others::broken_promise(extension, actual),
    }
}

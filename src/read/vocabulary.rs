//! The field map: which key of which block means which property.
//!
//! # Adding a mapping
//!
//! A row in [`TERMS`], in `packets` for XMP, or in `documents` for what is no image
//! and no PDF, with the clause that says so. Keys of XMP carry the prefix that
//! [`blocks::xmp`](super::blocks::xmp) gives to the namespace, not the one of the
//! packet.

use crate::model::{BlockKind, Property};

macro_rules! terms {
    ($($block:ident: $source:literal { $($key:literal => $property:ident,)+ })+) => {
        &[$($(Term {
            block: BlockKind::$block,
            key: $key,
            property: Property::$property,
            source: $source,
        },)+)+]
    };
}

mod documents;
mod packets;

/// A row of the field map.
pub struct Term {
    /// In which kind of block.
    pub block: BlockKind,
    /// As the block's own standard spells it. A field of a structure follows
    /// its structure after a `/`.
    pub key: &'static str,
    /// What it means.
    pub property: Property,
    /// The clause that says so.
    pub source: &'static str,
}

/// What `key` means in a block of this kind; `None` where it is not wanted.
///
/// Fields of Exif and datasets of IIM may say first which of several they come
/// from, and mean the same: `IFD1:Artist` is the artist of the second image
/// file directory, `SubIFD0:Artist` of the first child of the first one,
/// `IPTC2:2:80` the by-line of the second IIM block. Without a prefix they are
/// of the first directory, the Exif directory or the first block. Properties of
/// XMP may say which part of a PDF or TIFF file they are about:
/// `Page3:dc:creator`. What a page shows and where it links to is named after the
/// page.
///
/// The keywords of PNG are capitalised in the standard, and in files as it
/// comes; so are the names of Vorbis comments and of user-defined ID3 frames.
pub fn property(block: BlockKind, key: &str) -> Option<Property> {
    let key = match block {
        BlockKind::Exif => key.rsplit_once(':').map_or(key, |(_, name)| name),
        BlockKind::Iim => dataset(key),
        BlockKind::Xmp | BlockKind::Irb => match key.split_once(':') {
            Some((part, name)) if part.starts_with("Page") => name,
            _ => key,
        },
        BlockKind::PdfText | BlockKind::PdfLink => {
            let page = key.strip_prefix("inner-").or(key.strip_prefix("cover-"));
            page.unwrap_or(key).split('-').next().unwrap_or(key)
        }
        _ => key,
    };
    let is_key = |of: &str| match block {
        BlockKind::PngText | BlockKind::Vorbis | BlockKind::Id3 => {
            of.eq_ignore_ascii_case(key)
        }
        _ => of == key,
    };
    // About 200 rows; a linear search over those of the block costs less than
    // the allocation of the key did.
    table(block).iter().find(|t| t.block == block && is_key(t.key)).map(|t| t.property)
}

/// The dataset of IIM that `key` names, without the block or page it is of.
pub fn dataset(key: &str) -> &str {
    let mut key = key;
    while let Some((of, rest)) = key.split_once(':')
        && (of.starts_with("IPTC") || of.starts_with("Page"))
    {
        key = rest;
    }
    key
}

/// The row for `name` in any case of its ASCII letters.
pub fn row(block: BlockKind, name: &str) -> Option<&'static Term> {
    let mut rows = table(block).iter().filter(|t| t.block == block);
    rows.find(|t| t.key.eq_ignore_ascii_case(name))
}

/// The row for `name`, where only letters and digits count and their case does
/// not: `License URL` is `LicenseURL`. For names that users make up.
pub fn row_in_any_spelling(block: BlockKind, name: &str) -> Option<&'static Term> {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).take(100).collect();
    row(block, &name)
}

/// The part of the field map that has the rows of this kind of block.
fn table(block: BlockKind) -> &'static [Term] {
    match block {
        BlockKind::Xmp => packets::TERMS,
        _ if documents::has(block) => documents::TERMS,
        _ => TERMS,
    }
}

/// All rows of the field map.
pub fn terms() -> impl Iterator<Item = &'static Term> {
    packets::TERMS.iter().chain(TERMS).chain(documents::TERMS)
}

/// The field map for images, PDF and sound.
pub static TERMS: &[Term] = terms! {
    Exif: "TIFF 6.0, section 8; CIPA DC-008, 4.6.5" {
        "ImageDescription" => Description,
        "DocumentName" => Title,
        "Artist" => Creator,
        "Copyright" => Rights,
        "CopyrightEditor" => Rights,
    }
    Exif: "CIPA DC-008, 4.6.6" {
        "UserComment" => Comment,
        "CameraOwnerName" => CameraOwner,
    }
    Exif: "CIPA DC-008-2023 (Exif 3.0), 4.6.6" {
        "ImageTitle" => Title,
        "Photographer" => Creator,
    }
    Exif: "Microsoft Windows, tags 0x9C9B to 0x9C9F" {
        "XPTitle" => Title,
        "XPComment" => Comment,
        "XPAuthor" => Creator,
        "XPSubject" => Description,
    }
    Iim: "IPTC-IIM 4.2, section 6 (record 2)" {
        "2:05" => Title,
        "2:40" => Instructions,
        "2:80" => Creator,
        "2:85" => CreatorTitle,
        "2:105" => Headline,
        "2:110" => Credit,
        "2:115" => Source,
        "2:116" => Rights,
        "2:118" => CreatorContact,
        "2:120" => Description,
    }
    Irb: "Adobe Photoshop File Formats Specification, image resource ids" {
        "copyright-flag" => Marked,
        "url" => PhotoshopUrl,
    }
    PngText: "PNG (W3C, third edition), 11.3.3.2" {
        "Title" => Title,
        "Author" => Creator,
        "Description" => Description,
        "Copyright" => Rights,
        "Disclaimer" => UsageTerms,
        "Source" => Source,
        "Comment" => Comment,
    }
    PngText: "no standard; keywords in use" {
        "Artist" => Creator,
        "Caption" => Description,
        "ImageDescription" => Description,
        "License" => License,
    }
    PdfInfo: "ISO 32000-2, 14.3.3, table 349" {
        "Title" => Title,
        "Author" => Creator,
        "Subject" => Description,
    }
    PdfInfo: "no standard; custom entries in use" {
        "Description" => Description,
        "Copyright" => Rights,
        "Rights" => Rights,
        "License" => License,
        "LicenseURL" => License,
        "Marked" => Marked,
        "Publisher" => Publisher,
        "Identifier" => Identifier,
        "DOI" => Identifier,
        "Doi" => Identifier,
        "doi" => Identifier,
        "WebStatement" => WebStatement,
        "CopyrightURL" => WebStatement,
        "license" => License,
        "rights" => Rights,
        "copyright" => Rights,
        "publisher" => Publisher,
        "identifier" => Identifier,
    }
    PdfText: "ISO 32000-2, 9.4.3 (operators that show text)" {
        "page" => PageText,
    }
    PdfLink: "ISO 32000-2, 12.6.4.8 (URI actions)" {
        "page" => Link,
    }
    QuickTime: "QuickTime File Format, user data list entry types; metadata items use them too" {
        "©nam" => Title,
        "©aut" => Creator,
        "©ART" => Creator,
        "©cpy" => Rights,
        "©des" => Description,
        "©cmt" => Comment,
        "©dis" => UsageTerms,
        "©src" => Credit,
    }
    QuickTime: "ISO/IEC 14496-12, 8.10.2; 3GPP TS 26.244, 8.2" {
        "cprt" => Rights,
        "titl" => Title,
        "auth" => Creator,
        "dscp" => Description,
    }
    QuickTime: "QuickTime File Format, metadata keys" {
        "com.apple.quicktime.title" => Title,
        "com.apple.quicktime.displayname" => Title,
        "com.apple.quicktime.author" => Creator,
        "com.apple.quicktime.artist" => Creator,
        "com.apple.quicktime.copyright" => Rights,
        "com.apple.quicktime.description" => Description,
        "com.apple.quicktime.comment" => Comment,
        "com.apple.quicktime.publisher" => Publisher,
    }
    QuickTime: "no standard; items of iTunes, and free ones of its form" {
        "desc" => Description,
        "----:com.apple.iTunes:LICENSE" => License,
        "----:com.apple.iTunes:COPYRIGHT" => Rights,
    }
    QuickTime: "no standard; keys without a domain, as FFmpeg writes them" {
        "title" => Title,
        "artist" => Creator,
        "author" => Creator,
        "copyright" => Rights,
        "license" => License,
        "description" => Description,
        "comment" => Comment,
        "publisher" => Publisher,
    }
    C2pa: "C2PA Technical Specification 1.4, 18.5: properties of schema.org" {
        "CreativeWork/author" => Creator,
        "CreativeWork/author/name" => Creator,
        "CreativeWork/creator" => Creator,
        "CreativeWork/creator/name" => Creator,
        "CreativeWork/license" => License,
        "CreativeWork/copyrightNotice" => Rights,
        "CreativeWork/copyrightHolder" => Owner,
        "CreativeWork/copyrightHolder/name" => Owner,
        "CreativeWork/creditText" => Credit,
        "CreativeWork/usageInfo" => UsageTerms,
        "CreativeWork/acquireLicensePage" => Licensor,
        "CreativeWork/name" => Title,
        "CreativeWork/headline" => Headline,
        "CreativeWork/description" => Description,
        "CreativeWork/identifier" => Identifier,
        "CreativeWork/publisher" => Publisher,
        "CreativeWork/publisher/name" => Publisher,
    }
    C2pa: "CAWG Training and Data Mining Assertion 1.1; C2PA Technical Specification 1.4" {
        "cawg.training-mining/ai_training" => DataMining,
        "cawg.training-mining/ai_generative_training" => DataMining,
        "cawg.training-mining/ai_inference" => DataMining,
        "cawg.training-mining/data_mining" => DataMining,
        "c2pa.training-mining/ai_training" => DataMining,
        "c2pa.training-mining/ai_generative_training" => DataMining,
        "c2pa.training-mining/ai_inference" => DataMining,
        "c2pa.training-mining/data_mining" => DataMining,
    }
    JpegComment: "ITU-T T.81, B.2.4.5" {
        "COM" => Comment,
    }
    GifComment: "GIF89a, section 24" {
        "Comment" => Comment,
    }
    Svg: "SVG 2, 5.8: title and desc of the document" {
        "title" => Title,
        "desc" => Description,
    }
    // A frame of user-defined text is named with its description.
    Id3: "ID3v2.4.0, section 4 (frames); ID3v2.3.0, section 4" {
        "TIT2" => Title,
        "TPE1" => Creator,
        "TCOP" => Rights,
        "WCOP" => License,
        "WOAF" => Source,
        "TOWN" => Owner,
        "TPUB" => Publisher,
        "USER" => UsageTerms,
        "COMM" => Comment,
    }
    Id3: "ID3v2.2.0, section 4" {
        "TT2" => Title,
        "TP1" => Creator,
        "TCR" => Rights,
        "WCP" => License,
        "WAF" => Source,
        "TPB" => Publisher,
        "COM" => Comment,
    }
    Id3: "no standard; frames of user-defined text in use" {
        "TXXX:LICENSE" => License,
        "TXXX:COPYRIGHT" => Rights,
    }
    Id3: "ID3v1" {
        "ID3v1:Title" => Title,
        "ID3v1:Artist" => Creator,
        "ID3v1:Comment" => Comment,
    }
    // Field names are in any case: Vorbis I, 5.2.3.
    Vorbis: "Vorbis I, 5.2.3 (minimal list of standard field names)" {
        "TITLE" => Title,
        "ARTIST" => Creator,
        "COPYRIGHT" => Rights,
        "LICENSE" => License,
        "ORGANIZATION" => Publisher,
        "CONTACT" => CreatorContact,
        "DESCRIPTION" => Description,
    }
    Vorbis: "no standard; field names in use" {
        "COMMENT" => Comment,
    }
    RiffInfo: "Multimedia Programming Interface and Data Specifications 1.0, 2-14" {
        "INAM" => Title,
        "IART" => Creator,
        "ICOP" => Rights,
        "ICMT" => Comment,
        "ISRC" => Source,
    }
    // The originator is who produced the file: an archive more often than the
    // author of what is heard.
    Bext: "EBU Tech 3285, 2.3" {
        "Description" => Description,
        "Originator" => Publisher,
    }
    AiffText: "AIFF 1.3, text chunks" {
        "NAME" => Title,
        "AUTH" => Creator,
        "(c)" => Rights,
        "ANNO" => Comment,
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_the_same_in_every_directory_and_block() {
        for (block, key, meaning) in [
            (BlockKind::Exif, "Artist", Some(Property::Creator)),
            (BlockKind::Exif, "IFD1:Artist", Some(Property::Creator)),
            (BlockKind::Exif, "IFD1/Exif:UserComment", Some(Property::Comment)),
            (BlockKind::Exif, "IFD1:Software", None),
            (BlockKind::Iim, "2:80", Some(Property::Creator)),
            (BlockKind::Iim, "IPTC2:2:80", Some(Property::Creator)),
            (BlockKind::Iim, "IPTC2:2:81", None),
            (BlockKind::PngText, "author", Some(Property::Creator)),
            (BlockKind::Vorbis, "License", Some(Property::License)),
            (BlockKind::Id3, "COMM", Some(Property::Comment)),
            (BlockKind::Id3, "TXXX:license", Some(Property::License)),
            (BlockKind::Id3, "TXXX:mood", None),
            (BlockKind::Xmp, "DC:CREATOR", None),
            (BlockKind::Xmp, "Page3:dc:creator", Some(Property::Creator)),
            (BlockKind::Xmp, "Page3/Im0:dc:rights", Some(Property::Rights)),
            (BlockKind::PdfText, "page-3", Some(Property::PageText)),
            (BlockKind::PdfLink, "inner-page-3", Some(Property::Link)),
            (BlockKind::PdfText, "cover-page-1", Some(Property::PageText)),
        ] {
            assert_eq!(property(block, key), meaning, "{block} {key}");
        }
    }

    #[test]
    fn names_are_found_in_other_spellings() {
        let key = |name| row_in_any_spelling(BlockKind::OoxmlCustom, name).map(|t| t.key);
        for (name, expected) in [
            ("License", Some("License")),
            ("license_url", Some("LicenseURL")),
            ("Copyright Notice", Some("CopyrightNotice")),
            ("Licensed", None),
            ("", None),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
        assert_eq!(row(BlockKind::EpubOpf, "DC:Title").map(|t| t.key), Some("dc:title"));
        assert!(row(BlockKind::EpubOpf, "dctitle").is_none());
    }

    #[test]
    fn every_row_is_in_the_table_of_its_block() {
        for term in terms() {
            assert_eq!(
                property(term.block, term.key),
                Some(term.property),
                "{}",
                term.key
            );
        }
    }

    #[test]
    fn every_key_has_one_meaning() {
        let mut seen = std::collections::BTreeSet::new();
        for term in terms() {
            assert!(seen.insert((term.block, term.key)), "{} twice", term.key);
            assert!(!term.source.is_empty());
        }
    }
}

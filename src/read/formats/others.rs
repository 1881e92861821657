//! Formats that are known by name and not read, and files that no audit is
//! about.
//!
//! # Adding a signature
//!
//! A row in [`SIGNATURES`], longer ones before shorter ones with which they
//! begin; and one in [`promises`], if the extension tells something.

use super::Input;
use crate::model::Content;
use crate::read::containers::zip;

mod promises;

pub(super) use promises::broken_promise;

/// What a file is that no format claims.
pub(super) fn identify(input: &mut Input<'_>) -> Content {
    let head = input.head();
    if input.is_empty() {
        return Content::NotMedia { name: "empty file" };
    }
    if let Some(signature) = SIGNATURES.iter().find(|s| s.fits(head)) {
        return signature.content;
    }
    if head.starts_with(b"PK\x03\x04") {
        return zip(input);
    }
    by_structure(head).unwrap_or_else(|| by_text(head))
}

/// A format known by the bytes that it begins with.
struct Signature {
    /// Where they stand.
    at: usize,
    bytes: &'static [u8],
    content: Content,
}

impl Signature {
    fn fits(&self, head: &[u8]) -> bool {
        head.get(self.at..).is_some_and(|rest| rest.starts_with(self.bytes))
    }
}

const fn media(
    at: usize,
    bytes: &'static [u8],
    name: &'static str,
    media_type: &'static str,
) -> Signature {
    Signature { at, bytes, content: Content::Unsupported { name, media_type } }
}

const fn other(at: usize, bytes: &'static [u8], name: &'static str) -> Signature {
    Signature { at, bytes, content: Content::NotMedia { name } }
}

/// In the order in which they are tried.
static SIGNATURES: &[Signature] = &[
    media(0, b"\xFF\x4F\xFF\x51", "JPEG 2000", "image/j2c"),
    media(0, b"\x8AMNG\r\n\x1A\n", "MNG", "video/x-mng"),
    media(0, b"\x8BJNG\r\n\x1A\n", "JNG", "image/x-jng"),
    media(0, b"II\x1A\0\0\0HEAPCCDR", "Canon raw", "image/x-canon-crw"),
    media(0, b"\0MRM", "Minolta raw", "image/x-minolta-mrw"),
    media(0, b"FOVb", "Sigma raw", "image/x-sigma-x3f"),
    media(0, b"II\xBC", "JPEG XR", "image/jxr"),
    media(0, b"BPG\xFB", "BPG", "image/bpg"),
    media(0, b"\x76\x2F\x31\x01", "OpenEXR", "image/x-exr"),
    media(0, b"SDPX", "DPX", "image/dpx"),
    media(0, b"XPDS", "DPX", "image/dpx"),
    media(0, b"SIMPLE  =", "FITS", "image/fits"),
    media(0, b"#?RADIANCE", "Radiance HDR", "image/vnd.radiance"),
    media(0, b"gimp xcf ", "GIMP", "image/x-xcf"),
    media(0, b"DDS ", "DirectDraw surface", "image/vnd.ms-dds"),
    media(0, b"AT&TFORM", "DjVu", "image/vnd.djvu"),
    media(0, b"\0\0\x01\0", "icon", "image/vnd.microsoft.icon"),
    media(128, b"DICM", "DICOM", "application/dicom"),
    media(0, b"%!", "PostScript", "application/postscript"),
    media(0, b"{\\rtf", "RTF", "application/rtf"),
    media(
        0,
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "Microsoft Office 97",
        "application/x-ole-storage",
    ),
    media(0, b"MThd", "MIDI", "audio/midi"),
    media(0, b"\x1A\x45\xDF\xA3", "Matroska", "video/matroska"),
    media(0, b"FLV\x01", "Flash video", "video/x-flv"),
    media(0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "Windows Media", "video/x-ms-asf"),
    media(0, b"\0\0\x01\xBA", "MPEG", "video/mpeg"),
    media(0, b"\0\0\x01\xB3", "MPEG", "video/mpeg"),
    media(0, b"glTF", "glTF", "model/gltf-binary"),
    other(0, b"\x1F\x8B", "gzip archive"),
    other(0, b"BZh", "bzip2 archive"),
    other(0, b"\xFD7zXZ\0", "xz archive"),
    other(0, b"\x28\xB5\x2F\xFD", "Zstandard archive"),
    other(0, b"7z\xBC\xAF\x27\x1C", "7-Zip archive"),
    other(0, b"Rar!\x1A\x07", "RAR archive"),
    other(257, b"ustar", "tar archive"),
    other(0, b"\x7FELF", "executable"),
    other(0, b"\xFE\xED\xFA\xCE", "executable"),
    other(0, b"\xFE\xED\xFA\xCF", "executable"),
    other(0, b"\xCF\xFA\xED\xFE", "executable"),
    other(0, b"\xCA\xFE\xBA\xBE", "executable"),
    other(0, b"\0asm", "executable"),
    other(0, b"SQLite format 3\0", "database"),
    other(0, b"wOFF", "font"),
    other(0, b"wOF2", "font"),
    other(0, b"OTTO\0", "font"),
    other(0, b"\0\x01\0\0\0", "font"),
];

/// Formats that share their first bytes with others.
fn by_structure(head: &[u8]) -> Option<Content> {
    let media = |name, media_type| Some(Content::Unsupported { name, media_type });
    let at = |n: usize| head.get(n..).unwrap_or_default().first_chunk::<4>();
    if at(0) == Some(b"RIFF") {
        return Some(Content::NotMedia { name: "RIFF file" });
    }
    if head.starts_with(b"PK\x05\x06") {
        return Some(Content::NotMedia { name: "ZIP archive" });
    }
    // Two letters that a text may begin with as well.
    if head.starts_with(b"MZ") && as_text(head).is_none() {
        return Some(Content::NotMedia { name: "executable" });
    }
    // A BMP says its size and reserves four zero bytes.
    if head.starts_with(b"BM") && at(6) == Some(&[0; 4]) {
        return media("BMP", "image/bmp");
    }
    // The synchronisation of ADTS: ISO/IEC 13818-7, 6.2.
    match head.first_chunk::<3>() {
        Some([0xFF, 0xF0 | 0xF1 | 0xF8 | 0xF9, _]) => media("AAC", "audio/aac"),
        _ => None,
    }
}

fn zip(input: &mut Input<'_>) -> Content {
    let media_type = zip::declared(input).unwrap_or_default();
    let (name, media_type) =
        if media_type.starts_with(b"application/vnd.oasis.opendocument.") {
            ("OpenDocument", "application/vnd.oasis.opendocument")
        } else if zip::seems_to_have(input, "[Content_Types].xml") {
            ("Open Packaging", "application/vnd.openxmlformats-package")
        } else {
            return Content::NotMedia { name: "ZIP archive" };
        };
    Content::Unsupported { name, media_type }
}

/// Text, marked up or plain, or else bytes that say nothing.
fn by_text(head: &[u8]) -> Content {
    let Some(text) = as_text(head) else {
        return Content::NotMedia { name: "unknown data" };
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let start: String = text.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<?xml") {
        return Content::NotMedia { name: "XML" };
    }
    Content::NotMedia { name: "plain text" }
}

/// The head as text, if it is text: UTF-16 with a byte order mark, or bytes
/// without the control characters that no text has.
fn as_text(head: &[u8]) -> Option<String> {
    let utf16 = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(head)
        && utf16.contains(&encoding)
    {
        return Some(encoding.decode(head).0.into_owned());
    }
    let control = |b: &u8| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    (!head.iter().any(control)).then(|| String::from_utf8_lossy(head).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::evidence;

    fn name(file: &[u8]) -> &'static str {
        match evidence(file).content {
            Content::Unsupported { name, .. } | Content::NotMedia { name } => name,
            content => panic!("{content:?}"),
        }
    }

    #[test]
    fn files_that_are_not_read_are_named() {
        for (file, is) in [
            (&b""[..], "empty file"),
            (b"%!PS\n", "PostScript"),
            (b"<?xml version='1.0'?><mets/>", "XML"),
            (b"name,license\n", "plain text"),
            (b"\xFF\xFEa\0b\0", "plain text"),
            (b"caf\xE9 is no UTF-8", "plain text"),
            (b"BM\x36\0\0\0\0\0\0\0", "BMP"),
            (b"\x7FELF\x02", "executable"),
            (b"MZ\x90\0\x03", "executable"),
            (b"MZ is the Museum of Z\n", "plain text"),
            (b"\x1F\x8B\x08", "gzip archive"),
            (b"PK\x05\x06\0\0", "ZIP archive"),
            (b"\x01\x02\x03\x04", "unknown data"),
        ] {
            assert_eq!(name(file), is, "{file:?}");
        }
    }

    #[test]
    fn documents_in_a_zip_are_told_apart() {
        use crate::read::testing::zip;
        for (entry, content, is) in [
            ("mimetype", "application/vnd.oasis.opendocument.chart", "OpenDocument"),
            ("[Content_Types].xml", "<Types/>", "Open Packaging"),
            ("photo.jpg", "", "ZIP archive"),
        ] {
            assert_eq!(name(&zip(&[(entry, content)], false)), is);
        }
    }
}

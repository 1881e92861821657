//! The truth: what is in a file, as `TRUTH_FORMAT.md` of the corpus lays down.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tasl::model::{BlockKind, Property};

/// The media types of the formats that are read, of the raw formats that are
/// TIFF files by their content, and of templates and documents with macros.
pub const FORMATS: &[&str] = &[
    "application/epub+zip",
    "application/pdf",
    "application/postscript",
    "application/rdf+xml",
    "audio/mp4",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/jp2",
    "image/jph",
    "image/jpm",
    "image/jpx",
    "image/jxl",
    "image/x-canon-cr3",
    "video/3gpp",
    "video/mp4",
    "video/quicktime",
    "application/vnd.adobe.photoshop",
    "audio/flac",
    "audio/mpeg",
    "audio/ogg",
    "audio/x-wav",
    "image/gif",
    "application/vnd.ms-word.document.macroEnabled.12",
    "application/vnd.ms-word.template.macroEnabledTemplate",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    "application/xhtml+xml",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/tiff",
    "image/webp",
    "image/x-adobe-dng",
    "image/x-canon-cr2",
    "image/x-exv",
    "image/x-fujifilm-raf",
    "image/x-nikon-nef",
    "image/x-nikon-nrw",
    "image/x-olympus-orf",
    "image/x-panasonic-rw2",
    "image/x-pentax-pef",
    "image/x-tiff-big",
    "video/ogg",
    "video/x-msvideo",
    "text/html",
];

/// The fields of which 99 values in a hundred must agree.
pub const CORE: &[&str] = &[
    "title",
    "creator",
    "rights",
    "license_url",
    "source",
    "usage_terms",
    "web_statement",
    "marked",
    "owner",
    "credit",
    "attribution_name",
    "attribution_url",
    "description",
];

/// The name of each field in the truth, and our property.
pub const FIELDS: &[(&str, Property)] = &[
    ("title", Property::Title),
    ("creator", Property::Creator),
    ("rights", Property::Rights),
    ("license_url", Property::License),
    ("source", Property::Source),
    ("usage_terms", Property::UsageTerms),
    ("web_statement", Property::WebStatement),
    ("marked", Property::Marked),
    ("owner", Property::Owner),
    ("credit", Property::Credit),
    ("attribution_name", Property::AttributionName),
    ("attribution_url", Property::AttributionUrl),
    ("description", Property::Description),
    ("headline", Property::Headline),
    ("identifier", Property::Identifier),
    ("publisher", Property::Publisher),
    ("contributor", Property::Contributor),
    ("creator_title", Property::CreatorTitle),
    ("instructions", Property::Instructions),
    ("comment", Property::Comment),
    ("camera_owner", Property::CameraOwner),
    ("certificate", Property::Certificate),
    ("photoshop_url", Property::PhotoshopUrl),
    ("more_permissions", Property::MorePermissions),
    ("use_guidelines", Property::UseGuidelines),
];

/// In which kind of block a `where` of the truth is; `None` for blocks of
/// formats and applications that are not read.
pub fn block(place: &str) -> Option<BlockKind> {
    Some(match place {
        "xmp" | "xmp-alias" | "xmp-pdfx" | "xmp-plus" | "xmp-nonstd" => BlockKind::Xmp,
        "exif" | "exif-other" => BlockKind::Exif,
        "iptc" | "iptc-extra" => BlockKind::Iim,
        "photoshop-irb" => BlockKind::Irb,
        "pdf-info" => BlockKind::PdfInfo,
        "png-text" => BlockKind::PngText,
        "jpeg-com" => BlockKind::JpegComment,
        "quicktime" => BlockKind::QuickTime,
        "gif-comment" => BlockKind::GifComment,
        "svg" => BlockKind::Svg,
        "svg-rdf" => BlockKind::Xmp,
        "id3" => BlockKind::Id3,
        "vorbis" => BlockKind::Vorbis,
        "riff" => BlockKind::RiffInfo,
        "epub-opf" => BlockKind::EpubOpf,
        "ooxml-core" => BlockKind::OoxmlCore,
        "ooxml-custom" => BlockKind::OoxmlCustom,
        "odf-meta" => BlockKind::OdfMeta,
        "html" => BlockKind::Html,
        _ => return None,
    })
}

/// What is in one file.
pub struct Truth {
    pub path: String,
    pub media_type: String,
    pub entries: Vec<Entry>,
    /// What other readers find and ExifTool does not: neither right nor wrong.
    pub recoverable: Vec<Entry>,
}

/// A value of a field.
pub struct Entry {
    pub field: String,
    pub place: String,
    /// The value, and every other reading of its bytes that is right.
    pub values: Vec<String>,
    pub lang: Option<String>,
}

impl Truth {
    /// The truth of every file, in its order.
    pub fn all(file: &Path) -> Vec<Self> {
        let text = fs::read_to_string(file).unwrap();
        text.lines()
            .map(|line| Self::from_json(&serde_json::from_str(line).unwrap()))
            .collect()
    }

    fn from_json(line: &Value) -> Self {
        let mut truth = Self {
            path: text(line, "path"),
            media_type: text(line, "mime"),
            entries: Vec::new(),
            recoverable: Vec::new(),
        };
        for (field, _) in FIELDS {
            for entry in list(line, field) {
                truth.entries.extend(Entry::from_json(field, entry));
            }
        }
        for entry in list(line, "recoverable") {
            truth.recoverable.extend(Entry::from_json(&text(entry, "field"), entry));
        }
        // ExifTool has one name for the comments of JPEG and GIF.
        if truth.media_type == "image/gif" {
            let comments = truth.entries.iter_mut().filter(|e| e.place == "jpeg-com");
            comments.for_each(|entry| entry.place = "gif-comment".to_owned());
        }
        truth
    }
}

impl Entry {
    /// A structure counts as its name; `None` for one without.
    fn from_json(field: &str, entry: &Value) -> Option<Self> {
        let value = match entry.get("value")? {
            Value::String(value) => value.clone(),
            Value::Object(parts) => {
                let name = parts.iter().find(|(key, _)| key.ends_with("Name"))?.1;
                name.as_str()?.to_owned()
            }
            Value::Array(_) => return None,
            other => other.to_string(),
        };
        let alternatives = list(entry, "alt").map(|other| text(other, "value"));
        Some(Self {
            field: field.to_owned(),
            place: text(entry, "where"),
            values: std::iter::once(value).chain(alternatives).collect(),
            lang: entry.get("lang").and_then(Value::as_str).map(str::to_owned),
        })
    }
}

fn text(of: &Value, key: &str) -> String {
    of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(of: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    of.get(key).and_then(Value::as_array).into_iter().flatten()
}

//! Evidence: what the files say, before anybody decides what it means.

use std::fmt;

use super::{Property, Subject};

/// Everything that reading one asset brought to light.
///
/// Evidence depends on the bytes of the files and their names alone, never on
/// the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What listing the directory has told about the asset.
    pub subject: Subject,
    /// What the content of the asset is, whatever its name says.
    pub content: Content,
    /// The extension of the name, in lower case.
    pub extension: Option<String>,
    /// What the extension promises, where it does not fit [`Self::content`]:
    /// the media type of that extension.
    pub promised: Option<&'static str>,
    /// The metadata blocks that are there, whether or not they say anything
    /// that is wanted.
    pub blocks: Vec<(FileRef, BlockKind)>,
    /// In the order found: the asset first, then each sidecar.
    pub statements: Vec<Statement>,
    /// What the first page of a PDF is like, where it speaks of rights and
    /// another follows.
    pub first_page: Option<FirstPage>,
    /// Where reading had to stop or skip. Statements found before the damage
    /// are kept.
    pub damage: Vec<Damage>,
    /// What it cost.
    pub cost: Cost,
}

/// What a first page is like, in numbers that pages with the same words share: by
/// them a page is recognised that stands before many works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstPage {
    /// Marks of runs of words on the page, ascending: the smallest of all that
    /// there are, and no more than [`Self::MARKS`].
    pub marks: Vec<u32>,
    /// A mark of what follows the page.
    pub rest: u32,
}

impl FirstPage {
    /// How many marks of a page are kept.
    pub const MARKS: usize = 24;
    /// With how many marks or fewer a page has too few words to be recognised.
    const FEW: usize = 11;

    /// Whether at least a quarter of what both pages say is the same, as far as
    /// their marks tell.
    ///
    /// Of 24 marks, that is 6. The first pages of articles in one journal share its
    /// name and the sentence about the license, which is a sixteenth.
    pub fn is_like(&self, other: &Self) -> bool {
        if self.marks.len().min(other.marks.len()) <= Self::FEW {
            return false;
        }
        let mut sides = [&self.marks[..], &other.marks[..]];
        let (mut all, mut both) = (0_usize, 0_usize);
        // The smallest marks of both together are a fair sample of their words.
        while all < Self::MARKS
            && let Some(least) = sides.iter().filter_map(|s| s.first()).min().copied()
        {
            let mut with_it = 0;
            for side in &mut sides {
                if let Some(rest) = side.strip_prefix(&[least]) {
                    *side = rest;
                    with_it += 1;
                }
            }
            all += 1;
            both += usize::from(with_it == 2);
        }
        both * 4 >= all
    }
}

/// What a file turned out to be by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing was read: a link, a device, a file that could not be opened.
    #[default]
    Unknown,
    /// A format whose metadata is read.
    Format {
        /// Its id in the table of formats: `jpeg`.
        id: &'static str,
        /// As registered with IANA.
        media_type: &'static str,
    },
    /// A format that can carry metadata which is not read yet.
    Unsupported {
        /// Its name: `WebP`.
        name: &'static str,
        /// As registered with IANA.
        media_type: &'static str,
    },
    /// Nothing that an audit is about: plain text, an archive, an empty file.
    NotMedia {
        /// What it is, in a word or two: `plain text`.
        name: &'static str,
    },
}

impl Content {
    /// As registered with IANA, where it is a format known by name.
    pub fn media_type(self) -> Option<&'static str> {
        match self {
            Self::Format { media_type, .. } | Self::Unsupported { media_type, .. } => {
                Some(media_type)
            }
            Self::Unknown | Self::NotMedia { .. } => None,
        }
    }
}

/// What reading an asset cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The length of the files, in bytes.
    pub stored: u64,
    /// How many of them were read.
    pub read: u64,
    /// In how many read calls.
    pub calls: u64,
}

impl Cost {
    /// Adds what another file cost.
    pub fn add(&mut self, other: Self) {
        self.stored += other.stored;
        self.read += other.read;
        self.calls += other.calls;
    }
}

impl Evidence {
    /// Whether all there was to read has been read. Where it has not, what is
    /// missing from the statements may yet be in the file.
    pub fn is_complete(&self) -> bool {
        matches!(self.content, Content::Format { .. })
            && self.damage.iter().all(|d| !d.kind.loses())
    }

    /// What was not looked at, though nothing stands there that could be the license
    /// of the work by itself.
    pub fn unexamined(&self) -> impl Iterator<Item = &Damage> {
        self.damage.iter().filter(|d| d.kind == DamageKind::Unexamined)
    }

    /// The statements about `property`, with their ids.
    pub fn about(
        &self,
        property: Property,
    ) -> impl Iterator<Item = (StatementId, &Statement)> {
        self.iter().filter(move |(_, s)| s.property == property)
    }

    /// All statements, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (StatementId, &Statement)> {
        (0..).map(StatementId).zip(&self.statements)
    }
}

impl std::ops::Index<StatementId> for Evidence {
    type Output = Statement;

    fn index(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }
}

/// One thing that a file says about itself: a property, a value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub property: Property,
    /// The value as it stands in the file, decoded to Unicode and not trimmed.
    /// A list gives a statement for each of its items.
    pub value: String,
    /// The language of the value, as the file has it; `None` for `x-default`.
    pub lang: Option<String>,
    /// Where it stands.
    pub location: Location,
}

/// Which statement of an [`Evidence`]: its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// Where in an asset a statement was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// In which of its files.
    pub file: FileRef,
    /// In which kind of block.
    pub block: BlockKind,
    /// How the block's own standard spells it: `cc:license`, `Artist`, `2:80`.
    pub key: String,
    /// In bytes from the start of the file: the value itself where it stands
    /// there as such, and the block that holds it where it is compressed or
    /// assembled from parts.
    pub offset: u64,
    /// Tells apart what has the same key and stands in several blocks of one
    /// kind, or in several properties of one name: equal only for the items of one
    /// list. Increases with each; 0 for the first.
    pub nth: u32,
}

impl Location {
    /// Whether it is about something else than the main image of its file: a
    /// thumbnail, a later page, a part in another resolution. Keys of Exif say so
    /// with the directory they stand in: `IFD1:Artist`, `SubIFD0:Artist`, and not
    /// `IFD0:UserComment` or `Exif:Artist`.
    ///
    /// What tells of a page of a TIFF or PDF file says so: `Page3:Artist`, and
    /// `Page3/Im0:dc:creator` for a picture on it. So does what stands on a page
    /// between the first two and the last two: `inner-page-3`.
    pub fn is_aside(&self) -> bool {
        if matches!(self.block, BlockKind::PdfText | BlockKind::PdfLink) {
            return self.key.starts_with("inner-");
        }
        if self.is_of_page() {
            return true;
        }
        let directory = self.key.rsplit_once(':').map_or("", |(directory, _)| directory);
        self.block == BlockKind::Exif
            && !directory.is_empty()
            && !directory.split('/').all(|part| matches!(part, "IFD0" | "Exif"))
    }

    /// Whether it stands on a page that a repository has put before the work. What
    /// that says was not said by the work, and is often the same for all of them.
    pub fn is_of_cover(&self) -> bool {
        matches!(self.block, BlockKind::PdfText | BlockKind::PdfLink)
            && self.key.starts_with("cover-")
    }

    /// Whether it is in a block that tells of a page, and no more.
    pub fn is_of_page(&self) -> bool {
        matches!(
            self.block,
            BlockKind::Xmp | BlockKind::Exif | BlockKind::Iim | BlockKind::Irb
        ) && self.key.strip_prefix("Page").is_some_and(is_number)
    }
}

/// Whether `text` begins with a number.
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// A file of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRef {
    /// The asset itself.
    Primary,
    /// One of [`Asset::sidecars`](super::Asset::sidecars), by index.
    Sidecar(u16),
}

macro_rules! block_kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// A kind of metadata block.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum BlockKind { $($(#[doc = $doc])+ $name,)+ }

        impl BlockKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in reports and in the notation.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

block_kinds! {
    /// An XMP packet (ISO 16684-1), wherever it was.
    Xmp = "xmp",
    /// TIFF or Exif fields (TIFF 6.0, CIPA DC-008).
    Exif = "exif",
    /// IPTC-IIM datasets (IIM 4.2).
    Iim = "iptc",
    /// Photoshop image resources.
    Irb = "photoshop",
    /// The textual chunks of PNG.
    PngText = "png-text",
    /// A PDF document information dictionary (ISO 32000-2, 14.3.3).
    PdfInfo = "pdf-info",
    /// The user data and metadata items of QuickTime, MPEG-4 and 3GPP files.
    QuickTime = "quicktime",
    /// A C2PA manifest (C2PA Technical Specification), whose signature is not
    /// verified.
    C2pa = "c2pa",
    /// A JPEG comment segment (ITU-T T.81, B.2.4.5).
    JpegComment = "jpeg-comment",
    /// What a page of a PDF shows in words (ISO 32000-2, 9.4.3): only passages
    /// that may be about rights.
    PdfText = "pdf-text",
    /// A link annotation of a PDF (ISO 32000-2, 12.5.6.5) to a site that names
    /// licenses.
    PdfLink = "pdf-link",
    /// The title and description of an SVG document (SVG 2, 5.8).
    Svg = "svg",
    /// A comment extension of GIF (GIF89a, 24).
    GifComment = "gif-comment",
    /// Frames of ID3.
    Id3 = "id3",
    /// Vorbis comments.
    Vorbis = "vorbis",
    /// The INFO list of a RIFF file (Multimedia Programming Interface 1.0, 2).
    RiffInfo = "riff-info",
    /// The broadcast audio extension of WAV (EBU Tech 3285, 2.3).
    Bext = "bext",
    /// The text chunks of AIFF (AIFF 1.3).
    AiffText = "aiff-text",
    /// The package document of an EPUB (EPUB 3.3, 5).
    EpubOpf = "epub-opf",
    /// The core properties of Office Open XML (ISO/IEC 29500-2, 11).
    OoxmlCore = "ooxml-core",
    /// The custom properties of Office Open XML (ISO/IEC 29500-1, 15.2.12.2).
    OoxmlCustom = "ooxml-custom",
    /// `meta.xml` of OpenDocument (OASIS OpenDocument 1.3, part 3, 4).
    OdfMeta = "odf-meta",
    /// What a page of HTML says about itself: elements, RDFa, JSON-LD.
    Html = "html",
    /// The tags of a `.license` file (REUSE 3.3).
    Reuse = "reuse",
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// In which file.
    pub file: FileRef,
    /// Of what kind.
    pub kind: DamageKind,
    /// Near which byte of the file, where that is known.
    pub offset: Option<u64>,
    /// What was wrong, in terms of the format's own standard.
    pub what: String,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// The system would not let us: no permission, an I/O error.
    Unreadable,
    /// The file breaks the rules of its format, and something was lost by it.
    Malformed,
    /// The file breaks the rules of its format, and all of it was read all the
    /// same.
    Irregular,
    /// A limit of this program was reached.
    Limit,
    /// Places where the work may speak of licenses and does not state its own
    /// were not all looked at, to spare reads: the links of the 51st page.
    Unexamined,
    /// The format allows it and this program does not know it.
    Unsupported,
    /// It needs a password.
    Encrypted,
    /// A sidecar that may or may not belong to this file.
    Ambiguous,
    /// A sidecar that was not opened: a link, a FIFO.
    Unopened,
    /// A fault of this program.
    Panic,
}

impl DamageKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Unreadable,
        Self::Malformed,
        Self::Irregular,
        Self::Limit,
        Self::Unexamined,
        Self::Unsupported,
        Self::Encrypted,
        Self::Ambiguous,
        Self::Unopened,
        Self::Panic,
    ];

    /// Whether something that the audit is about may be lost by it.
    pub fn loses(self) -> bool {
        !matches!(self, Self::Irregular | Self::Unexamined)
    }

    /// The name in reports and in the notation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Malformed => "malformed",
            Self::Irregular => "irregular",
            Self::Limit => "limit",
            Self::Unexamined => "unexamined",
            Self::Unsupported => "unsupported",
            Self::Encrypted => "encrypted",
            Self::Ambiguous => "ambiguous",
            Self::Unopened => "unopened",
            Self::Panic => "panic",
        }
    }
}

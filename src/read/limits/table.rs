//! The table.
//!
//! A row has the field of [`Limits`] with what it bounds, its [`Cap`], its
//! type, its value and unit, what is said where it bites, and the clause of
//! the standard that lays down what is bounded.

use std::time::Duration;

use super::{Row, TOOK_LONGER, Unit, milliseconds};
use crate::xmp;

macro_rules! limits {
    ($(
        $(#[doc = $bounds:literal])+
        $field:ident $cap:ident: $type:ty = $value:expr, $unit:ident,
            $says:literal, $clause:literal;
    )*) => {
        /// How much of a file may be read and held. All limits of the program
        /// stand here, and each is said where it bites: [`Limits::over`].
        #[derive(Clone, Debug)]
        pub struct Limits {
            $($(#[doc = $bounds])+ pub $field: $type,)*
            /// How long one file may take. `None` is for as long as it takes: what is
            /// found then depends on the bytes of the file alone.
            pub time: Option<Duration>,
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $value,)* time: None }
            }
        }

        /// Which limit: the fields of [`Limits`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cap {
            $(#[doc = concat!("[`Limits::", stringify!($field), "`]")] $cap,)*
            /// [`Limits::time`]
            Time,
        }

        impl Cap {
            /// Every limit.
            pub const ALL: &[Self] = &[$(Self::$cap,)* Self::Time];

            /// What the table says of it.
            pub fn row(self) -> &'static Row {
                match self {
                    $(Self::$cap => &Row {
                        name: stringify!($field),
                        bounds: concat!($($bounds),+),
                        unit: Unit::$unit,
                        says: $says,
                        clause: $clause,
                    },)*
                    Self::Time => &TIME,
                }
            }
        }

        impl Limits {
            /// The value of a limit, in its unit; of none, 0.
            pub fn get(&self, cap: Cap) -> u64 {
                match cap {
                    $(Cap::$cap => self.$field as u64,)*
                    Cap::Time => milliseconds(self.time),
                }
            }

            /// Gives a limit another value, in its unit.
            pub(super) fn set(&mut self, cap: Cap, value: u64) {
                match cap {
                    $(Cap::$cap => self.$field = value as $type,)*
                    Cap::Time => self.time = Some(Duration::from_millis(value)),
                }
            }
        }
    };
}

const TIME: Row = Row {
    name: "time",
    bounds: " How long one file may take.",
    unit: Unit::Time,
    // As in `TOOK_LONGER`.
    says: "reading took longer than {}",
    clause: "",
};
const _: () = assert!(TIME.says.len() == TOOK_LONGER.len() + " {}".len());

limits! {
    // Any file.

    /// The largest metadata block.
    block Block: u64 = 16 << 20, Bytes, "metadata block over {}", "XMP Part 3, 1.1.3.1";
    /// All metadata blocks of one file together.
    file File: u64 = 64 << 20, Bytes, "over {} of metadata in one file", "";
    /// The longest value that is kept.
    value Value: u64 = 1 << 20, Bytes, "a value longer than {}", "";
    /// All values of one file together.
    values Values: u64 = 4 << 20, Bytes, "over {} of values in one file", "";
    /// Statements of one file.
    statements Statements: u32 = 20_000, Count, "more than {} statements", "";
    /// What a compressed block may inflate to.
    inflated Inflated: u64 = 16 << 20, Bytes, "inflates to more than {}",
        "RFC 1950; RFC 1951; RFC 7932";
    /// The longest file that is passed over as a whole where its directory of
    /// parts is broken.
    scan Scan: u64 = 256 << 20, Bytes, "over {} to be passed over", "ISO 32000-2, 7.5.4";
    /// Read calls for one file.
    reads Reads: u64 = 100_000, Count, "more than {} read calls", "";
    /// Parts of a container: segments, chunks, boxes, entries.
    parts Parts: u32 = 100_000, Count, "more than {} parts",
        "T.81, B.1.1.4; PNG 5.3; ISO/IEC 14496-12, 4.2; APPNOTE 4.3.12";
    /// Blocks inside blocks: XMP in image resources in a TIFF structure in image
    /// resources is more than any writer does.
    nested_blocks NestedBlocks: u32 = 4, Count, "more than {} blocks inside each other", "";

    // Images.

    /// Image file directories of one file.
    directories Directories: u32 = 1_000, Count, "more than {} directories",
        "TIFF 6.0, section 2";
    /// Directories inside each other.
    nested_directories NestedDirectories: u32 = 8, Count,
        "more than {} directories inside each other", "TIFF 6.0, section 2";
    /// Fields of one directory.
    fields Fields: u32 = 4_096, Count, "more than {} fields in a directory",
        "TIFF 6.0, section 2";
    /// The table of the places of items: a million parts.
    item_places ItemPlaces: u64 = 4 << 20, Bytes, "over {} of places of items",
        "ISO/IEC 14496-12, 8.11.3";
    /// Associations inside each other in JPEG 2000.
    associations Associations: u32 = 8, Count,
        "more than {} associations inside each other", "ISO/IEC 15444-2, M.11.11";
    /// XMP packets of one PostScript file, of which the last may be the one that
    /// is wanted.
    packets Packets: u32 = 1_000, Count, "more than {} XMP packets", "XMP Part 3, 2.6.2";
    /// Values of one C2PA assertion.
    assertion_values AssertionValues: u32 = 10_000, Count,
        "more than {} values in an assertion", "RFC 8949, 3";
    /// Values of an assertion inside each other.
    assertion_depth AssertionDepth: u32 = 32, Count,
        "more than {} values of an assertion inside each other", "RFC 8949, 3";

    // XMP packets.

    /// Elements of an XMP packet inside each other.
    xmp_depth XmpDepth: usize = xmp::Limits::USUAL.depth, Count,
        "more than {} elements inside each other in an XMP packet", "ISO 16684-1, 7";
    /// Elements of an XMP packet.
    xmp_elements XmpElements: usize = xmp::Limits::USUAL.elements, Count,
        "more than {} elements in an XMP packet", "ISO 16684-1, 7";
    /// Attributes of one element of an XMP packet.
    xmp_attributes XmpAttributes: usize = xmp::Limits::USUAL.attributes, Count,
        "more than {} attributes on an XMP element", "ISO 16684-1, 7";
    /// Namespaces that are declared at one place of an XMP packet.
    xmp_namespaces XmpNamespaces: usize = xmp::Limits::USUAL.namespaces, Count,
        "more than {} namespaces at one place of an XMP packet", "ISO 16684-1, 7";
    /// The name of an XMP property, with the structures that it is in.
    xmp_path XmpPath: usize = xmp::Limits::USUAL.path, Bytes,
        "the name of an XMP property is longer than {}", "ISO 16684-1, 7";
    /// Entities that the document type of an XMP packet declares.
    xmp_entities XmpEntities: usize = xmp::Limits::USUAL.entities, Count,
        "more than {} entities declared in an XMP packet", "XML 1.0, 4.2";
    /// Places where reading starts anew after broken markup.
    xmp_repairs XmpRepairs: usize = xmp::Limits::USUAL.repairs, Count,
        "an XMP packet is broken at more than {} places", "";
    /// What is read again of an XMP packet after broken markup; in a large
    /// packet, eight times its length.
    xmp_reread XmpReread: usize = xmp::Limits::USUAL.reread, Bytes,
        "over {} of an XMP packet to be read again after broken markup", "";

    // Documents and media.

    /// How much of a page of HTML is read.
    page Page: u64 = 4 << 20, Bytes, "a page longer than {}", "HTML, 13.2";
    /// How much of a `.license` file is read.
    license_file LicenseFile: u64 = 4 << 20, Bytes, "a license file longer than {}",
        "REUSE 3.3";
    /// Elements of a page inside each other whose text is wanted.
    html_depth HtmlDepth: usize = 16, Count,
        "more than {} properties inside each other in a page", "HTML, 13.2.4.2";
    /// A script of JSON-LD. As values, the worst case takes eighty times as much.
    script Script: u64 = 512 << 10, Bytes, "JSON-LD over {}", "JSON-LD 1.1, 7";
    /// Objects of JSON-LD in one page.
    json_objects JsonObjects: usize = 1_000, Count, "more than {} objects of JSON-LD",
        "JSON-LD 1.1, 7";
    /// Values of one property of JSON-LD.
    json_values JsonValues: usize = 100, Count,
        "more than {} values of a property of JSON-LD", "JSON-LD 1.1, 4.3";
    /// Elements of an XML document inside each other.
    xml_depth XmlDepth: usize = 64, Count,
        "more than {} XML elements inside each other", "XML 1.0, 3";
    /// Elements of an XML document.
    xml_elements XmlElements: usize = 200_000, Count, "more than {} XML elements",
        "XML 1.0, 3";
    /// Attributes of an XML element that is wanted.
    xml_attributes XmlAttributes: usize = 64, Count,
        "more than {} attributes on an XML element", "XML 1.0, 3.1";
    /// Entries of a ZIP file that has no directory.
    zip_walked ZipWalked: usize = 1_000, Count,
        "more than {} ZIP entries without a directory", "APPNOTE 4.3.7";
    /// Streams of an Ogg file.
    streams Streams: usize = 64, Count, "more than {} streams", "RFC 3533, 4";

    // PDF: the structure.

    /// An object or the data of a stream, as it stands in the file.
    pdf_object PdfObject: u64 = 16 << 20, Bytes, "a PDF object over {}",
        "ISO 32000-2, 7.3.10";
    /// Arrays and dictionaries inside each other. Those of documents stay below 20.
    pdf_depth PdfDepth: u32 = 100, Count, "more than {} PDF objects inside each other",
        "ISO 32000-2, 7.3";
    /// Objects in one indirect object.
    pdf_values PdfValues: u32 = 250_000, Count, "more than {} objects in one PDF object",
        "ISO 32000-2, 7.3.10";
    /// Objects that are found in a document without a cross-reference table.
    pdf_objects PdfObjects: usize = 1_000_000, Count, "more than {} PDF objects",
        "ISO 32000-2, 7.5.4";
    /// Cross-reference sections.
    pdf_sections PdfSections: usize = 256, Count,
        "more than {} cross-reference sections", "ISO 32000-2, 7.5.6";
    /// Subsections of one cross-reference section.
    pdf_subsections PdfSubsections: usize = 20_000, Count,
        "more than {} cross-reference subsections", "ISO 32000-2, 7.5.4";
    /// What all cross-reference streams together may inflate to.
    pdf_xref PdfXref: usize = 16 << 20, Bytes,
        "the cross-reference streams inflate to more than {}", "ISO 32000-2, 7.5.8";
    /// What an object stream may inflate to.
    pdf_object_stream PdfObjectStream: usize = 32 << 20, Bytes,
        "an object stream inflates to more than {}", "ISO 32000-2, 7.5.7";
    /// Objects of one object stream.
    pdf_compressed PdfCompressed: usize = 500_000, Count,
        "more than {} objects in an object stream", "ISO 32000-2, 7.5.7";
    /// Object streams that are looked into where there is no cross-reference table.
    pdf_object_streams PdfObjectStreams: usize = 10_000, Count,
        "more than {} object streams", "ISO 32000-2, 7.5.7";
    /// Filters of one stream.
    pdf_filters PdfFilters: usize = 8, Count, "more than {} filters on a PDF stream",
        "ISO 32000-2, 7.4";
    /// What all streams of a document together may inflate to.
    pdf_inflated PdfInflated: usize = 96 << 20, Bytes,
        "the streams of the document inflate to more than {}", "ISO 32000-2, 7.4";

    // PDF: the pages.

    /// Pages of a document whose links are looked at.
    pages Pages: u32 = 50, Count, "the links of more than {} pages", "ISO 32000-2, 7.7.3";
    /// Nodes of the page tree that are visited for each page.
    pdf_nodes PdfNodes: usize = 1_000, Count,
        "more than {} nodes of the page tree to a page", "ISO 32000-2, 7.7.3";
    /// Nodes of the page tree inside each other. Those of writers stay below 10.
    pdf_tree PdfTree: usize = 50, Count,
        "more than {} nodes of the page tree inside each other", "ISO 32000-2, 7.7.3";
    /// Annotations of a document that are looked at: so many on the first two and the last
    /// two pages, and as many between.
    annotations Annotations: u32 = 2_000, Count, "more than {} annotations",
        "ISO 32000-2, 12.5.2";
    /// The address of a link to a site that names licenses.
    pdf_address PdfAddress: usize = 2_000, Bytes, "the address of a link over {}",
        "ISO 32000-2, 12.6.4.8";
    /// XObjects of a page whose metadata is looked for.
    pictures Pictures: usize = 20, Count, "the metadata of more than {} pictures on a page",
        "ISO 32000-2, 8.8";
    /// What the pages of a document that are read may inflate to.
    page_text PageText: u64 = 8 << 20, Bytes,
        "the pages that are read inflate to more than {}",
        "ISO 32000-2, 7.8.2";
    /// Operators on those pages.
    operators Operators: u32 = 1_000_000, Count,
        "the pages that are read have more than {} operators", "ISO 32000-2, 7.8.2";
    /// The text of one page.
    pdf_text PdfText: usize = 256 << 10, Bytes, "over {} of text on a page",
        "ISO 32000-2, 9.4";
    /// Content streams of one page.
    pdf_contents PdfContents: usize = 200, Count, "more than {} content streams of a page",
        "ISO 32000-2, 7.8.2";
    /// Form XObjects that are shown on the pages that are read.
    pdf_forms PdfForms: u32 = 200, Count, "more than {} form XObjects",
        "ISO 32000-2, 8.10";
    /// Form XObjects inside each other.
    pdf_nested_forms PdfNestedForms: u32 = 5, Count,
        "more than {} form XObjects inside each other", "ISO 32000-2, 8.10";
    /// Graphics states that a content stream saves inside each other.
    pdf_states PdfStates: usize = 1_000, Count,
        "more than {} graphics states saved inside each other", "ISO 32000-2, 8.4.2";
    /// Fonts of the pages that are read.
    pdf_fonts PdfFonts: usize = 200, Count, "more than {} fonts", "ISO 32000-2, 9.5";
    /// Strings and numbers in one array of text that is shown.
    pdf_pieces PdfPieces: usize = 10_000, Count, "more than {} pieces in an array of text",
        "ISO 32000-2, 9.4.3";
    /// Property lists of marked content that are looked up by name on the pages that are
    /// read.
    pdf_lists PdfLists: u32 = 1_000, Count, "more than {} property lists of marked content",
        "ISO 32000-2, 14.6.2";
    /// What the character map of a font may inflate to.
    pdf_character_map PdfCharacterMap: usize = 1 << 20, Bytes,
        "the character map of a font inflates to more than {}", "ISO 32000-2, 9.10.3";
    /// Passages about rights on one page.
    passages Passages: usize = 40, Count, "more than {} passages about rights on a page",
        "";
}

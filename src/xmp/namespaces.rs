//! Namespaces: which URI gets which prefix in a path.
//!
//! A packet may call a namespace what it likes; `xapRights` and `xmpRights`
//! are one. Paths carry the prefix of this table.
//!
//! # Adding a namespace
//!
//! A row in [`NAMESPACES`]: its prefix, and its URI without the scheme and
//! without the `/` or `#` at the end, which are written wrongly now and then.

/// The namespaces that have a prefix of their own in paths: prefix and URI.
static NAMESPACES: &[(&str, &str)] = &[
    // ISO 16684-1, 8.
    ("rdf", "www.w3.org/1999/02/22-rdf-syntax-ns"),
    ("x", "adobe:ns:meta"),
    ("xml", "www.w3.org/XML/1998/namespace"),
    ("dc", "purl.org/dc/elements/1.1"),
    // As Dublin Core was before it had a version.
    ("dc", "purl.org/dc/elements/1.0"),
    ("dc", "purl.org/dc"),
    ("dcterms", "purl.org/dc/terms"),
    ("xmp", "ns.adobe.com/xap/1.0"),
    ("xmpRights", "ns.adobe.com/xap/1.0/rights"),
    ("xmpMM", "ns.adobe.com/xap/1.0/mm"),
    ("xmpBJ", "ns.adobe.com/xap/1.0/bj"),
    ("xmpTPg", "ns.adobe.com/xap/1.0/t/pg"),
    ("xmpG", "ns.adobe.com/xap/1.0/g"),
    ("xmpGImg", "ns.adobe.com/xap/1.0/g/img"),
    ("xmpidq", "ns.adobe.com/xmp/Identifier/qual/1.0"),
    ("xmpDM", "ns.adobe.com/xmp/1.0/DynamicMedia"),
    ("xmpNote", "ns.adobe.com/xmp/note"),
    ("stRef", "ns.adobe.com/xap/1.0/sType/ResourceRef"),
    ("stEvt", "ns.adobe.com/xap/1.0/sType/ResourceEvent"),
    ("stDim", "ns.adobe.com/xap/1.0/sType/Dimensions"),
    ("stVer", "ns.adobe.com/xap/1.0/sType/Version"),
    // XMP Specification Part 2.
    ("photoshop", "ns.adobe.com/photoshop/1.0"),
    ("pdf", "ns.adobe.com/pdf/1.3"),
    ("pdfx", "ns.adobe.com/pdfx/1.3"),
    ("pdfxid", "www.npes.org/pdfx/ns/id"),
    ("pdfaid", "www.aiim.org/pdfa/ns/id"),
    ("illustrator", "ns.adobe.com/illustrator/1.0"),
    ("crs", "ns.adobe.com/camera-raw-settings/1.0"),
    ("lr", "ns.adobe.com/lightroom/1.0"),
    ("tiff", "ns.adobe.com/tiff/1.0"),
    ("exif", "ns.adobe.com/exif/1.0"),
    ("aux", "ns.adobe.com/exif/1.0/aux"),
    // CIPA DC-010.
    ("exifEX", "cipa.jp/exif/1.0"),
    ("exifEX", "cipa.jp/exif/2.32"),
    // IPTC Photo Metadata Standard; the first is also written without version.
    ("Iptc4xmpCore", "iptc.org/std/Iptc4xmpCore/1.0/xmlns"),
    ("Iptc4xmpExt", "iptc.org/std/Iptc4xmpExt/2008-02-29"),
    // PLUS License Data Format.
    ("plus", "ns.useplus.org/ldf/xmp/1.0"),
    ("plus", "ns.useplus.org/ldf/1.0"),
    // PRISM 2.0, 2.1 and 3.0, with its rights vocabularies.
    ("prism", "prismstandard.org/namespaces/basic/1.2"),
    ("prism", "prismstandard.org/namespaces/basic/2.0"),
    ("prism", "prismstandard.org/namespaces/basic/2.1"),
    ("prism", "prismstandard.org/namespaces/basic/2.2"),
    ("prism", "prismstandard.org/namespaces/basic/3.0"),
    ("prl", "prismstandard.org/namespaces/prl/2.1"),
    ("pur", "prismstandard.org/namespaces/prismusagerights/2.1"),
    ("pur", "prismstandard.org/namespaces/prismusagerights/3.0"),
    // TDM Reservation Protocol.
    ("tdm", "www.w3.org/ns/tdmrep"),
    // ccREL 1.0; the second is what its predecessor used until 2008.
    ("cc", "creativecommons.org/ns"),
    ("cc", "web.resource.org/cc"),
    ("xhv", "www.w3.org/1999/xhtml/vocab"),
    ("xhtml", "www.w3.org/1999/xhtml"),
    ("edm", "www.europeana.eu/schemas/edm"),
    ("foaf", "xmlns.com/foaf/0.1"),
    ("svg", "www.w3.org/2000/svg"),
    ("digiKam", "www.digikam.org/ns/1.0"),
    ("MicrosoftPhoto", "ns.microsoft.com/photo/1.0"),
    ("mwg-rs", "www.metadataworkinggroup.com/schemas/regions"),
];

/// The prefix that paths have for the namespace of this URI.
///
/// The scheme may be `http` or `https`; a missing, other or further `/` or `#`
/// at the end does not count.
pub(super) fn prefix_of(uri: &str) -> Option<&'static str> {
    let uri = uri.trim();
    let uri = ["http://", "https://"]
        .iter()
        .find_map(|scheme| uri.strip_prefix(scheme))
        .unwrap_or(uri)
        .trim_end_matches(['/', '#']);
    NAMESPACES.iter().find(|(_, known)| *known == uri).map(|(prefix, _)| *prefix)
}

/// The same prefix, where paths use it for some namespace.
pub fn known_prefix(prefix: &str) -> Option<&'static str> {
    // `xap` is how XMP was called before its first release.
    let prefix = match prefix {
        "xap" => "xmp",
        "xapRights" => "xmpRights",
        "xapMM" => "xmpMM",
        prefix => prefix,
    };
    NAMESPACES.iter().map(|(known, _)| *known).find(|known| *known == prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_known_by_its_uri_however_it_ends() {
        for (uri, prefix) in [
            ("http://creativecommons.org/ns#", Some("cc")),
            ("https://creativecommons.org/ns", Some("cc")),
            ("http://web.resource.org/cc/", Some("cc")),
            ("http://creativecommons.org/ns/", Some("cc")),
            ("http://ns.adobe.com/xap/1.0/", Some("xmp")),
            ("http://ns.adobe.com/xap/1.0/rights/", Some("xmpRights")),
            (" http://purl.org/dc/elements/1.1/ ", Some("dc")),
            ("http://purl.org/dc/elements/1.1/extra", None),
            ("http://example.org/cc/", None),
            ("", None),
        ] {
            assert_eq!(prefix_of(uri), prefix, "{uri}");
        }
    }

    #[test]
    fn no_row_can_be_missed_by_the_comparison() {
        for (prefix, uri) in NAMESPACES {
            assert_eq!(prefix_of(&format!("https://{uri}#")), Some(*prefix), "{uri}");
        }
    }
}

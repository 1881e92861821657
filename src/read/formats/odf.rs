//! OpenDocument (OASIS OpenDocument 1.3): the properties of the document stand
//! in `meta.xml` of its package.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::zip::{self, Zip};

/// What all media types of OpenDocument begin with.
const FAMILY: &[u8] = b"application/vnd.oasis.opendocument.";

pub(super) static ODT: Format = Format {
    id: "odt",
    media_type: "application/vnd.oasis.opendocument.text",
    extensions: &["odt", "ott", "odm"],
    pronom: &["fmt/136", "fmt/290", "fmt/291", "fmt/1756"],
    sniff: |input| is(input, "text"),
    walk,
};

pub(super) static ODS: Format = Format {
    id: "ods",
    media_type: "application/vnd.oasis.opendocument.spreadsheet",
    extensions: &["ods", "ots"],
    pronom: &["fmt/137", "fmt/294", "fmt/295", "fmt/1755"],
    sniff: |input| is(input, "spreadsheet"),
    walk,
};

pub(super) static ODP: Format = Format {
    id: "odp",
    media_type: "application/vnd.oasis.opendocument.presentation",
    extensions: &["odp", "otp"],
    pronom: &["fmt/138", "fmt/292", "fmt/293", "fmt/1754"],
    sniff: |input| is(input, "presentation"),
    walk,
};

pub(super) static ODG: Format = Format {
    id: "odg",
    media_type: "application/vnd.oasis.opendocument.graphics",
    extensions: &["odg", "otg"],
    pronom: &["fmt/139", "fmt/296", "fmt/297", "fmt/1757"],
    sniff: |input| is(input, "graphics"),
    walk,
};

/// `text`, `text-template`, `text-master` are one format.
fn is(input: &mut Input<'_>, kind: &str) -> bool {
    let media_type = zip::declared(input);
    media_type.as_deref().and_then(|m| m.strip_prefix(FAMILY)).is_some_and(|rest| {
        rest.strip_prefix(kind.as_bytes())
            .is_some_and(|rest| rest.first().is_none_or(|b| *b == b'-'))
    })
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let zip = Zip::open(input, found)?;
    let Some(entry) = zip.entry("meta.xml") else { return Ok(()) };
    // An encrypted entry is marked in the manifest alone, and has the checksum
    // of what it was before (part 2, 3.4 and 4.8).
    if let Some(manifest) = zip.entry("META-INF/manifest.xml") {
        let manifest = zip::read(input, manifest, found)?.bytes;
        if is_encrypted(&manifest) {
            found.seen(BlockKind::OdfMeta);
            return Err(Stop::Encrypted("the document needs a password"));
        }
    }
    let content = zip::read(input, entry, found)?;
    found.content(BlockKind::OdfMeta, content);
    Ok(())
}

/// Whether a manifest says that `meta.xml` is encrypted: the element of the file
/// has another one for it inside.
fn is_encrypted(manifest: &[u8]) -> bool {
    let find = |bytes: &[u8], what: &[u8]| memchr::memmem::find(bytes, what);
    let Some(start) = find(manifest, b"\"meta.xml\"") else { return false };
    let rest = manifest.get(start..).unwrap_or_default();
    let end = find(rest, b"file-entry").unwrap_or(rest.len());
    rest.get(..end).is_some_and(|entry| find(entry, b"encryption-data").is_some())
}

#[cfg(test)]
mod tests {
    use crate::model::{Content, DamageKind};
    use crate::read::testing::{damage, evidence, said, zip};

    const META: &str = "<o:document-meta xmlns:o='o' \
        xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>A</dc:title></o:document-meta>";

    #[test]
    fn the_media_type_tells_the_kind_of_document() {
        for (kind, id) in [
            ("text", "odt"),
            ("text-template", "odt"),
            ("spreadsheet", "ods"),
            ("presentation", "odp"),
            ("graphics", "odg"),
        ] {
            let media_type = format!("application/vnd.oasis.opendocument.{kind}");
            let file = zip(&[("mimetype", &*media_type), ("meta.xml", META)], true);
            assert_eq!(said(&file), ["odf-meta dc:title A"], "{kind}");
            assert_eq!(damage(&file), [""; 0]);
            let content = evidence(&file).content;
            assert!(
                matches!(content, Content::Format { id: is, .. } if is == id),
                "{kind}"
            );
        }
    }

    #[test]
    fn an_encrypted_document_is_said_to_be_so() {
        let manifest = "<m:manifest><m:file-entry m:full-path=\"meta.xml\">\
            <m:encryption-data/></m:file-entry></m:manifest>";
        let file = zip(
            &[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("meta.xml", "\x1f\x02"),
                ("META-INF/manifest.xml", manifest),
            ],
            true,
        );
        let damage = evidence(&file).damage;
        assert_eq!(
            damage.iter().map(|d| d.kind).collect::<Vec<_>>(),
            [DamageKind::Encrypted]
        );
    }
}

//! EPUB (EPUB Open Container Format 3.3): what it says about itself stands in
//! its package document, which `META-INF/container.xml` points to.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::zip::{self, Zip};

pub(super) static FORMAT: Format = Format {
    id: "epub",
    media_type: "application/epub+zip",
    extensions: &["epub"],
    pronom: &["fmt/483"],
    sniff,
    walk,
};

const CONTAINER: &str = "META-INF/container.xml";

fn sniff(input: &mut Input<'_>) -> bool {
    match zip::media_type(input.head()) {
        Some(media_type) => media_type == b"application/epub+zip",
        None => zip::seems_to_have(input, CONTAINER),
    }
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let zip = Zip::open(input, found)?;
    let path = match zip.entry(CONTAINER) {
        Some(entry) => {
            let container = zip::read(input, entry, found)?;
            root_file(&container.bytes)
        }
        None => None,
    };
    let entry = match path.as_deref().and_then(|path| zip.entry(path)) {
        Some(entry) => entry,
        None => {
            let entry = zip.ending(".opf");
            let entry = entry.ok_or(Stop::Malformed("EPUB has no package document"))?;
            let what = "EPUB container does not tell the package document";
            found.skip(Stop::Irregular(what));
            entry
        }
    };
    let content = zip::read(input, entry, found)?;
    found.content(BlockKind::EpubOpf, content);
    Ok(())
}

/// The path of the first package document (OCF 3.3, 4.2.6.3.1): the default
/// rendition.
fn root_file(container: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(container);
    let mut reader = quick_xml::Reader::from_str(&text);
    // A container lists a handful of files.
    for _ in 0..1_000 {
        use quick_xml::events::Event;
        let (Event::Start(tag) | Event::Empty(tag)) = reader.read_event().ok()? else {
            continue;
        };
        if tag.local_name().as_ref() == "rootfile" {
            let path = tag.try_get_attribute("full-path").ok()??;
            return quick_xml::escape::unescape(&path.value).ok().map(Into::into);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{damage, said, zip};

    const OPF: &str = "<package xmlns:dc='http://purl.org/dc/elements/1.1/'>\
        <dc:title>The mill</dc:title></package>";

    fn container(path: &str) -> String {
        format!(
            "<container><rootfiles><rootfile full-path='{path}'/></rootfiles></container>"
        )
    }

    #[test]
    fn the_package_document_is_where_the_container_says() {
        let (first, second) = (container("a/b&amp;c"), container("lost"));
        for entries in [
            [(CONTAINER, &*first), ("a/b&c", OPF)],
            [("a/b&c", OPF), (CONTAINER, &*first)],
        ] {
            let file = zip(&entries, true);
            assert_eq!(said(&file), ["epub-opf dc:title The mill"], "{entries:?}");
            assert_eq!(damage(&file), [""; 0]);
        }
        let file = zip(&[(CONTAINER, &*second), ("x.opf", OPF)], true);
        assert_eq!(said(&file), ["epub-opf dc:title The mill"]);
        assert_eq!(damage(&file), ["EPUB container does not tell the package document"]);
        let file = zip(&[(CONTAINER, &*second)], true);
        assert_eq!(damage(&file), ["EPUB has no package document"]);
        let file = zip(&[("mimetype", "application/epub+zip"), ("x.opf", OPF)], false);
        assert_eq!(said(&file), ["epub-opf dc:title The mill"]);
        assert_eq!(damage(&file), ["EPUB container does not tell the package document"]);
    }
}

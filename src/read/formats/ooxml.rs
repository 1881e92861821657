//! Office Open XML (ISO/IEC 29500): core and custom properties, each a part of
//! the package.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::zip::{self, Entry, Zip};

pub(super) static DOCX: Format = Format {
    id: "docx",
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extensions: &["docx", "docm", "dotx", "dotm"],
    pronom: &["fmt/412", "fmt/523", "fmt/597", "fmt/599"],
    sniff: |input| is(input, "word/"),
    walk,
};

pub(super) static PPTX: Format = Format {
    id: "pptx",
    media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    extensions: &["pptx", "pptm", "potx", "potm", "ppsx", "ppsm"],
    pronom: &["fmt/215", "fmt/487", "fmt/629", "fmt/630", "fmt/631", "fmt/636"],
    sniff: |input| is(input, "ppt/"),
    walk,
};

pub(super) static XLSX: Format = Format {
    id: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extensions: &["xlsx", "xlsm", "xltx", "xltm"],
    pronom: &["fmt/214", "fmt/445", "fmt/598", "fmt/627"],
    sniff: |input| is(input, "xl/"),
    walk,
};

/// The formats of the family.
pub(super) static FORMATS: [&Format; 3] = [&DOCX, &PPTX, &XLSX];

/// The folders of the applications; a package with several is of the first.
const FOLDERS: [&str; 3] = ["word/", "xl/", "ppt/"];

fn is(input: &mut Input<'_>, folder: &str) -> bool {
    zip::media_type(input.head()).is_none()
        && zip::seems_to_have(input, "[Content_Types].xml")
        && FOLDERS.into_iter().find(|f| zip::seems_to_have(input, f)) == Some(folder)
}

/// How the type of the relationship to the core properties ends: ISO/IEC 29500-2,
/// annex D.
const CORE: &str = "/package/2006/relationships/metadata/core-properties";

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let zip = Zip::open(input, found)?;
    let parts = [
        (BlockKind::OoxmlCore, "docProps/core.xml", CORE),
        (BlockKind::OoxmlCustom, "docProps/custom.xml", "/custom-properties"),
    ];
    let mut usual = parts.map(|(_, name, _)| zip.entry(name));
    if zip.count("docProps/core") > 1 {
        // Writers that know another relationship leave their part behind, and then
        // the package tells which one counts.
        usual[0] = None;
        let what = "the package has core properties of an earlier writer";
        found.skip(Stop::Irregular(what));
    }
    // Where both parts have their usual names, nothing has to be looked up.
    let relationships = match (usual.contains(&None), zip.entry("_rels/.rels")) {
        (true, Some(entry)) => zip::read(input, entry, found)?.bytes,
        _ => Vec::new(),
    };
    for ((kind, name, relationship), usual) in parts.into_iter().zip(usual) {
        let entry = usual.or_else(|| related(&zip, &relationships, relationship));
        let entry = entry.or_else(|| zip.entry(name));
        let Some(entry) = entry else { continue };
        match zip::read(input, entry, found) {
            Ok(content) => found.content(kind, content),
            Err(stop) => found.skip(stop),
        }
    }
    Ok(())
}

/// The part to which the package has a relationship of this type (ISO/IEC
/// 29500-2, 6.5.3).
fn related<'z>(zip: &'z Zip, relationships: &[u8], of: &str) -> Option<&'z Entry> {
    let text = String::from_utf8_lossy(relationships);
    let mut reader = quick_xml::Reader::from_str(&text);
    // In other relationships of this name, something else may stand before it.
    let name = of.rsplit_once('/').map_or(of, |(_, name)| name);
    let mut other = None;
    for _ in 0..10_000 {
        use quick_xml::events::Event;
        let tag = match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => break,
            _ => continue,
        };
        let attribute = |name| tag.try_get_attribute(name).ok().flatten();
        let (Some(is), Some(target)) = (attribute("Type"), attribute("Target")) else {
            continue;
        };
        let entry = || zip.entry(target.value.trim_start_matches('/'));
        if is.value.ends_with(of) {
            return entry();
        }
        if is.value.rsplit_once('/').is_some_and(|(_, is)| is == name) {
            other = other.or_else(entry);
        }
    }
    other
}

#[cfg(test)]
mod tests {
    use crate::model::Content;
    use crate::read::testing::{damage, evidence, said, zip};

    const CORE: &str = "<c:coreProperties xmlns:c='c' \
        xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>A</dc:title></c:coreProperties>";
    const CUSTOM: &str = "<Properties><property name='License'><v>CC0</v></property>\
        </Properties>";
    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

    #[test]
    fn both_parts_are_found_by_name_or_by_relationship() {
        let relationships = "<Relationships>\
            <Relationship Type='http://x/metadata/core-properties' Target='/p/a.psmdcp'/>\
            <Relationship Type='http://x/custom-properties' Target='p/b.xml'/>\
            </Relationships>";
        let (core, custom) = ("ooxml-core dc:title A", "ooxml-custom License CC0");
        for (parts, expected) in [
            (
                vec![("docProps/core.xml", CORE), ("docProps/custom.xml", CUSTOM)],
                vec![core, custom],
            ),
            (vec![("DOCPROPS/CORE.XML", CORE)], vec![core]),
            (
                vec![
                    ("_rels/.rels", relationships),
                    ("p/a.psmdcp", CORE),
                    ("p/b.xml", CUSTOM),
                ],
                vec![core, custom],
            ),
            (vec![("_rels/.rels", relationships)], vec![]),
            (vec![], vec![]),
        ] {
            let parts = [vec![TYPES, ("word/document.xml", "<d/>")], parts].concat();
            let file = zip(&parts, true);
            assert_eq!(said(&file), expected, "{parts:?}");
            assert_eq!(damage(&file), [""; 0]);
        }
    }

    #[test]
    fn of_two_parts_the_one_counts_that_the_package_relates() {
        let relationships = "<Relationships>\
            <Relationship Type='http://x/officedocument/2006/relationships/metadata/core-properties' \
             Target='docProps/core.xml'/>\
            <Relationship Type='http://x/package/2006/relationships/metadata/core-properties' \
             Target='docProps/core1.xml'/></Relationships>";
        let other = CORE.replace(">A<", ">B<");
        for (relationships, expected) in
            [(relationships, "ooxml-core dc:title A"), ("<R/>", "ooxml-core dc:title B")]
        {
            let file = zip(
                &[
                    TYPES,
                    ("word/document.xml", "<d/>"),
                    ("_rels/.rels", relationships),
                    ("docProps/core.xml", &other),
                    ("docProps/core1.xml", CORE),
                ],
                true,
            );
            assert_eq!(said(&file), [expected]);
            let what = "the package has core properties of an earlier writer";
            assert_eq!(damage(&file), [what]);
        }
    }

    #[test]
    fn the_folder_tells_the_application() {
        for (part, id) in [
            ("word/document.xml", "docx"),
            ("xl/workbook.xml", "xlsx"),
            ("PPT/p.xml", "pptx"),
        ] {
            let content = evidence(&zip(&[TYPES, (part, "<x/>")], true)).content;
            assert!(
                matches!(content, Content::Format { id: is, .. } if is == id),
                "{part}"
            );
        }
        let content =
            evidence(&zip(&[TYPES, ("visio/document.xml", "<x/>")], true)).content;
        assert!(matches!(content, Content::Unsupported { .. }), "{content:?}");
    }
}

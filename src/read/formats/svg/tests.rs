use std::io::Write as _;

use crate::model::{Content, Property};
use crate::read::testing::{damage, evidence, said};

const RDF: &str = "<metadata><rdf:RDF><cc:Work rdf:about=''><dc:title>The mill</dc:title>\
    <dc:creator><cc:Agent><dc:title>Zoë</dc:title></cc:Agent></dc:creator>\
    <cc:license rdf:resource='http://creativecommons.org/licenses/by/4.0/'/></cc:Work>\
    <cc:License rdf:about='http://creativecommons.org/licenses/by/4.0/'>\
    <cc:permits rdf:resource='http://creativecommons.org/ns#Reproduction'/></cc:License>\
    </rdf:RDF></metadata>";

const ALL: [&str; 3] = [
    "xmp dc:title The mill",
    "xmp dc:creator/dc:title Zoë",
    "xmp cc:license http://creativecommons.org/licenses/by/4.0/",
];

fn svg(inside: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<!-- by hand -->\n<svg \
         xmlns='http://www.w3.org/2000/svg' xmlns:cc='http://creativecommons.org/ns#' \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
         xmlns:dc='http://purl.org/dc/elements/1.1/'>{inside}</svg>"
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap()
}

#[test]
fn rdf_is_read_wherever_the_namespaces_are_declared() {
    let file = svg(&format!("<g><path d='M 0 0'/></g>{RDF}<g/>"));
    assert_eq!(said(file.as_bytes()), ALL);
    assert_eq!(damage(file.as_bytes()), [""; 0]);
    let evidence = evidence(file.as_bytes());
    let (_, creator) = evidence.about(Property::Creator).next().unwrap();
    assert!(file[creator.location.offset as usize..].starts_with("Zoë"));
    let prefixed = file.replace("<metadata", "<svg:metadata");
    let prefixed = prefixed.replace("</metadata", "</svg:metadata");
    assert_eq!(said(prefixed.as_bytes()), ALL);
}

#[test]
fn entities_of_the_document_type_are_namespaces() {
    let doctype = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd' [\n\
        <!ENTITY ns_cc 'http://creativecommons.org/ns#'>\n]>\n<svg ";
    let file = svg(RDF).replace("<svg ", doctype);
    let file = file.replace("cc='http://creativecommons.org/ns#'", "cc='&ns_cc;'");
    assert_eq!(said(file.as_bytes()), ALL);
}

#[test]
fn title_and_description_are_those_of_the_document() {
    let file = svg("<title xml:lang='de'>Mühle &amp; B&#xe4;che</title>\
         <desc>A <b>mill</b><![CDATA[ & <more>]]> &what;</desc>\
         <g><title>Wheel</title><metadata><x/></metadata></g>\
         <svg><title>Inner</title></svg>");
    let all = ["svg title Mühle & Bäche", "svg desc A mill & <more> &what;"];
    assert_eq!(said(file.as_bytes()), all);
    assert_eq!(evidence(file.as_bytes()).statements[0].lang.as_deref(), Some("de"));
    assert_eq!(said(svg("<title/>").as_bytes()), ["svg title "]);
}

#[test]
fn metadata_of_a_part_is_not_that_of_the_document() {
    for around in ["g", "svg", "defs"] {
        let file = svg(&format!("<{around}>{RDF}</{around}>"));
        assert_eq!(said(file.as_bytes()), [""; 0], "{around}");
    }
}

#[test]
fn a_document_may_be_packed_or_in_utf_16() {
    let file = svg(RDF);
    assert_eq!(said(&gzip(&file)), ALL);
    let packed = evidence(&gzip(&file));
    let svg = Content::Format { id: "svg", media_type: "image/svg+xml" };
    assert_eq!((packed.content, packed.damage.len()), (svg, 0));
    assert_eq!(packed.statements[0].location.offset, 0);
    for mark in ["", "\u{FEFF}"] {
        let units = format!("{mark}{file}").replace("UTF-8", "UTF-16");
        let units = units.encode_utf16();
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        assert_eq!(said(&bytes), ALL);
        assert_eq!(damage(&bytes), [""; 0]);
    }
}

#[test]
fn a_declared_charset_is_obeyed() {
    let file = svg("<title>M\u{FC}hle</title>").replace("UTF-8", "ISO-8859-1");
    let bytes: Vec<u8> = file.chars().map(|c| c as u8).collect();
    assert_eq!(said(&bytes), ["svg title Mühle"]);
}

#[test]
fn what_stands_before_the_end_of_a_cut_document_is_kept() {
    let file = svg(&format!("<title>Mill</title>{RDF}"));
    let end = file.find("<cc:license").unwrap();
    let cut = &file.as_bytes()[..end];
    assert_eq!(said(cut), ["svg title Mill", ALL[0], ALL[1]]);
    assert!(damage(cut).contains(&"the document ends inside an element".to_owned()));
}

#[test]
fn a_bomb_and_a_million_tags_are_bounded() {
    let bomb = gzip(&svg(&" ".repeat(40 << 20)));
    assert_eq!(damage(&bomb), ["inflates to more than 16 MiB"]);
    let many = svg(&"<a>".repeat(1_000_000));
    assert_eq!(damage(many.as_bytes()), ["the document ends inside an element"]);
    let long = svg(&"<a/>".repeat(5 << 20));
    assert_eq!(damage(long.as_bytes()), ["metadata block over 16 MiB"]);
    let deep = svg(&format!("<metadata>{}", "<a b='c'>".repeat(1_000_000)));
    assert!(damage(deep.as_bytes()).len() > 1);
}

#[test]
fn other_xml_and_gzip_are_no_svg() {
    for file in [&b"<html><svg/></html>"[..], b"text <svg>", b"<?xml version='1.0'?><a/>"]
    {
        assert!(!matches!(evidence(file).content, Content::Format { id: "svg", .. }));
    }
    assert!(!matches!(evidence(&gzip("text")).content, Content::Format { .. }));
}

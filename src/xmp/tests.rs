//! Packets in every form that is met, and what they say.

use super::{Fault, Form, Limits, Packet, read};

pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A packet of one `rdf:RDF` with these nodes inside.
pub(super) fn packet(nodes: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:cc='http://creativecommons.org/ns#' \
         xmlns:xapRights='http://ns.adobe.com/xap/1.0/rights/' \
         xmlns:foaf='http://xmlns.com/foaf/0.1/' \
         xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' \
         xmlns:my='http://example.org/'>{nodes}</rdf:RDF></x:xmpmeta>"
    )
}

/// The same, with these properties of the file.
pub(super) fn about(properties: &str) -> String {
    packet(&format!("<rdf:Description rdf:about=''>{properties}</rdf:Description>"))
}

pub(super) fn parse(bytes: &[u8]) -> Packet {
    read(bytes, &Limits::default(), &|_| true)
}

/// The properties as `path[@lang] = value`.
pub(super) fn said(packet: &Packet) -> Vec<String> {
    let line = |p: &super::Property| {
        let lang = p.lang.as_ref().map_or(String::new(), |l| format!("@{l}"));
        format!("{}{lang} = {}", p.path, p.value)
    };
    packet.properties.iter().map(line).collect()
}

pub(super) fn faults(packet: &Packet) -> Vec<Fault> {
    packet.problems.iter().map(|p| p.fault).collect()
}

/// Reads what is well-formed, and checks every place against the value.
fn well_formed(text: &str) -> Vec<String> {
    let packet = parse(text.as_bytes());
    assert_eq!(packet.problems, [], "{text}");
    for p in &packet.properties {
        let stands = &text[p.offset..];
        let first = p.value.chars().next().unwrap_or('<');
        let here = stands.starts_with(first) || p.value.is_empty();
        assert!(here || stands.starts_with(['&', '<', '\n']), "{p:?} at {stands}");
    }
    said(&packet)
}

#[test]
fn every_form_of_a_property_says_the_same() {
    let cases: &[(&str, &[&str])] = &[
        // ISO 16684-1, 7.4 to 7.7: simple, URI, array, language alternative.
        ("<dc:source>A</dc:source>", &["dc:source = A"]),
        ("<dc:source> A\n</dc:source>", &["dc:source =  A\n"]),
        ("<dc:source/>", &["dc:source = "]),
        ("<dc:source></dc:source>", &["dc:source = "]),
        ("<cc:license rdf:resource='u:1'/>", &["cc:license = u:1"]),
        ("<cc:license rdf:resource='u:1'></cc:license>", &["cc:license = u:1"]),
        ("<cc:license>u:1</cc:license>", &["cc:license = u:1"]),
        (
            "<dc:creator><rdf:Seq><rdf:li>A</rdf:li> <rdf:li>B</rdf:li></rdf:Seq></dc:creator>",
            &["dc:creator = A", "dc:creator = B"],
        ),
        (
            "<dc:creator><rdf:Bag>\n<rdf:li>A</rdf:li><rdf:li/></rdf:Bag></dc:creator>",
            &["dc:creator = A", "dc:creator = "],
        ),
        ("<dc:creator><rdf:Seq/></dc:creator>", &["dc:creator = "]),
        (
            "<dc:creator><rdf:Seq><rdf:_1>A</rdf:_1></rdf:Seq></dc:creator>",
            &["dc:creator = A"],
        ),
        // Without the array around it.
        (
            "<dc:creator><rdf:li>A</rdf:li><rdf:li>B</rdf:li></dc:creator>",
            &["dc:creator = A", "dc:creator = B"],
        ),
        (
            "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>A</rdf:li>\
             <rdf:li xml:lang='pt-BR'>B</rdf:li></rdf:Alt></dc:title>",
            &["dc:title = A", "dc:title@pt-BR = B"],
        ),
        ("<dc:title xml:lang='fr'>A</dc:title>", &["dc:title@fr = A"]),
        // Inherited, and taken back.
        (
            "<dc:title xml:lang='fr'><rdf:Alt><rdf:li>A</rdf:li>\
             <rdf:li xml:lang='x-default'>B</rdf:li></rdf:Alt></dc:title>",
            &["dc:title@fr = A", "dc:title = B"],
        ),
        (
            "<cc:license><rdf:Bag><rdf:li rdf:resource='u:1'/>\
             <rdf:li>u:2</rdf:li></rdf:Bag></cc:license>",
            &["cc:license = u:1", "cc:license = u:2"],
        ),
        // 7.9.2.2: structures, in four forms, and in an array.
        (
            "<plus:Licensor rdf:parseType='Resource'><plus:LicensorURL>u:1\
             </plus:LicensorURL></plus:Licensor>",
            &["plus:Licensor/plus:LicensorURL = u:1"],
        ),
        (
            "<plus:Licensor><rdf:Description><plus:LicensorURL>u:1</plus:LicensorURL>\
             </rdf:Description></plus:Licensor>",
            &["plus:Licensor/plus:LicensorURL = u:1"],
        ),
        (
            "<plus:Licensor><rdf:Description plus:LicensorURL='u:1'/></plus:Licensor>",
            &["plus:Licensor/plus:LicensorURL = u:1"],
        ),
        (
            "<plus:Licensor plus:LicensorURL='u:1'/>",
            &["plus:Licensor/plus:LicensorURL = u:1"],
        ),
        (
            "<plus:Licensor><rdf:Seq><rdf:li plus:LicensorName='A'/><rdf:li \
             rdf:parseType='Resource'><plus:LicensorName>B</plus:LicensorName></rdf:li>\
             </rdf:Seq></plus:Licensor>",
            &[
                "plus:Licensor/plus:LicensorName = A",
                "plus:Licensor/plus:LicensorName = B",
            ],
        ),
        // The parseType left out.
        (
            "<plus:Licensor><plus:LicensorName>A</plus:LicensorName></plus:Licensor>",
            &["plus:Licensor/plus:LicensorName = A"],
        ),
        // 7.8: a value with a qualifier, which is not the value.
        (
            "<dc:creator><rdf:Seq><rdf:li><rdf:Description><rdf:value>A</rdf:value>\
             <my:role>B</my:role></rdf:Description></rdf:li></rdf:Seq></dc:creator>",
            &["dc:creator = A"],
        ),
        (
            "<dc:creator rdf:parseType='Resource'><rdf:value>A</rdf:value>\
             <my:role>B</my:role></dc:creator>",
            &["dc:creator = A"],
        ),
        ("<dc:creator rdf:value='A' my:role='B'/>", &["dc:creator = A"]),
        (
            "<dc:creator><rdf:Description rdf:value='A' my:role='B'/></dc:creator>",
            &["dc:creator = A"],
        ),
        ("<dc:creator my:role='B'>A</dc:creator>", &["dc:creator = A"]),
        // A field of another vocabulary with that name.
        (
            "<my:a rdf:parseType='Resource'><my:value>A</my:value><my:b>B</my:b></my:a>",
            &["my:a/my:value = A", "my:a/my:b = B"],
        ),
        // Typed nodes as values.
        (
            "<dc:creator><cc:Agent><dc:title>A</dc:title></cc:Agent></dc:creator>",
            &["dc:creator/dc:title = A"],
        ),
        (
            "<dc:creator><foaf:Person foaf:name='A' rdf:about='u:2'/></dc:creator>",
            &["dc:creator/foaf:name = A", "dc:creator = u:2"],
        ),
        ("<cc:license><cc:License rdf:about='u:1'/></cc:license>", &["cc:license = u:1"]),
        (
            "<cc:license><rdf:Description rdf:about='u:1'/></cc:license>",
            &["cc:license = u:1"],
        ),
        ("<dc:source><my:Thing rdf:about='u:1'/></dc:source>", &["dc:source = u:1"]),
        (
            "<dc:creator rdf:parseType='Collection'><cc:Agent rdf:about='u:1'/>\
             <cc:Agent rdf:about='u:2'/></dc:creator>",
            &["dc:creator = u:1", "dc:creator = u:2"],
        ),
        // XML as a value.
        (
            "<dc:rights rdf:parseType='Literal'>A <b>B</b> &amp; C</dc:rights>",
            &["dc:rights = A <b>B</b> & C"],
        ),
        // XML 1.0, 2.4 to 2.7, 4.1.
        ("<dc:source>A&amp;B &#169;&#xE9;</dc:source>", &["dc:source = A&B ©é"]),
        ("<dc:source>A<!-- ; -->B<?pi <b>?>C</dc:source>", &["dc:source = ABC"]),
        ("<dc:source><![CDATA[<A> & ]]>B</dc:source>", &["dc:source = <A> & B"]),
        ("<dc:source>A\r\nB\rC</dc:source>", &["dc:source = A\nB\nC"]),
        // Case and prefix as they come; what a prefix means is declared.
        ("<dc:Creator>A</dc:Creator>", &["dc:Creator = A"]),
        ("<xapRights:Marked>True</xapRights:Marked>", &["xmpRights:Marked = True"]),
        ("<my:title>A</my:title>", &["my:title = A"]),
        ("<dc:title xmlns:dc='http://example.org/'>A</dc:title>", &["?dc:title = A"]),
        (
            "<a:license xmlns:a='http://web.resource.org/cc/' rdf:resource='u:1'/>",
            &["cc:license = u:1"],
        ),
        ("<title xmlns='http://purl.org/dc/elements/1.1/'>A</title>", &["dc:title = A"]),
    ];
    for (properties, expected) in cases {
        assert_eq!(well_formed(&about(properties)), *expected, "{properties}");
    }
}

#[test]
fn every_form_of_a_packet_is_read() {
    let description = format!(
        "<rdf:Description xmlns:rdf='{RDF}' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         dc:title='A'/>"
    );
    for text in [
        packet("<rdf:Description rdf:about='' dc:title='A'/>"),
        packet("<rdf:Description rdf:about='uuid:1' dc:title='A'></rdf:Description>"),
        packet("<cc:Work rdf:about=''><dc:title>A</dc:title></cc:Work>"),
        packet("<Work xmlns='http://web.resource.org/cc/' dc:title='A'/>"),
        packet("<rdf:Description rdf:about='' dc:title='A'/>")
            .replace("x:xmpmeta", "x:xapmeta"),
        format!("<rdf:RDF xmlns:rdf='{RDF}'>{description}</rdf:RDF>"),
        format!("<RDF xmlns='{RDF}'>{description}</RDF>"),
        description.clone(),
        format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'>{description}</x:xmpmeta>"),
        format!(
            "<?xpacket begin='\u{FEFF}' id='W5M0MpCehiHzreSzNTczkc9d'?>\n{description}\n\
             {}<?xpacket end='w'?>\0\0\0",
            " ".repeat(2_000)
        ),
        format!("<?xml version='1.0' standalone='yes'?><!-- by hand -->{description}"),
        format!(
            "<!DOCTYPE x [<!ENTITY ns_rdf \"{RDF}\"> <!ENTITY ns_dc \
             'http://purl.org/dc/elements/1.1/'>]>\n<rdf:RDF xmlns:rdf='&ns_rdf;'>\
             <rdf:Description xmlns:d='&ns_dc;' d:title='A'/></rdf:RDF>"
        ),
        format!("\u{FEFF}{description}"),
    ] {
        let packet = parse(text.as_bytes());
        assert_eq!(packet.problems, [], "{text}");
        assert_eq!(said(&packet), ["dc:title = A"], "{text}");
        assert_eq!(&text[packet.properties[0].offset..][..1], "A", "{text}");
    }
}

#[test]
fn all_nodes_of_all_packets_are_read() {
    let one = packet(
        "<rdf:Description dc:title='A'/><rdf:Description><dc:source>B</dc:source>\
         </rdf:Description>",
    );
    assert_eq!(well_formed(&one), ["dc:title = A", "dc:source = B"]);
    let two = format!("{one}\n{}", packet("<rdf:Description dc:title='C'/>"));
    assert_eq!(well_formed(&two), ["dc:title = A", "dc:source = B", "dc:title = C"]);
}

#[test]
fn what_stands_beside_the_work_is_not_taken_for_its_own() {
    for (nodes, expected) in [
        (
            "<cc:License rdf:about='https://creativecommons.org/licenses/by/4.0/'>\
             <dc:title>A</dc:title></cc:License>",
            "cc:License/dc:title = A",
        ),
        ("<cc:Agent><dc:title>A</dc:title></cc:Agent>", "cc:Agent/dc:title = A"),
        (
            "<rdf:Description rdf:about='http://creativecommons.org/licenses/by/4.0/' \
             dc:title='A'/>",
            "cc:License/dc:title = A",
        ),
        (
            "<rdf:Description dc:title='A'><rdf:type \
             rdf:resource='http://creativecommons.org/ns#License'/></rdf:Description>",
            "cc:License/dc:title = A",
        ),
        (
            "<rdf:Description><my:Depicted rdf:parseType='Resource'><dc:title>A</dc:title>\
             </my:Depicted></rdf:Description>",
            "my:Depicted/dc:title = A",
        ),
    ] {
        assert_eq!(well_formed(&packet(nodes)), [expected], "{nodes}");
    }
}

#[test]
fn what_is_said_of_another_resource_is_not_said_of_the_file() {
    let node = |about: &str, title| {
        format!("<rdf:Description rdf:about='{about}' dc:title='{title}'/>")
    };
    let (mine, other) = ("dc:title", "rdfs:Resource/dc:title");
    for (nodes, is_told) in [
        // One node is about the file, whatever it calls it.
        (vec![("", mine)], false),
        (vec![("uuid:1", mine)], false),
        (vec![("http://example.org/a.jpg", mine)], false),
        (vec![("uuid:1", mine), ("uuid:1", mine)], false),
        (vec![("http://e.org/a", mine), ("http://e.org/a", mine)], false),
        // The id of the instance stands beside nodes that are about the file.
        (vec![("", mine), ("uuid:1", mine), ("uuid:1", mine)], false),
        (vec![("uuid:1", mine), ("", mine), (" ", mine)], false),
        // Other resources.
        (vec![("", mine), ("http://e.org/a", other)], true),
        (vec![("http://e.org/a", other), ("", mine)], true),
        (vec![("uuid:1", mine), ("uuid:2", other)], true),
        (vec![("", mine), ("uuid:1", mine), ("uuid:2", other)], true),
        (vec![("uuid:1", mine), ("http://e.org/a", other), ("uuid:1", mine)], true),
        (vec![("http://e.org/a", mine), ("http://e.org/b", other)], true),
    ] {
        for element in ["rdf:Description", "cc:Work"] {
            let text: String = nodes.iter().map(|(about, _)| node(about, "A")).collect();
            let text = packet(&text.replace("rdf:Description", element));
            let packet = parse(text.as_bytes());
            let paths: Vec<&str> = packet.properties.iter().map(|p| &*p.path).collect();
            let expected: Vec<&str> = nodes.iter().map(|(_, path)| *path).collect();
            assert_eq!(paths, expected, "{text}");
            let faults = if is_told { vec![Fault::Subject] } else { vec![] };
            assert_eq!(self::faults(&packet), faults, "{text}");
        }
    }
}

#[test]
fn each_packet_has_a_subject_of_its_own() {
    let one = packet("<rdf:Description rdf:about='uuid:1' dc:title='A'/>");
    let two = packet("<rdf:Description rdf:about='uuid:2' dc:title='B'/>");
    let both = format!("{one}{two}");
    assert_eq!(said(&parse(both.as_bytes())), ["dc:title = A", "dc:title = B"]);
}

/// A packet with a property in each form, none of which begins like another.
pub(super) fn rich() -> String {
    about(
        "<cc:license rdf:resource='u:license'/><dc:title><rdf:Alt>\
         <rdf:li xml:lang='x-default'>The title</rdf:li><rdf:li xml:lang='de'>Titel</rdf:li>\
         </rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Zoë &amp; co</rdf:li><rdf:li \
         rdf:parseType='Resource'><foaf:name>Ann</foaf:name></rdf:li></rdf:Seq></dc:creator>\
         <dc:source>From <![CDATA[<here>]]></dc:source><plus:Licensor><rdf:Seq><rdf:li \
         plus:LicensorURL='u:licensor'/></rdf:Seq></plus:Licensor>\
         <dc:rights rdf:parseType='Literal'>All <b>rights</b></dc:rights>",
    )
}

#[test]
fn places_are_those_of_the_bytes_in_every_encoding() {
    let text = rich().replace("u:license'", "Zoë:€𝄞'");
    let plain = parse(text.as_bytes());
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    for (bytes, width) in [(&utf16, 2), (&utf32, 4)] {
        let packet = parse(bytes);
        assert_eq!(said(&packet), said(&plain));
        for (there, here) in packet.properties.iter().zip(&plain.properties) {
            let before = &text[..here.offset];
            let units = match width {
                2 => before.encode_utf16().count(),
                _ => before.chars().count(),
            };
            assert_eq!(there.offset, units * width, "{}", here.path);
        }
    }
}

#[test]
fn how_a_value_is_written_is_told() {
    let text = about(
        "<dc:source>A</dc:source><cc:license rdf:resource='u'/><dc:rights \
         rdf:parseType='Literal'><b/></dc:rights>",
    );
    let text = text.replace("rdf:about=''", "dc:title='T'");
    let forms: Vec<_> =
        parse(text.as_bytes()).properties.iter().map(|p| p.form).collect();
    assert_eq!(forms, [Form::Attribute, Form::Text, Form::Resource, Form::Markup]);
}

#[test]
fn only_what_is_wanted_is_kept() {
    let text = rich();
    let packet = read(text.as_bytes(), &Limits::default(), &|p| p == "dc:source");
    assert_eq!(said(&packet), ["dc:source = From <here>"]);
}

//! Packets that are not well-formed, and what can still be believed of them.

use super::Fault;
use super::tests::{RDF, about, faults, parse, rich, said};

#[test]
fn what_is_around_an_error_is_kept_and_the_error_told() {
    use Fault::{Attribute, Control, Crowded, Markup, Node, Prefix, Reference};
    use Fault::{StrayEnd, Tag, Truncated, Unclosed};
    let cases: &[(&str, &[&str], &[Fault])] = &[
        ("<dc:source>A & B</dc:source>", &["dc:source = A & B"], &[Reference]),
        ("<dc:source>A&B; C</dc:source>", &["dc:source = A&B; C"], &[Reference]),
        ("<dc:rights>&copy; A</dc:rights>", &["dc:rights = &copy; A"], &[Reference]),
        ("<dc:source>A < B</dc:source>", &["dc:source = A < B"], &[Tag]),
        ("<dc:source>A <3</dc:source>", &["dc:source = A <3"], &[Tag]),
        ("<dc:source>A <!x B</dc:source>", &["dc:source = A <!x B"], &[Tag]),
        ("<dc:source>A\u{1}</dc:source>", &["dc:source = A\u{1}"], &[Control]),
        (
            "<xapRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>See <a \
             href='u:1'>A &amp; B</a>.</rdf:li></rdf:Alt></xapRights:UsageTerms>",
            &["xmpRights:UsageTerms = See <a href='u:1'>A & B</a>."],
            &[Markup],
        ),
        (
            "<dc:rights>A<br>B</dc:rights><dc:source>C</dc:source>",
            &["dc:rights = A<br>B", "dc:source = C"],
            &[Markup, Unclosed],
        ),
        (
            "<dc:rights><a href='u:1'>A</a></dc:rights>",
            &["dc:rights = <a href='u:1'>A</a>"],
            &[Markup],
        ),
        // Elements that are not closed.
        (
            "<dc:source>A<dc:title>B</dc:title>",
            &["dc:source = A", "dc:title = B"],
            &[Unclosed],
        ),
        (
            "<dc:creator><rdf:Seq><rdf:li>A</rdf:Seq></dc:creator><dc:title>B</dc:title>",
            &["dc:creator = A", "dc:title = B"],
            &[Unclosed],
        ),
        (
            "<dc:creator><rdf:Seq><rdf:li>A</rdf:li><dc:title>B</dc:title>",
            &["dc:creator = A", "dc:title = B"],
            &[Unclosed],
        ),
        (
            "<dc:source>A<dc:title>B</dc:title>C",
            &["dc:source = A", "dc:title = B"],
            &[Unclosed],
        ),
        (
            "<dc:source>A\0\0\0\0li my:b='1'><dc:title>B</dc:title>",
            &["dc:title = B"],
            &[Unclosed],
        ),
        // What is inside of something else stays there.
        (
            "<my:b><rdf:Bag><rdf:li><dc:title>A</dc:title><dc:creator>B</dc:creator>",
            &["my:b/dc:title = A", "my:b/dc:creator = B"],
            &[Unclosed],
        ),
        (
            "<rdf:Description dc:title='A'/></rdf:li></my:b><dc:title>B</dc:title>",
            &["dc:title = B"],
            &[Node, StrayEnd],
        ),
        (
            "<dc:source>A</dc:source>#########<dc:title>B</dc:title></rdf:li></rdf:Bag>\
             </my:parts><dc:title>C</dc:title>",
            &["dc:source = A", "dc:title = C"],
            &[StrayEnd],
        ),
        ("<dc:source>A</dc:title></dc:source>", &["dc:source = A"], &[StrayEnd]),
        // Tags that have lost a part.
        (
            "<dc:source>A</dc:source<dc:title>B</dc:title>",
            &["dc:source = A", "dc:title = B"],
            &[Tag],
        ),
        (
            "<dc:source my:a='1' <dc:title>B</dc:title>",
            &["dc:source/my:a = 1", "dc:source/dc:title = B"],
            &[Tag, Unclosed],
        ),
        (
            "<dc:source my:a='1>A</dc:source><dc:title>B</dc:title>",
            &["dc:title = B"],
            &[Tag, Attribute],
        ),
        (
            "<my:a dc:source='A' dc:title='B/><dc:title>C</dc:title>",
            &["my:a/dc:source = A", "dc:title = C"],
            &[Tag, Attribute],
        ),
        ("<my:a dc:source='<A>'/>", &["my:a/dc:source = <A>"], &[Tag]),
        (
            "<my:a dc:source='A'dc:title='B'/>",
            &["my:a/dc:source = A", "my:a/dc:title = B"],
            &[Crowded],
        ),
        (
            "<my:a dc:source='A' / dc:title='B'/>",
            &["my:a/dc:source = A", "my:a/dc:title = B"],
            &[Attribute],
        ),
        // Prefixes that are not declared.
        ("<xmpRights:Owner>A</xmpRights:Owner>", &["xmpRights:Owner = A"], &[Prefix]),
        ("<other:Owner>A</other:Owner>", &["other:Owner = A"], &[Prefix]),
        // An instruction without its end.
        ("<?xpacket ><dc:source>A</dc:source>", &["dc:source = A"], &[Tag]),
        // Nothing is said that may be longer, or be inside of something.
        (
            "<dc:source>A</dc:source><!-- <dc:title>B</dc:title>",
            &["dc:source = A"],
            &[Truncated],
        ),
        (
            "<dc:source>A</dc:source><dc:title><![CDATA[B",
            &["dc:source = A"],
            &[Truncated],
        ),
    ];
    for (properties, expected, wrong) in cases {
        let packet = parse(about(properties).as_bytes());
        assert_eq!(said(&packet), *expected, "{properties}");
        let found = faults(&packet);
        for fault in *wrong {
            assert!(found.contains(fault), "{properties}: {fault:?} not in {found:?}");
        }
        assert_eq!(found.len(), wrong.len(), "{properties}: {found:?}");
    }
}

#[test]
fn sidecars_of_the_former_chooser_are_read_although_no_parser_would() {
    // Two declarations without a space between them, a bare & in the title, and
    // links in the terms.
    let text = format!(
        "<?xpacket begin='' id=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\n\
         <rdf:RDF xmlns:rdf='{RDF}'>\n<rdf:Description rdf:about=''\n\
         xmlns:xapRights='http://ns.adobe.com/xap/1.0/rights/'\
         xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:cc='http://creativecommons.org/ns#'>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Salt & Sand</rdf:li></rdf:Alt>\
         </dc:title>\n<xapRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default' >\
         Salt by <a rel=\"u\" href=\"u:1\">Zoë</a></rdf:li></rdf:Alt>\
         </xapRights:UsageTerms>\n<cc:license \
         rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='r'?>"
    );
    let packet = parse(text.as_bytes());
    assert_eq!(
        said(&packet),
        [
            "dc:title = Salt & Sand",
            "xmpRights:UsageTerms = Salt by <a rel=\"u\" href=\"u:1\">Zoë</a>",
            "cc:license = https://creativecommons.org/licenses/by/4.0/",
        ]
    );
    let mut found = faults(&packet);
    found.sort_by_key(|f| f.as_str());
    assert_eq!(found, [Fault::Crowded, Fault::Reference, Fault::Markup]);
}

#[test]
fn a_packet_that_has_lost_its_head_says_what_is_left() {
    let text = about("<dc:source>A</dc:source><dc:title>B</dc:title>");
    let rest = &text[text.find("source>A").unwrap()..];
    let packet = parse(rest.as_bytes());
    assert_eq!(said(&packet), ["dc:title = B"]);
    assert!(!packet.problems.is_empty());

    // The title is that of a part, whose start tag is lost.
    let text = "</my:a><dc:title>A</dc:title></rdf:li></rdf:Bag></my:parts>\
                <dc:title>B</dc:title></rdf:Description>";
    assert_eq!(said(&parse(text.as_bytes())), ["dc:title = B"]);
}

#[test]
fn a_packet_cut_anywhere_says_less_and_nothing_else_and_is_never_whole() {
    let text = rich();
    let whole = said(&parse(text.as_bytes()));
    assert_eq!(whole.len(), 8, "{whole:?}");
    let end = text.rfind("</x:xmpmeta>").unwrap() + "</x:xmpmeta>".len();
    let mut most = 0;
    for len in 0..end {
        let packet = parse(&text.as_bytes()[..len]);
        let less = said(&packet);
        assert_eq!(less, whole[..less.len()], "cut at {len}");
        assert!(less.len() >= most, "cut at {len} loses {:?}", &whole[less.len()..most]);
        most = less.len();
        if len > "<x".len() {
            assert!(!packet.problems.is_empty(), "cut at {len}");
        }
    }
    assert_eq!(most, whole.len());
}

#[test]
fn a_packet_without_an_element_is_cut_short_unless_it_has_its_end() {
    let begin = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>";
    let read = |text: &str| {
        let packet = super::read(text.as_bytes(), &super::Limits::default(), &|_| true);
        packet.problems.into_iter().map(|p| p.fault).collect::<Vec<_>>()
    };
    assert_eq!(read(begin), [Fault::Truncated]);
    assert_eq!(read(&begin[..9]), [Fault::Truncated]);
    assert_eq!(read(&format!("{begin}<?xpacket end='w'?>")), []);
    assert_eq!(read("  "), []);
}

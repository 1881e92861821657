//! Packets made to hurt: what they cost is bounded, and they are told.

use proptest::prelude::*;

use super::tests::{about, packet, parse, rich};
use super::{Fault, Limits, extended_guid, is_packet, read};

/// Reads a packet that a limit must stop, and returns how many properties are
/// left of it.
fn limited(text: &str) -> usize {
    let packet = parse(text.as_bytes());
    let is_limit = |fault: Fault| matches!(fault, Fault::Limit(_));
    assert!(packet.problems.iter().any(|p| is_limit(p.fault)), "{:?}", packet.problems);
    packet.properties.len()
}

const SOURCE: &str = "<dc:source>A</dc:source>";

#[test]
fn what_stands_before_and_beside_too_deep_elements_is_kept() {
    for deep in ["<dc:title>", "<rdf:Description>", "<dc:title><rdf:Seq><rdf:li>", "<a>"]
    {
        assert!(
            limited(&about(&format!("{SOURCE}{}", deep.repeat(400_000)))) >= 1,
            "{deep}"
        );
    }
    let closed = format!("{}{}", "<my:a>".repeat(1_000), "</my:a>".repeat(1_000));
    assert_eq!(limited(&about(&format!("{SOURCE}{closed}{SOURCE}"))), 2);
}

#[test]
fn a_million_elements_attributes_or_declarations_end_at_the_limit() {
    assert_eq!(limited(&about(&format!("{SOURCE}{}", "<a/>".repeat(1_000_000)))), 1);
    let attributes = " my:a='1'".repeat(1_000_000);
    let most = Limits::default().attributes;
    assert_eq!(limited(&packet(&format!("<rdf:Description{attributes}/>"))), most);
    let declarations: String =
        (0..300_000).map(|n| format!(" xmlns:n{n}='u:{n}'")).collect();
    let node = format!("{SOURCE}<rdf:Description{declarations}/>");
    assert_eq!(limited(&about(&node)), 1);
    let items = "<rdf:li/>".repeat(100_000);
    let most = Limits::default().properties;
    assert_eq!(
        limited(&about(&format!("<my:b><rdf:Bag>{items}</rdf:Bag></my:b>"))),
        most
    );
}

#[test]
fn entities_are_not_expanded() {
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let text = about("<dc:source>&l9;</dc:source>");
    let text = format!("<!DOCTYPE x [<!ENTITY l0 'lol'>{laughs}]>{text}");
    let packet = parse(text.as_bytes());
    assert_eq!(packet.properties[0].value, "&l9;");
    let files = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>";
    let text = format!("{files}{}", about("<dc:source>&f;</dc:source>"));
    assert_eq!(parse(text.as_bytes()).properties[0].value, "&f;");
}

#[test]
fn a_long_value_is_read_once_and_a_long_name_is_not_repeated() {
    let value = "&amp;".repeat(1_000_000);
    let packet = parse(about(&format!("<dc:source>{value}</dc:source>")).as_bytes());
    assert_eq!(packet.properties[0].value.len(), 1_000_000);
    let name = format!("my:{}", "a".repeat(100_000));
    let fields = "<my:b/>".repeat(10_000);
    assert_eq!(limited(&about(&format!("<{name}>{fields}</{name}>{SOURCE}"))), 1);
    let lang = "x".repeat(100_000);
    let items = "<rdf:li/>".repeat(10_000);
    let text = format!("<my:b xml:lang='{lang}'><rdf:Bag>{items}</rdf:Bag></my:b>");
    let packet = parse(about(&text).as_bytes());
    assert!(packet.properties.iter().all(|p| p.lang.is_none()));
}

#[test]
fn a_packet_broken_everywhere_is_given_up() {
    for broken in [
        "<",
        "<!",
        "<a '",
        "<a b=\"",
        "</a<",
        "< ",
        "<?xpacket <",
        "&",
        "#<a/></b>",
        "<![",
        "<!--",
    ] {
        let text = about(&format!("{SOURCE}{}", broken.repeat(100_000)));
        let packet = parse(text.as_bytes());
        assert!(!packet.problems.is_empty(), "{broken}");
        assert!(!packet.properties.is_empty(), "{broken}");
    }
}

#[test]
fn only_so_many_bytes_are_read() {
    let text = rich();
    let limits = Limits { bytes: text.find("<dc:source").unwrap(), ..Limits::default() };
    let packet =
        read(text.as_bytes(), &limits, &|p| p == "cc:license" || p == "dc:source");
    assert_eq!(packet.properties.len(), 1);
    assert!(packet.problems.iter().any(|p| matches!(p.fault, Fault::Limit(_))));
}

/// Bytes that mean something to a parser, and some that mean nothing.
const BYTES: &[u8] = b"<>/='\"&;:!?-[]# \n\0\xC3\xFF\xEF\xBB\xBFaxdr";

proptest! {
    #[test]
    fn no_change_of_a_packet_makes_a_panic_or_a_place_outside(
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(BYTES), 0..3_u8),
            0..12,
        ),
        wide in any::<bool>(),
    ) {
        let mut bytes = rich().into_bytes();
        if wide {
            bytes = rich().encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        let packet = parse(&bytes);
        prop_assert!(packet.properties.iter().all(|p| p.offset <= bytes.len()));
        prop_assert!(packet.problems.iter().all(|p| p.offset <= bytes.len()));
        prop_assert!(packet.properties.is_sorted_by_key(|p| p.offset));
    }

    #[test]
    fn no_bytes_make_a_panic(bytes in proptest::collection::vec(
        prop::sample::select(BYTES), 0..300,
    )) {
        let packet = parse(&bytes);
        prop_assert!(packet.problems.iter().all(|p| p.offset <= bytes.len()));
        is_packet(&bytes);
        extended_guid(&bytes);
    }
}

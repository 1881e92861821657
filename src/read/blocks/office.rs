//! Properties of office documents: Office Open XML (ISO/IEC 29500) and
//! OpenDocument (OASIS OpenDocument 1.3).

use super::Decoded;
use super::markup::{self, Value};
use crate::model::BlockKind;
use crate::read::{Limits, Pair, Stop, vocabulary};

/// Reads the core properties of Office Open XML (ISO/IEC 29500-2, 11).
///
/// # Errors
///
/// [`Stop::Malformed`] where they are not well-formed XML; what came before is
/// in `out`.
pub fn core(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    elements(BlockKind::OoxmlCore, bytes, limits, out)
}

/// Replaces what stands for a character that XML does not allow, or that would not
/// come through it: `_x000d_` for a carriage return (ISO/IEC 29500-1, 22.9.2.19).
fn unescape(text: String) -> String {
    const LEN: usize = "_x000d_".len();
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = from.get(2..LEN).and_then(|s| s.strip_suffix('_'));
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let (text, len) = match number.and_then(char::from_u32) {
            Some(c) => (c.to_string(), LEN),
            None => ("_x".to_owned(), 2),
        };
        out.push_str(&text);
        rest = from.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Reads the custom properties of Office Open XML (ISO/IEC 29500-1, 22.3):
/// those whose name the vocabulary has.
///
/// # Errors
///
/// As [`core()`].
pub fn custom(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let wanted = |name: &str| name == "property";
    markup::values(bytes, limits, &wanted, out, &|value, _, out| {
        let name = value.attribute("name").unwrap_or_default();
        let term = vocabulary::row_in_any_spelling(BlockKind::OoxmlCustom, name);
        if let Some(term) = term {
            say(BlockKind::OoxmlCustom, term.key, value, out);
        }
    })
}

/// Reads `meta.xml` of OpenDocument (part 3, 4.3): its elements, and those that
/// the user has defined, by their name.
///
/// # Errors
///
/// As [`core()`].
pub fn meta(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    elements(BlockKind::OdfMeta, bytes, limits, out)
}

fn elements(
    kind: BlockKind,
    bytes: &[u8],
    limits: &Limits,
    out: &mut Decoded,
) -> Result<(), Stop> {
    const USER_DEFINED: &str = "meta:user-defined";
    let known = |name: &str| vocabulary::row(kind, name).filter(|t| t.key == name);
    let wanted =
        |name: &str| name == USER_DEFINED || name.contains(':') && known(name).is_some();
    markup::values(bytes, limits, &wanted, out, &|value, _, out| {
        let term = if value.name == USER_DEFINED {
            let name = value.attribute("meta:name").unwrap_or_default();
            vocabulary::row_in_any_spelling(kind, name)
        } else {
            known(&value.name)
        };
        if let Some(term) = term {
            say(kind, term.key, value, out);
        }
    })
}

fn say(kind: BlockKind, key: &str, value: Value, out: &mut Decoded) {
    let lang = value.attribute("xml:lang").map(str::to_owned);
    let offset = value.offset;
    let text = match kind {
        BlockKind::OdfMeta => value.text,
        _ => unescape(value.text),
    };
    out.pair(kind, Pair { key: key.to_owned(), value: text, lang, offset });
}

#[cfg(test)]
mod tests {
    use super::*;

    type Reader = fn(&[u8], &Limits, &mut Decoded) -> Result<(), Stop>;

    fn said(read: Reader, xml: &str) -> Vec<String> {
        let mut out = Decoded::default();
        read(xml.as_bytes(), &Limits::default(), &mut out).unwrap();
        let line = |(_, p): &(_, Pair)| {
            assert!(
                xml[p.offset as usize..].starts_with(&p.value) || xml.contains("vt:")
            );
            format!("{}={}", p.key, p.value)
        };
        out.pairs.iter().map(line).collect()
    }

    #[test]
    fn core_properties_are_elements() {
        let xml = "<p:coreProperties xmlns:p='x' xmlns:d='http://purl.org/dc/elements/1.1/'>\
            <d:creator>Ada</d:creator><p:lastModifiedBy>Bela</p:lastModifiedBy>\
            <d:title></d:title></p:coreProperties>";
        assert_eq!(said(core, xml), ["dc:creator=Ada", "dc:title="]);
    }

    #[test]
    fn characters_that_xml_does_not_carry_are_escaped() {
        for (text, expected) in [
            ("a_x000d_\nb", "a\r\nb"),
            ("a_x005F_x000d_b", "a_x000d_b"),
            ("_x_x00E9_", "_xé"),
            ("_xD800_ _x000_ _x00é", "_xD800_ _x000_ _x00é"),
        ] {
            assert_eq!(unescape(text.to_owned()), expected);
        }
    }

    #[test]
    fn custom_properties_are_known_by_a_name_in_any_spelling() {
        let xml = "<Properties xmlns='a' xmlns:vt='b'>\
            <property name='License URL'><vt:lpwstr>A</vt:lpwstr></property>\
            <property name='copyright'><vt:lpwstr>B</vt:lpwstr></property>\
            <property name='Licensed'><vt:bool>true</vt:bool></property></Properties>";
        assert_eq!(said(custom, xml), ["LicenseURL=A", "Copyright=B"]);
    }

    #[test]
    fn user_defined_properties_of_opendocument_stand_beside_the_others() {
        let xml = "<o:document-meta xmlns:o='o' \
            xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' \
            xmlns:dc='http://purl.org/dc/elements/1.1/'><o:meta>\
            <meta:initial-creator>Ada</meta:initial-creator><dc:creator>Bela</dc:creator>\
            <meta:user-defined meta:name='License'>A</meta:user-defined>\
            <meta:user-defined meta:name='Info 1'/></o:meta></o:document-meta>";
        let expected = ["meta:initial-creator=Ada", "dc:creator=Bela", "License=A"];
        assert_eq!(said(meta, xml), expected);
    }

    #[test]
    fn what_harms_other_parsers_is_refused_within_bounds() {
        let laughs = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>\
            <a xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>&b;</dc:title></a>";
        assert_eq!(said(core, laughs), ["dc:title=&b;"]);
        let deep = "<a>".repeat(500_000);
        let many = format!("<a>{}</a>", "<b/>".repeat(300_000));
        let wide = format!("<a {}/>", "b='' ".repeat(300_000));
        let long = format!(
            "<a xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{}</dc:title></a>",
            "&amp;x".repeat(1 << 20)
        );
        for (xml, what) in [
            (&deep, "more than 64 XML elements inside each other"),
            (&many, "more than 200,000 XML elements"),
            (&long, "a value longer than 1 MiB"),
        ] {
            let mut out = Decoded::default();
            let stop = core(xml.as_bytes(), &Limits::default(), &mut out).unwrap_err();
            assert_eq!(stop.to_string(), what);
            assert!(out.pairs.is_empty());
        }
        assert_eq!(said(core, &wide), [""; 0]);
    }
}

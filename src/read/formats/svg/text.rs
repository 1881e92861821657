//! Text between the tags of a document.

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::read::blocks::text;

/// The charset that an XML declaration names: XML 1.0, 4.3.3.
pub(super) fn declared(declaration: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(attribute(declaration, b"encoding")?)
}

/// The value of `xml:lang` in a tag.
pub(super) fn language(tag: &[u8]) -> Option<String> {
    let lang = std::str::from_utf8(attribute(tag, b"xml:lang")?).ok()?;
    // The longest that are registered have 35 bytes: RFC 5646, 4.4.1.
    (!lang.is_empty() && lang.len() <= 64).then(|| lang.to_owned())
}

/// The value of an attribute, as it stands.
fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    for at in memchr::memmem::find_iter(tag, name) {
        let (before, rest) = tag.split_at_checked(at)?;
        let rest = rest.get(name.len()..)?.trim_ascii_start();
        let is_name = before.last().is_some_and(u8::is_ascii_whitespace);
        let Some(rest) = rest.strip_prefix(b"=").filter(|_| is_name) else { continue };
        let (quote, rest) = rest.trim_ascii_start().split_first()?;
        if matches!(quote, b'"' | b'\'') {
            return rest.split(|b| b == quote).next();
        }
    }
    None
}

/// The characters of `bytes`.
pub(super) fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> String {
    match (std::str::from_utf8(bytes), encoding) {
        (Ok(text), _) => text.to_owned(),
        (_, Some(encoding)) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        _ => text::utf8_or_windows_1252(bytes),
    }
}

/// The text of `markup` with its references replaced and without tags, and
/// whether one is to an entity that the document declares or nobody does: it
/// stays as it is.
pub(super) fn content(markup: &str) -> (String, bool) {
    let mut reader = Reader::from_str(markup);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut content = String::new();
    let mut has_unknown = false;
    // Each event but the last has a byte at least.
    for _ in 0..=markup.len() {
        match reader.read_event() {
            Ok(Event::Text(text)) => content.push_str(&text),
            Ok(Event::CData(text)) => content.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", &*name);
                let known = quick_xml::escape::unescape(&reference);
                has_unknown |= known.is_err();
                content.push_str(&known.unwrap_or((&*reference).into()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    (content, has_unknown)
}

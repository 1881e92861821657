//! Telling a packet from other XML.

use super::attributes::name_at;
use super::encoding::Source;

/// Whether a file that begins with `head` is an XMP packet: RDF/XML, with or
/// without what ISO 16684-1, 7.3.3 puts around it.
///
/// SVG and other XML that may hold RDF further inside is none.
pub fn is_packet(head: &[u8]) -> bool {
    let source = Source::new(head);
    let mut rest =
        source.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\0');
    // What may stand before the first element: XML 1.0, 2.8.
    for _ in 0..64 {
        let skip_to = match rest {
            _ if rest.starts_with("<?xpacket") => return true,
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!DOCTYPE") => {
                // The internal subset has tags of its own, and ends with `]`.
                let end = rest.find('>').unwrap_or(rest.len());
                if rest.find('[').is_some_and(|at| at < end) { "]>" } else { ">" }
            }
            _ => break,
        };
        let Some((_, after)) = rest.split_once(skip_to) else { return false };
        rest = after.trim_start();
    }
    let name = rest.strip_prefix('<').and_then(name_at).unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(local, "xmpmeta" | "xapmeta" | "RDF")
        || (name.starts_with("rdf:") && local == "Description")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_told_from_other_xml() {
        for (head, is) in [
            ("<x:xmpmeta xmlns:x='adobe:ns:meta/'>", true),
            ("\u{FEFF}<?xml version='1.0'?>\n<x:xapmeta", true),
            ("<?xpacket begin='\u{FEFF}' id='W5M0MpCehiHzreSzNTczkc9d'?>", true),
            ("<?xml version='1.0'?><!-- by hand --><rdf:RDF ", true),
            ("<RDF xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", true),
            ("<!DOCTYPE rdf:RDF [<!ENTITY a 'b'>\n]>\n<rdf:RDF", true),
            ("<rdf:Description ", true),
            ("<?xml version='1.0'?><svg><metadata><rdf:RDF/></metadata></svg>", false),
            ("<!DOCTYPE html><html>", false),
            ("<?xml version='1.0'", false),
            ("<Description>", false),
            ("rdf:RDF", false),
            ("", false),
        ] {
            let utf16 = |order: fn(u16) -> [u8; 2]| {
                head.encode_utf16().flat_map(order).collect::<Vec<u8>>()
            };
            assert_eq!(is_packet(head.as_bytes()), is, "{head}");
            assert_eq!(is_packet(&utf16(u16::to_be_bytes)), is, "{head}");
            assert_eq!(is_packet(&utf16(u16::to_le_bytes)), is, "{head}");
        }
    }
}

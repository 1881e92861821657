//! The link from a main packet to its extended part.

use memchr::memmem;

/// The GUID of `xmpNote:HasExtendedXMP`: 32 hexadecimal digits, in upper case.
///
/// ISO 16684-3, 1.1.3.1: a JPEG file names the segments that continue its
/// packet by it. The packet is not parsed for this: the name of the property
/// occurs nowhere else, and the segments are checked against the MD5 of what
/// they carry. `None` where there is no such property, or no GUID in it.
///
/// ```
/// let packet = br#"<rdf:Description
///     xmpNote:HasExtendedXMP="0d599EC2AB9B1A59A3EF0A4D4C4AE1B7"/>"#;
/// let guid = tasl::xmp::extended_guid(packet);
/// assert_eq!(guid.as_deref(), Some("0D599EC2AB9B1A59A3EF0A4D4C4AE1B7"));
/// ```
pub fn extended_guid(packet: &[u8]) -> Option<String> {
    const NAME: &[u8] = b":HasExtendedXMP";
    // A start tag and an end tag, in one or two packets.
    memmem::find_iter(packet, NAME)
        .take(16)
        .find_map(|at| guid_after(packet.get(at + NAME.len()..)?))
}

fn guid_after(rest: &[u8]) -> Option<String> {
    let rest = rest.trim_ascii_start();
    let value = match rest.split_first()? {
        (b'=', rest) => match rest.trim_ascii_start().split_first()? {
            (b'"' | b'\'', value) => value,
            _ => return None,
        },
        (b'>', value) => value.trim_ascii_start(),
        _ => return None,
    };
    let (guid, rest) = value.split_first_chunk::<32>()?;
    let ends = rest.first().is_none_or(|b| !b.is_ascii_alphanumeric());
    let text = std::str::from_utf8(guid).ok()?;
    (ends && guid.iter().all(u8::is_ascii_hexdigit)).then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guid_is_found_in_every_form_and_only_where_it_is_one() {
        const GUID: &str = "0123456789ABCDEF0123456789abcdef";
        for (packet, found) in [
            (format!("<a xmpNote:HasExtendedXMP=\"{GUID}\"/>"), true),
            (format!("<a n:HasExtendedXMP = '{GUID}'/>"), true),
            (format!("<n:HasExtendedXMP>{GUID}</n:HasExtendedXMP>"), true),
            (format!("<n:HasExtendedXMP>\n {GUID}\n</n:HasExtendedXMP>"), true),
            (format!("<n:HasExtendedXMP/><a n:HasExtendedXMP='{GUID}'>"), true),
            (format!("<a xmpNote:HasExtendedXMP=\"{GUID}0\"/>"), false),
            ("<a xmpNote:HasExtendedXMP=\"12\"/>".to_owned(), false),
            ("<a xmpNote:HasExtendedXMP=".to_owned(), false),
            (format!("<a>{GUID}</a>"), false),
        ] {
            let guid = extended_guid(packet.as_bytes());
            assert_eq!(guid.is_some(), found, "{packet}");
            assert!(guid.is_none_or(|g| g == GUID.to_ascii_uppercase()), "{packet}");
        }
    }
}

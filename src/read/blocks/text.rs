//! Bytes to text, where a block declares no charset.

use encoding_rs::WINDOWS_1252;

/// UTF-8 where the bytes are valid UTF-8, and windows-1252 where not.
///
/// Exif says ASCII and IIM declares its charset in 1:90; writers put either of
/// the two there. A text in UTF-8 that a field limit has cut inside a
/// character loses the rest of that character.
pub fn utf8_or_windows_1252(bytes: &[u8]) -> String {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_owned(),
        Err(error) => error,
    };
    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
    // "café" in windows-1252 looks like a cut character too. What tells them
    // apart is that a text in UTF-8 has whole characters before the cut.
    if error.error_len().is_none() && !valid.is_ascii() {
        return String::from_utf8_lossy(valid).into_owned();
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// ISO 8859-1: every byte is the code point of the same number.
pub fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

/// UTF-16, little-endian, up to the first NUL.
pub fn utf16le_until_nul(bytes: &[u8]) -> String {
    utf16_until_nul(bytes, u16::from_le_bytes)
}

/// UTF-16, big-endian, up to the first NUL.
pub fn utf16be_until_nul(bytes: &[u8]) -> String {
    utf16_until_nul(bytes, u16::from_be_bytes)
}

fn utf16_until_nul(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> =
        units.iter().map(|u| unit(*u)).take_while(|u| *u != 0).collect();
    String::from_utf16_lossy(&units)
}

/// The bytes before the first NUL, or all of them.
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|b| *b == 0).next().unwrap_or_default()
}

/// The bytes without the NULs at the end.
pub fn without_trailing_nuls(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_suffix(&[0]) {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undeclared_text_is_utf8_if_it_can_be() {
        for (bytes, text) in [
            (&b"caf\xC3\xA9"[..], "café"),
            (b"caf\xE9", "café"),
            (b"\x93quoted\x94", "“quoted”"),
            // Cut after the first byte of the last character.
            (b"\xC3\xA9t\xC3\xA9 \xC3", "été "),
            (b"", ""),
        ] {
            assert_eq!(utf8_or_windows_1252(bytes), text, "{bytes:02X?}");
        }
    }

    #[test]
    fn utf16_ends_at_the_first_nul_or_the_last_whole_unit() {
        assert_eq!(utf16le_until_nul(b"J\0o\0\0\0x\0"), "Jo");
        assert_eq!(utf16le_until_nul(b"J\0o\0\xFF"), "Jo");
        assert_eq!(utf16be_until_nul(b"\0J\0o"), "Jo");
    }
}

//! Office Open XML that needs a password: a compound file ([MS-CFB]) with the
//! package in a stream ([MS-OFFCRYPTO], 2.3.4.4). Nothing of it can be read.

use super::{Format, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "ooxml-encrypted",
    media_type: "application/x-ole-storage",
    // Those of the application, which cannot be told.
    extensions: &[],
    pronom: &["fmt/494"],
    sniff,
    walk: |_, _| Err(Stop::Encrypted("the document needs a password")),
};

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The name of the stream; names are the same in any case (2.6.1).
const STREAM: &str = "EncryptedPackage";
/// How much of the directory is looked at: 32 entries of 128 bytes. An encrypted
/// package has a dozen, and writers put them in a row.
const DIRECTORY: u64 = 4096;

fn sniff(input: &mut Input<'_>) -> bool {
    if !input.head().starts_with(SIGNATURE) {
        return false;
    }
    // 2.2: the size of a sector as a power of two, and the first of the directory.
    let (Ok(shift), Ok(first)) = (input.array::<2>(30), input.array::<4>(48)) else {
        return false;
    };
    let shift = u32::from(u16::from_le_bytes(shift));
    if !matches!(shift, 9 | 12) {
        return false;
    }
    let at = (u64::from(u32::from_le_bytes(first)) + 1) << shift;
    let Some(left) = input.len().checked_sub(at) else { return false };
    let directory = input.bytes(at, left.min(DIRECTORY)).unwrap_or_default();
    directory.chunks_exact(128).any(|entry| {
        let name = entry.as_chunks::<2>().0.iter().take(32);
        let mut name = name.map(|unit| u16::from_le_bytes(*unit)).take_while(|u| *u != 0);
        let expected = STREAM.bytes().all(|b| {
            let unit = name.next().and_then(|unit| u8::try_from(unit).ok());
            unit.is_some_and(|unit| unit.eq_ignore_ascii_case(&b))
        });
        expected && name.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Content;
    use crate::read::formats::broken_promise;
    use crate::read::testing::evidence;

    /// A compound file whose directory has an entry of this name.
    fn compound(name: &str) -> Vec<u8> {
        let mut file = vec![0; 1024];
        file[..8].copy_from_slice(SIGNATURE);
        file[30] = 9;
        let units = name.encode_utf16().flat_map(u16::to_le_bytes);
        file.splice(640.., units.chain([0; 128]).take(128));
        file
    }

    #[test]
    fn an_encrypted_package_is_told_and_keeps_the_promise_of_its_extension() {
        for (name, encrypted) in [
            ("EncryptedPackage", true),
            ("ENCRYPTEDPACKAGE", true),
            ("EncryptedPackages", false),
            ("Encrypted", false),
            ("WordDocument", false),
        ] {
            let evidence = evidence(&compound(name));
            let is = matches!(evidence.content, Content::Format { .. });
            assert_eq!(is, encrypted, "{name}");
            let promised = broken_promise(Some("docx"), evidence.content);
            assert_eq!(promised.is_none(), encrypted, "{name}");
        }
    }
}

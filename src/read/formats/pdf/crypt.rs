//! The standard security handler with an empty password (ISO 32000-2, 7.6).
//!
//! A document that anybody may open has an empty user password; its metadata
//! is encrypted all the same.

use aes::{Aes128, Aes256};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::cipher::{cbc_decrypt, cbc_encrypt, rc4, without_iv};
use super::object::{Dict, Id, Object};
use crate::read::Stop;

/// How strings and streams of a document are encrypted.
#[derive(Debug)]
pub(super) struct Crypt {
    strings: Method,
    streams: Method,
    /// The methods of all named crypt filters.
    named: Vec<(Box<[u8]>, Method)>,
    /// `None` where the document needs a password that is not empty.
    key: Option<Vec<u8>>,
    /// Whether the metadata stream is encrypted like all others.
    pub(super) metadata: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Identity,
    Rc4,
    AesV2,
    AesV3,
}

/// What is said of a document that is locked.
pub(super) const PASSWORD: Stop = Stop::Encrypted("the document needs a password");

impl Crypt {
    /// Understands the encryption dictionary; `id` is the first part of the
    /// file identifier.
    ///
    /// # Errors
    ///
    /// [`Stop::Encrypted`] for handlers that want a certificate, and
    /// [`Stop::Unsupported`] for algorithms that are not of the standard.
    pub(super) fn new(dict: &Dict, id: &[u8]) -> Result<Self, Stop> {
        if dict.name("Filter").is_some_and(|f| f != b"Standard") {
            return Err(Stop::Encrypted("the document is encrypted for certificates"));
        }
        let version = dict.integer("V").unwrap_or(0);
        let mut named = Vec::new();
        let (strings, streams) = match version {
            1..=3 => (Method::Rc4, Method::Rc4),
            4 | 5 => {
                let filters = dict.get("CF").and_then(|cf| cf.dict());
                for (name, filter) in filters.into_iter().flat_map(|cf| &cf.0).take(64) {
                    let method = match filter.dict().and_then(|f| f.name("CFM")) {
                        Some(b"V2") => Method::Rc4,
                        Some(b"AESV2") => Method::AesV2,
                        Some(b"AESV3") => Method::AesV3,
                        None | Some(b"None") => Method::Identity,
                        Some(_) => return Err(UNKNOWN),
                    };
                    named.push((name.clone(), method));
                }
                let of = |key| by_name(&named, dict.name(key).unwrap_or(b"Identity"));
                (of("StrF")?, of("StmF")?)
            }
            _ => return Err(UNKNOWN),
        };
        let metadata =
            version < 4 || dict.get("EncryptMetadata") != Some(&Object::Bool(false));
        let key = match dict.integer("R") {
            Some(2..=4) => Legacy::new(dict, id, version, metadata)?.key(),
            Some(5) => modern_key(dict, |password, salt, user| {
                Sha256::digest([password, salt, user].concat()).to_vec()
            })?,
            Some(6) => modern_key(dict, hardened)?,
            _ => return Err(UNKNOWN),
        };
        Ok(Self { strings, streams, named, key, metadata })
    }

    /// The encryption of a document that cannot be decrypted.
    pub(super) fn sealed() -> Self {
        let (strings, streams) = (Method::Rc4, Method::Rc4);
        Self { strings, streams, named: Vec::new(), key: None, metadata: true }
    }

    /// Whether a password is needed that is not empty.
    pub(super) fn is_locked(&self) -> bool {
        self.key.is_none()
    }

    /// Whether the strings of the document cannot be decrypted.
    pub(super) fn hides_strings(&self) -> bool {
        self.is_locked() && self.strings != Method::Identity
    }

    /// Decrypts a string of the object `id`.
    pub(super) fn string(&self, id: Id, bytes: &mut Vec<u8>) -> Result<(), Stop> {
        self.apply(self.strings, id, bytes)
    }

    /// Decrypts the data of the stream `id`; `filter` is the crypt filter that
    /// the stream names by itself.
    pub(super) fn stream(
        &self,
        id: Id,
        filter: Option<&[u8]>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), Stop> {
        let method = match filter {
            Some(name) => by_name(&self.named, name)?,
            None => self.streams,
        };
        self.apply(method, id, bytes)
    }

    fn apply(&self, method: Method, id: Id, bytes: &mut Vec<u8>) -> Result<(), Stop> {
        if method == Method::Identity {
            return Ok(());
        }
        let key = self.key.as_deref().ok_or(PASSWORD)?;
        match method {
            Method::Identity => {}
            Method::Rc4 => rc4(&object_key(key, id, b""), bytes),
            Method::AesV2 => {
                let key = object_key(key, id, b"sAlT");
                without_iv(bytes, |iv, data| cbc_decrypt::<Aes128>(&key, iv, data));
            }
            Method::AesV3 => {
                without_iv(bytes, |iv, data| cbc_decrypt::<Aes256>(key, iv, data));
            }
        }
        Ok(())
    }
}

const UNKNOWN: Stop = Stop::Unsupported("the encryption of the document is not known");

fn by_name(named: &[(Box<[u8]>, Method)], name: &[u8]) -> Result<Method, Stop> {
    if name == b"Identity" {
        return Ok(Method::Identity);
    }
    let found = named.iter().find(|(n, _)| **n == *name);
    found.map(|(_, method)| *method).ok_or(UNKNOWN)
}

/// The key for one object (algorithm 1).
fn object_key(key: &[u8], id: Id, salt: &[u8]) -> Vec<u8> {
    let mut hash = Md5::new();
    hash.update(key);
    hash.update(id.number.to_le_bytes().get(..3).unwrap_or_default());
    hash.update(id.generation.to_le_bytes());
    hash.update(salt);
    let mut hash = hash.finalize().to_vec();
    hash.truncate(key.len() + 5);
    hash
}

/// What pads a password to 32 bytes (algorithm 2, a).
const PAD: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA,
    0x01, 0x08, 0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE,
    0x64, 0x53, 0x69, 0x7A,
];

/// What revisions 2 to 4 of the handler make their key of.
struct Legacy<'a> {
    owner: &'a [u8],
    user: &'a [u8],
    permissions: [u8; 4],
    id: &'a [u8],
    revision: i64,
    /// In bytes.
    length: usize,
    metadata: bool,
}

impl<'a> Legacy<'a> {
    fn new(
        dict: &'a Dict,
        id: &'a [u8],
        version: i64,
        metadata: bool,
    ) -> Result<Self, Stop> {
        let bits = match dict.integer("Length").unwrap_or(40) {
            // Some writers count bytes.
            n @ 5..=16 => n * 8,
            n => n,
        };
        let length = match version {
            1 => 5,
            4 => 16,
            _ => usize::try_from(bits / 8).unwrap_or(5).clamp(5, 16),
        };
        Ok(Self {
            owner: part(dict, "O", 0, 32)?,
            user: part(dict, "U", 0, 32)?,
            // Signed in the file; its low 32 bits count.
            permissions: ((dict.integer("P").unwrap_or(0) & 0xFFFF_FFFF) as u32)
                .to_le_bytes(),
            id,
            revision: dict.integer("R").unwrap_or(2),
            length,
            metadata,
        })
    }

    /// The key of the file, if its user or its owner password is empty.
    fn key(&self) -> Option<Vec<u8>> {
        [PAD, self.user_password()].iter().map(|p| self.key_by(p)).find(|k| self.fits(k))
    }

    /// The key for a padded user password (algorithm 2).
    fn key_by(&self, password: &[u8; 32]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(password);
        hash.update(self.owner);
        hash.update(self.permissions);
        hash.update(self.id);
        if self.revision >= 4 && !self.metadata {
            hash.update([0xFF; 4]);
        }
        self.stretched(hash.finalize().to_vec())
    }

    /// 50 more rounds from revision 3 on, and as much of it as the key is long.
    fn stretched(&self, mut key: Vec<u8>) -> Vec<u8> {
        key.truncate(self.length);
        for _ in 0..if self.revision >= 3 { 50 } else { 0 } {
            key = Md5::digest(&key).to_vec();
            key.truncate(self.length);
        }
        key
    }

    /// The user password that an empty owner password gives (algorithm 7).
    fn user_password(&self) -> [u8; 32] {
        let key = self.stretched(Md5::digest(PAD).to_vec());
        let mut password = self.owner.to_vec();
        self.rounds(&key, &mut password, true);
        password.try_into().unwrap_or(PAD)
    }

    /// RC4 once, and from revision 3 on 19 times more with changed keys.
    fn rounds(&self, key: &[u8], data: &mut [u8], backwards: bool) {
        let last = if self.revision >= 3 { 19_u8 } else { 0 };
        for n in 0..=last {
            let n = if backwards { last - n } else { n };
            let key: Vec<u8> = key.iter().map(|b| b ^ n).collect();
            rc4(&key, data);
        }
    }

    /// Whether `key` gives the entry `/U` (algorithm 6).
    fn fits(&self, key: &[u8]) -> bool {
        if self.revision == 2 {
            let mut check = PAD;
            rc4(key, &mut check);
            return check == self.user;
        }
        let mut hash = Md5::new();
        hash.update(PAD);
        hash.update(self.id);
        let mut check = hash.finalize().to_vec();
        self.rounds(key, &mut check, false);
        self.user.starts_with(&check)
    }
}

/// A part of a string of the encryption dictionary.
fn part<'a>(dict: &'a Dict, key: &str, at: usize, len: usize) -> Result<&'a [u8], Stop> {
    let string = dict.get(key).and_then(|value| value.string());
    string
        .and_then(|text| text.bytes.get(at..)?.get(..len))
        .ok_or(Stop::Malformed("the encryption dictionary is damaged"))
}

/// The key of revisions 5 and 6, if the user or the owner password is empty
/// (algorithm 2.A). `hash` takes the password, a salt and the entry `/U`.
fn modern_key(
    dict: &Dict,
    hash: impl Fn(&[u8], &[u8], &[u8]) -> Vec<u8>,
) -> Result<Option<Vec<u8>>, Stop> {
    let user = part(dict, "U", 0, 48)?;
    for (check, wrapped, user) in [("U", "UE", &b""[..]), ("O", "OE", user)] {
        let (right, salt) = (part(dict, check, 0, 32)?, part(dict, check, 32, 8)?);
        if hash(b"", salt, user) == right {
            let mut key = part(dict, wrapped, 0, 32)?.to_vec();
            let between = hash(b"", part(dict, check, 40, 8)?, user);
            cbc_decrypt::<Aes256>(&between, &[0; 16], &mut key);
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// The hash of revision 6 (algorithm 2.B).
fn hardened(password: &[u8], salt: &[u8], user: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest([password, salt, user].concat()).to_vec();
    // The last byte is 255 at most, which ends it after 288 rounds.
    for round in 0..288_u32 {
        let mut data = [password, &key, user].concat().repeat(64);
        let (first, rest) = key.split_at(key.len().min(16));
        let iv = rest.get(..16).unwrap_or_default();
        cbc_encrypt(first, iv, &mut data);
        let sum: u32 = data.iter().take(16).map(|b| u32::from(*b)).sum();
        key = match sum % 3 {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        let last = data.last().map_or(0, |b| u32::from(*b));
        if round >= 63 && last + 32 <= round + 1 {
            break;
        }
    }
    key.truncate(32);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handler_for_certificates_is_named() {
        let name = |text: &[u8]| Object::Name(text.into());
        let dict = Dict(vec![(b"Filter"[..].into(), name(b"Adobe.PubSec"))]);
        assert!(matches!(Crypt::new(&dict, b""), Err(Stop::Encrypted(_))));
    }
}

//! Small collections, made on the spot.

#![allow(dead_code, reason = "no test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A directory that goes away with this value.
pub(crate) struct Tree(TempDir);

impl Tree {
    /// A tree of empty files; a name that ends in `/` is a directory.
    pub(crate) fn of(names: &[&str]) -> Self {
        let tree = Self(TempDir::new().unwrap());
        for name in names {
            match name.strip_suffix('/') {
                Some(directory) => fs::create_dir_all(tree.path(directory)).unwrap(),
                None => tree.write(name, b""),
            }
        }
        tree
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.root().join(name.as_ref())
    }

    pub(crate) fn write(&self, name: impl AsRef<OsStr>, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// An XMP packet with these elements in its one description.
pub(crate) fn xmp(elements: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:cc='http://creativecommons.org/ns#'>{elements}\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

/// A JPEG that is nothing but an XMP packet.
pub(crate) fn jpeg(packet: &str) -> Vec<u8> {
    let mut segment = b"http://ns.adobe.com/xap/1.0/\0".to_vec();
    segment.extend_from_slice(packet.as_bytes());
    let length = u16::try_from(segment.len() + 2).unwrap();
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&segment);
    bytes.extend_from_slice(&[0xFF, 0xD9]);
    bytes
}

/// A JPEG of Jane Doe's under CC BY 4.0.
pub(crate) fn licensed_jpeg() -> Vec<u8> {
    jpeg(&xmp(
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Harbour</rdf:li></rdf:Alt></dc:title>\
         <dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator>\
         <cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>",
    ))
}

/// A JPEG without any metadata.
pub(crate) const BARE_JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xD9];

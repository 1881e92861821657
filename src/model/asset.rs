//! Assets: what an audit looks at.

use std::cmp::Ordering;
use std::fmt;
use std::path::{Path, PathBuf};

/// One file of the collection, with the sidecars that describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The name of the asset in reports.
    pub path: AssetPath,
    /// Where to open the file; keeps names that are not UTF-8.
    pub file: PathBuf,
    /// What listing the directory has told about it.
    pub subject: Subject,
    /// Its sidecars, in name order. [`FileRef::Sidecar`](super::FileRef)
    /// indexes this.
    pub sidecars: Vec<Sidecar>,
    /// Sidecars that may describe this asset and may describe another one.
    pub ambiguous: Vec<AssetPath>,
    /// Sidecars that may describe this asset and are not opened, and what they
    /// are: `"symbolic link"`, `"FIFO"`.
    pub unopened: Vec<(AssetPath, &'static str)>,
}

/// An XMP file that describes an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidecar {
    /// Its name in reports.
    pub path: AssetPath,
    /// Where to open it.
    pub file: PathBuf,
}

/// What an asset is, as far as a directory listing can tell.
///
/// Only [`Subject::File`] and the two kinds of sidecar are ever opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// A regular file.
    #[default]
    File,
    /// A sidecar whose master is not there.
    OrphanSidecar,
    /// A sidecar that two or more masters beside it may claim: their names.
    AmbiguousSidecar(Vec<String>),
    /// A symbolic link that was not followed.
    Symlink,
    /// A symbolic link that leads back to a directory above it.
    Loop,
    /// Neither file nor directory: `"FIFO"`, `"socket"`, `"device"`.
    Special(&'static str),
    /// A directory, or an entry of one, that could not be listed: the error.
    Unlistable(String),
}

impl Subject {
    /// Whether the bytes of the asset are to be read.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::File | Self::OrphanSidecar | Self::AmbiguousSidecar(_))
    }

    /// The word for it in reports and in the notation.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::File => "file",
            Self::OrphanSidecar => "orphan-sidecar",
            Self::AmbiguousSidecar(_) => "ambiguous-sidecar",
            Self::Symlink => "symlink",
            Self::Loop => "loop",
            Self::Special(_) => "special",
            Self::Unlistable(_) => "unlistable",
        }
    }
}

/// The path of an asset below the root of the audit, `/`-separated on every
/// platform.
///
/// Paths order component by component, by bytes, which is the order in which
/// [`discover`](crate::discover) yields assets: `a/z` comes before `a.tif`,
/// although `.` sorts before `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AssetPath {
    /// The bytes of the path as the file system has them, `/`-separated.
    raw: Vec<u8>,
    /// The path as text; bytes that are not UTF-8 stand as `\xE9`.
    shown: String,
}

impl AssetPath {
    /// The path of `file` below `root`; the name of `file` where they are equal.
    pub fn new(root: &Path, file: &Path) -> Self {
        let below = match file.strip_prefix(root) {
            Ok(below) if !below.as_os_str().is_empty() => below,
            Ok(_) => Path::new(file.file_name().unwrap_or(file.as_os_str())),
            Err(_) => file,
        };
        let parts: Vec<&[u8]> =
            below.components().map(|c| c.as_os_str().as_encoded_bytes()).collect();
        Self::from_bytes(parts.join(&b'/'))
    }

    /// A path from its bytes.
    pub fn from_bytes(raw: impl Into<Vec<u8>>) -> Self {
        let raw = raw.into();
        let mut shown = String::new();
        for chunk in raw.utf8_chunks() {
            shown.push_str(chunk.valid());
            for byte in chunk.invalid() {
                shown.push_str(&format!("\\x{byte:02X}"));
            }
        }
        Self { raw, shown }
    }

    /// This path below a directory of that name.
    #[must_use]
    pub fn below(&self, name: &std::ffi::OsStr) -> Self {
        let mut raw = name.as_encoded_bytes().to_vec();
        raw.push(b'/');
        raw.extend_from_slice(&self.raw);
        Self::from_bytes(raw)
    }

    /// The path as text. Where [`Self::raw`] is not UTF-8, its strange bytes
    /// stand as `\xE9`, so that two such names stay apart.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The bytes of the path, where text cannot carry them.
    pub fn raw(&self) -> Option<&[u8]> {
        std::str::from_utf8(&self.raw).is_err().then_some(&*self.raw)
    }

    /// The last component, as text.
    pub fn name(&self) -> &str {
        self.shown.rsplit('/').next().unwrap_or(&self.shown)
    }

    /// All but the last component, as text; empty at the root.
    pub fn directory(&self) -> &str {
        self.shown.rsplit_once('/').map_or("", |(directory, _)| directory)
    }

    /// What follows the last dot of the name, in lower case.
    pub fn extension(&self) -> Option<String> {
        let (stem, extension) = self.name().rsplit_once('.')?;
        (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
    }
}

impl Ord for AssetPath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.raw.split(|b| *b == b'/').cmp(other.raw.split(|b| *b == b'/'))
    }
}

impl PartialOrd for AssetPath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for AssetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_order_component_by_component() {
        let path = |text: &str| AssetPath::from_bytes(text);
        assert!(path("a/z") < path("a.tif"));
        assert!(path("a") < path("a/z"));
    }

    #[test]
    fn names_that_are_not_utf8_stay_apart_and_can_be_read() {
        let one = AssetPath::from_bytes(*b"caf\xE9.jpg");
        let other = AssetPath::from_bytes(*b"caf\xE8.jpg");
        assert_eq!(one.as_str(), "caf\\xE9.jpg");
        assert_ne!(one.as_str(), other.as_str());
        assert_eq!(one.raw(), Some(&b"caf\xE9.jpg"[..]));
        assert_eq!(AssetPath::from_bytes("café.jpg").raw(), None);
    }

    #[test]
    fn a_hidden_name_has_no_extension() {
        assert_eq!(AssetPath::from_bytes(".hidden").extension(), None);
        assert_eq!(AssetPath::from_bytes("a/b.TIF").extension().as_deref(), Some("tif"));
    }
}

//! Formats that are known by name and not read, and files that no audit is
//! about.

use super::Input;
use crate::model::Content;

/// What a file is that no format claims.
pub(super) fn identify(_input: &mut Input<'_>) -> Content {
    Content::NotMedia { name: "unknown" }
}

/// The media type that an extension promises.
pub(super) fn promised(_extension: &str) -> Option<&'static str> {
    None
}

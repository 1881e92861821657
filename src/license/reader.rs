//! Finds the references to licenses in a text.

use super::Reference;

/// Every reference to a license in `text`, in order.
pub fn read(_text: &str) -> Vec<Reference> {
    Vec::new()
}

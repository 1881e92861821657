//! Settles what an asset says where its statements agree, and keeps them apart
//! where they do not.
//!
//! Statements are taken in order of authority, which decides what is shown
//! first and never which of two that differ is right. What is blank or a
//! placeholder says nothing; it stays in the evidence. What a file says of its
//! thumbnail or of a later page never contradicts what it says of its image; the
//! license of a later page of a TIFF file does.

mod against;
mod creators;
mod licenses;
mod pages;
mod places;
mod source;
mod text;
mod titles;

use crate::license::HouseTexts;
use crate::model::{Evidence, Tasl};

/// What `evidence` amounts to. A value that is one of `texts` means what the
/// house says, and nothing else.
pub fn reconcile(evidence: &Evidence, texts: &HouseTexts) -> Tasl {
    let mut candidates = licenses::candidates(evidence, texts);
    let (grants, license) = licenses::settle(evidence, &mut candidates, texts);
    Tasl {
        title: titles::titles(evidence),
        creators: creators::creators(evidence),
        source: source::source(evidence, &candidates),
        license,
        grants,
        candidates,
    }
}

//! Settles what an asset says where its statements agree, and keeps them apart
//! where they do not.
//!
//! Statements are taken in order of authority, which decides what is shown
//! first and never which of two that differ is right. What is blank or a
//! placeholder says nothing; it stays in the evidence. What a file says of its
//! thumbnail or of a later page never contradicts what it says of its image.

mod creators;
mod licenses;
mod pages;
mod places;
mod source;
mod text;
mod titles;

use crate::model::{Evidence, Tasl};

/// What `evidence` amounts to.
pub fn reconcile(evidence: &Evidence) -> Tasl {
    let candidates = licenses::candidates(evidence);
    let (grants, license) = licenses::settle(evidence, &candidates);
    Tasl {
        title: titles::titles(evidence),
        creators: creators::creators(evidence),
        source: source::source(evidence, &candidates),
        license,
        grants,
        candidates,
    }
}

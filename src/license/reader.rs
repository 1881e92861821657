//! Finds the references to licenses in a text.

use super::{Context, Reference, Role, url};

/// Every reference to a license in `text`, in order, read as a text about
/// rights.
pub fn read(text: &str) -> Vec<Reference> {
    read_in(text, Context::RightsText)
}

/// Every reference to a license in `text`, in order, read as what stands in
/// such a place.
pub fn read_in(text: &str, context: Context) -> Vec<Reference> {
    let found = url::find(text).into_iter();
    let references = found.map(|f| {
        let alone = text.trim().len() == f.span.len();
        let role = match context {
            Context::LicenseField | Context::RightsText if alone => Role::Grant,
            _ => Role::Unclear,
        };
        Reference {
            span: f.span,
            meaning: f.meaning,
            form: f.form,
            role,
            choice: false,
            with_exception: false,
        }
    });
    references.collect()
}

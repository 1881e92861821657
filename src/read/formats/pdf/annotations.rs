//! The annotations of a page (ISO 32000-2, 12.5): links that lead to a site that names
//! licenses, and texts that were put on the page.

use super::document::Document;
use super::object::{Dict, Object};
use super::pages::Page;
use super::strings;
use crate::read::{Cap, Stop};

/// The sites that name licenses.
const SITES: [&str; 6] = [
    "creativecommons.org",
    "creativecommons.net",
    "creativecommons.com",
    "licensebuttons.net",
    "rightsstatements.org",
    "spdx.org/licenses/",
];

/// Texts, each with its place in the file.
pub(super) type Placed = Vec<(String, u64)>;

/// What the annotations of a page say.
#[derive(Default)]
pub(super) struct Annotated {
    /// The addresses of links that lead to a site that names licenses, each once.
    pub(super) links: Placed,
    /// Texts that were put on the page (12.5.6.6).
    pub(super) notes: Placed,
    /// What keeps others from being read.
    pub(super) problem: Option<Stop>,
}

/// Reads the annotations of a page, as far as they can be had; no more than `left`.
///
/// # Errors
///
/// What is of the file system.
pub(super) fn read(
    document: &mut Document<'_, '_>,
    page: &Page,
    left: &mut u32,
) -> Result<Annotated, Stop> {
    let mut said = Annotated::default();
    let annotations = page.dict.get("Annots").cloned().unwrap_or_default();
    let annotations = match document.resolve(&annotations) {
        Ok(Object::Array(annotations)) => annotations,
        other => {
            said.note(other)?;
            return Ok(said);
        }
    };
    let mut room = document.limits().pdf_text;
    for annotation in annotations {
        let Some(less) = left.checked_sub(1) else {
            said.problem.get_or_insert(document.limits().over(Cap::Annotations));
            break;
        };
        *left = less;
        let Some(Object::Dict(annotation)) = said.note(document.resolve(&annotation))?
        else {
            continue;
        };
        if annotation.name("Subtype") == Some(b"FreeText") && is_shown(&annotation) {
            let text = annotation.get("Contents").cloned().unwrap_or_default();
            if let Some(Object::String(text)) = said.note(document.resolve(&text))? {
                match room.checked_sub(text.bytes.len()) {
                    Some(less) => {
                        room = less;
                        let note = strings::decode(&text.bytes).text;
                        said.notes.push((note, text.offset));
                    }
                    None => {
                        let stop = document.limits().over(Cap::PdfText);
                        said.problem.get_or_insert(stop);
                    }
                }
            }
        }
        let Some(action) = annotation.get("A").cloned() else { continue };
        let Some(Object::Dict(action)) = said.note(document.resolve(&action))? else {
            continue;
        };
        let Some(address) = action.get("URI").cloned() else { continue };
        let Some(Object::String(address)) = said.note(document.resolve(&address))? else {
            continue;
        };
        let offset = address.offset;
        let address = strings::decode(&address.bytes).text;
        let lower = address.to_ascii_lowercase();
        if !SITES.iter().any(|site| lower.contains(site)) {
            continue;
        }
        if address.len() > document.limits().pdf_address {
            said.problem.get_or_insert(document.limits().over(Cap::PdfAddress));
        } else if said.links.iter().all(|(known, _)| *known != address) {
            said.links.push((address, offset));
        }
    }
    Ok(said)
}

impl Annotated {
    /// Nothing, where an annotation cannot be had: that is kept for once. What is of the
    /// file system stays an error.
    fn note<T>(&mut self, got: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match got {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Io(error)) => Err(Stop::Io(error)),
            Err(stop) => {
                self.problem.get_or_insert(match stop {
                    Stop::Malformed(_) => Stop::Malformed("an annotation is damaged"),
                    stop => stop,
                });
                Ok(None)
            }
        }
    }
}

/// Whether an annotation is seen on the screen (12.5.3): neither hidden nor out of
/// view.
fn is_shown(annotation: &Dict) -> bool {
    const HIDDEN: i64 = 1 << 1 | 1 << 5;
    annotation.integer("F").is_none_or(|flags| flags & HIDDEN == 0)
}

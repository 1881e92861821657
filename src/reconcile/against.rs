//! What speaks against the licenses that are granted, without a grant of its own.
//!
//! What a repository says on a cover is not the word of the work, and speaks against
//! nothing that the work says. Beside a grant, a doubtful word about the same license
//! does no harm. One about another license does: whoever wrote “CC BY-NC 4.0?” did not
//! mean CC BY.

use super::licenses::{Bearing, Named, bearing, completes, name};
use super::text::is_cut_in;
use crate::license::{Meaning, Role, Unit};
use crate::model::{Candidate, Content, Evidence, License, Statement};

/// Whether a reference speaks against `licenses`: it grants what cannot be one
/// of them, says that the work is not under one of them, or may grant another.
pub(super) fn contradicts(
    evidence: &Evidence,
    candidate: &Candidate,
    licenses: &[&License],
) -> bool {
    let reference = &candidate.reference;
    let statement = &evidence[candidate.statement];
    let about_rights =
        matches!(bearing(statement.property), Some(Bearing::License | Bearing::Rights));
    let is_cut = is_cut_in(statement, &reference.span);
    let is_other = |unit: Unit| {
        !licenses.iter().filter_map(|l| l.unit()).any(|l| match is_cut {
            true => l.as_str().starts_with(unit.as_str()),
            false => l == unit,
        })
    };
    match (reference.role, &reference.meaning) {
        _ if licenses.is_empty() || statement.location.is_of_cover() => false,
        (Role::Grant, Meaning::Impossible { .. }) => true,
        (Role::Grant, Meaning::DoesNotExist { nearest, .. }) => match nearest {
            Some(nearest) => is_other(nearest.unit()),
            None => about_rights,
        },
        (Role::Grant, Meaning::Malformed { .. }) if about_rights => {
            let said = statement.value.get(reference.span.clone()).unwrap_or_default();
            !licenses.iter().any(|l| l.unit().is_some_and(|u| is_of(said, u)))
        }
        (Role::Unclear, meaning) if is_page(evidence, statement) => name(meaning)
            .is_some_and(|named| match named {
                Named::License(license) => !licenses.contains(&&license),
                Named::Unversioned(unit, port) => {
                    !licenses.iter().any(|l| completes(l, unit, &port))
                }
            }),
        (Role::Unclear, meaning) if about_rights && !statement.location.is_aside() => {
            match meaning {
                Meaning::Tool(tool) => is_other(tool.unit()),
                Meaning::Unversioned { unit, .. } => is_other(*unit),
                Meaning::DoesNotExist { nearest: Some(nearest), .. } => {
                    is_other(nearest.unit())
                }
                Meaning::Impossible { .. } => true,
                _ => false,
            }
        }
        (Role::Negation, Meaning::NotATool { .. }) => {
            licenses.iter().any(|l| l.tool().is_some())
        }
        (Role::Negation, meaning) => licenses.iter().any(|l| match name(meaning) {
            Some(Named::License(denied)) => **l == denied,
            Some(Named::Unversioned(unit, port)) => completes(l, unit, &port),
            None => false,
        }),
        _ => false,
    }
}

/// Whether a statement is about a later page of a TIFF file, which is as much of
/// the work as the first one. What stands in a PDF about a page is of a picture
/// on it.
fn is_page(evidence: &Evidence, statement: &Statement) -> bool {
    statement.location.is_of_page()
        && matches!(evidence.content, Content::Format { id: "tiff", .. })
        && !matches!(bearing(statement.property), None | Some(Bearing::About))
}

/// Whether an address that cannot be understood has the unit in its place:
/// `licenses/by-nc/4.0/foo`.
fn is_of(address: &str, unit: Unit) -> bool {
    let address = address.to_ascii_lowercase();
    let mut parts = address
        .split(['/', '?', '#'])
        .skip_while(|part| !matches!(*part, "licenses" | "licences" | "publicdomain"));
    parts.nth(1) == Some(unit.as_str())
}

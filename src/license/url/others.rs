//! Addresses at sites that are not those of Creative Commons.

use super::super::{Form, LegalTool, Meaning, RightsStatement, spdx};
use super::segments;

/// What a path at rightsstatements.org means.
pub(super) fn rights_statement(path: &str) -> (Meaning, Form) {
    let parts = segments(path);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (code, version) = match parts.as_slice() {
        ["vocab" | "page" | "data", code, rest @ ..] => (*code, rest.first().copied()),
        [code, version, ..] if RightsStatement::find(code).is_some() => {
            (*code, Some(*version))
        }
        _ => {
            let why = "a page of rightsstatements.org that is no statement";
            return (Meaning::NotATool { why }, Form::Url);
        }
    };
    let invalid = |why| Meaning::InvalidRightsStatement { why };
    let meaning = match (RightsStatement::find(code), version) {
        (None, _) => invalid(format!("there is no statement “{code}”")),
        (Some(_), None) => invalid("no version is given".to_owned()),
        (Some(statement), Some("1.0" | "1")) => Meaning::RightsStatement(statement),
        (Some(_), Some(v)) => invalid(format!("there is no version {v}")),
    };
    (meaning, Form::Url)
}

/// What the page of a license at spdx.org means.
pub(super) fn spdx(path: &str) -> (Meaning, Form) {
    let id = path.split(['?', '#', '/']).next().unwrap_or_default();
    let id =
        [".html", ".json", ".txt"].iter().find_map(|e| id.strip_suffix(e)).unwrap_or(id);
    let meaning = match LegalTool::from_spdx(id) {
        Some(tool) => Meaning::Tool(tool),
        None => match spdx::find(id) {
            Some(id) => Meaning::Spdx(id),
            None => {
                Meaning::NotATool { why: "a page of SPDX that is no license known here" }
            }
        },
    };
    (meaning, Form::Spdx)
}

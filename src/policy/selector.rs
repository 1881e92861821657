//! Selectors: which legal tools and statements a line of a policy means.
//!
//! | written | means |
//! |---|---|
//! | `by` | the unit in every version and port |
//! | `by@4.0` | one version |
//! | `by@>=3.0` | that version and later ones |
//! | `by@2.0..3.0` | those versions and what lies between |
//! | `by@3.0/de` | one port; `by@3.0/-` the unported tool |
//! | `*-nc*`, `*` | every unit that fits, `*` standing for any text |
//! | `rs:InC`, `rs:*` | statements of rightsstatements.org |
//! | `other:MIT`, `other:*` | other licenses, by SPDX id or address |

use std::fmt;

use crate::license::{self, LegalTool, Meaning, RIGHTS_STATEMENTS, TOOLS};
use crate::model::License;

/// One line of a list of licenses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    text: String,
    subject: Subject,
    versions: Option<Versions>,
    /// `Some("")` for the unported tool.
    port: Option<String>,
}

/// What kind of thing is selected, each with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    Unit(String),
    Statement(String),
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Versions {
    from: Version,
    to: Option<Version>,
}

/// Major and minor, so that they order as numbers.
type Version = (u32, u32);

/// How far a license is from being selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is selected.
    Yes,
    /// It would be, in a later version.
    TooOld,
    /// It is not.
    No,
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words for the writer of a policy. A selector
    /// that can never select anything is wrong too.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(pattern) = text.strip_prefix("rs:") {
            let codes = || RIGHTS_STATEMENTS.iter().map(|s| s.code());
            known(pattern, codes(), "statement of rightsstatements.org")?;
            return Ok(Self::of(text, Subject::Statement(pattern.to_owned())));
        }
        if let Some(pattern) = text.strip_prefix("other:") {
            if pattern.is_empty() {
                return Err("“other:” needs an SPDX id, an address or “*”".to_owned());
            }
            return Ok(Self::of(text, Subject::Other(pattern.to_owned())));
        }
        let (pattern, rest) = match text.split_once('@') {
            Some((pattern, rest)) => (pattern, Some(rest)),
            None => (text, None),
        };
        if let Some(id) = spdx(text) {
            return Err(format!(
                "there is no legal tool “{text}”; did you mean “other:{id}”?"
            ));
        }
        known(pattern, TOOLS.iter().map(|t| t.unit().as_str()), "legal tool")?;
        let mut selector = Self::of(text, Subject::Unit(pattern.to_owned()));
        if let Some(rest) = rest {
            let (versions, port) = match rest.split_once('/') {
                Some((versions, port)) => (versions, Some(port)),
                None => (rest, None),
            };
            selector.versions = Some(parse_versions(versions)?);
            selector.port =
                port.map(|p| if p == "-" { String::new() } else { p.to_lowercase() });
        }
        if TOOLS.iter().any(|tool| selector.fit_tool(*tool) == Fit::Yes) {
            Ok(selector)
        } else {
            Err(format!("no legal tool fits “{text}”"))
        }
    }

    fn of(text: &str, subject: Subject) -> Self {
        Self { text: text.to_owned(), subject, versions: None, port: None }
    }

    /// What may be wrong with it, though it may be meant: an id that SPDX does not
    /// have. A license that has no id is named by its address.
    pub(super) fn hint(&self) -> Option<String> {
        let Subject::Other(name) = &self.subject else { return None };
        let is_id = !name.contains([':', '/', '*']);
        (is_id && spdx(name).is_none()).then(|| {
            format!("“{self}”: “{name}” is no id of the SPDX list and no address")
        })
    }

    /// How `license` fits.
    pub(super) fn fit(&self, license: &License) -> Fit {
        let fits = |yes| if yes { Fit::Yes } else { Fit::No };
        match (license, &self.subject) {
            (License::Tool(tool), _) => self.fit_tool(*tool),
            (License::RightsStatement(s), Subject::Statement(pattern)) => {
                fits(wildcard(pattern, s.code()))
            }
            (License::Other(name), Subject::Other(pattern)) => {
                fits(wildcard(pattern, name))
            }
            _ => Fit::No,
        }
    }

    fn fit_tool(&self, tool: LegalTool) -> Fit {
        let Subject::Unit(pattern) = &self.subject else { return Fit::No };
        let port_fits =
            self.port.as_deref().is_none_or(|p| p == tool.port().unwrap_or_default());
        if !wildcard(pattern, tool.unit().as_str()) || !port_fits {
            return Fit::No;
        }
        let Some(versions) = &self.versions else { return Fit::Yes };
        let Some(version) = version(tool.version()) else { return Fit::No };
        if version < versions.from {
            Fit::TooOld
        } else if versions.to.is_some_and(|to| version > to) {
            Fit::No
        } else {
            Fit::Yes
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The id of another license in the spelling of the SPDX list, where `text` is one.
fn spdx(text: &str) -> Option<&'static str> {
    match &*license::read_in(text, license::Context::LicenseField) {
        [only] if only.span == (0..text.len()) => match only.meaning {
            Meaning::Spdx(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// Checks that `pattern` fits one of `names`.
fn known(
    pattern: &str,
    names: impl Iterator<Item = &'static str> + Clone,
    what: &str,
) -> Result<(), String> {
    if names.clone().any(|name| wildcard(pattern, name)) {
        return Ok(());
    }
    let hint = match super::nearest(pattern, names) {
        Some(name) => format!("; did you mean “{name}”?"),
        None => String::new(),
    };
    Err(format!("there is no {what} “{pattern}”{hint}"))
}

fn parse_versions(text: &str) -> Result<Versions, String> {
    let one = |text: &str| {
        version(text.trim()).ok_or_else(|| {
            format!("“{text}” is no version; write “4.0”, “>=3.0” or “2.0..3.0”")
        })
    };
    if let Some(from) = text.strip_prefix(">=") {
        return Ok(Versions { from: one(from)?, to: None });
    }
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let versions = Versions { from: one(from)?, to: Some(one(to)?) };
    if versions.to.is_some_and(|to| to < versions.from) {
        return Err(format!("“{text}” ends before it begins"));
    }
    Ok(versions)
}

fn version(text: &str) -> Option<Version> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Whether `text` fits `pattern`, in which `*` stands for any text. Case does
/// not count.
fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(path: &str) -> License {
        let mut parts = path.split('/');
        let mut part = || parts.next().unwrap_or_default();
        License::Tool(LegalTool::find(part(), part(), part()).unwrap())
    }

    #[test]
    fn selectors_select_what_they_say() {
        for (selector, license, expected) in [
            ("by", "by/3.0/de", Fit::Yes),
            ("by", "by-sa/4.0", Fit::No),
            ("by@4.0", "by/4.0", Fit::Yes),
            ("by@4.0", "by/3.0", Fit::TooOld),
            ("by@>=3.0", "by/4.0", Fit::Yes),
            ("by@2.0..3.0", "by/4.0", Fit::No),
            ("by@2.0..3.0", "by/2.5", Fit::Yes),
            ("by@3.0/de", "by/3.0/de", Fit::Yes),
            ("by@3.0/-", "by/3.0/de", Fit::No),
            ("by@3.0/-", "by/3.0", Fit::Yes),
            ("*-nc*", "by-nc-sa/4.0", Fit::Yes),
            ("*-nc*", "by-sa/4.0", Fit::No),
            ("*", "zero/1.0", Fit::Yes),
            ("rs:InC", "by/4.0", Fit::No),
        ] {
            let parsed = Selector::parse(selector).unwrap();
            assert_eq!(parsed.fit(&tool(license)), expected, "{selector} {license}");
        }
    }

    #[test]
    fn statements_and_other_licenses_are_selected_by_name() {
        let statement = License::RightsStatement(RIGHTS_STATEMENTS[0]);
        assert_eq!(Selector::parse("rs:*").unwrap().fit(&statement), Fit::Yes);
        let other = License::Other("MIT".to_owned());
        assert_eq!(Selector::parse("other:mit").unwrap().fit(&other), Fit::Yes);
        assert_eq!(Selector::parse("*").unwrap().fit(&other), Fit::No);
    }

    #[test]
    fn what_can_never_select_is_refused() {
        for (text, said) in [
            ("by-sq", "did you mean “by-sa”?"),
            ("by@5.0", "no legal tool fits"),
            ("by@4", "is no version"),
            ("by@4.0..3.0", "ends before it begins"),
            ("by@4.0/de", "no legal tool fits"),
            ("rs:InX", "did you mean “InC”?"),
            ("other:", "needs an SPDX id"),
        ] {
            let error = Selector::parse(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}

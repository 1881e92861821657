//! `url-without-scheme`

use super::words::{quoted_at, refers};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, Property, Severity, Statement};

declare_rule! {
    /// ## What it finds
    ///
    /// Values that should be the address of a page and cannot be followed: `https://`
    /// is missing, or it is no address at all.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:WebStatement   www.freefoto.com
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   xmpRights:WebStatement   https://www.freefoto.com/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Programs take such a value for text and ignore it. Of 23 web statements in
    /// public test collections, 9 had no scheme.
    ///
    /// ## How to fix it
    ///
    /// Open the page in a browser, and copy its address from there.
    id: "url-without-scheme",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "An address lacks “https://”",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        let value = statement.value.trim();
        if !is_for_an_address(statement)
            || refers(case, id)
            || notice::is_blank(value)
            || has_scheme(value)
        {
            continue;
        }
        let said = quoted_at(case.evidence, id);
        let finding = findings.report(format!("{said} is no address"), [id]);
        if notice::lacks_scheme(value) && !value.contains(char::is_whitespace) {
            let value = format!("https://{value}");
            finding.fix(Fix::Replace { statement: id, value });
        }
    }
}

fn is_for_an_address(statement: &Statement) -> bool {
    match statement.property {
        Property::WebStatement | Property::AttributionUrl | Property::PhotoshopUrl => {
            true
        }
        Property::Licensor => statement.location.key.ends_with("URL"),
        _ => false,
    }
}

/// Whether `value` begins with the scheme of a URI (RFC 3986, 3.1).
fn has_scheme(value: &str) -> bool {
    value.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !rest.is_empty()
    })
}

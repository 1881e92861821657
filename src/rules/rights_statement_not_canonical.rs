//! `rights-statement-not-canonical`

use super::words::{place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::{Fix, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses of rights statements, in properties that programs read, that are not
    /// the URI of the statement: with `https`, with `/page/` for `/vocab/`, with a
    /// language, without the last slash.
    ///
    /// ```tasl,flagged
    /// xmp   edm:rights   https://rightsstatements.org/page/InC/1.0/?language=en
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The statement is identified by a URI with `http` and `/vocab/`; the page is what
    /// people see (RightsStatements.org data model). DPLA and Europeana compare them
    /// letter by letter.
    ///
    /// ## How to fix it
    ///
    /// Write the URI that the finding gives. Nobody has to decide anything.
    id: "rights-statement-not-canonical",
    group: Group::Validity,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "The address of a rights statement is not its URI",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in &case.tasl.candidates {
        let Meaning::RightsStatement(stated) = candidate.reference.meaning else {
            continue;
        };
        let id = candidate.statement;
        let statement = &case.evidence[id];
        let value = statement.value.trim();
        let is_read =
            matches!(statement.property, Property::License | Property::WebStatement)
                && value.contains("rightsstatements.org")
                && !value.contains(char::is_whitespace);
        if is_read && value != stated.uri() {
            let (said, place) = (quoted(value), place(statement));
            let uri = stated.uri();
            findings
                .report(format!("{said} in {place} is written {uri}"), [id])
                .fix(Fix::Replace { statement: id, value: uri.to_owned() });
        }
    }
}

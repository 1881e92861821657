//! `rights-statement-invalid`

use super::words::{meant, part, place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses at rightsstatements.org that name no statement: an unknown code, a
    /// version other than 1.0, or the site alone.
    ///
    /// ```tasl,flagged
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC-ART/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// There are twelve statements, all in version 1.0 (RightsStatements.org data
    /// model). Aggregators refuse a record with any other value.
    ///
    /// ## How to fix it
    ///
    /// Choose one of the twelve at rightsstatements.org, and copy its URI.
    id: "rights-statement-invalid",
    group: Group::Validity,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A rights statement is named that does not exist",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in meant(case) {
        if let Meaning::InvalidRightsStatement { why } = &candidate.reference.meaning {
            let id = candidate.statement;
            let said = quoted(part(case.evidence, candidate));
            let place = place(&case.evidence[id]);
            findings.report(format!("{said} in {place} is no statement: {why}"), [id]);
        }
    }
}

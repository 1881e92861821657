//! `uri-form-required`

use super::words::{place, quoted};
use super::{Case, Findings, Group};
use crate::license::{Form, Meaning};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses of licenses that begin with `http` where your policy asks for `https`,
    /// or the other way round.
    ///
    /// ```tasl,flagged
    /// @ policy   preset = "europeana"
    /// xmp   edm:rights   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   preset = "europeana"
    /// xmp   edm:rights   http://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Aggregators compare addresses letter by letter. Europeana takes only those that
    /// begin with `http` (Europeana, “Valid rights statements”), although Creative
    /// Commons has moved to `https`.
    ///
    /// ## How to fix it
    ///
    /// Change it where the data is exported to the aggregator, and leave the files as
    /// they are: what is right for one reader is wrong for the next.
    id: "uri-form-required",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The policy asks for the address of the license in another form",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let Some(scheme) = case.policy.licenses.uri_scheme else { return };
    for candidate in &case.tasl.candidates {
        let reference = &candidate.reference;
        let names =
            matches!(reference.meaning, Meaning::Tool(_) | Meaning::RightsStatement(_));
        let id = candidate.statement;
        let statement = &case.evidence[id];
        if !names
            || reference.form != Form::Url
            || statement.property != Property::License
        {
            continue;
        }
        let value = statement.value.trim();
        match value.split_once("://") {
            Some((used, _)) if used.eq_ignore_ascii_case(scheme) => {}
            Some(_) => {
                let (said, place) = (quoted(value), place(statement));
                let message = format!("{said} in {place} does not begin with {scheme}:");
                findings.report(message, [id]);
            }
            None => {}
        }
    }
}

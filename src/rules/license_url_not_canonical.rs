//! `license-url-not-canonical`

use super::words::{place, quoted};
use super::{Case, Findings, Group};
use crate::license::{Form, Meaning};
use crate::model::{Fix, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses of licenses, in properties that programs read, that are not the
    /// address by which Creative Commons identifies the license: with `www`, with
    /// `deed.en` or `legalcode` at the end, without the last slash. `http` for
    /// `https` is fine.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   http://www.creativecommons.org/licenses/by/4.0/deed.en_US
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   http://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Aggregators compare addresses letter by letter (DPLA and Openverse keep lists
    /// of the variants they have met). Of 374 spellings that ScanCode knows, 16 are
    /// the one that is meant.
    ///
    /// ## How to fix it
    ///
    /// Write the address that the finding gives. Nobody has to decide anything.
    id: "license-url-not-canonical",
    group: Group::Validity,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "The address of a license is not the one that identifies it",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in &case.tasl.candidates {
        let Meaning::Tool(tool) = candidate.reference.meaning else { continue };
        let id = candidate.statement;
        let statement = &case.evidence[id];
        let is_read = matches!(
            statement.property,
            Property::License | Property::WebStatement | Property::PhotoshopUrl
        ) && matches!(candidate.reference.form, Form::Url | Form::Button);
        if !is_read {
            continue;
        }
        let value = statement.value.trim();
        // Several addresses in one value are for `multiple-licenses`.
        if value.contains(char::is_whitespace) {
            continue;
        }
        let canonical = match value.strip_prefix("http://") {
            Some(_) => tool.url().replacen("https://", "http://", 1),
            None => tool.url().to_owned(),
        };
        if value != canonical {
            let (said, place) = (quoted(value), place(statement));
            findings
                .report(format!("{said} in {place} is written {canonical}"), [id])
                .fix(Fix::Replace { statement: id, value: canonical });
        }
    }
}

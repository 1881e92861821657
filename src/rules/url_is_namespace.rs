//! `url-is-namespace`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// The name of a metadata schema where the address of a page should be.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:WebStatement   http://ns.adobe.com/xap/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   xmpRights:WebStatement   https://example.org/item/1
    /// ```
    ///
    /// ## Why it matters
    ///
    /// It leads nowhere. Somebody has filled in a template by copying what stood beside
    /// the field.
    ///
    /// ## How to fix it
    ///
    /// Write the address of the page of the item, or take the value out. Correct the
    /// template.
    id: "url-is-namespace",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The name of a schema stands in place of an address",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        let is_address = matches!(
            statement.property,
            Property::WebStatement
                | Property::AttributionUrl
                | Property::Certificate
                | Property::Licensor
                | Property::License
                | Property::Source
                | Property::Identifier
        );
        if is_address && notice::is_namespace_url(&statement.value) {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} is the name of a schema"), [id]);
        }
    }
}

//! `web-statement-is-license`

use super::words::name;
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works whose page about the rights is the license itself.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:WebStatement   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   xmpRights:WebStatement   https://example.org/item/1
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Creative Commons once advised to write the license there and now advises a page
    /// about this work, which can confirm the license (Creative Commons wiki, XMP). Google
    /// takes both. The rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// Write the license into `cc:license`, and the page of the item here.
    id: "web-statement-is-license",
    group: Group::Consistency,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The page about the rights is the license itself",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in &case.tasl.candidates {
        let id = candidate.statement;
        if case.evidence[id].property == Property::WebStatement
            && let Meaning::Tool(tool) = candidate.reference.meaning
        {
            let license = name(&License::Tool(tool));
            findings.report(format!("the page about the rights is {license}"), [id]);
        }
    }
}

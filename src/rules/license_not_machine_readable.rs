//! `license-not-machine-readable`

use super::words::{is_grant, is_work, name, place};
use super::{Case, Findings, Group};
use crate::license::Form;
use crate::model::{Fix, License, Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that only people can read: in a sentence, by name, in a copyright
    /// field or on the page, and not as an address in `cc:license` or another
    /// property that is made for it.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:UsageTerms   Creative Commons Attribution 4.0 International License
    /// ```
    ///
    /// ```tasl,flagged
    /// @          format   pdf
    /// pdf-text   page-2   This report is licensed under CC BY 4.0.
    /// pdf-link   page-2   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   xmpRights:UsageTerms   Creative Commons Attribution 4.0 International License
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// If the address stands in `xmpRights:WebStatement` alone, some programs find
    /// it and others do not: there it is a note.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:WebStatement   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Search engines and aggregators look for an address and do not read prose.
    /// Creative Commons recommends `cc:license` in XMP (Creative Commons wiki,
    /// XMP). Of some 5,900 images and PDFs in public test collections, one had it.
    ///
    /// ## How to fix it
    ///
    /// Write the address of the license into `cc:license`. Leave the sentence: it
    /// is there for people.
    id: "license-not-machine-readable",
    group: Group::Completeness,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The license stands where only people find it",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let tasl = case.tasl;
    let Licensing::Settled(license @ License::Tool(tool)) = &tasl.license else { return };
    let grants = || tasl.candidates.iter().filter(|c| is_grant(&c.reference));
    if !is_work(case) || grants().any(|c| c.machine_readable) {
        return;
    }
    let at = tasl.grants.iter().flat_map(|g| g.from.iter().copied());
    let Some(first) = at.clone().next() else { return };
    let message =
        format!("{} stands only in {}", name(license), place(&case.evidence[first]));
    let is_address = grants().any(|c| {
        c.reference.form == Form::Url
            && matches!(
                case.evidence[c.statement].property,
                Property::WebStatement | Property::License
            )
    });
    let finding = if is_address {
        findings.report_as(Severity::Note, message, at)
    } else {
        findings.report(message, at)
    };
    finding.fix(Fix::Set { key: "cc:license", value: tool.url().to_owned() });
}

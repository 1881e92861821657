//! `license-name-without-url`

use super::words::{is_grant, name};
use super::{Case, Findings, Group};
use crate::license::Form;
use crate::model::{Fix, License, Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that are named in words, and whose address stands nowhere.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:UsageTerms   Creative Commons Attribution 4.0 International License
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights   CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The licenses want their text or their address to go with every copy (1.0 to
    /// 3.0, section 4(a); 4.0, section 3(a)(1)(C)). A name alone has to be looked up.
    ///
    /// ## How to fix it
    ///
    /// Write the address of the license into `cc:license`.
    id: "license-name-without-url",
    group: Group::Validity,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A license is named and its address is not given",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let tasl = case.tasl;
    let Licensing::Settled(license @ License::Tool(tool)) = &tasl.license else { return };
    let has_address = tasl.candidates.iter().any(|c| {
        is_grant(&c.reference) && matches!(c.reference.form, Form::Url | Form::Button)
    });
    if !has_address {
        let at = tasl.grants.iter().flat_map(|g| g.from.iter().copied());
        findings
            .report(format!("{} is named without its address", name(license)), at)
            .fix(Fix::Set { key: "cc:license", value: tool.url().to_owned() });
    }
}

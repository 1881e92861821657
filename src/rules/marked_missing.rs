//! `marked-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, License, Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licensed works without the flag that says whether they are under copyright.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license         https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license         https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:Marked   True
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Creative Commons sets it: `False` for the public domain, `True` otherwise (Creative
    /// Commons wiki, XMP). Picture programs show it. The rule is off unless you ask.
    ///
    /// ## How to fix it
    ///
    /// Set `xmpRights:Marked` to the value that the finding gives.
    id: "marked-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The copyright flag is not set",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let Licensing::Settled(License::Tool(tool)) = &case.tasl.license else { return };
    let there =
        evidence.about(Property::Marked).any(|(_, s)| !notice::is_blank(&s.value));
    if evidence.is_complete() && is_work(case) && !there {
        let value = if tool.is_public_domain() { "False" } else { "True" };
        let at = case.tasl.grants.iter().flat_map(|g| g.from.first().copied());
        findings
            .report(
                format!("the copyright flag is not set; {value} goes with {tool}"),
                at,
            )
            .fix(Fix::Set { key: "xmpRights:Marked", value: value.to_owned() });
    }
}

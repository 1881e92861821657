//! `usage-terms-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, License, Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licensed works that do not say in words how they may be used.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   Licensed under CC BY 4.0
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Picture programs show `xmpRights:UsageTerms` to people, and few show
    /// `cc:license`. Creative Commons proposes a sentence for it (Creative Commons wiki,
    /// XMP). The rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// Write the sentence that the finding proposes.
    id: "usage-terms-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The terms of use are not given in words",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let Licensing::Settled(License::Tool(tool)) = &case.tasl.license else { return };
    let there =
        evidence.about(Property::UsageTerms).any(|(_, s)| !notice::is_blank(&s.value));
    if evidence.is_complete() && is_work(case) && !there {
        let (title, url) = (tool.title(), tool.url());
        // What is in the public domain is not licensed.
        let value = if tool.is_public_domain() {
            format!("This work is marked with {title}, {url}")
        } else {
            format!(
                "This work is licensed under the Creative Commons {title} license, {url}"
            )
        };
        let at = case.tasl.grants.iter().flat_map(|g| g.from.first().copied());
        findings
            .report("the terms of use are not given in words", at)
            .fix(Fix::Set { key: "xmpRights:UsageTerms", value });
    }
}

//! `attribution-name-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licensed works that name a creator, and not the name to credit.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:creator   Ada Archivist
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license           https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:creator           Ada Archivist
    /// xmp   cc:attributionName   City Museum
    /// ```
    ///
    /// ## Why it matters
    ///
    /// `cc:attributionName` says how the licensor wants to be credited, which may be
    /// another name or an institution (ccREL 1.0, section 2). Without it, reusers credit
    /// the creator, so that the rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// Write the name to credit into `cc:attributionName`. Most often it is the creator.
    id: "attribution-name-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The name to credit is not given",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let (evidence, creators) = (case.evidence, &case.tasl.creators);
    let there = evidence
        .about(Property::AttributionName)
        .any(|(_, s)| !notice::is_blank(&s.value));
    let licensed =
        matches!(&case.tasl.license, Licensing::Settled(l) if l.tool().is_some());
    if !evidence.is_complete() || !is_work(case) || !licensed || there {
        return;
    }
    if let [only] = &*creators.values {
        let name = only.value.join(", ");
        findings
            .report("the name to credit is not given", only.from.iter().copied())
            .fix(Fix::Set { key: "cc:attributionName", value: name });
    }
}

//! `license-does-not-exist`

use super::words::{meant, part, place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that look right and that Creative Commons has never published: a
    /// version that does not exist, or a country that never had that version.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/5.0/
    /// ```
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/de/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/2.1/jp/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Creative Commons has published 639 legal tools (registry of the legal
    /// tools, cc-legal-tools-data). One that is not among them has no text, so
    /// that nothing is granted with certainty.
    ///
    /// ## How to fix it
    ///
    /// Ask the rights holder which license was meant. The license named in the
    /// finding is the nearest that exists: take it as a question to ask, not as
    /// the answer.
    id: "license-does-not-exist",
    group: Group::Validity,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A license is named that was never published",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in meant(case) {
        if let Meaning::DoesNotExist { why, nearest } = &candidate.reference.meaning {
            let id = candidate.statement;
            let said = quoted(part(case.evidence, candidate));
            let place = place(&case.evidence[id]);
            let mut message = format!("{said} in {place} was never published: {why}");
            if let Some(nearest) = nearest {
                message.push_str(&format!("; was {nearest} meant?"));
            }
            findings.report(message, [id]);
        }
    }
}

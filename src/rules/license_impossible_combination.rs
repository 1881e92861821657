//! `license-impossible-combination`

use super::words::{meant, part, place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses made of elements that exclude each other: NoDerivatives and
    /// ShareAlike, or a version 4.0 without Attribution.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights    CC BY-ND-SA 4.0
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    CC BY-NC-SA 4.0
    /// ```
    ///
    /// ## Why it matters
    ///
    /// NoDerivatives forbids to share adaptations and ShareAlike says how to
    /// share them. Creative Commons never published the pair (of its 639 legal
    /// tools none has both elements), and licenses without Attribution only in
    /// version 1.0 and one port of 2.0. Which of the elements counts is not for
    /// the reader to choose.
    ///
    /// ## How to fix it
    ///
    /// Ask the rights holder whether adaptations are allowed: if so, the license
    /// is a ShareAlike one; if not, a NoDerivatives one.
    id: "license-impossible-combination",
    group: Group::Validity,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A license combines elements that exclude each other",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in meant(case) {
        if let Meaning::Impossible { why } = &candidate.reference.meaning {
            let id = candidate.statement;
            let said = quoted(part(case.evidence, candidate));
            let place = place(&case.evidence[id]);
            findings.report(format!("{said} in {place} cannot be: {why}"), [id]);
        }
    }
}

//! `license-malformed`

use super::words::{meant, part, place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses and names that point at Creative Commons, and of which nobody
    /// can tell which license they mean: two addresses run together, an unknown
    /// word where the license should be, something left over at the end.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/creativecommons.org/zero/1.0/legalcode
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The address of a license is made of its kind, its version and perhaps a
    /// country (Creative Commons, legal tools, form of their addresses). If it
    /// cannot be taken apart, a reader cannot tell which terms apply, and a
    /// program that harvests the file drops the license.
    ///
    /// ## How to fix it
    ///
    /// Find out which license was meant, and copy its address from the deed at
    /// creativecommons.org. Do not repair the address by guessing.
    id: "license-malformed",
    group: Group::Validity,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A license is written in a way that cannot be understood",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in meant(case) {
        if let Meaning::Malformed { why } = &candidate.reference.meaning {
            let id = candidate.statement;
            let said = quoted(part(case.evidence, candidate));
            let place = place(&case.evidence[id]);
            findings
                .report(format!("{said} in {place} cannot be understood: {why}"), [id]);
        }
    }
}

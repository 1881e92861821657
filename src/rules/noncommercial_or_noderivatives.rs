//! `noncommercial-or-noderivatives`

use super::words::name;
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that forbid commercial use or adaptations, to count them.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// They are good licenses, and not open ones: they conform neither to the Open
    /// Definition (opendefinition.org, nonconformant licenses) nor to the definition of
    /// Free Cultural Works. Wikipedia and many textbooks cannot take such works.
    ///
    /// ## How to fix it
    ///
    /// Nothing has to be done. If your institution promises open licenses, ask the
    /// rights holder for one.
    id: "noncommercial-or-noderivatives",
    group: Group::Validity,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The license forbids commercial use or adaptations",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for grant in &case.tasl.grants {
        let Some(unit) = grant.value.unit() else { continue };
        let has = |element| unit.as_str().split('-').any(|e| e == element);
        let forbids = match (has("nc"), has("nd")) {
            (true, true) => "commercial use and adaptations",
            (true, false) => "commercial use",
            (false, true) => "adaptations",
            (false, false) => continue,
        };
        let license = name(&grant.value);
        let at = grant.from.iter().copied();
        findings.report(format!("{license} forbids {forbids}"), at);
    }
}

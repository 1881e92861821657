//! `copyright-notice-missing`

use super::words::{Duties, claims_copyright, is_work};
use super::{Case, Findings, Group};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license with Attribution, without a copyright notice.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:rights    © 2021 City Museum
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Reusers keep a notice if there is one (4.0, section 3(a)(1)(A)(ii)). To have none
    /// is no fault, so that the rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// If you want a notice to go with every copy, write it into `dc:rights`.
    id: "copyright-notice-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "There is no copyright notice",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let there = evidence.about(Property::Rights).any(|(_, s)| claims_copyright(case, s));
    if evidence.is_complete() && is_work(case) && Duties::of(case).creator && !there {
        findings.report("there is no copyright notice", []);
    }
}

//! `multiple-licenses`

use super::words::{list, name};
use super::{Case, Findings, Group};
use crate::model::{Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works that may be used under one of several licenses: one property lists them,
    /// as several values or in one.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/3.0/
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights   CC BY-SA 3.0, CC BY 4.0
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// Licenses that differ between properties, blocks or files are a contradiction,
    /// and so are a name and the address beside it: `license-conflict`.
    ///
    /// ```tasl,clean
    /// xmp   dc:rights   CC BY-SA 3.0 https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// To offer a choice is allowed. Aggregators take one value (DPLA reports records
    /// with two), and a list may as well be a mistake, so it must be explicit.
    ///
    /// ## How to fix it
    ///
    /// If it is a choice, say so in words as well: “CC BY-SA 3.0 or CC BY 4.0”, and
    /// turn this rule off for these works. If not, keep the license that was given.
    id: "multiple-licenses",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "One property offers several licenses",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if let Licensing::Choice(licenses) = &case.tasl.license {
        let names: Vec<String> = licenses.iter().map(name).collect();
        let at = case.tasl.grants.iter().flat_map(|g| g.from.iter().copied());
        findings.report(format!("{} are offered", list(&names)), at);
    }
}

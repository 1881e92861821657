//! `license-ported`

use super::words::name;
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Licenses that were adapted to the law of one country or to international
    /// organisations.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/de/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A port differs from the unported license in its governing law and sometimes in
    /// its terms. Nothing is wrong with it. There are none of 4.0, which is written to
    /// work everywhere (registry of the legal tools). The rule is off unless you ask.
    ///
    /// ## How to fix it
    ///
    /// Nothing has to be done. Keep the port: it is the license that was given.
    id: "license-ported",
    group: Group::Validity,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The license is the port to one jurisdiction",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for grant in &case.tasl.grants {
        if let Some(port) = grant.value.tool().and_then(|tool| tool.port()) {
            let license = name(&grant.value);
            let at = grant.from.iter().copied();
            findings.report(format!("{license} is the port “{port}”"), at);
        }
    }
}

//! `embargo-not-elapsed`

use super::words::{name, quoted_at};
use super::{Case, Findings, Group};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works with a license, of which a date says that they may not be used yet. The day
    /// of the audit is 31 January 2026 in these examples.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license          https://creativecommons.org/licenses/by/4.0/
    /// xmp   prism:embargoDate   2031-01-01
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license          https://creativecommons.org/licenses/by/4.0/
    /// xmp   prism:embargoDate   2021-01-01
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Either the work is out too early, or the date is wrong. A license that is given
    /// cannot be taken back (4.0, sections 2(a)(1) and 6(c)).
    ///
    /// ## How to fix it
    ///
    /// If the embargo stands, take the file offline until then. If not, take the date out.
    id: "embargo-not-elapsed",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A licensed work is under an embargo",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let Some(today) = case.policy.today else { return };
    let today = today.to_string();
    let licensed = case.tasl.grants.iter().find(|g| g.value.tool().is_some());
    let Some(grant) = licensed else { return };
    for (id, statement) in case.evidence.about(Property::Available) {
        let date = statement.value.trim();
        if is_date(date) && date > &*today {
            let (license, said) = (name(&grant.value), quoted_at(case.evidence, id));
            let at = grant.from.first().copied().into_iter().chain([id]);
            findings.report(format!("{license}, but {said} is yet to come"), at);
        }
    }
}

/// Whether `text` begins with a whole date (ISO 8601), so that it sorts as text.
fn is_date(text: &str) -> bool {
    text.len() >= 10
        && text.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

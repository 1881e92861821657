//! `marked-flag-contradicts-tool`

use super::words::{name, place};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, License, Property, Severity, Statement, StatementId, Value};

declare_rule! {
    /// ## What it finds
    ///
    /// The flag “copyrighted” on a work in the public domain, and the flag “public
    /// domain” on a work with a license or a copyright notice.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license         https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   xmpRights:Marked   True
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license         https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   xmpRights:Marked   False
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Picture programs show the flag in large letters. It is `True` for works under
    /// copyright, licensed or not, and `False` for the public domain (Creative Commons
    /// wiki, XMP; ISO 16684-1, 8.5).
    ///
    /// ## How to fix it
    ///
    /// If the license is right, set the flag to match it: the finding says how.
    id: "marked-flag-contradicts-tool",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The copyright flag contradicts the license or the notice",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let tools = || case.tasl.grants.iter().filter(|g| g.value.tool().is_some());
    let is_free =
        |g: &&Value<License>| g.value.tool().is_some_and(|tool| tool.is_public_domain());
    for (id, statement) in case.evidence.about(Property::Marked) {
        match flag(statement) {
            Some(true) => {
                // A license beside the public domain is for `license-conflict`.
                if let Some(grant) =
                    tools().find(is_free).filter(|_| tools().all(|g| is_free(&g)))
                {
                    let at = grant.from.first().copied();
                    report(id, statement, "False", &name(&grant.value), at, findings);
                }
            }
            Some(false) => {
                let license = tools().find(|g| !is_free(g));
                let notice = case
                    .evidence
                    .about(Property::Rights)
                    .find(|(_, s)| notice::claims_copyright(&s.value));
                if let Some(grant) = license {
                    let at = grant.from.first().copied();
                    report(id, statement, "True", &name(&grant.value), at, findings);
                } else if let Some((at, _)) = notice {
                    report(
                        id,
                        statement,
                        "True",
                        "a copyright notice",
                        Some(at),
                        findings,
                    );
                }
            }
            None => {}
        }
    }
}

fn report(
    id: StatementId,
    statement: &Statement,
    should_be: &str,
    beside: &str,
    at: Option<StatementId>,
    findings: &mut Findings<'_>,
) {
    let (value, place) = (statement.value.trim(), place(statement));
    findings
        .report(format!("{place} is {value} beside {beside}"), at.into_iter().chain([id]))
        .fix(Fix::Replace { statement: id, value: should_be.to_owned() });
}

/// Whether the work is flagged as copyrighted.
fn flag(statement: &Statement) -> Option<bool> {
    match statement.value.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

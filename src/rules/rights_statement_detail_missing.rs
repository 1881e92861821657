//! `rights-statement-detail-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Rights statements that need more than themselves: “No Copyright – Contractual
    /// Restrictions” and “Other Known Legal Restrictions” without a link to the
    /// restriction, “Non-Commercial Use Only” without the year in which it ends,
    /// “EU Orphan Work” without a link to the register.
    ///
    /// ```tasl,flagged
    /// xmp   edm:rights   http://rightsstatements.org/vocab/NoC-CR/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights   http://rightsstatements.org/vocab/NoC-CR/1.0/
    /// xmp   dc:rights    See https://library.example.org/contract
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The statement says that there is a restriction, and not which. “In order to be
    /// conclusive” it has to link to it (RightsStatements.org data model, scope notes).
    ///
    /// ## How to fix it
    ///
    /// Write the link or the year into `dc:rights`, beside the statement.
    id: "rights-statement-detail-missing",
    group: Group::Completeness,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A rights statement lacks the detail that it needs",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !case.evidence.is_complete() || !is_work(case) {
        return;
    }
    for grant in &case.tasl.grants {
        let License::RightsStatement(statement) = grant.value else { continue };
        let (needs_year, what) = match statement.code() {
            "NoC-CR" | "NoC-OKLR" => (false, "a link to the restriction"),
            "InC-OW-EU" => (false, "a link to the register of orphan works"),
            "NoC-NC" => (true, "the year in which the restriction ends"),
            _ => continue,
        };
        let is_detail = |text: &str| {
            if needs_year { has_year(text) } else { has_link(text) }
        };
        let there = case.evidence.iter().any(|(_, s)| {
            matches!(
                s.property,
                Property::Rights | Property::UsageTerms | Property::WebStatement
            ) && is_detail(&s.value)
        });
        if !there {
            let at = grant.from.iter().copied();
            findings.report(format!("“{}” lacks {what}", statement.label()), at);
        }
    }
}

/// Whether `text` links to something other than the statement itself.
fn has_link(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.contains("://") && !word.contains("rightsstatements.org"))
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|number| {
        number.len() == 4 && (number.starts_with('1') || number.starts_with('2'))
    })
}

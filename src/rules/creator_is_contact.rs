//! `creator-is-contact`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses of mail or of the web in the place of the creator.
    ///
    /// ```tasl,flagged
    /// @          format   pdf
    /// pdf-info   Author   f.biederi@example.org
    /// ```
    ///
    /// ```tasl,clean
    /// @          format   pdf
    /// pdf-info   Author   F. Biederi
    /// ```
    ///
    /// ## Why it matters
    ///
    /// It is no name to credit, and an address of mail is personal data that you publish
    /// with every copy.
    ///
    /// ## How to fix it
    ///
    /// Write the name. If the address is to be public, it belongs to the contact fields.
    id: "creator-is-contact",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "The creator is an address and no name",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.about(Property::Creator) {
        if notice::is_contact(&statement.value)
            && !notice::is_software_name(&statement.value)
        {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} is no name"), [id]);
        }
    }
}

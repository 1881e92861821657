//! `special-file`

use super::{Case, Findings, Group};
use crate::model::{FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Entries of a directory that are neither file nor directory: pipes, sockets,
    /// devices. They are never opened.
    ///
    /// ```tasl,flagged
    /// @   format    unknown
    /// @   subject   special
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Reading from a pipe may wait for ever. It is no work, and it is said so that
    /// every entry of the collection is accounted for.
    ///
    /// ## How to fix it
    ///
    /// Find out what has put it into the collection, and take it out.
    id: "special-file",
    group: Group::Reading,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "An entry is neither file nor directory",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if let Subject::Special(what) = case.evidence.subject {
        findings.report_place(format!("a {what}, not opened"), FileRef::Primary, None);
    }
}

//! `unreadable-directory`

use super::{Case, Findings, Group};
use crate::model::{FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Directories whose contents could not be listed.
    ///
    /// ```tasl,flagged
    /// @   format    unknown
    /// @   subject   unlistable
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Nobody knows how many works are in there. An audit that left them out in
    /// silence would call the collection better than it is.
    ///
    /// ## How to fix it
    ///
    /// Ask whoever keeps the storage for permission to list the directory. Then
    /// run the audit again.
    id: "unreadable-directory",
    group: Group::Reading,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A directory could not be listed",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if let Subject::Unlistable(why) = &case.evidence.subject {
        findings.report_place(
            format!("could not be listed: {why}"),
            FileRef::Primary,
            None,
        );
    }
}

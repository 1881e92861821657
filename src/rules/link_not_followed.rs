//! `link-not-followed`

use super::{Case, Findings, Group};
use crate::model::{FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Symbolic links, which are not followed unless the audit is told to, and
    /// those that lead back to a directory above them, which never are. A link to
    /// a directory that is audited under its own name is not followed either.
    ///
    /// ```tasl,flagged
    /// @   format    unknown
    /// @   subject   symlink
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// What a link leads to may be outside the collection, or be counted twice.
    /// It is said so that nobody takes the work behind it for audited.
    ///
    /// ## How to fix it
    ///
    /// Nothing has to be done. To have links followed, say so on the command line.
    id: "link-not-followed",
    group: Group::Reading,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A symbolic link was not followed",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let message = match case.evidence.subject {
        Subject::Symlink => "a symbolic link, not followed",
        Subject::Loop => "a symbolic link that leads back to where it came from",
        _ => return,
    };
    findings.report_place(message, FileRef::Primary, None);
}

//! `format-not-supported`

use super::{Case, Findings, Group};
use crate::model::{Content, FileRef, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files of a format that can carry a license and that this program does not
    /// read yet. Files that are no media, such as plain text, are not meant.
    ///
    /// ```tasl,flagged
    /// @   format   unsupported
    /// ```
    ///
    /// ```tasl,clean
    /// @   format   not-media
    /// ```
    ///
    /// ## Why it matters
    ///
    /// “Not looked at” is not “without a license”. Such files are counted apart,
    /// and nothing is said to be missing from them. Their sidecars are read.
    ///
    /// ## How to fix it
    ///
    /// Check them with another program, or give the license in a sidecar.
    id: "format-not-supported",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The format of the file is not read yet",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if let Content::Unsupported { name, .. } = case.evidence.content {
        let message = format!("{name} is not read yet");
        findings.report_place(message, FileRef::Primary, None);
    }
}

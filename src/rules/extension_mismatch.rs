//! `extension-mismatch`

use super::{Case, Findings, Group};
use crate::model::{Content, FileRef, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files whose name promises another format than their content has. They are
    /// read for what they are.
    ///
    /// ```tasl,flagged
    /// @   format      png
    /// @   extension   jpg
    /// @   promised    image/jpeg
    /// ```
    ///
    /// ```tasl,clean
    /// @   format      jpeg
    /// @   extension   jpg
    /// ```
    ///
    /// It is an error if the content is no media at all: a page that says “not
    /// found”, saved under the name of a picture, or nothing, in an empty file.
    ///
    /// ```tasl,flagged
    /// @   format      not-media
    /// @   extension   jpg
    /// @   promised    image/jpeg
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Programs that go by the name fail at such a file, or read nothing in it and
    /// call it unlicensed. If the content is no media, the work itself is gone.
    ///
    /// ## How to fix it
    ///
    /// Rename the file, in your records as well. If the content is no media, fetch
    /// the file again.
    id: "extension-mismatch",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The name of the file promises another format",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let Some(promised) = evidence.promised else { return };
    let (what, severity) = match evidence.content {
        Content::Format { media_type, .. } | Content::Unsupported { media_type, .. } => {
            (media_type, Severity::Warning)
        }
        Content::NotMedia { name } if is_work(promised) => (name, Severity::Error),
        Content::NotMedia { name } => (name, Severity::Warning),
        Content::Unknown => return,
    };
    let extension = evidence.extension.as_deref().unwrap_or_default();
    let message = format!("“.{extension}” promises {promised}, found: {what}");
    findings.report_place_as(severity, message, FileRef::Primary, Some(0));
}

/// Whether a file of this media type is a work in itself.
fn is_work(media_type: &str) -> bool {
    ["image/", "audio/", "video/", "application/pdf"]
        .iter()
        .any(|kind| media_type.starts_with(kind))
}

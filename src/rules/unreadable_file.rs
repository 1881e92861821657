//! `unreadable-file`

use super::{Case, Findings, Group};
use crate::model::{Content, DamageKind, FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Files and sidecars that the system would not let us read: no permission, an
    /// error of the disk or of the network.
    ///
    /// ```tasl,flagged
    /// @   format       unknown
    /// !   unreadable   permission denied
    /// ```
    ///
    /// It is a warning at a file whose sidecar was not opened, because it is a
    /// symbolic link or no regular file.
    ///
    /// ```tasl,flagged
    /// exif  Artist     Jane Doe
    /// !     unopened   its sidecar a.png.xmp was not opened: symbolic link
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Nothing is known about such a file. An audit that passed over it in silence
    /// would count it as one without a license, or not at all.
    ///
    /// ## How to fix it
    ///
    /// Ask whoever keeps the storage for permission to read, or look at the disk.
    /// Then run the audit again. Have links followed with `--follow`.
    id: "unreadable-file",
    group: Group::Reading,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A file could not be read",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if matches!(case.evidence.subject, Subject::Unlistable(_)) {
        // unreadable-directory tells it.
        return;
    }
    let mut told = false;
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Unreadable {
            let which = match damage.file {
                FileRef::Primary => "the file",
                FileRef::Sidecar(_) => "the sidecar",
            };
            let message = format!("{which} could not be read: {}", damage.what);
            findings.report_place(message, damage.file, damage.offset);
            told = true;
        }
        if damage.kind == DamageKind::Unopened {
            let (file, at) = (damage.file, damage.offset);
            findings.report_place_as(Severity::Warning, &*damage.what, file, at);
        }
    }
    // Nothing was read and nobody says why.
    let is_silent = case.evidence.content == Content::Unknown
        && case.evidence.damage.is_empty()
        && matches!(
            case.evidence.subject,
            Subject::File | Subject::OrphanSidecar | Subject::AmbiguousSidecar(_)
        );
    if is_silent && !told {
        findings.report_place("the file could not be read", FileRef::Primary, None);
    }
}

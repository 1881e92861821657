//! `orphan-sidecar`

use super::{Case, Findings, Group};
use crate::model::{FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Sidecars without the file that they describe.
    ///
    /// ```tasl,flagged
    /// @     format       xmp
    /// @     subject      orphan-sidecar
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// sidecar/xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The license in it is lost to the work, which may be elsewhere under another
    /// name: somebody has renamed or moved the one without the other.
    ///
    /// ## How to fix it
    ///
    /// Find the file and put the two together again. The sidecar of `a.jpg` is
    /// called `a.jpg.xmp`, `a.xmp` or `a.jpg.license`. If the file is gone for good,
    /// remove the sidecar.
    id: "orphan-sidecar",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A sidecar stands without its file",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if case.evidence.subject == Subject::OrphanSidecar {
        let message = "the file that this sidecar describes is not here";
        findings.report_place(message, FileRef::Primary, None);
    }
}

//! `ambiguous-sidecar`

use super::words::list;
use super::{Case, Findings, Group};
use crate::model::{DamageKind, FileRef, Severity, Subject};

declare_rule! {
    /// ## What it finds
    ///
    /// Sidecars that may describe one file or another: `a.xmp` beside `a.jpg` and
    /// `a.tif`. They are not taken for either.
    ///
    /// ```tasl,flagged
    /// @     format       xmp
    /// @     subject      ambiguous-sidecar
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// sidecar/xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// For the files themselves it is a note: their license may stand there.
    ///
    /// ```tasl,flagged
    /// exif  Artist      Jane Doe
    /// !     ambiguous   a.xmp may describe this file or another
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Two customs exist for the names of sidecars, and programs follow one or the
    /// other. A license given to the wrong file is worse than none.
    ///
    /// ## How to fix it
    ///
    /// Rename the sidecar to the whole name of its file and `.xmp`: `a.jpg.xmp`.
    id: "ambiguous-sidecar",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A sidecar may belong to several files",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if let Subject::AmbiguousSidecar(masters) = &case.evidence.subject {
        let message = format!("it may describe {}", list(masters));
        findings.report_place(message, FileRef::Primary, None);
    }
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Ambiguous {
            let (file, at) = (damage.file, damage.offset);
            findings.report_place_as(Severity::Note, &*damage.what, file, at);
        }
    }
}

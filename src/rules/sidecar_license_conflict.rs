//! `sidecar-license-conflict`

use super::words::{is_contradiction, list, named_by_file};
use super::{Case, Findings, Group};
use crate::model::{FileRef, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works whose file says one license and whose sidecar says another, be it
    /// only in its version.
    ///
    /// ```tasl,flagged
    /// xmp           cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// sidecar/xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp           cc:license   https://creativecommons.org/licenses/by/4.0/
    /// sidecar/xmp   cc:license   http://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Some systems read the sidecar first, others never look at it. No standard
    /// says which of the two wins (the Metadata Working Group's guidelines leave
    /// sidecars out), so each user is told something else.
    ///
    /// ## How to fix it
    ///
    /// Find out which is right. If it is the sidecar, write its license into the
    /// file as well before you hand the file out; if it is the file, correct the
    /// sidecar.
    id: "sidecar-license-conflict",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "File and sidecar name different licenses",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !is_contradiction(&case.tasl.license) {
        return;
    }
    let files = named_by_file(case);
    let [first, rest @ ..] = &*files else { return };
    for other in rest {
        let (one, two) = (first.all(), other.all());
        if two.iter().all(|name| one.contains(name)) {
            continue;
        }
        let at = first.at.iter().chain(&other.at).copied();
        let (one, two) = (list(&one), list(&two));
        let message = match first.file {
            FileRef::Primary => format!("the file says {one}, the sidecar {two}"),
            FileRef::Sidecar(_) => format!("one sidecar says {one}, another {two}"),
        };
        findings.report(message, at);
    }
}

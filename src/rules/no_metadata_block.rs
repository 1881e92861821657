//! `no-metadata-block`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Files without any metadata: no Exif, no IPTC, no XMP, no document
    /// information, and no sidecar.
    ///
    /// ```tasl,flagged
    /// @   format   jpeg
    /// ```
    ///
    /// ```tasl,clean
    /// @   format   jpeg
    /// @   block    exif
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Cameras, scanners and office programs all write something. If nothing is
    /// there, something took it away: web servers, thumbnail makers and cover-page
    /// services drop metadata unless they are told not to. It explains why the
    /// license of a whole folder is missing.
    ///
    /// ## How to fix it
    ///
    /// Look at the master. If it has its metadata, change the settings of whatever
    /// made these copies, and make them again.
    id: "no-metadata-block",
    group: Group::Reading,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "The file has no metadata at all",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    if is_work(case) && evidence.is_complete() && evidence.blocks.is_empty() {
        findings.report("the file has no metadata at all", []);
    }
}

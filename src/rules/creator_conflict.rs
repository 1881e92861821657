//! `creator-conflict`

use super::words::{between_files, quoted};
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Files that name different creators in different places: in Exif, IPTC, XMP
    /// or the document information. Upper and lower case, the order of names, a
    /// family name put first (“Doe, Jane”) and names cut short by a field do not count. Where file and sidecar disagree,
    /// `sidecar-attribution-conflict` tells instead.
    ///
    /// ```tasl,flagged
    /// exif  Artist      Jane Doe
    /// iptc  2:80        Richard Roe
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Artist      Jane Doe; Richard Roe
    /// xmp   dc:creator  Jane Doe
    /// xmp   dc:creator  Richard Roe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The fields are meant to be one (Metadata Working Group, Guidelines for
    /// Handling Image Metadata 2.0, creator). If they differ, each program credits
    /// somebody else. Of 38 public test files with two or more of them, 11 did.
    ///
    /// ## How to fix it
    ///
    /// Find out who made the work, and write the same names into every field. Often
    /// one of them is the person who scanned or edited it, and belongs elsewhere.
    id: "creator-conflict",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Different creators are named in different places",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let creators = &case.tasl.creators;
    if !creators.is_conflict() || between_files(case.evidence, creators) {
        return;
    }
    let names: Vec<String> =
        creators.values.iter().map(|v| quoted(&v.value.join("; "))).collect();
    let at = creators.values.iter().flat_map(|v| v.from.iter().copied());
    findings.report(format!("the creator is {}", names.join(" or ")), at);
}

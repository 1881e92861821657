//! `license-missing`

use super::words::{is_work, quoted_at, says_public_domain};
use super::{Case, Findings, Group};
use crate::model::{Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files in which no license, public domain tool or rights statement stands
    /// anywhere, neither in the file nor in a sidecar. A copyright notice is not
    /// a license, and neither is a description that speaks of one.
    ///
    /// ```tasl,flagged
    /// xmp   dc:creator   Jane Doe
    /// exif  Copyright    © 2019 Jane Doe
    /// ```
    ///
    /// The words “public domain” alone are a warning: they name no legal tool,
    /// and do not say in which country.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights    This photograph is in the public domain.
    /// ```
    ///
    /// Where a part of the file could not be read, nothing is said to be missing.
    ///
    /// ```tasl,clean
    /// xmp   dc:creator   Jane Doe
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:creator   Jane Doe
    /// !     malformed    segment runs past the end of the file
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The license is the L of TASL (title, author, source, license), the four
    /// things that Creative Commons recommends every attribution to name.
    /// Without one, copyright law reserves all rights, and nobody who has only
    /// the file can know that they may use it.
    ///
    /// ## How to fix it
    ///
    /// Ask whoever holds the rights, or look into the deposit agreement. Then
    /// write the address of the license into `cc:license`, and its name in words
    /// into `xmpRights:UsageTerms`. For works that are free of copyright
    /// everywhere, use the Public Domain Mark; where you cannot give a license,
    /// use a statement of rightsstatements.org.
    id: "license-missing",
    group: Group::Completeness,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "No license is stated",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    if !evidence.is_complete() || !is_work(case) || case.tasl.license != Licensing::None {
        return;
    }
    let says_public_domain = evidence.iter().find(|(_, s)| {
        matches!(s.property, Property::Rights | Property::UsageTerms)
            && says_public_domain(case, s)
    });
    if let Some((id, _)) = says_public_domain {
        let message = format!("no license is stated, only {}", quoted_at(evidence, id));
        findings.report_as(Severity::Warning, message, [id]);
    } else if let Some(candidate) = case.tasl.candidates.first() {
        let id = candidate.statement;
        let said = quoted_at(evidence, id);
        findings.report(format!("no license is stated; {said} only speaks of one"), [id]);
    } else {
        findings.report("no license is stated", []);
    }
}

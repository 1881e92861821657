//! `changes-not-indicated`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Licensed works that were made from another file, and do not say what was changed.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license                           https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpMM:DerivedFrom/stRef:documentID   xmp.did:1234
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license                           https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpMM:DerivedFrom/stRef:documentID   xmp.did:1234
    /// xmp   photoshop:Instructions               cropped from the original
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Whoever shares a changed work has to say that it was changed (4.0, section
    /// 3(a)(1)(B); 3.0, section 3(b)). Picture programs note every file that they save from
    /// another, also for a change of format alone, so that the rule is off unless you ask.
    ///
    /// ## How to fix it
    ///
    /// If the work is somebody else's and was changed, say how, in the description or in
    /// `photoshop:Instructions`: “cropped from the original”.
    id: "changes-not-indicated",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "A work was made from another, and its changes are not given",
    check: check,
}

/// Beginnings of words that speak of a change.
const CHANGES: [&str; 14] = [
    "adapt",
    "based on",
    "bearbeit",
    "beschnitt",
    "change",
    "converted",
    "crop",
    "deriv",
    "edited",
    "modif",
    "recadr",
    "resiz",
    "retouch",
    "scaled",
];

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let licensed = case
        .tasl
        .grants
        .iter()
        .any(|g| g.value.tool().is_some_and(|tool| tool.requires_attribution()));
    let derived = evidence.about(Property::DerivedFrom).next();
    let told = evidence.iter().any(|(_, s)| {
        let prose = matches!(
            s.property,
            Property::Description
                | Property::Instructions
                | Property::Rights
                | Property::UsageTerms
                | Property::Credit
                | Property::Comment
        );
        prose && CHANGES.iter().any(|word| s.value.to_lowercase().contains(word))
    });
    if let Some((id, _)) = derived
        && evidence.is_complete()
        && is_work(case)
        && licensed
        && !told
    {
        let message = "made from another file, and no change is indicated";
        findings.report(message, [id]).needs_review();
    }
}

//! `license-unclear`

use super::words::{is_grant, quoted_at};
use super::{Case, Findings, Group};
use crate::license::Role;
use crate::model::{Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Sentences that may put the work under a license or only speak of one, or
    /// that take a part out of a license, where nothing else in the file says which
    /// license the work is under.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights    Figure 3 is excluded from the CC BY 4.0 license.
    /// ```
    ///
    /// A link in a PDF says nothing by itself: a paper links to the licenses of the
    /// pictures that it borrows. Only the words of its page can make it the license.
    ///
    /// ```tasl,flagged
    /// @          format   pdf
    /// pdf-link   page-1   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    Figure 3 is excluded from the CC BY 4.0 license.
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A work that is called licensed and is not costs whoever relied on it. All
    /// versions of the licenses apply to “the work” that the licensor names
    /// (4.0, section 1); if it does not say which that is, a person must read
    /// the sentence.
    ///
    /// ## How to fix it
    ///
    /// Read the sentence. If it licenses this work, write the address of the
    /// license into `cc:license`. If it is about something else, move it to the
    /// description.
    id: "license-unclear",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A sentence may or may not put the work under a license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let candidates = &case.tasl.candidates;
    if case.tasl.license != Licensing::Unclear
        || candidates.iter().any(|c| is_grant(&c.reference))
    {
        return;
    }
    let mut last = None;
    for candidate in candidates {
        let id = candidate.statement;
        let role = candidate.reference.role;
        // Of a cover, `license-on-cover-page` tells.
        let is_of_cover = case.evidence[id].location.is_of_cover();
        if matches!(role, Role::Exception | Role::Unclear)
            && !is_of_cover
            && last != Some(id)
        {
            let said = quoted_at(case.evidence, id);
            findings
                .report(format!("{said} may or may not license this work"), [id])
                .needs_review();
            last = Some(id);
        }
    }
}

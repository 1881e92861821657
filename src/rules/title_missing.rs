//! `title-missing`

use super::words::{Duties, is_work};
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Works without a title under a license whose version asks for it.
    /// Placeholders such as “Untitled” or a file name do not count.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/3.0/
    /// xmp   dc:creator   Ada Archivist
    /// xmp   dc:title     Untitled
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/3.0/
    /// xmp   dc:title     View of the harbour
    /// ```
    ///
    /// Version 4.0 recommends a title and does not ask for it: there it is a note.
    /// CC0 and the Public Domain Mark ask for nothing.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/zero/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Versions 1.0 to 3.0 want “the title of the Work if supplied” in the credit
    /// (section 4 of 1.0 to 3.0). 4.0 has dropped it, and Creative Commons
    /// still recommends it: a title tells readers what they look at.
    ///
    /// ## How to fix it
    ///
    /// Write a title into `dc:title`. One that says what can be seen is enough:
    /// “View of the harbour”.
    id: "title-missing",
    group: Group::Completeness,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The work has no title",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !case.evidence.is_complete() || !is_work(case) || !case.tasl.title.is_empty() {
        return;
    }
    let duties = Duties::of(case);
    let at = case.tasl.grants.iter().flat_map(|g| g.from.first().copied());
    if duties.title {
        findings.report("the license asks for the title, and there is none", at);
    } else if duties.creator {
        findings.report_as(Severity::Note, "there is no title to credit", at);
    }
}

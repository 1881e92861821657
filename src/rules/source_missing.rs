//! `source-missing`

use super::words::{Duties, is_work};
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license that asks for a link, where nothing in the file can
    /// be followed: no address, DOI or handle in `cc:attributionURL`,
    /// `dc:source`, `dc:identifier`, `photoshop:Source` or
    /// `xmpRights:WebStatement`. The address of the license itself does not count.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:creator   Ada Archivist
    /// xmp   dc:source    Box 12, folder 3
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license         https://creativecommons.org/licenses/by/4.0/
    /// xmp   cc:attributionURL  https://hdl.handle.net/1/2
    /// ```
    ///
    /// Version 1.0 does not ask for it: there it is a note. CC0 and the Public
    /// Domain Mark ask for nothing.
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/mark/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// From 2.0 on, the credit contains the address that the licensor gives (2.0
    /// to 3.0, section 4; 4.0, section 3(a)(1)(A)(v): “a URI or hyperlink to the
    /// Licensed Material”). It also leads whoever finds the file alone back to
    /// your catalogue.
    ///
    /// ## How to fix it
    ///
    /// Write the persistent address of the record into `cc:attributionURL`: a
    /// handle, a DOI, or the page of the item.
    id: "source-missing",
    group: Group::Completeness,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Nothing leads back to where the work is from",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !case.evidence.is_complete() || !is_work(case) || !case.tasl.source.is_empty() {
        return;
    }
    let duties = Duties::of(case);
    let at = case.tasl.grants.iter().flat_map(|g| g.from.first().copied());
    if duties.source {
        findings.report("the license asks for a link, and nothing can be followed", at);
    } else if duties.creator {
        findings.report_as(Severity::Note, "nothing leads back to the source", at);
    }
}

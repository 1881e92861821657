//! `license-version-conflict`

use super::words::{distinct, list, named_by_file, only_between_files};
use super::{Case, Findings, Group};
use crate::model::{Licensing, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files that name the same license in different versions, or for different
    /// countries.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:rights    CC BY 3.0
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:rights    CC BY
    /// ```
    ///
    /// ## Why it matters
    ///
    /// What is owed in return differs by version: 3.0 wants the title (section
    /// 4), 4.0 any change indicated (section 3(a)(1)(B)). A port may be
    /// governed by the law of its country.
    ///
    /// ## How to fix it
    ///
    /// Find out which version the rights holder agreed to, and write that one
    /// everywhere. Only the licensor can choose a newer one.
    id: "license-version-conflict",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The same license is named in different versions",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !matches!(case.tasl.license, Licensing::VersionConflict(_)) {
        return;
    }
    let files = named_by_file(case);
    if only_between_files(&files) {
        return;
    }
    let names = distinct(files.iter().flat_map(|f| &f.licenses));
    let at = files.iter().flat_map(|f| f.at.iter().copied());
    findings.report(format!("{} are different versions", list(&names)), at);
}

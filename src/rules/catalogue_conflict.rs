//! `catalogue-conflict`

use super::words::{list, name, quoted};
use super::{Case, Findings, Group};
use crate::model::{Licensing, Severity, Verdict};

declare_rule! {
    /// ## What it finds
    ///
    /// Files that name another license or other creators than their record in the
    /// catalogue, where records are given with `--records`.
    ///
    /// ```tasl,flagged
    /// @ record   license    CC BY 4.0
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc-nd/3.0/
    /// ```
    ///
    /// ```tasl,flagged
    /// @ record   creator    Doe, Jane
    /// xmp   dc:creator   Richard Roe
    /// ```
    ///
    /// ```tasl,flagged
    /// @ record   license    All rights reserved
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ record   license    CC BY 4.0
    /// @ record   creator    Doe, Jane
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// A record that says nothing contradicts nothing.
    ///
    /// ```tasl,clean
    /// @ record   title      Harbour
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Users rely on the page where they found the work, and keep the file. If the two
    /// differ, one of them promises what is not so. Europeana asks that the metadata and
    /// the website agree.
    ///
    /// ## How to fix it
    ///
    /// Look into the agreement with whoever holds the rights, and correct whichever is
    /// wrong: the record or the file.
    id: "catalogue-conflict",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "File and catalogue contradict each other",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let Some(record) = case.record else { return };
    let tasl = case.tasl;
    if record.license == Verdict::Contradict {
        let licenses: Vec<String> = match &tasl.license {
            Licensing::Settled(license) => vec![name(license)],
            Licensing::Choice(several)
            | Licensing::Conflict(several)
            | Licensing::VersionConflict(several) => several.iter().map(name).collect(),
            Licensing::None | Licensing::Unclear => Vec::new(),
        };
        let message = format!(
            "the file says {}, the record {}",
            list(&licenses),
            quoted(&record.entry.license)
        );
        findings
            .report(message, tasl.grants.iter().flat_map(|g| g.from.first().copied()));
    }
    if record.creators == Verdict::Contradict {
        let own = tasl.creators.first().map(|names| names.join("; ")).unwrap_or_default();
        let message = format!(
            "the creator is {} in the file, and {} in the record",
            quoted(&own),
            quoted(&record.entry.creators.join("; "))
        );
        let at = tasl.creators.values.iter().flat_map(|v| v.from.first().copied());
        findings.report(message, at);
    }
}

//! `title-conflict`

use super::words::{between_files, quoted};
use super::{Case, Findings, Group};
use crate::model::{Content, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Files that give different titles in different places. Translations are not
    /// meant. Where file and sidecar disagree, `sidecar-attribution-conflict` tells, and
    /// for PDF `pdf-info-xmp-conflict`.
    ///
    /// ```tasl,flagged
    /// xmp   dc:title   View of the harbour
    /// iptc  2:05       Church tower
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   dc:title       View of the harbour
    /// xmp   dc:title[de]   Blick auf den Hafen
    /// iptc  2:05           View of the harbour
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Which of them goes into the credit? Programs show one or the other (Metadata
    /// Working Group, Guidelines 2.0).
    ///
    /// ## How to fix it
    ///
    /// Choose one, and write it into every field.
    id: "title-conflict",
    group: Group::Consistency,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "Different titles are given in different places",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let title = &case.tasl.title;
    let is_pdf = matches!(case.evidence.content, Content::Format { id: "pdf", .. });
    if title.is_conflict() && !is_pdf && !between_files(case.evidence, title) {
        let titles: Vec<String> = title.values.iter().map(|v| quoted(&v.value)).collect();
        let at = title.values.iter().flat_map(|v| v.from.iter().copied());
        findings.report(format!("the title is {}", titles.join(" or ")), at);
    }
}

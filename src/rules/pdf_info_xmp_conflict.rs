//! `pdf-info-xmp-conflict`

use super::words::{quoted, quoted_at};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{
    BlockKind, Evidence, FileRef, Property, Severity, Statement, StatementId,
};

declare_rule! {
    /// ## What it finds
    ///
    /// PDFs whose document information and XMP packet disagree on the title or the
    /// subject. Where they disagree on the author, `creator-conflict` tells.
    ///
    /// ```tasl,flagged
    /// @          format           pdf
    /// pdf-info   Subject          Draft for the board
    /// xmp        dc:description   Annual report of the library
    /// ```
    ///
    /// ```tasl,clean
    /// @          format           pdf
    /// pdf-info   Title            Annual report
    /// xmp        dc:title         Annual report
    /// ```
    ///
    /// ## Why it matters
    ///
    /// PDF/A demands that the two say the same (ISO 19005-1, 6.7.3). PDF 2.0 has given
    /// up the document information but for dates (ISO 32000-2, 14.3.3), and most
    /// viewers still show it.
    ///
    /// ## How to fix it
    ///
    /// Save the document properties anew in the program that made the file: it writes
    /// both.
    id: "pdf-info-xmp-conflict",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Document information and XMP disagree",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    for (info, key) in [("Title", "dc:title"), ("Subject", "dc:description")] {
        let in_info = about(evidence, BlockKind::PdfInfo, info);
        let in_xmp = about(evidence, BlockKind::Xmp, key);
        let (Some((id, one)), Some((other, _))) = (in_info.first(), in_xmp.first())
        else {
            continue;
        };
        if in_xmp.iter().any(|(_, two)| plain(&two.value) == plain(&one.value)) {
            continue;
        }
        let (said, two) = (quoted(&one.value), quoted_at(evidence, *other));
        findings.report(format!("{said} in {info} of pdf-info, {two}"), [*id, *other]);
    }
}

/// What the file itself says under that key.
fn about<'a>(
    evidence: &'a Evidence,
    block: BlockKind,
    key: &str,
) -> Vec<(StatementId, &'a Statement)> {
    evidence
        .iter()
        .filter(|(_, s)| {
            s.location.file == FileRef::Primary
                && s.location.block == block
                && s.location.key == key
                && matches!(s.property, Property::Title | Property::Description)
                && !notice::is_blank(&s.value)
        })
        .collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

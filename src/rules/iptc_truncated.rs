//! `iptc-truncated`

use super::words::{place, quoted};
use super::{Case, Findings, Group};
use crate::model::{BlockKind, Severity, Statement};

declare_rule! {
    /// ## What it finds
    ///
    /// Values in IPTC fields that were cut because the field is too short, where the
    /// whole value stands elsewhere.
    ///
    /// ```tasl,flagged
    /// iptc  2:80         Test author string for metadata-
    /// xmp   dc:creator   Test author string for metadata-tests
    /// ```
    ///
    /// ```tasl,clean
    /// iptc  2:80         Jane Doe
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A by-line has 32 bytes, a title 64, a copyright notice 128 (IPTC-IIM 4.2,
    /// section 6). Programs that read IPTC alone print half a name.
    ///
    /// ## How to fix it
    ///
    /// Nothing has to be done in the file: the XMP is right. Read XMP first in your own
    /// programs.
    id: "iptc-truncated",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "An IPTC field holds only the beginning of its value",
    check: check,
}

/// The length of the fields, in bytes (IPTC-IIM 4.2, section 6).
const LIMITS: [(&str, usize); 5] =
    [("2:05", 64), ("2:80", 32), ("2:110", 32), ("2:115", 32), ("2:116", 128)];

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let limit = |s: &Statement| {
        LIMITS.iter().find(|(key, _)| s.location.key == *key).map(|(_, limit)| *limit)
    };
    for (id, short) in case.evidence.iter() {
        if short.location.block != BlockKind::Iim {
            continue;
        }
        let Some(limit) = limit(short) else { continue };
        let beginning = short.value.trim().trim_end_matches('\u{FFFD}');
        // Three bytes of a last character may be lost.
        if short.value.len() + 3 < limit {
            continue;
        }
        let whole = case.evidence.about(short.property).find(|(_, s)| {
            s.location.block != BlockKind::Iim
                && s.value.trim().len() > beginning.len()
                && s.value.trim().starts_with(beginning)
        });
        if let Some((whole, statement)) = whole {
            let (said, place) = (quoted(&short.value), place(statement));
            findings.report(format!("{said} goes on in {place}"), [id, whole]);
        }
    }
}

//! `pdm-on-recent-work`

use super::words::{place, quoted};
use super::{Case, Findings, Group};
use crate::model::{License, Property, Severity, StatementId};

/// For how many years a work is too young to be free of copyright, nearly always.
const YOUNG: i16 = 70;
/// The year of the audit, where it is not known: that of this release.
const YEAR: i16 = 2026;

declare_rule! {
    /// ## What it finds
    ///
    /// Works with the Public Domain Mark that are too young to have outlived their
    /// copyright, by the date in the metadata.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license              https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   photoshop:DateCreated   2019-05-04
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license              https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   photoshop:DateCreated   1652
    /// ```
    ///
    /// When a camera took the picture (`DateTimeOriginal` of Exif) is no such date:
    /// a photograph of a painting has it as well.
    ///
    /// ## Why it matters
    ///
    /// The mark is for works that are “already free of known copyright restrictions
    /// around the world” (Creative Commons, Public Domain Mark FAQ). Who holds the
    /// rights in a work and gives them up uses CC0 instead.
    ///
    /// ## How to fix it
    ///
    /// If the date is that of the scan, write the date of the work. If the work is
    /// yours, use CC0. If you do not know, a statement of rightsstatements.org says
    /// so. Works of some governments are free from the start: then leave it.
    id: "pdm-on-recent-work",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The Public Domain Mark stands on a recent work",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let marked = case.tasl.grants.iter().find(
        |g| matches!(g.value, License::Tool(tool) if tool.unit().as_str() == "mark"),
    );
    let Some(grant) = marked else { return };
    let recent_from = case.policy.today.map_or(YEAR, |today| today.year) - YOUNG;
    let recent: Option<StatementId> = case
        .evidence
        .about(Property::Date)
        // When the file was made says nothing about the work.
        .filter(|(_, s)| s.location.key != "xmp:CreateDate")
        .find(|(_, s)| year(&s.value).is_some_and(|y| y >= recent_from))
        .map(|(id, _)| id);
    if let Some(id) = recent {
        let statement = &case.evidence[id];
        let (said, place) = (quoted(&statement.value), place(statement));
        let at = grant.from.first().copied().into_iter().chain([id]);
        findings
            .report(format!("the Public Domain Mark, and {said} in {place}"), at)
            .needs_review();
    }
}

/// The year at the start of a date (ISO 8601, and as IIM and Exif write it).
fn year(date: &str) -> Option<i16> {
    let date = date.trim();
    let year: i16 = date.get(..4)?.parse().ok()?;
    let ends = date[4..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let is_iim = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    (ends || is_iim).then_some(year)
}

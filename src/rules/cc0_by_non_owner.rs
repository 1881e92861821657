//! `cc0-by-non-owner`

use super::words::{quoted, quoted_at};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// CC0 on works that were made before 1900, or whose creator is not their owner.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license              https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   photoshop:DateCreated   1652
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license              https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   photoshop:DateCreated   2019
    /// ```
    ///
    /// ## Why it matters
    ///
    /// CC0 is for those who hold the rights in a work and give them up (Creative Commons,
    /// guide to using public domain tools). What is free already, such as a faithful
    /// picture of an old painting, carries the Public Domain Mark. Some institutions use
    /// CC0 for all they have, on purpose: the rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// For works whose copyright has ended, use the Public Domain Mark.
    id: "cc0-by-non-owner",
    group: Group::Consistency,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "CC0 stands on a work that others made or that is free already",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let given_up = case
        .tasl
        .grants
        .iter()
        .find(|g| g.value.unit().is_some_and(|unit| unit.as_str() == "zero"));
    let Some(grant) = given_up else { return };
    let first = grant.from.first().copied();
    let old = case.evidence.about(Property::Date).find(|(_, s)| {
        let year = s.value.trim().get(..4).and_then(|year| year.parse::<u16>().ok());
        year.is_some_and(|year| year < 1900)
    });
    if let Some((id, _)) = old {
        let date = quoted_at(case.evidence, id);
        let at = first.into_iter().chain([id]);
        findings.report(format!("CC0, and {date}"), at).needs_review();
    }
    let creators = case.tasl.creators.first().map(|names| names.join("; "));
    let owner =
        case.evidence.about(Property::Owner).find(|(_, s)| !notice::is_blank(&s.value));
    if let (Some(creators), Some((id, owner))) = (creators, owner)
        && owner.value.trim() != creators
    {
        let (creators, owner) = (quoted(&creators), quoted(&owner.value));
        let at = first.into_iter().chain([id]);
        findings
            .report(format!("CC0, by {creators}, of which {owner} is the owner"), at)
            .needs_review();
    }
}

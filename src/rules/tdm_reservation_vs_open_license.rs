//! `tdm-reservation-vs-open-license`

use super::words::{name, quoted_at};
use super::{Case, Findings, Group};
use crate::model::{BlockKind, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works that may be used for any purpose by their license, and may not be mined for
    /// data by another statement.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license        https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   tdm:reservation   1
    /// ```
    ///
    /// ```tasl,flagged
    /// xmp   cc:license        https://creativecommons.org/licenses/by/4.0/
    /// xmp   plus:DataMining   http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license        https://creativecommons.org/licenses/by-nc-nd/4.0/
    /// xmp   plus:DataMining   http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The reservation contradicts what the license permits (TDM Reservation Protocol; PLUS,
    /// data mining). Which of them counts differs by country: this rule does not judge, and
    /// a person should know.
    ///
    /// ## How to fix it
    ///
    /// Ask the rights holder what they want. If the license is right, take the reservation
    /// out.
    id: "tdm-reservation-vs-open-license",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Data mining is reserved beside a license for any purpose",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let open = case.tasl.grants.iter().find(|g| {
        let unit = g.value.unit().map(|unit| unit.as_str());
        matches!(unit, Some("by" | "by-sa" | "zero" | "mark"))
    });
    let Some(grant) = open else { return };
    for (id, statement) in case.evidence.about(Property::DataMining) {
        let value = statement.value.trim();
        let reserved = match &*statement.location.key {
            "tdm:reservation" => value == "1",
            _ if statement.location.block == BlockKind::C2pa => value == "notAllowed",
            _ => value.contains("DMI-PROHIBITED"),
        };
        if reserved {
            let (license, said) = (name(&grant.value), quoted_at(case.evidence, id));
            let at = grant.from.first().copied().into_iter().chain([id]);
            findings.report(format!("{license}, but also {said}"), at).needs_review();
        }
    }
}

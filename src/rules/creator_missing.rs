//! `creator-missing`

use super::words::{Duties, is_work, name};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license that demands to credit the creator, where nobody is
    /// named: no creator, no name to attribute, no credit line, no owner.
    /// Placeholders such as “unknown” do not count.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// exif  Artist       unknown
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:creator   Ada Archivist
    /// ```
    ///
    /// CC0 and the Public Domain Mark demand nothing. Under a statement of
    /// rightsstatements.org it is a warning.
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/zero/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Every license with Attribution wants the creator named if the name was
    /// supplied (1.0 to 3.0, section 4; 4.0, section 3(a)(1)(A)(i)). A license
    /// that demands to credit nobody cannot be honoured.
    ///
    /// ## How to fix it
    ///
    /// Write the name into `dc:creator`, one entry for each person. If an
    /// institution is to be credited, write it into `cc:attributionName`. If the
    /// creator is not known, say so in the description, and ask whether the
    /// license was given by somebody who could.
    id: "creator-missing",
    group: Group::Completeness,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "The license asks to credit a creator, and none is named",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let tasl = case.tasl;
    if !case.evidence.is_complete() || !is_work(case) || !tasl.creators.is_empty() {
        return;
    }
    let credited = case.evidence.iter().any(|(_, s)| {
        matches!(
            s.property,
            Property::AttributionName | Property::Credit | Property::Owner
        ) && !notice::is_blank(&s.value)
            && !notice::is_placeholder_creator(&s.value)
    });
    if credited {
        return;
    }
    let at = tasl.grants.iter().flat_map(|g| g.from.first().copied());
    let demands = tasl
        .grants
        .iter()
        .find(|g| g.value.tool().is_some_and(|tool| tool.requires_attribution()));
    let statement =
        tasl.grants.iter().find(|g| matches!(g.value, License::RightsStatement(_)));
    if let Some(grant) = demands {
        let license = name(&grant.value);
        findings.report(format!("{license} asks to credit a creator, none is named"), at);
    } else if Duties::of(case).creator {
        findings.report("the license asks to credit a creator, none is named", at);
    } else if let Some(grant) = statement {
        let statement = name(&grant.value);
        let message = format!("no creator is named beside “{statement}”");
        findings.report_as(Severity::Warning, message, at);
    }
}

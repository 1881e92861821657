//! `licensor-url-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works with a license, and without the address of somebody who can give another.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license                       https://creativecommons.org/licenses/by-nc/4.0/
    /// xmp   plus:Licensor/plus:LicensorURL   https://example.org/permissions
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Google Images shows it as “Get this image on” (IPTC, on licensable images in
    /// Google, 2020). It is not needed for the “Licensable” badge, so that the rule is
    /// off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// Write the address of your page on permissions into `plus:LicensorURL`.
    id: "licensor-url-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "Nobody is named who could give another license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let there = evidence
        .about(Property::Licensor)
        .any(|(_, s)| s.location.key.ends_with("URL") && !notice::is_blank(&s.value));
    let licensed = matches!(case.tasl.license, Licensing::Settled(_));
    if evidence.is_complete() && is_work(case) && licensed && !there {
        findings.report("no address of a licensor is given", []);
    }
}

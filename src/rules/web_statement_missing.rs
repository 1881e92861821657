//! `web-statement-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{BlockKind, License, Licensing, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works with a license, and without the address of a page about their rights.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license               https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:WebStatement   https://example.org/item/1
    /// ```
    ///
    /// CC0 and the Public Domain Mark ask for nothing.
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/zero/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Creative Commons wants a page there that confirms the license (Creative Commons
    /// wiki, XMP). Google Images shows the “Licensable” badge only for pictures that
    /// have it (IPTC, on licensable images in Google, 2020).
    ///
    /// ## How to fix it
    ///
    /// Write the address of the page of the item into `xmpRights:WebStatement`.
    id: "web-statement-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "No page about the rights is given",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let licensed = matches!(
        &case.tasl.license,
        Licensing::Settled(License::Tool(tool)) if !tool.is_public_domain()
    );
    let has_page = evidence.iter().any(|(_, s)| {
        let is_page = s.property == Property::WebStatement
            || s.property == Property::PhotoshopUrl && s.location.block == BlockKind::Irb;
        is_page && !notice::is_blank(&s.value)
    });
    if evidence.is_complete() && is_work(case) && licensed && !has_page {
        let at = case.tasl.grants.iter().flat_map(|g| g.from.first().copied());
        findings.report("no page about the rights is given", at);
    }
}

//! `license-not-a-tool`

use super::words::{meant, part, place, quoted};
use super::{Case, Findings, Group};
use crate::license::Meaning;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// “Creative Commons” without saying which license, or an address there that is
    /// a page and not a license: the home page, the chooser.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   http://creativecommons.org/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// In prose, it does no harm beside a license that is named in full.
    ///
    /// ```tasl,clean
    /// xmp   dc:rights    © 2019 Jane Doe, Creative Commons
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The licenses of Creative Commons range from “do what you like if you name
    /// me” to “no changes, no commercial use”. The name alone says nothing about
    /// what is permitted (Creative Commons, best practices for attribution).
    ///
    /// ## How to fix it
    ///
    /// Find out which license was meant, and write its address.
    id: "license-not-a-tool",
    group: Group::Validity,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "Creative Commons is named, and not which license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for candidate in meant(case) {
        let Meaning::NotATool { why } = candidate.reference.meaning else { continue };
        let id = candidate.statement;
        let statement = &case.evidence[id];
        if !case.tasl.grants.is_empty() && statement.property != Property::License {
            continue;
        }
        let said = quoted(part(case.evidence, candidate));
        let place = place(statement);
        findings.report(format!("{said} in {place} is no license but {why}"), [id]);
    }
}

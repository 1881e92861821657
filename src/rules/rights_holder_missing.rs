//! `rights-holder-missing`

use super::words::is_work;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works under copyright, licensed or not, that do not say who holds the rights.
    ///
    /// ```tasl,flagged
    /// xmp   edm:rights        http://rightsstatements.org/vocab/InC/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights        http://rightsstatements.org/vocab/InC/1.0/
    /// xmp   xmpRights:Owner   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Only the rights holder can give a license, or somebody with their permission
    /// (Europeana Licensing Framework). Whoever wants more has to know whom to ask. The
    /// rule is off unless you ask for it.
    ///
    /// ## How to fix it
    ///
    /// Write the name from the deposit agreement into `xmpRights:Owner`.
    id: "rights-holder-missing",
    group: Group::Completeness,
    severity: Severity::Note,
    on: false,
    since: "0.1.0",
    summary: "The rights holder is not named",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let protected = case.tasl.grants.iter().find(|g| match g.value {
        License::Tool(tool) => !tool.is_public_domain(),
        License::RightsStatement(statement) => statement.code().starts_with("InC"),
        License::Other(_) => false,
    });
    let there = evidence.about(Property::Owner).any(|(_, s)| !notice::is_blank(&s.value));
    if let Some(grant) = protected
        && evidence.is_complete()
        && is_work(case)
        && !there
    {
        findings.report("the rights holder is not named", grant.from.iter().copied());
    }
}

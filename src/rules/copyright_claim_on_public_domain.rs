//! `copyright-claim-on-public-domain`

use super::words::{
    claims_copyright, name, quoted_at, reserves_all_rights, says_public_domain,
};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works that are marked as free of copyright – with CC0, the Public Domain
    /// Mark or one of the “No Copyright” statements – and that carry a copyright
    /// notice, “all rights reserved” or an owner of the rights all the same.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   dc:rights    © City Museum 2014
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   dc:rights    Digitised by City Museum
    /// ```
    ///
    /// An owner alone is a warning to look at: it may be meant as the owner of the
    /// thing.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license        https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   xmpRights:Owner   City Museum
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license          https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   dc:rights/dc:title  Public Domain
    /// ```
    ///
    /// ## Why it matters
    ///
    /// It is the example that Europeana gives for rights fields that contradict
    /// each other: public domain, and “© Cultural Heritage Institution 2014”
    /// (Europeana Knowledge Base). Readers who see the notice will not dare
    /// to use what is free.
    ///
    /// ## How to fix it
    ///
    /// If the work is free, take the notice out and name the institution as the
    /// source, or in a credit that is a wish. If it is not free, take the public
    /// domain tool out.
    id: "copyright-claim-on-public-domain",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A work free of copyright carries a claim of copyright",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let free = case.tasl.grants.iter().find(|g| match g.value {
        License::Tool(tool) => tool.is_public_domain(),
        License::RightsStatement(statement) => statement.is_no_copyright(),
        License::Other(_) => false,
    });
    let Some(grant) = free else { return };
    for (id, statement) in case.evidence.iter() {
        let value = &statement.value;
        let at = grant.from.first().copied().into_iter().chain([id]);
        let message = || {
            format!("{}, but also {}", name(&grant.value), quoted_at(case.evidence, id))
        };
        match statement.property {
            Property::Rights
            | Property::UsageTerms
            | Property::License
            | Property::Instructions
            | Property::Credit
                if claims_copyright(case, statement)
                    || reserves_all_rights(case, statement) =>
            {
                findings.report(message(), at);
            }
            Property::Owner
                if !notice::is_blank(value)
                    && !notice::is_placeholder_creator(value)
                    && !says_public_domain(case, statement) =>
            {
                findings.report_as(Severity::Warning, message(), at).needs_review();
            }
            _ => {}
        }
    }
}

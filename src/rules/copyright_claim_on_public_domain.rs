//! `copyright-claim-on-public-domain`

use super::words::{
    claims_copyright, name, quoted_at, reserves_all_rights, says_public_domain,
};
use super::{Case, Findings, Group};
use crate::collection::common;
use crate::license::{Unit, notice};
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
    /// Whoever gives a work to the public domain, with CC0 or with the dedication that came
    /// before it, had the rights: that its creator is named as their owner is no
    /// contradiction. The Public Domain Mark gives up nothing.
    ///
    /// ```tasl,clean
    /// xmp   cc:license            https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   dc:creator/dc:title   Jane Doe
    /// xmp   dc:rights/dc:title    Jane Doe
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license            https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   dc:creator/dc:title   Jane Doe
    /// xmp   dc:rights/dc:title    Doe, Jane
    /// ```
    ///
    /// ```tasl,flagged
    /// xmp   cc:license            https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   dc:creator/dc:title   Jane Doe
    /// xmp   dc:rights/dc:title    Jane Doe
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
    let is_given = grant.value.unit().is_some_and(is_dedication);
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
            Property::Owner => {
                let claims_nothing = notice::is_blank(value)
                    || notice::is_placeholder_creator(value)
                    || says_public_domain(case, statement)
                    || is_given && is_creator(case, value);
                if !claims_nothing {
                    findings.report_as(Severity::Warning, message(), at).needs_review();
                }
            }
            _ => {}
        }
    }
}

/// Whether those who use the tool give up rights of their own.
fn is_dedication(unit: Unit) -> bool {
    matches!(unit.as_str(), "zero" | "certification")
}

/// Whether `owner` is a creator of the work, or all of them, however they are spelled.
fn is_creator(case: &Case<'_>, owner: &str) -> bool {
    let owner = common(owner);
    let mut lists = case.tasl.creators.values.iter().map(|creators| &creators.value);
    lists.any(|names| {
        names.iter().any(|name| common(name) == owner)
            || ["; ", ", "].iter().any(|between| common(&names.join(between)) == owner)
    })
}

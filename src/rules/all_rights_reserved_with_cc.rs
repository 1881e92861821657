//! `all-rights-reserved-with-cc`

use super::words::{name, quoted_at, reserves_all_rights};
use super::{Case, Findings, Group};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// “All rights reserved”, in any of several languages, beside a Creative
    /// Commons license. A plain copyright notice beside a license is fine.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// exif  Copyright    © 2020 Jane Doe. All rights reserved.
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// exif  Copyright    © 2020 Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A license gives some of the rights away, so that both cannot be true, and
    /// careful reusers will keep their hands off. DOAJ calls contradictory
    /// copyright and license texts an everyday problem (DOAJ blog, 19 May 2015).
    /// Often a camera or a template of the publisher has added the phrase.
    ///
    /// ## How to fix it
    ///
    /// If the license is right, take the phrase out and keep the notice:
    /// “© 2020 Jane Doe, CC BY 4.0”. If all rights are reserved, take the license
    /// out – it cannot be revoked for copies that are already out.
    id: "all-rights-reserved-with-cc",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "“All rights reserved” stands beside a Creative Commons license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let licensed = case
        .tasl
        .grants
        .iter()
        .find(|g| g.value.tool().is_some_and(|tool| !tool.is_public_domain()));
    let Some(grant) = licensed else { return };
    for (id, statement) in case.evidence.iter() {
        let speaks_of_rights = matches!(
            statement.property,
            Property::Rights
                | Property::UsageTerms
                | Property::License
                | Property::Instructions
                | Property::Credit
                | Property::Comment
                | Property::Description
        );
        if speaks_of_rights && reserves_all_rights(case, statement) {
            let said = quoted_at(case.evidence, id);
            let license = name(&grant.value);
            let at = grant.from.first().copied().into_iter().chain([id]);
            findings.report(format!("{license}, but also {said}"), at);
        }
    }
}

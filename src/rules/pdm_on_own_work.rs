//! `pdm-on-own-work`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{License, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Works with the Public Domain Mark whose creator or rights holder is your own
    /// institution, by the names in the policy.
    ///
    /// ```tasl,flagged
    /// @ policy   institutions = ["City Museum"]
    /// xmp   cc:license        https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   xmpRights:Owner   City Museum
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   institutions = ["City Museum"]
    /// xmp   cc:license        https://creativecommons.org/publicdomain/mark/1.0/
    /// xmp   dc:creator        Johannes Vermeer
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The mark says that a work is free of copyright already. Who holds rights in a work
    /// and gives them up uses CC0: the mark gives up nothing.
    ///
    /// ## How to fix it
    ///
    /// If the work is by your own staff, use CC0. If your institution only owns the
    /// object or has digitised it, name the maker as the creator, and take the claim out.
    id: "pdm-on-own-work",
    group: Group::Policy,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The Public Domain Mark stands on a work of the institution itself",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let marked = case.tasl.grants.iter().find(
        |g| matches!(g.value, License::Tool(tool) if tool.unit().as_str() == "mark"),
    );
    let Some(grant) = marked else { return };
    let is_own = |name: &str| {
        let name = name.trim().to_lowercase();
        case.policy.institutions.iter().any(|own| own.trim().to_lowercase() == name)
    };
    for (id, statement) in case.evidence.iter() {
        let own = match statement.property {
            Property::Creator | Property::Owner | Property::AttributionName => {
                is_own(&statement.value)
            }
            Property::Rights => {
                notice::notice(&statement.value).and_then(|n| n.owner).is_some_and(is_own)
            }
            _ => false,
        };
        if own {
            let said = quoted_at(case.evidence, id);
            let at = grant.from.first().copied().into_iter().chain([id]);
            findings.report(format!("the Public Domain Mark, but {said}"), at);
        }
    }
}

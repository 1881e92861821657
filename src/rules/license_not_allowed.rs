//! `license-not-allowed`

use super::words::{judged, list, name};
use super::{Case, Findings, Group};
use crate::model::Severity;
use crate::policy::Judgement;

declare_rule! {
    /// ## What it finds
    ///
    /// Works under a license that your policy does not allow: it is on the list `deny`,
    /// there is a list `allow` without it, or it is ported where `ports` is `none`.
    ///
    /// ```tasl,flagged
    /// @ policy   preset = "open"
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc/4.0/
    /// ```
    ///
    /// ```tasl,flagged
    /// @ policy   licenses.ports = "none"
    /// xmp   cc:license   https://creativecommons.org/licenses/by/3.0/de/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   preset = "open"
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// Of licenses among which users may choose, one that is allowed is enough. A
    /// license that no policy speaks of is not judged.
    ///
    /// ```tasl,clean
    /// @ policy   licenses.allow = ["by-sa"]
    /// pdf-info   License   CC BY-SA 3.0 or CC BY-NC 4.0
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A policy is a promise: a funder asks for it, an aggregator refuses what does not
    /// keep to it, and users of an open collection rely on every item in it.
    ///
    /// ## How to fix it
    ///
    /// Ask whoever holds the rights for a license that is allowed. Nobody else can give
    /// one. If they refuse, move the work out of this collection, or accept it with an
    /// exception that says why, who answers for it and until when.
    id: "license-not-allowed",
    group: Group::Policy,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "The policy does not allow the license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (grant, judgement) in judged(case) {
        let license = name(&grant.value);
        let message = match judgement {
            Judgement::Ported => {
                format!("{license} is the port to one jurisdiction, none is allowed")
            }
            Judgement::NotAllowed => {
                let allow: Vec<String> =
                    case.policy.licenses.allow.iter().map(ToString::to_string).collect();
                match allow.len() {
                    1..=8 => format!("{license} is not allowed, only {}", list(&allow)),
                    _ => format!("{license} is not allowed"),
                }
            }
            _ => continue,
        };
        findings.report(message, grant.from.iter().copied());
    }
}

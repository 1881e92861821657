//! `license-not-recognised`

use super::words::{name, place};
use super::{Case, Findings, Group};
use crate::model::{License, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Addresses in a property made for licenses that are of no license known here:
    /// neither of Creative Commons, nor of rightsstatements.org, nor of the SPDX list. One
    /// that the policy allows is known.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://museum.example/terms-of-use
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   licenses.allow = ["by", "other:https://museum.example/terms-of-use"]
    /// xmp   cc:license   https://museum.example/terms-of-use
    /// ```
    ///
    /// ```tasl,flagged
    /// @ policy   licenses.deny = ["by-nd"]
    /// xmp   cc:license   https://museum.example/terms-of-use
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The file says that it is licensed, and what is permitted stands on a page that
    /// nobody has looked at here. It may be a license of your own or of a project
    /// such as GNU, and it may as well say that all rights are reserved.
    ///
    /// ## How to fix it
    ///
    /// Read the page. If it is a license that you accept, allow its address in the
    /// policy. If it is none, replace it by the license that was given, or by a rights
    /// statement.
    id: "license-not-recognised",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The address of the license is of none that is known",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for grant in &case.tasl.grants {
        let License::Other(text) = &grant.value else { continue };
        // The ids of SPDX have none.
        if !text.contains(':') || case.policy.names(&grant.value) {
            continue;
        }
        let Some(first) = grant.from.first() else { continue };
        let place = place(&case.evidence[*first]);
        let license = name(&grant.value);
        let message = format!("{license} in {place} names no license that is known");
        findings.report(message, grant.from.iter().copied()).needs_review();
    }
}

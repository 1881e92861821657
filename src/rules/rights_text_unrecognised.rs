//! `rights-text-unrecognised`

use super::words::{house, quoted_at, refers};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{BlockKind, Property, Severity, Statement};

declare_rule! {
    /// ## What it finds
    ///
    /// Texts about rights that are neither a license, nor a rights statement, nor a
    /// copyright notice. In a copyright field the name of a person or an institution
    /// will do.
    ///
    /// ```tasl,flagged
    /// xmp   xmpRights:UsageTerms   Free for all
    /// ```
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights   It is forbidden to use for evil purposes
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   xmpRights:UsageTerms   CC0 1.0 Universal
    /// exif  Copyright              City Museum
    /// ```
    ///
    /// Beside a license anything may stand in a copyright field: what takes back a
    /// part of it is told by `license-with-extra-terms`.
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:rights    Please credit the photographer
    /// ```
    ///
    /// What a text of your house means can be laid down in the policy.
    ///
    /// ```tasl,clean
    /// @ policy   statements."free for all" = "CC0 1.0"
    /// xmp   xmpRights:UsageTerms   Free for all
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Nobody can sort, search or harvest such works, and what the words permit is
    /// anybody's guess. DPLA once held 87,000 different rights texts.
    ///
    /// ## How to fix it
    ///
    /// Replace the text by a license or a rights statement that says the same, or put
    /// one beside it.
    id: "rights-text-unrecognised",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A text about rights says nothing that is known",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        if is_about_rights(case, statement)
            && house(case, statement).is_none()
            && !is_known(case, &statement.value)
            && !refers(case, id)
        {
            let said = quoted_at(case.evidence, id);
            let message = format!("{said} is no license, statement or notice");
            findings.report(message, [id]).needs_review();
        }
    }
}

fn is_about_rights(case: &Case<'_>, statement: &Statement) -> bool {
    match statement.property {
        Property::License | Property::UsageTerms => true,
        // The tag is made for a copyright notice, which needs no sign there.
        Property::Rights if statement.location.block == BlockKind::Reuse => false,
        Property::Rights => {
            case.tasl.grants.is_empty() && !notice::is_name(&statement.value)
        }
        _ => false,
    }
}

fn is_known(case: &Case<'_>, text: &str) -> bool {
    notice::is_blank(text)
        || notice::claims_copyright(text)
        || notice::reserves_all_rights(text)
        || notice::says_public_domain(text)
        || notice::is_empty_notice(text)
        || notice::is_device_default(text)
        // Beside a license another rule tells of them; alone, they are all there is.
        || !case.tasl.grants.is_empty() && notice::extra_terms(text).is_some()
}

//! `exception-unused`

use super::words::quoted;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;
use crate::policy::Exception;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Exceptions of the policy that accepted nothing in this audit. Where only a part of
    /// the collection is audited, those for other folders are not meant.
    ///
    /// ```tasl,flagged
    /// @ policy   [[exceptions]]
    /// @ policy   path = "loans/**"
    /// @ policy   rule = "license-missing"
    /// @ policy   reason = "the heirs have been asked"
    /// @ policy   owner = "rights desk"
    /// @ policy   expires = 2026-12-31
    /// @ file   own/a.jpg
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   [[exceptions]]
    /// @ policy   path = "loans/**"
    /// @ policy   rule = "license-missing"
    /// @ policy   reason = "the heirs have been asked"
    /// @ policy   owner = "rights desk"
    /// @ policy   expires = 2026-12-31
    /// @ file   loans/a.jpg
    /// xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Either the files have been mended, and the exception would hide the next mistake
    /// there; or its path is misspelt, and it never did anything.
    ///
    /// ## How to fix it
    ///
    /// Take it out, or correct its path. If only a part of the collection was audited and
    /// its pattern is about all of it, leave it.
    id: "exception-unused",
    group: Group::Policy,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "An exception of the policy accepted nothing",
    check: Check::Policy(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    for (exception, used) in whole.policies.exceptions.iter().zip(&whole.used) {
        let is_here = whole.policies.is_about_this_part(exception);
        if *used == 0 && !exception.expired && is_here {
            let message = format!(
                "the exception for {} at {} in line {} of the policy accepted nothing",
                exception.rule,
                quoted(&exception.path),
                exception.line
            );
            findings.report(subject(exception), message, Vec::new());
        }
    }
}

/// What tells an exception from others, wherever it stands.
pub(super) fn subject(exception: &Exception) -> String {
    format!("{} {} {}", exception.rule, exception.path, exception.expires)
}

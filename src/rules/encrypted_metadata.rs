//! `encrypted-metadata`

use super::{Case, Findings, Group};
use crate::model::{DamageKind, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Documents whose metadata can only be read with a password. Those that open
    /// without one are read, encrypted or not.
    ///
    /// ```tasl,flagged
    /// @   format      pdf
    /// !   encrypted   the document needs a password
    /// ```
    ///
    /// ```tasl,clean
    /// @          format   pdf
    /// pdf-info   Title    Annual report 2014
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Neither a reader nor a search engine sees the license, so that the document
    /// is as good as unlicensed. PDF can leave the metadata in the clear (ISO
    /// 32000-2, 7.6.4, EncryptMetadata).
    ///
    /// ## How to fix it
    ///
    /// Take the password off if the work is free to use, or encrypt it again with
    /// the metadata left readable.
    id: "encrypted-metadata",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "The metadata needs a password",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Encrypted {
            findings.report_place(&*damage.what, damage.file, damage.offset);
        }
    }
}

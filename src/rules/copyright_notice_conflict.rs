//! `copyright-notice-conflict`

use super::words::quoted;
use super::{Case, Findings, Group};
use crate::license::notice::{self, Notice};
use crate::model::{BlockKind, Property, Severity, Statement, StatementId};

declare_rule! {
    /// ## What it finds
    ///
    /// Copyright notices in several places that name different owners or years.
    ///
    /// ```tasl,flagged
    /// exif  Copyright   © 2019 Jane Doe
    /// xmp   dc:rights   © 2019 City Museum
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Copyright   (c) 2019 Jane Doe
    /// xmp   dc:rights   Copyright 2019 Jane Doe. All rights reserved.
    /// ```
    ///
    /// Exif parts the notice of the photographer from that of the editor (CIPA
    /// DC-008, 4.6.5). The two may differ.
    ///
    /// ```tasl,clean
    /// exif  Copyright         © 2019 Jane Doe
    /// exif  CopyrightEditor   © 2020 City Museum
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Reusers have to keep the notice intact (1.0 to 3.0, section 4; 4.0, section
    /// 3(a)(1)(A)(ii)), and cannot keep two that disagree. The fields are meant to be
    /// one (Metadata Working Group, Guidelines 2.0, copyright).
    ///
    /// ## How to fix it
    ///
    /// Find out who owns the rights, and write one notice into every field.
    id: "copyright-notice-conflict",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Copyright notices name different owners or years",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let mut first: Option<(StatementId, &Statement, Notice<'_>)> = None;
    for (id, statement) in case.evidence.about(Property::Rights) {
        // Of a thumbnail or a later page, or the editor's part of two.
        let at = &statement.location;
        let is_aside = at.is_aside() || at.key == "CopyrightEditor";
        // Translations name the owner in their own way.
        if is_aside || statement.lang.is_some() {
            continue;
        }
        let Some(notice) = notice::notice(&statement.value) else { continue };
        let Some((at, other, before)) = &first else {
            first = Some((id, statement, notice));
            continue;
        };
        if !agree(before, &notice, statement) {
            let (one, two) = (quoted(&other.value), quoted(&statement.value));
            findings.report(format!("{one} and {two} are different notices"), [*at, id]);
        }
    }
}

/// Whether both name the same owner, and the same years where both give any. In
/// IPTC the end may be cut off (IPTC-IIM 4.2, 2:116: 128 bytes).
fn agree(a: &Notice<'_>, b: &Notice<'_>, statement: &Statement) -> bool {
    let plain = |name: Option<&str>| -> String {
        let letters = name.unwrap_or_default().chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (one, two) = (plain(a.owner), plain(b.owner));
    let cut = statement.location.block == BlockKind::Iim && statement.value.len() >= 125;
    let same_owner = one.is_empty()
        || two.is_empty()
        || one == two
        || cut && (one.starts_with(&two) || two.starts_with(&one));
    same_owner && (a.years.is_none() || b.years.is_none() || a.years == b.years)
}

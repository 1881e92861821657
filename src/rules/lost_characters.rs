//! `lost-characters`

use super::words::{place, quoted, quoted_at};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Names, titles and notices in which characters were replaced by question marks.
    ///
    /// ```tasl,flagged
    /// exif  Copyright   (c) ?????? ?????????
    /// xmp   dc:rights   (c) Максим Валянский
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Copyright   (c) Максим Валянский
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The name is lost where it stands. Exif has been made for ASCII (CIPA DC-008,
    /// 4.6.2), and programs that write other letters there replace them.
    ///
    /// ## How to fix it
    ///
    /// Write the value anew. Often another field still has it: the finding says which.
    id: "lost-characters",
    group: Group::Hygiene,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Characters were replaced by question marks",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        let matters = matches!(
            statement.property,
            Property::Creator
                | Property::Title
                | Property::Rights
                | Property::Credit
                | Property::Owner
                | Property::AttributionName
        );
        // Of question marks and nothing else, `placeholder-creator` tells.
        let has_letters = || {
            statement.property != Property::Creator
                || statement.value.contains(char::is_alphabetic)
        };
        if !matters || !notice::has_lost_characters(&statement.value) || !has_letters() {
            continue;
        }
        let whole = case.evidence.about(statement.property).find(|(_, s)| {
            !notice::is_blank(&s.value)
                && !notice::has_lost_characters(&s.value)
                && s.location.block != statement.location.block
        });
        let said = quoted_at(case.evidence, id);
        match whole {
            Some((other, s)) => {
                let (value, place) = (quoted(&s.value), place(s));
                let message = format!("{said} has lost characters; {place} has {value}");
                findings.report(message, [id, other]);
            }
            None => {
                findings.report(format!("{said} has lost characters"), [id]);
            }
        }
    }
}

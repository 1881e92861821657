//! `blank-value`

use super::words::place;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Fields that are there and hold nothing but spaces.
    ///
    /// ```tasl,flagged
    /// exif  Copyright   "                               "
    /// ```
    ///
    /// ```tasl,clean
    /// exif  Copyright   © 2019 Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Simple programs take the first field they find, and so print nothing where
    /// another field has a name. Cameras write such fields as placeholders (CIPA DC-008,
    /// 4.6.5, of the copyright field).
    ///
    /// ## How to fix it
    ///
    /// Take the field out, or fill it in. Cameras can be told what to write there.
    id: "blank-value",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A field is there and blank",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        if notice::is_blank(&statement.value) {
            findings
                .report(format!("{} is blank", place(statement)), [id])
                .fix(Fix::Remove { statement: id });
        }
    }
}

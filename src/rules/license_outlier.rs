//! `license-outlier`

use super::words::list;
use super::{Check, CollectionFindings, Group, Whole};
use crate::model::Severity;

declare_collection_rule! {
    /// ## What it finds
    ///
    /// Files with another license than nearly all others in their folder: at least 90 of
    /// 100 agree, of at least 20 with a license.
    ///
    /// ```tasl,flagged
    /// @ files 24 maps/*.tif
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/4.0/
    /// @ file maps/last.tif
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc-nd/4.0/
    /// ```
    ///
    /// ```tasl,clean
    /// @ files 24 maps/*.tif
    /// xmp   cc:license   https://creativecommons.org/licenses/by-sa/4.0/
    /// @ files 24 prints/*.tif
    /// xmp   cc:license   https://creativecommons.org/licenses/by-nc-nd/4.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// A folder is often one deposit under one agreement. A file that differs may have
    /// kept the license of a template, or may have come into the wrong folder.
    ///
    /// ## How to fix it
    ///
    /// Look at those files. If their license is right, leave it.
    id: "license-outlier",
    group: Group::Consistency,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "Few files of a folder have another license than the rest",
    check: Check::Collection(check),
}

fn check(whole: &Whole<'_>, findings: &mut CollectionFindings<'_>) {
    for folder in whole.collection.folders.with_outliers() {
        let others: Vec<String> = folder
            .outliers
            .iter()
            .map(|o| {
                format!(
                    "{} {} {}",
                    o.files,
                    if o.files == 1 { "is" } else { "are" },
                    o.license
                )
            })
            .collect();
        let path = if folder.path.is_empty() { "the top folder" } else { &folder.path };
        let message = format!(
            "{} of {} licensed files in {path} are {}, {}",
            folder.agree,
            folder.files,
            folder.norm,
            list(&others)
        );
        let paths = folder.outliers.iter().flat_map(|o| o.paths.clone()).collect();
        findings.report(&folder.path, message, paths);
    }
}

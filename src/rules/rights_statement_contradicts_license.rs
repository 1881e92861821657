//! `rights-statement-contradicts-license`

use super::words::{distinct, list, named_by_file, only_between_files};
use super::{Case, Findings, Group};
use crate::model::Severity;

declare_rule! {
    /// ## What it finds
    ///
    /// A statement of rightsstatements.org beside a license or a public domain
    /// tool.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC/1.0/
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   edm:rights   http://rightsstatements.org/vocab/InC/1.0/
    /// ```
    ///
    /// ## Why it matters
    ///
    /// The statements are made for works that have no license: “In Copyright” says
    /// that use needs permission, the license that it is given (RightsStatements.org
    /// data model, scope notes). DPLA and Europeana take one value.
    ///
    /// ## How to fix it
    ///
    /// If the rights holder gave the license, take the statement out. If you do not
    /// know that they did, take the license out.
    id: "rights-statement-contradicts-license",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A rights statement stands beside a license",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let files = named_by_file(case);
    let licenses = distinct(files.iter().flat_map(|f| &f.licenses));
    let statements = distinct(files.iter().flat_map(|f| &f.statements));
    if licenses.is_empty() || statements.is_empty() || only_between_files(&files) {
        return;
    }
    let at = files.iter().flat_map(|f| f.at.iter().copied());
    let (statements, licenses) = (list(&statements), list(&licenses));
    findings.report(format!("“{statements}” stands beside {licenses}"), at);
}

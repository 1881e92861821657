//! `license-conflict`

use super::words::{
    distinct, list, named_by_file, only_between_files, part, place, quoted,
};
use super::{Case, Findings, Group};
use crate::model::{Candidate, Licensing, Severity, StatementId};

declare_rule! {
    /// ## What it finds
    ///
    /// Files that name different licenses in different places. Where file and
    /// sidecar disagree and neither contradicts itself, `sidecar-license-conflict`
    /// tells instead.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   CC BY-NC 4.0
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   CC BY 4.0
    /// ```
    ///
    /// A name that contradicts the address beside it is a conflict too.
    ///
    /// ```tasl,flagged
    /// xmp   dc:rights   CC BY-SA https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// So is a sentence that denies it.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// xmp   dc:rights    This photograph is not licensed under CC BY 4.0.
    /// ```
    ///
    /// And so is what may name another license, however doubtful it is itself.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   CC BY-NC 4.0?
    /// ```
    ///
    /// For a statement of rightsstatements.org beside a license, see
    /// `rights-statement-contradicts-license`.
    ///
    /// ## Why it matters
    ///
    /// Nobody can know which one applies. Europeana asks that the rights fields
    /// of a record do not contradict each other (Europeana Knowledge Base),
    /// and DPLA takes one value only. People read the sentence, programs the
    /// address: Google shows `xmpRights:WebStatement` as the details of the license.
    ///
    /// ## How to fix it
    ///
    /// Find out which license the rights holder chose, and write it into every
    /// field that names one. If the work may be used under either, say so in one
    /// field: “CC BY-SA 3.0 or CC BY 4.0”.
    id: "license-conflict",
    group: Group::Consistency,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "Different licenses are named in different places",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !matches!(case.tasl.license, Licensing::Conflict(_)) {
        return;
    }
    let files = named_by_file(case);
    if only_between_files(&files) {
        return;
    }
    let at = || files.iter().flat_map(|f| f.at.iter().copied());
    let licenses = distinct(files.iter().flat_map(|f| &f.licenses));
    let statements = distinct(files.iter().flat_map(|f| &f.statements));
    for names in [&licenses, &statements] {
        if names.len() > 1 {
            findings.report(format!("{} contradict each other", list(names)), at());
        }
    }
    if let ([only], []) = (&*licenses, &*statements) {
        let against: Vec<&Candidate> =
            case.tasl.candidates.iter().filter(|c| c.against).collect();
        let said = against.first().map_or("something else".to_owned(), |c| {
            let words = quoted(part(case.evidence, c));
            format!("{words} in {}", place(&case.evidence[c.statement]))
        });
        let mut at: Vec<StatementId> =
            at().chain(against.iter().map(|c| c.statement)).collect();
        at.sort_unstable();
        at.dedup();
        findings.report(format!("{only}, which {said} contradicts"), at);
    }
}

//! `license-on-cover-page`

use super::words::{name, part, quoted, quoted_at};
use super::{Case, Findings, Group};
use crate::license::{Meaning, Role};
use crate::model::{Candidate, License, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// PDF files that begin with a page which a repository has put before the work, and
    /// of which only that page speaks of a license.
    ///
    /// ```tasl,flagged
    /// @          format         pdf
    /// pdf-text   cover-page-1   This item is licensed under CC BY 4.0.
    /// ```
    ///
    /// Or where it names another license than the work itself does. The license is then
    /// what the work says.
    ///
    /// ```tasl,flagged
    /// @          format         pdf
    /// pdf-text   cover-page-1   This item is licensed under CC BY-NC 4.0.
    /// pdf-text   page-2         This article is licensed under CC BY 4.0.
    /// ```
    ///
    /// ```tasl,clean
    /// @          format         pdf
    /// pdf-text   cover-page-1   This item is licensed under CC BY 4.0.
    /// pdf-text   page-2         This article is licensed under CC BY 4.0.
    /// ```
    ///
    /// A first page is known as a cover by two things together. It tells at least two of:
    /// which version of the work this is, how to cite it, whence it was downloaded, who
    /// provides it, the terms of the provider. And no font of it is used on the second
    /// page, so that another program has made it. A short page that tells three of them
    /// is a cover without that.
    ///
    /// ## Why it matters
    ///
    /// The page was written by the repository and not by the author. Its sentence is
    /// often the same for all that is deposited there, and may be about the record, the
    /// site, or “unless another license is stated”. So it settles no license by itself,
    /// and contradicts none.
    ///
    /// ## How to fix it
    ///
    /// Look what the author has agreed to, and write the address of that license into
    /// `cc:license`.
    id: "license-on-cover-page",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "A license is named on a page that a repository has put before the work",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let evidence = case.evidence;
    let on_cover = |c: &&Candidate| evidence[c.statement].location.is_of_cover();
    let grants = &case.tasl.grants;
    let mut last = None;
    for candidate in case.tasl.candidates.iter().filter(on_cover) {
        let id = candidate.statement;
        let reference = &candidate.reference;
        let is_doubt = matches!(reference.role, Role::Exception | Role::Unclear);
        let denies = reference.role == Role::Negation;
        let said = || quoted_at(evidence, id);
        let message = match grants.first() {
            None if is_doubt => {
                format!("only a cover page speaks of a license: {}", said())
            }
            Some(grant) if denies || is_doubt && is_other(case, &reference.meaning) => {
                let license = name(&grant.value);
                let words = quoted(part(evidence, candidate));
                match denies {
                    true => format!("{license}, which a cover page denies: {}", said()),
                    false => format!("{license}, but the cover page names {words}"),
                }
            }
            _ => continue,
        };
        if last.replace(id) != Some(id) {
            findings.report(message, [id]).needs_review();
        }
    }
}

/// Whether `meaning` names a license that nothing else in the file grants.
fn is_other(case: &Case<'_>, meaning: &Meaning) -> bool {
    let none = |is: &dyn Fn(&License) -> bool| {
        !case.tasl.grants.iter().any(|grant| is(&grant.value))
    };
    match meaning {
        Meaning::Tool(tool) => none(&|l| l.tool() == Some(*tool)),
        Meaning::RightsStatement(s) => none(&|l| *l == License::RightsStatement(*s)),
        Meaning::Spdx(id) => none(&|l| *l == License::Other((*id).to_owned())),
        Meaning::Unversioned { unit, .. } => none(&|l| l.unit() == Some(*unit)),
        _ => false,
    }
}

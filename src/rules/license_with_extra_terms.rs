//! `license-with-extra-terms`

use super::words::{name, place, quoted};
use super::{Case, Findings, Group};
use crate::license::{LegalTool, notice};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Words beside a license that take back what it gives: permission required,
    /// for personal use only, no commercial use beside a license that allows it.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   No commercial use without permission
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license             https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:UsageTerms   Please credit the photographer.
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license             https://creativecommons.org/licenses/by-nc/4.0/
    /// xmp   xmpRights:UsageTerms   No commercial use without permission
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Whoever restricts the terms of a license may not call it by the name of
    /// Creative Commons (Creative Commons wiki, Modifying the CC licenses), and a
    /// reader cannot know which of the two counts.
    ///
    /// ## How to fix it
    ///
    /// Take the extra terms out, or the license. If you only offer more than the
    /// license gives, write where into `cc:morePermissions`; if you only ask for
    /// something, write it into `cc:useGuidelines`.
    id: "license-with-extra-terms",
    group: Group::Validity,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Extra terms restrict what the license permits",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let granted = case.tasl.grants.iter().find_map(|g| Some((g, g.value.tool()?)));
    let Some((grant, tool)) = granted else { return };
    for (id, statement) in case.evidence.iter() {
        if !matches!(
            statement.property,
            Property::Rights
                | Property::UsageTerms
                | Property::Instructions
                | Property::License
        ) {
            continue;
        }
        let terms = notice::extra_terms(&statement.value)
            .and_then(|span| statement.value.get(span));
        let Some(terms) = terms else { continue };
        if is_in(tool, terms) {
            continue;
        }
        let (license, said, place) =
            (name(&grant.value), quoted(terms), place(statement));
        let at = grant.from.first().copied().into_iter().chain([id]);
        findings
            .report(format!("{license}, but also {said} in {place}"), at)
            .needs_review();
    }
}

/// Whether what `terms` forbid is forbidden by the license already.
fn is_in(tool: LegalTool, terms: &str) -> bool {
    let terms = terms.to_lowercase();
    let elements: Vec<&str> = tool.unit().as_str().split('-').collect();
    let speaks = |words: &[&str]| words.iter().any(|word| terms.contains(word));
    elements.contains(&"nc") && speaks(&["commer", "kommer", "comerc", "komer", "коммер"])
        || elements.contains(&"nd") && speaks(&["deriv", "modif", "alter", "bearbeit"])
}

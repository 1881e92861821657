//! `ai-generated-source-type`

use super::words::{name, quoted_at};
use super::{Case, Findings, Group};
use crate::model::{Property, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Pictures that a trained model has made, wholly or in part, under a license that
    /// rests on copyright.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license                      https://creativecommons.org/licenses/by/4.0/
    /// xmp   Iptc4xmpExt:DigitalSourceType   http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license                      https://creativecommons.org/licenses/by/4.0/
    /// xmp   Iptc4xmpExt:DigitalSourceType   http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture
    /// ```
    ///
    /// ## Why it matters
    ///
    /// In many countries such a picture may not be under copyright, and then there is
    /// nothing to license. The values are those of the IPTC NewsCodes, digital source type.
    ///
    /// ## How to fix it
    ///
    /// Consider CC0, which gives up whatever rights there may be, and say in the description
    /// how the picture was made.
    id: "ai-generated-source-type",
    group: Group::Consistency,
    severity: Severity::Note,
    on: true,
    since: "0.1.0",
    summary: "A picture made by a trained model is licensed as a work",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let licensed = case
        .tasl
        .grants
        .iter()
        .find(|g| g.value.tool().is_some_and(|tool| !tool.is_public_domain()));
    let Some(grant) = licensed else { return };
    for (id, statement) in case.evidence.about(Property::DigitalSourceType) {
        let kind = statement.value.trim().rsplit(['/', ':']).next().unwrap_or_default();
        if matches!(
            kind,
            "trainedAlgorithmicMedia" | "compositeWithTrainedAlgorithmicMedia"
        ) {
            let (license, said) = (name(&grant.value), quoted_at(case.evidence, id));
            let at = grant.from.first().copied().into_iter().chain([id]);
            findings.report(format!("{license}, and {said}"), at).needs_review();
        }
    }
}

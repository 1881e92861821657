//! `required-field-missing`

use super::words::{Duties, is_work};
use super::{Case, Findings, Group};
use crate::license::notice;
use crate::model::{BlockKind, Licensing, Property, Severity};
use crate::policy::Field;

declare_rule! {
    /// ## What it finds
    ///
    /// Files without a field that your policy requires of every file, whatever the
    /// license asks for. Placeholders do not count. What the license asks for itself is
    /// for `creator-missing`, `title-missing`, `source-missing` and `license-missing`.
    ///
    /// ```tasl,flagged
    /// @ policy   require.fields = ["web-statement"]
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// ```tasl,flagged
    /// @ policy   require.fields = ["creator"]
    /// xmp   cc:license   https://creativecommons.org/publicdomain/zero/1.0/
    /// xmp   dc:creator   unknown
    /// ```
    ///
    /// ```tasl,clean
    /// @ policy   require.fields = ["web-statement", "license"]
    /// xmp   cc:license               https://creativecommons.org/licenses/by/4.0/
    /// xmp   xmpRights:WebStatement   https://example.org/item/1
    /// ```
    ///
    /// Where a part of the file could not be read, nothing is said to be missing.
    ///
    /// ```tasl,clean
    /// @ policy   require.fields = ["title"]
    /// !     malformed    segment runs past the end of the file
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Some readers ask for more than the license does: Google shows its badge only on
    /// images that name a page about their license, and who builds on open educational
    /// resources needs to know whom to credit even where CC0 asks for nothing.
    ///
    /// ## How to fix it
    ///
    /// Fill the field in. `tasl policy show PATH` tells which fields are required of a
    /// file.
    id: "required-field-missing",
    group: Group::Policy,
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    summary: "A field that the policy requires is missing",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    if !case.evidence.is_complete() || !is_work(case) {
        return;
    }
    let duties = Duties::of(case);
    for field in &case.policy.require {
        let told = match field {
            Field::Title => duties.title || duties.creator,
            Field::Creator => duties.creator,
            Field::Source => duties.source || duties.creator,
            Field::License => true,
            _ => false,
        };
        let rule = match field {
            Field::Title => "title-missing",
            Field::Creator => "creator-missing",
            Field::Source => "source-missing",
            _ => "license-missing",
        };
        // Another rule says it, unless the policy has turned that off.
        let told = told && case.policy.severity(rule, Severity::Error, true).is_some();
        if !told && !is_there(case, *field) {
            findings.report(format!("the policy requires a {}", words(*field)), []);
        }
    }
}

fn words(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Creator => "creator",
        Field::Source => "source",
        Field::License => "license",
        Field::WebStatement => "page about the rights (xmpRights:WebStatement)",
        Field::UsageTerms => "text about the usage (xmpRights:UsageTerms)",
        Field::CopyrightNotice => "copyright notice (dc:rights)",
        Field::Owner => "name of the rights holder (xmpRights:Owner)",
    }
}

fn is_there(case: &Case<'_>, field: Field) -> bool {
    let evidence = case.evidence;
    let stated = |properties: &[Property]| {
        evidence
            .iter()
            .any(|(_, s)| properties.contains(&s.property) && !notice::is_blank(&s.value))
    };
    match field {
        Field::Title => !case.tasl.title.is_empty(),
        Field::Creator => {
            !case.tasl.creators.is_empty()
                || evidence.about(Property::AttributionName).any(|(_, s)| {
                    !notice::is_blank(&s.value)
                        && !notice::is_placeholder_creator(&s.value)
                })
        }
        Field::Source => !case.tasl.source.is_empty(),
        Field::License => case.tasl.license != Licensing::None,
        Field::WebStatement => evidence.iter().any(|(_, s)| {
            let is_page = s.property == Property::WebStatement
                || s.property == Property::PhotoshopUrl
                    && s.location.block == BlockKind::Irb;
            is_page && !notice::is_blank(&s.value)
        }),
        Field::UsageTerms => stated(&[Property::UsageTerms]),
        Field::CopyrightNotice => evidence.about(Property::Rights).any(|(_, s)| {
            !notice::is_blank(&s.value) && !notice::is_empty_notice(&s.value)
        }),
        Field::Owner => stated(&[Property::Owner]),
    }
}

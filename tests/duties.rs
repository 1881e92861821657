//! What each license asks for, and what is found where it is missing: all rules
//! at once, as they are by default.

#![allow(clippy::unwrap_used)]

use tasl::license::{self, Context, LegalTool, Meaning, TOOLS};
use tasl::model::{BlockKind, Evidence, FileRef, Fix, Location, Severity, Statement};
use tasl::policy::{Date, Policy, Setting};
use tasl::read::vocabulary;
use tasl::reconcile::reconcile;
use tasl::rules::{self, Case};

/// The ids of the findings, and how much they matter.
fn findings(notation: &str) -> Vec<(&'static str, Severity)> {
    let evidence = Evidence::from_notation(notation, vocabulary::property).unwrap();
    let policy = Policy::default();
    let tasl = reconcile(&evidence, &policy.statements);
    let case = Case { evidence: &evidence, tasl: &tasl, policy: &policy, record: None };
    rules::check(&case).into_iter().map(|f| (f.rule, f.severity)).collect()
}

fn severity_of(rule: &str, notation: &str) -> Option<Severity> {
    findings(notation).into_iter().find(|(id, _)| *id == rule).map(|(_, s)| s)
}

fn tool(unit: &str, version: &str) -> LegalTool {
    LegalTool::find(unit, version, "").unwrap()
}

#[test]
fn a_work_that_says_all_has_no_findings() {
    for notation in [
        "xmp cc:license https://creativecommons.org/licenses/by-sa/4.0/\n\
         xmp dc:creator Ada Archivist\n\
         xmp dc:title View of the harbour\n\
         xmp cc:attributionURL https://hdl.handle.net/1/2\n\
         xmp xmpRights:WebStatement https://example.org/item/1\n\
         xmp xmpRights:Marked True\n\
         xmp xmpRights:UsageTerms CC BY-SA 4.0\n\
         xmp dc:rights © 2021 Ada Archivist\n\
         exif Artist Ada Archivist\n\
         exif Copyright © 2021 Ada Archivist\n\
         iptc 2:80 Ada Archivist\n\
         iptc 2:05 View of the harbour",
        "xmp cc:license https://creativecommons.org/publicdomain/zero/1.0/",
        "xmp cc:license https://creativecommons.org/publicdomain/mark/1.0/",
        "xmp edm:rights http://rightsstatements.org/vocab/InC/1.0/\n\
         xmp dc:creator Ada Archivist",
    ] {
        assert_eq!(findings(notation), [], "{notation}");
    }
}

#[test]
fn what_is_missing_matters_as_much_as_the_version_asks() {
    use Severity::{Error, Note, Warning};
    for (unit, version, creator, title, source) in [
        ("by", "1.0", Some(Error), Some(Warning), Some(Note)),
        ("by-nc-sa", "2.0", Some(Error), Some(Warning), Some(Warning)),
        ("by", "2.5", Some(Error), Some(Warning), Some(Warning)),
        ("by-nd", "3.0", Some(Error), Some(Warning), Some(Warning)),
        ("by-sa", "4.0", Some(Error), Some(Note), Some(Warning)),
        // Without Attribution, nothing is to be credited.
        ("sa", "1.0", None, None, None),
        ("nd-nc", "1.0", None, None, None),
        ("zero", "1.0", None, None, None),
        ("mark", "1.0", None, None, None),
    ] {
        let tool = tool(unit, version);
        let notation = format!("xmp cc:license {}", tool.url());
        let found = ["creator-missing", "title-missing", "source-missing"]
            .map(|rule| severity_of(rule, &notation));
        assert_eq!(found, [creator, title, source], "{tool}");
    }
}

#[test]
fn a_license_without_a_version_asks_for_the_most() {
    let notation = "xmp dc:rights CC BY-NC";
    assert_eq!(severity_of("creator-missing", notation), Some(Severity::Error));
    assert_eq!(severity_of("title-missing", notation), Some(Severity::Warning));
    assert_eq!(severity_of("source-missing", notation), Some(Severity::Warning));
}

#[test]
fn nothing_is_missing_from_what_could_not_be_read() {
    for damage in [
        "! malformed segment runs past the end of the file",
        "! limit the block is larger than 16 MiB",
        "! encrypted the document needs a password",
        "! unsupported compression method 7",
        "! ambiguous a.xmp may describe this file or another",
        "@ format not-media",
        "@ format unsupported",
        "@ subject orphan-sidecar",
    ] {
        let notation = format!(
            "exif Copyright © 2019 Jane Doe\n\
             sidecar/xmp dcterms:license https://creativecommons.org/licenses/by/3.0/\n\
             {damage}"
        );
        for (id, _) in findings(&notation) {
            assert!(!id.ends_with("-missing"), "{id}: {notation}");
        }
        assert_eq!(severity_of("license-missing", damage), None, "{damage}");
    }
}

#[test]
fn files_that_are_no_media_have_no_findings() {
    assert_eq!(findings("@ format not-media"), []);
}

#[test]
fn every_legal_tool_is_recognised_and_asks_what_the_registry_says() {
    let never = ["license-missing", "license-url-not-canonical", "license-conflict"];
    for tool in TOOLS.iter() {
        let found = findings(&format!("xmp cc:license {}", tool.url()));
        let says = |rule: &str| found.iter().any(|(id, _)| *id == rule);
        assert_eq!(says("creator-missing"), tool.requires_attribution(), "{tool}");
        assert!(!never.into_iter().any(says), "{tool}: {found:?}");
    }
}

#[test]
fn real_traps_cause_no_finding_about_a_license() {
    // Texts of the kind that ICC profiles, cameras and papers carry.
    for text in [
        "Copyright (c) 1998 Hewlett-Packard Company",
        "Some journals use the CC-BY-NC-ND licence, which we think is wrong",
        "OLYMPUS DIGITAL CAMERA",
        "                               ",
        "(C) by Caplio Pro G3 User",
        "CC: the editors; BCC: nobody",
        "Copyright, all rights reserved",
    ] {
        let quoted = format!("{text:?}");
        for place in ["exif Copyright", "exif ImageDescription", "exif UserComment"] {
            let notation = format!("{place} {quoted}");
            for (id, _) in findings(&notation) {
                let about_license = id.starts_with("license-") && id != "license-missing";
                assert!(!about_license, "{id}: {notation}");
            }
            assert_eq!(
                severity_of("license-missing", &notation),
                Some(Severity::Error),
                "{notation}"
            );
        }
    }
}

#[test]
fn no_value_of_any_property_makes_a_rule_fail() {
    let mut policy = Policy::default();
    policy.today = Date::parse("2026-01-31");
    for rule in rules::CATALOGUE {
        policy.set(rule.id, Setting::On);
    }
    let long = "é".repeat(300);
    let values = [
        "",
        "\0",
        "\u{FEFF}",
        "é",
        "20é9",
        "2019é",
        "201",
        ";;;",
        "\"",
        "\";\"",
        ":",
        "http://",
        "https://é",
        "https://creativecommons.org/licenses/by/4.0/é",
        "http://rightsstatements.org/vocab/é/1.0/",
        "10./",
        "doi:10.1234/",
        "doi: é",
        "www.",
        "www.é",
        "CC BY 4.0",
        "CC BY 4.0 or GFDL",
        "© é",
        "İstanbul ẞ ŉ ΐ",
        "a\u{0301}\u{0301}\u{0301}",
        "Ã©",
        "Ÿé€a",
        "<a href=\"https://creativecommons.org/licenses/by/4.0/\">CC</a",
        &long,
    ];
    let mut seen = std::collections::BTreeSet::new();
    for term in vocabulary::terms() {
        // One key for each property of a kind of block.
        if !seen.insert((term.block, term.property)) {
            continue;
        }
        for (n, value) in values.into_iter().enumerate() {
            let lang = (n % 2 == 1).then(|| "é".to_owned());
            let mut evidence = Evidence::from_notation(
                "xmp cc:license https://creativecommons.org/publicdomain/mark/1.0/",
                vocabulary::property,
            )
            .unwrap();
            for file in [FileRef::Primary, FileRef::Sidecar(0)] {
                evidence.note_block(file, BlockKind::Xmp);
                evidence.statements.push(Statement {
                    property: term.property,
                    value: value.to_owned(),
                    lang: lang.clone(),
                    location: Location {
                        file,
                        block: term.block,
                        key: term.key.to_owned(),
                        offset: 0,
                        nth: 0,
                    },
                });
            }
            let tasl = reconcile(&evidence, &policy.statements);
            let case =
                Case { evidence: &evidence, tasl: &tasl, policy: &policy, record: None };
            for finding in rules::check(&case) {
                let known = finding
                    .at
                    .iter()
                    .all(|id| (id.0 as usize) < evidence.statements.len());
                assert!(known, "{}: {}", finding.rule, finding.message);
                assert!(!finding.message.contains(char::is_control), "{finding:?}");
            }
        }
    }
}

#[test]
fn the_sentence_that_is_proposed_is_read_as_the_license() {
    let mut on = Policy::default();
    on.set("usage-terms-missing", Setting::On);
    for tool in TOOLS.iter() {
        let notation = format!("xmp cc:license {}", tool.url());
        let evidence = Evidence::from_notation(&notation, vocabulary::property).unwrap();
        let tasl = reconcile(&evidence, &on.statements);
        let case = Case { evidence: &evidence, tasl: &tasl, policy: &on, record: None };
        let found = rules::check(&case);
        let Some(found) = found.iter().find(|f| f.rule == "usage-terms-missing") else {
            panic!("{tool}")
        };
        let Some(Fix::Set { value, .. }) = &found.fix else { panic!("{tool}") };
        let read = license::read_in(value, Context::RightsText);
        assert!(
            !read.is_empty()
                && read
                    .iter()
                    .all(|r| matches!(&r.meaning, Meaning::Tool(t) if t == tool)),
            "{value}: {read:?}"
        );
    }
}

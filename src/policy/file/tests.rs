//! What a policy comes to, and how its mistakes are told.

use super::*;
use crate::license::LegalTool;
use crate::model::License;
use crate::policy::Judgement;

const RULES: &[&str] = &["license-missing", "multiple-licenses", "title-missing"];
const TODAY: Date = Date { year: 2026, month: 11, day: 25 };

fn policy(text: &str) -> Policies {
    parse(text, RULES, TODAY).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn tool(unit: &str, version: &str) -> License {
    License::Tool(LegalTool::find(unit, version, "").unwrap())
}

#[test]
fn a_policy_builds_on_its_preset() {
    let policies = policy(
        "preset = \"plan-s\"\n[rules]\ntitle-missing = \"off\"\n\
         [licenses]\nneeds-exception = []\n",
    );
    let base = &policies.base;
    assert_eq!(base.judge(&tool("by", "4.0")), Judgement::Allowed);
    assert_eq!(base.judge(&tool("by", "3.0")), Judgement::BelowVersion);
    assert_eq!(base.judge(&tool("by-nc", "4.0")), Judgement::NotAllowed);
    assert_eq!(base.judge(&tool("by-nd", "4.0")), Judgement::NotAllowed);
    assert_eq!(base.severity("title-missing", Severity::Error, true), None);
}

#[test]
fn paths_have_their_own_and_the_later_section_wins() {
    let policies = policy(
        "[licenses]\nallow = [\"by\"]\n\
         [[paths]]\npath = \"scans/**\"\nlicenses.allow = [\"mark\"]\n\
         [[paths]]\npath = \"scans/new/*\"\nrules.license-missing = \"note\"\n",
    );
    let judge = |path: &str| policies.at(path).judge(&tool("by", "4.0"));
    assert_eq!(judge("a.jpg"), Judgement::Allowed);
    assert_eq!(judge("scans/a/b.jpg"), Judgement::NotAllowed);
    let note = Some(Severity::Note);
    let rule = "license-missing";
    let at = policies.at("scans/new/c.jpg");
    assert_eq!(at.severity(rule, Severity::Error, true), note);
    let error = Some(Severity::Error);
    let at = policies.at("scans/new/deep/c.jpg");
    assert_eq!(at.severity(rule, Severity::Error, true), error);
}

#[test]
fn an_exception_holds_until_its_day_has_passed() {
    let text = |day: &str| {
        format!(
            "[[exceptions]]\npath = \"a/*\"\nrule = \"license-missing\"\n\
             reason = \"r\"\nowner = \"o\"\nexpires = {day}\n"
        )
    };
    let today = policy(&text("2026-11-25"));
    assert_eq!(today.exception("a/b.jpg", "license-missing"), Some(0));
    assert_eq!(today.exception("a/b.jpg", "title-missing"), None);
    let past = policy(&text("\"2026-11-24\""));
    assert_eq!(past.exception("a/b.jpg", "license-missing"), None);
    assert!(past.exceptions[0].expired);
    assert_eq!(past.exceptions[0].line, 1);
}

#[test]
fn texts_of_the_house_mean_one_thing() {
    let policies = policy(
        "[statements]\n\"frei\" = \"CC BY 4.0\"\n\"alle Rechte\" = \"in-copyright\"\n",
    );
    let Some(HouseMeaning::Tool(tool)) = policies.base.statements.get("Frei") else {
        panic!("{:?}", policies.base.statements)
    };
    assert_eq!(tool.identifier(), "CC BY 4.0");
}

#[test]
fn every_mistake_is_told_at_once_with_its_line_and_what_was_meant() {
    let text = "preset = \"plan-q\"\n\
                instutions = [\"City Museum\"]\n\
                [rules]\n\
                licence-missing = \"error\"\n\
                title-missing = \"eror\"\n\
                [licenses]\n\
                allow = [\"by\", \"by-sq\", 4]\n\
                ports = \"some\"\n\
                [statements]\n\
                \"x\" = \"CC BY\"\n\
                [[exceptions]]\n\
                path = \"a[\"\n\
                rule = \"license-missing\"\n\
                expires = \"soon\"\n";
    let errors = parse(text, RULES, TODAY).unwrap_err();
    let told: Vec<(usize, &str)> = errors.iter().map(|e| (e.line, &*e.message)).collect();
    let expected = [
        (1, "did you mean “plan-s”?"),
        (2, "did you mean “institutions”?"),
        (4, "did you mean “license-missing”?"),
        (5, "did you mean “error”?"),
        (7, "did you mean “by-sa”?"),
        (7, "takes texts"),
        (8, "none of any, none"),
        (10, "means the address"),
        (11, "needs “reason”"),
        (11, "needs “owner”"),
        (12, "no pattern of a path"),
        (14, "is no day"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((line, message), (at, part)) in told.iter().zip(expected) {
        assert_eq!(*line, at, "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let errors = parse("preset = \n[rules\n", RULES, TODAY).unwrap_err();
    assert_eq!(errors[0].line, 1);
    let shown = errors[0].to_string();
    assert!(shown.contains("  1 | preset = ") && shown.contains('^'), "{shown}");
}

#[test]
fn every_preset_is_a_policy_without_mistakes() {
    let rules: Vec<&'static str> = presets::PRESETS
        .iter()
        .flat_map(|p| p.text.lines())
        .filter_map(|line| line.split_once(" = \""))
        .map(|(name, _)| name)
        .collect();
    for preset in presets::PRESETS.iter() {
        let policies = parse(&preset.text, &rules, TODAY);
        assert!(policies.is_ok(), "{}: {policies:?}", preset.name);
    }
}

#[test]
fn a_preset_of_a_path_takes_the_place_of_the_other() {
    let text = "preset = \"open\"\n[licenses]\nports = \"none\"\nallow = [\"by\"]\n\
        [rules]\ntitle-missing = \"off\"\n\
        [[paths]]\npath = \"a/**\"\npreset = \"oer\"\n\
        [[paths]]\npath = \"a/s/**\"\nlicenses.uri-scheme = \"http\"\n\
        [[paths]]\npath = \"a/s/t/**\"\npreset = \"dpla\"\nlicenses.ports = \"any\"\n\
        licenses.deny = [\"by-nd\"]\n";
    let policies = policy(text);
    let list = |list: &[Selector]| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    for (path, preset, deny, discouraged, unported, scheme) in [
        ("x", "open", "*-nc* *-nd* nc* nd* devnations sampling*", "", true, None),
        ("a/x", "oer", "by-nd by-nc-nd by-nd-nc", "by-nc by-nc-sa", true, None),
        ("a/s/x", "oer", "by-nd by-nc-nd by-nd-nc", "by-nc by-nc-sa", true, Some("http")),
        ("a/s/t/x", "dpla", "by-nd", "", false, Some("http")),
    ] {
        let policy = policies.at(path);
        let licenses = &policy.licenses;
        assert_eq!(policy.preset, Some(preset), "{path}");
        let allowed = if path == "x" { "by" } else { "zero mark by by-sa" };
        if !path.contains('t') {
            assert_eq!(list(&licenses.allow), allowed, "{path}");
        }
        assert_eq!(list(&licenses.deny), deny, "{path}");
        assert_eq!(list(&licenses.discouraged), discouraged, "{path}");
        assert_eq!(
            (licenses.unported_only, licenses.uri_scheme),
            (unported, scheme),
            "{path}"
        );
        assert!(
            policy.settings().any(|s| s == ("title-missing", Setting::Off)),
            "{path}"
        );
    }
}

#[test]
fn one_text_of_the_house_has_one_meaning_and_a_wrong_one_is_told_why() {
    let told = |rows: &str| {
        parse(&format!("[statements]\n{rows}"), RULES, TODAY)
            .err()
            .map(|errors| errors.iter().map(|e| e.message.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    assert!(told("\"Free\" = \"ignore\"\n\"FREE \" = \"ignore\"\n").is_empty());
    for (rows, said) in [
        ("\"Free\" = \"ignore\"\n\"FREE \" = \"in-copyright\"\n", "“FREE ” stands above"),
        ("\"a\" = \"CC BY\"\n", "“CC BY” has no version"),
        ("\"a\" = \"CC BY 5.0\"\n", "“CC BY 5.0” does not exist"),
    ] {
        let told = told(rows);
        assert!(told.len() == 1 && told[0].contains(said), "{rows}: {told:?}");
    }
}

#[test]
fn hints_are_given_on_what_may_not_be_meant() {
    let text = "[licenses]\nallow = [\"other:NotALicense\", \"other:MIT\", \
        \"other:https://example.org/terms\", \"other:*\"]\n";
    let hints = policy(text).hints();
    assert!(hints.len() == 1 && hints[0].contains("“other:NotALicense”"), "{hints:?}");
    let error = parse("[rules]\ntitle-missing = \"warn\"\n", RULES, TODAY).unwrap_err();
    assert!(error[0].message.contains("did you mean “warning”?"), "{error:?}");
    let error = Selector::parse("MIT").unwrap_err();
    assert!(error.contains("did you mean “other:MIT”?"), "{error}");
}

#[test]
fn a_long_line_is_shown_around_the_mistake() {
    let text = format!("institutions = [{}]\nfoo = 1\n", "\"x\", ".repeat(400) + "5");
    let errors = parse(&text, RULES, TODAY).unwrap_err();
    assert_eq!(errors[0].column, 2017);
    assert!(errors[0].text.chars().count() <= 160);
    let shown = errors[0].to_string();
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines[2].find('^').unwrap();
    assert_eq!(&lines[1][at..=at], "5", "{shown}");
    assert_eq!(errors[1].line, 2);
}

#[test]
fn of_thousands_of_mistakes_a_thousand_are_told() {
    let text: String = (0..20_000).map(|n| format!("key{n} = 1\n")).collect();
    let errors = parse(&text, RULES, TODAY).unwrap_err();
    assert_eq!(errors.len(), 1000);
    assert!(errors[999].message.ends_with("there are more mistakes than these"));
}

#[test]
fn a_text_of_the_house_that_is_blank_is_a_mistake() {
    let errors = parse("[statements]\n\" \" = \"CC0 1.0\"\n", RULES, TODAY).unwrap_err();
    assert_eq!(errors[0].message, "a text of the house is empty");
}

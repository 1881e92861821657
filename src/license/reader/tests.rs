//! Texts and what they say.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::license::{LegalTool, TOOLS};

/// What `text` names.
fn meanings(text: &str) -> Vec<String> {
    read(text).iter().map(|r| show(&r.meaning)).collect()
}

fn show(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Tool(tool) => tool.identifier().to_owned(),
        Meaning::RightsStatement(statement) => statement.code().to_owned(),
        Meaning::Unversioned { unit, port: None } => format!("{unit} ?"),
        Meaning::Unversioned { unit, port: Some(port) } => format!("{unit} ? {port}"),
        Meaning::Malformed { .. } => "malformed".to_owned(),
        Meaning::DoesNotExist { .. } => "does not exist".to_owned(),
        Meaning::Impossible { .. } => "impossible".to_owned(),
        Meaning::NotATool { .. } => "no tool".to_owned(),
        Meaning::InvalidRightsStatement { .. } => "no statement".to_owned(),
        Meaning::Spdx(id) => (*id).to_owned(),
    }
}

fn roles(text: &str, context: Context) -> Vec<&'static str> {
    read_in(text, context).iter().map(|r| r.role.as_str()).collect()
}

#[test]
fn the_table_of_spellings_holds() {
    let table = include_bytes!("../normalisation.csv");
    let mut table = csv::Reader::from_reader(table.as_slice());
    let mut wrong = Vec::new();
    for record in table.records() {
        let record = record.unwrap();
        let (example, status, url) = (&record[0], &record[1], &record[2]);
        let status = if status == "valid" { "normalised" } else { status };
        let verdicts = read(example).into_iter().map(|r| match r.meaning {
            Meaning::Tool(tool) => ("normalised", tool.url()),
            Meaning::RightsStatement(statement) => ("normalised", statement.uri()),
            Meaning::Unversioned { .. } | Meaning::NotATool { .. } => ("ambiguous", ""),
            Meaning::InvalidRightsStatement { why } if why.contains("no version") => {
                ("ambiguous", "")
            }
            _ => ("invalid", ""),
        });
        let verdicts: Vec<_> = verdicts.collect();
        let settled = verdicts.iter().find(|v| v.0 == "normalised");
        let verdict = settled.or(verdicts.first()).copied();
        let expected = match status {
            "not-cc" => None,
            // "Public domain" alone is read elsewhere.
            "ambiguous" if record[3].starts_with("public-domain") => None,
            status => Some((status, url)),
        };
        if verdict != expected {
            wrong.push(format!("{example}: {verdict:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_does_not_fit_a_name_never_leaves_a_freer_license() {
    for (text, expected) in [
        ("CC-BY-4.0-ND", "malformed"),
        ("cc-by-4.0-nc", "malformed"),
        ("CC BY 4.0 NC", "malformed"),
        ("CC BY 4.0 (NC)", "malformed"),
        ("CC BY 4.0 + NC", "malformed"),
        ("CC BY 4.0 ND NC", "malformed"),
        ("CC BY 4.0 NonCommercial", "malformed"),
        ("CC BY 4.0 - no derivatives", "malformed"),
        ("CC BY 4.0 SA", "malformed"),
        ("Creative Commons Attribution 4.0 Non-Commercial", "malformed"),
        ("CC0-NC", "malformed"),
        ("CC0-BY", "malformed"),
        ("CC0 1.0 NonCommercial", "malformed"),
        ("Public Domain Mark 1.0 NC", "malformed"),
        ("CC BY-XX 4.0", "malformed"),
        ("CC BY-N 4.0", "malformed"),
        ("CC BY 4.0, 4.0 NC", "malformed"),
        ("https://creativecommons.org/licenses/by/4.0/ NC", "malformed"),
        ("https://creativecommons.org/licenses/by/4.0/, NC", "malformed"),
        ("https://creativecommons.org/licenses/by/4.0/ (NonCommercial)", "malformed"),
        ("https://creativecommons.org/licenses/by-nc/4.0/ NonCommercial", "CC BY-NC 4.0"),
        ("https://creativecommons.org/licenses/by/4.0/ Attribution", "CC BY 4.0"),
        ("Atribuire-Necomercial-Xenofob 3.0 România", "malformed"),
        ("CC: BY, NC, ND 4.0", "CC BY-NC-ND 4.0"),
        ("CC BY, NC Wyeth", "by ?"),
        ("CC 4.0 BY-NC-SA", "CC BY-NC-SA 4.0"),
        ("CC BY 3.0 Russia", "does not exist"),
        ("Reconocimiento 2.1", "CC BY 2.1 ES"),
        ("CC BY-NCC 4.0", "malformed"),
        ("CC BY 3.0+", "malformed"),
        ("CC BY-BY 4.0", "impossible"),
        ("CC BY-NC-NC 4.0", "impossible"),
        ("CC NC 4.0", "impossible"),
        ("CC BY 4.0 (Attribution)", "CC BY 4.0"),
        ("CC BY-NC 4.0 (non-commercial)", "CC BY-NC 4.0"),
        ("CC BY-NC 4.0 NonCommercial", "CC BY-NC 4.0"),
        ("CC BY 4.0, for non-commercial use", "CC BY 4.0"),
        ("CC BY-Lizenz 4.0", "CC BY 4.0"),
        ("CC BY-SA 3.0 de", "CC BY-SA 3.0 DE"),
        ("cc-by-sa 3.0 de", "CC BY-SA 3.0 DE"),
        ("CC BY 2.0 uk", "CC BY 2.0 UK"),
        ("CC BY 2.5 it", "CC BY 2.5 IT"),
        ("namensnennung 3.0 deutschland", "CC BY 3.0 DE"),
        ("CC BY 3.0 XX", "does not exist"),
        ("CC BY, 4.0 MB", "by ?"),
        ("Photo CC BY, 3.0 MB", "by ?"),
        ("CC BY 2.0 MP photo", "by ?"),
        ("CC BY 4.0 GB", "by ?"),
        ("Photo: <span>CC</span> <span>BY</span><br>4.0 MB", "by ?"),
        ("CC BY 2.5 kg", "by ?"),
    ] {
        assert_eq!(meanings(text), [expected], "{text}");
    }
    assert_eq!(meanings("CC BY 4.0, CC BY-NC 4.0"), ["CC BY 4.0", "CC BY-NC 4.0"]);
}

#[test]
fn every_name_of_a_tool_leads_to_it() {
    let mut wrong = Vec::new();
    for &tool in TOOLS.iter() {
        let (identifier, title) = (tool.identifier(), tool.title());
        let mut spellings = vec![
            identifier.to_owned(),
            identifier.replace(' ', "-"),
            identifier.to_lowercase(),
            title.to_owned(),
            title.to_uppercase(),
            format!("Creative Commons {title} License"),
            format!("{title} ({identifier})"),
            format!("{title} {}", tool.url()),
        ];
        // In small letters, "de" is also a word.
        spellings.retain(|s| tool.port().is_none() || *s != identifier.to_lowercase());
        spellings.extend(tool.spdx().map(str::to_owned));
        for spelling in spellings {
            let got = read(&spelling);
            let right = |r: &Reference| r.meaning == Meaning::Tool(tool);
            if got.is_empty() || !got.iter().all(right) {
                wrong.push(format!("{spelling}: {:?}", meanings(&spelling)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} {:#?}", wrong.len(), &wrong[..wrong.len().min(30)]);
}

/// Titles of the ports in their own languages. Where a title names no
/// jurisdiction, the port cannot be known, and the unported tool is named.
#[test]
fn native_titles_name_their_unit_and_version() {
    let mut understood = 0;
    for &tool in TOOLS.iter() {
        let title = tool.title_native();
        let got = read(title);
        match &got.first().map(|r| &r.meaning) {
            Some(Meaning::Tool(read)) => {
                let read_as = (read.unit(), read.version());
                assert_eq!(read_as, (tool.unit(), tool.version()), "{title}");
                assert!(read.port().is_none() || read.port() == tool.port(), "{title}");
                understood += 1;
            }
            // 2.1 and the licenses without BY have no unported tool in 2.x.
            Some(Meaning::DoesNotExist { .. } | Meaning::Unversioned { .. }) => {
                assert!(matches!(tool.version(), "2.0" | "2.1"), "{title}");
            }
            None if !tool.requires_attribution() && tool.version() == "2.0" => {}
            // The native title of by-nc/2.0/de is a single word.
            other => assert_eq!(title, "Namensnennung", "{other:?}"),
        }
        assert!(got.len() <= 1, "{title}");
    }
    assert!(understood >= 615, "{understood}");
}

/// The titles of the unported tools in some 75 languages, where the table is.
#[test]
fn translated_titles_name_their_unit_and_version() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/cc-titles-i18n.tsv");
    let Ok(table) = std::fs::read_to_string(table) else { return };
    let (mut all, mut understood) = (0, 0);
    for line in table.lines().skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        let [url, lang, title] = cells[..] else { panic!("{line}") };
        // Placeholders, and translations that name another license.
        let wrong_there = lang == "kk" || title.starts_with("Atribuire-Necomercial-Fără");
        if lang == "x-i18n" || wrong_there {
            continue;
        }
        all += 1;
        let tool = LegalTool::from_url(url).unwrap();
        for reference in read(title) {
            assert_eq!(reference.meaning, Meaning::Tool(tool), "{lang} {title}");
            understood += 1;
        }
    }
    assert!(understood * 100 >= all * 96, "{understood} of {all}");
}

#[test]
fn roles_are_told_by_the_sentence() {
    let mut wrong = Vec::new();
    for line in include_str!("cases.tsv").lines().filter(|l| !l.starts_with('#')) {
        let (role, text) = line.split_once('\t').unwrap();
        let got = roles(text, Context::RightsText);
        let right = match role {
            "-" => got.is_empty(),
            role => !got.is_empty() && got.iter().all(|r| *r == role),
        };
        if !right {
            wrong.push(format!("{text}: {got:?}, not {role}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_place_of_a_text_decides_what_a_bare_name_does() {
    let bare = "CC BY 4.0";
    let credit = "© 2020 Jane Doe, CC BY 4.0";
    let sentence = "This photo is licensed under CC BY 4.0.";
    let talk = "Why CC BY 4.0 matters";
    for (text, expected) in [
        (bare, ["grant", "grant", "unclear"]),
        (credit, ["grant", "grant", "unclear"]),
        (sentence, ["grant"; 3]),
        (talk, ["mention"; 3]),
    ] {
        let contexts = [Context::LicenseField, Context::RightsText, Context::Prose];
        assert_eq!(contexts.map(|c| roles(text, c)[0]), expected, "{text}");
    }
    assert_eq!(roles("MIT", Context::LicenseField), ["grant"]);
    assert_eq!(roles("MIT", Context::RightsText), ["unclear"]);
}

#[test]
fn nothing_is_guessed() {
    for (text, expected) in [
        ("CC BY", &["by ?"][..]),
        ("CREATIVECOMMONS ATTRIBUTION CCBY", &["by ?"]),
        ("CC BY International", &["by ?"]),
        ("CC BY Germany", &["by ? de"]),
        ("CC BY 2020", &["by ?"]),
        ("CC BY 4.0.1", &["by ?"]),
        ("CC BY 3.5", &["does not exist"]),
        ("CC0 4.0", &["does not exist"]),
        ("CC BY 4.0 Germany", &["does not exist"]),
        ("CC BY 4.0 DE", &["does not exist"]),
        ("CC BY 3.0 Georgia O'Keeffe Museum", &["CC BY 3.0"]),
        ("CC BY 4.0, Berlin, Germany", &["CC BY 4.0"]),
        ("CC BY 3.0 in Germany", &["CC BY 3.0"]),
        ("CC BY-ND-SA", &["impossible"]),
        ("CCO", &["malformed"]),
        ("Creative Commons", &["no tool"]),
        ("Creative Commons Public Domain Dedication", &["no tool"]),
        ("CC BY 4.0 International 2.0", &["CC BY 4.0", "CC BY 2.0"]),
        ("CC BY-SA 3.0, 2.5 and 2.0", &["CC BY-SA 3.0", "CC BY-SA 2.5", "CC BY-SA 2.0"]),
        ("Attribution 4.0 International (CC BY-NC 4.0)", &["CC BY 4.0", "CC BY-NC 4.0"]),
    ] {
        assert_eq!(meanings(text), expected, "{text}");
    }
}

#[test]
fn a_choice_is_told_from_a_list() {
    for (text, expected) in [
        ("CC BY-SA 3.0 or GFDL", &[true][..]),
        ("GFDL or CC BY-SA 3.0", &[true]),
        ("Licensed under CC BY 4.0 or CC BY-SA 4.0", &[true, true]),
        ("Lizenz: CC BY 4.0 oder CC0", &[true, true]),
        ("CC-BY-4.0 OR MIT", &[true, true]),
        ("CC-BY-4.0 AND MIT", &[false, false]),
        ("CC BY 4.0, CC BY-SA 4.0", &[false, false]),
        ("CC BY 4.0 and CC BY-SA 4.0", &[false, false]),
    ] {
        let got: Vec<_> = read(text).iter().map(|r| r.choice).collect();
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn exceptions_are_kept_with_the_grant() {
    for (text, expected) in [
        ("Except where otherwise noted, this work is licensed under CC BY 4.0.", true),
        ("This work is licensed under CC BY 4.0, excluding figure 3.", true),
        ("Soweit nicht anders angegeben, steht dieses Werk unter CC BY 4.0.", true),
        ("This work is licensed under CC BY 4.0.", false),
    ] {
        let got = read(text);
        assert_eq!(got[0].role, Role::Grant, "{text}");
        assert_eq!(got[0].with_exception, expected, "{text}");
    }
}

#[test]
fn markup_is_read_through() {
    let html = "<a rel=\"license\" href=\"http://creativecommons.org/licenses/by/4.0/\">\
                <img alt=\"Creative Commons License\" src=\"https://i.creativecommons.org/l/by/4.0/88x31.png\"/></a>\
                <br/>This work is licensed under a <a rel=\"license\" \
                href=\"http://creativecommons.org/licenses/by/4.0/\">Creative&nbsp;Commons \
                Attribution 4.0 International License</a>.";
    for context in [Context::RightsText, Context::Prose] {
        let got = read_in(html, context);
        let forms: Vec<_> = got.iter().map(|r| r.form).collect();
        assert_eq!(forms, [Form::Url, Form::Button, Form::Url, Form::Name]);
        assert!(got.iter().all(|r| r.role == Role::Grant), "{got:?}");
        assert!(got.iter().all(|r| show(&r.meaning) == "CC BY 4.0"), "{got:?}");
    }
    assert_eq!(
        roles("<p>CC BY 4.0</p><p>is a license</p>", Context::RightsText),
        ["grant"]
    );
}

#[test]
fn spans_are_those_of_the_source() {
    let text = "“Häfen” – ＣＣ\u{A0}ＢＹ\u{2011}ＳＡ\u{200B} 4.0 (Jane)";
    let got = read(text);
    assert_eq!(&text[got[0].span.clone()], "ＣＣ\u{A0}ＢＹ\u{2011}ＳＡ\u{200B} 4.0");
    let text = "Creative Commons Attribution (CC BY) 4.0 License";
    assert_eq!(
        &text[read(text)[0].span.clone()],
        "Creative Commons Attribution (CC BY) 4.0"
    );
}

/// Inputs made to be slow.
#[test]
fn no_input_takes_long() {
    const SIZE: usize = 1 << 15;
    let parts = [
        "CC BY ",
        "cc-",
        "<a ",
        "<a href=",
        "rel=",
        "&amp;",
        "http://",
        "creativecommons.org/",
        "http://creativecommons.org/licenses/ ",
        "\"CC0\" ",
        "by-nc-",
        "(",
        "4.0 ",
        "4.",
        "or ",
        "license ",
        "Attribution ",
        "Creative Commons",
        "not ",
        "CC BY or ",
        "\n",
        " ",
        "СС ",
        "\u{AD}",
        "表示",
        "저작자표시",
        "CC BY-SA 3.0, 2.5, ",
        "if CC0, ",
        "?",
        "'CC BY'",
        "CC0;",
        "creativecommons.org/licenses/",
        "google.com/url?q=creativecommons.org",
        r"http://creativecommons.org\/",
    ];
    for part in parts {
        let text = part.repeat(SIZE / part.len());
        let start = Instant::now();
        for context in [Context::LicenseField, Context::Prose] {
            read_in(&text, context);
        }
        // Seconds in a debug build on a busy machine; hours if it were quadratic.
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "{part:?}: {:?}",
            start.elapsed()
        );
    }
}

/// Pieces of which statements are made, in no order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "CC",
            "cc",
            "BY",
            "by",
            "-",
            "NC",
            "SA",
            "nd",
            " ",
            "4.0",
            "3.0",
            "0",
            "(",
            ")",
            "Creative Commons",
            "Attribution",
            "NonCommercial",
            "License",
            "licensed under",
            "not",
            "or",
            "DE",
            "Germany",
            "http://",
            "creativecommons.org/licenses/",
            "/",
            "<a rel=\"license\" href=\"",
            "\">",
            "&nbsp;",
            "&#",
            "。",
            "表示",
            "СС",
            "\u{AD}",
            "\n",
            "\n\n",
            ".",
            "?",
            "\"",
            "©",
            "2020",
            "unless otherwise noted",
            "ﬁ",
            "é",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in pieces()) {
        for context in [Context::LicenseField, Context::RightsText, Context::Prose] {
            let mut last = 0;
            for reference in read_in(&text, context) {
                let span = reference.span;
                prop_assert!(text.get(span.clone()).is_some_and(|s| !s.is_empty()), "{span:?}");
                prop_assert!(span.start >= last, "{span:?} begins before {last}");
                last = span.start;
            }
        }
    }

    #[test]
    fn a_long_text_is_read_without_panic(text in pieces(), times in 1usize..200) {
        let text = text.repeat(times);
        for reference in read_in(&text, Context::Prose) {
            prop_assert!(text.get(reference.span).is_some());
        }
    }
}

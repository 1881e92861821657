//! Addresses there and back.

use super::*;
use crate::license::LegalTool;
use crate::license::{RIGHTS_STATEMENTS, TOOLS};

fn meaning(url: &str) -> Option<Meaning> {
    parse_url(url).map(|(meaning, _)| meaning)
}

#[test]
fn every_address_of_a_tool_leads_to_it() {
    for &tool in TOOLS.iter() {
        let url = tool.url();
        let path = url.strip_prefix("https://").unwrap();
        let mut spellings = vec![
            url.to_owned(),
            path.to_owned(),
            format!("http://{path}"),
            format!("https://www.{path}"),
            url.trim_end_matches('/').to_owned(),
            url.to_ascii_uppercase(),
            tool.deed_url(),
            format!("{url}deed.pt_BR?ref=chooser-v1"),
            format!("{url}legalcode.txt"),
            format!("{url}rdf"),
        ];
        spellings.extend(tool.legal_code_url());
        spellings
            .extend(tool.spdx().map(|id| format!("https://spdx.org/licenses/{id}.html")));
        for spelling in spellings {
            assert_eq!(meaning(&spelling), Some(Meaning::Tool(tool)), "{spelling}");
        }
    }
}

#[test]
fn every_address_of_a_statement_leads_to_it() {
    for &statement in RIGHTS_STATEMENTS.iter() {
        let https = statement.uri().replace("http:", "https:");
        for spelling in [statement.uri(), &https, &statement.page_url()] {
            let expected = Some(Meaning::RightsStatement(statement));
            assert_eq!(meaning(spelling), expected, "{spelling}");
        }
    }
}

#[test]
fn addresses_are_cut_out_of_a_text() {
    for (text, expected) in [
        (
            "see (https://creativecommons.org/licenses/by/4.0/).",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        (
            "<a href=\"//creativecommons.org/licenses/by/4.0\">",
            "//creativecommons.org/licenses/by/4.0",
        ),
        (
            "at http:// creativecommons.org/licenses/by/3.0/, or",
            "http:// creativecommons.org/licenses/by/3.0/",
        ),
        (
            "http://creativecommons.org/licenses/\nby/4.0/ and",
            "http://creativecommons.org/licenses/\nby/4.0/",
        ),
        (
            "http://creativecommons.org/licenses/by-nc-\nsa/4.0/",
            "http://creativecommons.org/licenses/by-nc-\nsa/4.0/",
        ),
        (
            "http://creativecommons.org/licenses/by/ 4.0/ and",
            "http://creativecommons.org/licenses/by/ 4.0/",
        ),
        (
            "http://creativecommons.org/licenses/by/4.0/\n2.0 is older",
            "http://creativecommons.org/licenses/by/4.0/",
        ),
        ("see creativecommons.org for", "creativecommons.org"),
        (
            "lizenz：https://creativecommons.org/licenses/by/4.0/deed.ja。",
            "https://creativecommons.org/licenses/by/4.0/deed.ja",
        ),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(&text[found[0].span.clone()], expected, "{text}");
    }
}

#[test]
fn other_sites_and_mail_are_left_alone() {
    for text in [
        "info@creativecommons.org",
        "https://notcreativecommons.org/licenses/by/4.0/",
        "https://creativecommons.orgs.example/licenses/by/4.0/",
        "https://example.org/creativecommons/by/4.0/",
    ] {
        assert_eq!(find(text).len(), 0, "{text}");
    }
}

#[test]
fn buttons_are_addresses_too() {
    for (url, unit) in [
        ("https://licensebuttons.net/l/by-nc/4.0/88x31.png", "by-nc"),
        ("http://i.creativecommons.org/p/mark/1.0/80x15.png", "mark"),
    ] {
        let (meaning, form) = parse_url(url).unwrap();
        assert_eq!(form, Form::Button, "{url}");
        let Meaning::Tool(tool) = meaning else { panic!("{url}: {meaning:?}") };
        assert_eq!(tool.unit().as_str(), unit, "{url}");
    }
    let presskit =
        "https://mirrors.creativecommons.org/presskit/buttons/88x31/png/by-sa.png";
    assert!(matches!(meaning(presskit), Some(Meaning::Unversioned { .. })));
}

#[test]
fn the_table_of_addresses_holds() {
    let mut table =
        csv::Reader::from_reader(include_bytes!("../normalisation.csv").as_slice());
    let mut rows = 0;
    for record in table.records() {
        let record = record.unwrap();
        let (example, status, url) = (&record[0], &record[1], &record[2]);
        if !example.contains(".org/") && !example.contains(".net/")
            || example.contains("This")
        {
            continue;
        }
        rows += 1;
        let (got, address) = match meaning(example).unwrap_or_else(|| panic!("{example}"))
        {
            Meaning::Tool(tool) => ("normalised", tool.url()),
            Meaning::RightsStatement(statement) => ("normalised", statement.uri()),
            Meaning::Unversioned { .. } | Meaning::NotATool { .. } => ("ambiguous", ""),
            Meaning::InvalidRightsStatement { why } if why.contains("no version") => {
                ("ambiguous", "")
            }
            _ => ("invalid", ""),
        };
        let status = if status == "valid" { "normalised" } else { status };
        assert_eq!((got, address), (status, url), "{example}");
    }
    assert_eq!(rows, 75);
}

#[test]
fn an_address_inside_another_is_no_reference() {
    for text in [
        "https://evil.example/?not=creativecommons.org/licenses/by/4.0/",
        "https://evil.example/creativecommons.org/licenses/by/4.0/",
        "https://museum.example/?u=https://creativecommons.org/licenses/by/4.0/",
        "museum.example/?u=https://creativecommons.org/licenses/by/4.0/",
        "https://museum.example/?u=https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0",
        "https://museum.example/x%2Fcreativecommons.org/licenses/by/4.0/",
        "https://web.archive.org/web/x?u=https://creativecommons.org/licenses/by/4.0/",
        "https://notgoogle.com/url?q=https://creativecommons.org/licenses/by/4.0/",
    ] {
        assert!(find(text).is_empty(), "{text}");
        assert_eq!(parse_url(text), None, "{text}");
    }
    for text in [
        "https://example.org/1, https://creativecommons.org/licenses/by/4.0/",
        "Jane Doe/creativecommons.org/licenses/by/4.0/",
        "License:https://creativecommons.org/licenses/by/4.0/",
        "[CC BY](https://creativecommons.org/licenses/by/4.0/)",
    ] {
        assert_eq!(find(text).len(), 1, "{text}");
    }
}

#[test]
fn an_address_is_read_as_software_writes_it() {
    for text in [
        "http://creativecommons.org./licenses/by/4.0/",
        "http://creativecommons.org:80/licenses/by/4.0/",
        "https://creativecommons.org:443/licenses/by/4.0",
        "http:/creativecommons.org/licenses/by/4.0/",
        r"http:\/\/creativecommons.org\/licenses\/by\/4.0\/",
        r"https:\\creativecommons.org\licenses\by\4.0",
        "https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0%2F",
        "https://creativecommons.org/\nlicenses/by/4.0/",
        "https://web.archive.org/web/20200101000000/https://creativecommons.org/licenses/by/4.0/",
        "https://www.google.com/url?q=https://creativecommons.org/licenses/by/4.0/&sa=D&ust=1",
        "https://www.google.com/url?sa=D&q=https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0%2F&ust=1",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0%2F&data=x",
    ] {
        let found: Vec<_> = find(text).into_iter().map(|f| f.meaning).collect();
        let tool = LegalTool::find("by", "4.0", "").unwrap();
        assert_eq!(found, [Meaning::Tool(tool)], "{text}");
    }
}

#[test]
fn a_segment_that_cannot_be_read_is_malformed() {
    for path in ["by/4.0-nc", "bx/4.0", "by-ncc/4.0"] {
        let url = format!("https://creativecommons.org/licenses/{path}/");
        let (meaning, _) = parse_url(&url).unwrap();
        assert!(matches!(meaning, Meaning::Malformed { .. }), "{url}: {meaning:?}");
    }
}

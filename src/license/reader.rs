//! Finds the references to licenses in a text.

use std::ops::Range;

use super::fold::{Squashed, fold};
use super::role::{self, Found};
use super::{Context, Form, Meaning, Reference, Role};
use super::{anchors, cues, grammar, sentence, spdx, tokens, url};

/// Every reference to a license in `text`, in order, read as a text about
/// rights.
pub fn read(text: &str) -> Vec<Reference> {
    read_in(text, Context::RightsText)
}

/// Every reference to a license in `text`, in order, read as what stands in
/// such a place.
pub fn read_in(text: &str, context: Context) -> Vec<Reference> {
    if let Some(operands) = spdx::expression(text) {
        let everyday = operands.iter().all(|o| match o.meaning {
            Meaning::Spdx(id) => spdx::is_everyday(id),
            _ => false,
        });
        let grants = match context {
            Context::LicenseField => true,
            Context::RightsText => !everyday,
            Context::Prose => false,
        };
        let references = operands.into_iter().map(|o| Reference {
            span: o.span,
            meaning: o.meaning,
            form: Form::Spdx,
            role: if grants { Role::Grant } else { Role::Unclear },
            choice: o.choice,
            with_exception: false,
        });
        return references.collect();
    }
    if text.len() <= SHORT {
        return stretch(text, 0..text.len(), context);
    }
    let stretches = anchors::stretches(text).into_iter();
    stretches.flat_map(|range| stretch(text, range, context)).collect()
}

/// Up to this length, in bytes, a text is read as a whole.
const SHORT: usize = 1000;

/// The references in a stretch of the text.
fn stretch(text: &str, range: Range<usize>, context: Context) -> Vec<Reference> {
    let addresses = url::addresses(text, range.clone());
    let spans: Vec<_> = addresses.iter().map(|a| a.0.clone()).collect();
    let folded = fold(text, range, &spans);
    let squashed = Squashed::new(&folded.text);
    let tokens = tokens::find(text, &folded, &squashed);
    let found = |range, meaning, form| Found {
        range,
        meaning,
        form,
        continues: false,
        rel_license: false,
        role: Role::Unclear,
        choice: false,
        with_exception: false,
    };
    let named = grammar::read(text, &folded, &tokens).into_iter();
    let named = named
        .map(|n| Found { continues: n.continues, ..found(n.range, n.meaning, n.form) });
    let by_address =
        addresses.iter().zip(&folded.addresses).filter_map(|((_, url), place)| {
            let url = url.as_ref()?;
            let found = found(place.0..place.0 + 1, url.meaning.clone(), url.form);
            Some(Found { rel_license: place.1, ..found })
        });
    let mut all: Vec<Found> = named.chain(by_address).collect();
    if all.is_empty() {
        return Vec::new();
    }
    all.sort_by_key(|f| f.range.start);
    let places: Vec<_> = all.iter().map(|f| f.range.clone()).collect();
    let sentences = sentence::split(text, &folded, &places);
    let cues = |sentence: Range<usize>| cues::find(text, &folded, &squashed, sentence);
    role::assign(&folded, &sentences, cues, context, &mut all);
    let references = all.into_iter().map(|f| Reference {
        span: folded.source(f.range),
        meaning: f.meaning,
        form: f.form,
        role: f.role,
        choice: f.choice,
        with_exception: f.with_exception,
    });
    references.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::{LegalTool, TOOLS};

    /// What `text` says, in one word a reference.
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

    #[test]
    fn the_table_of_spellings_holds() {
        let table = include_bytes!("normalisation.csv");
        let mut table = csv::Reader::from_reader(table.as_slice());
        let mut wrong = Vec::new();
        for record in table.records() {
            let record = record.unwrap();
            let (example, status, url) = (&record[0], &record[1], &record[2]);
            let status = if status == "valid" { "normalised" } else { status };
            let verdicts: Vec<_> = read(example)
                .into_iter()
                .map(|r| match r.meaning {
                    Meaning::Tool(tool) => ("normalised", tool.url()),
                    Meaning::RightsStatement(statement) => {
                        ("normalised", statement.uri())
                    }
                    Meaning::Unversioned { .. } | Meaning::NotATool { .. } => {
                        ("ambiguous", "")
                    }
                    Meaning::InvalidRightsStatement { why }
                        if why.contains("no version") =>
                    {
                        ("ambiguous", "")
                    }
                    _ => ("invalid", ""),
                })
                .collect();
            let settled = verdicts.iter().find(|v| v.0 == "normalised");
            let verdict = settled.or(verdicts.first()).copied();
            let expected = match status {
                "not-cc" => None,
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
    fn every_name_of_a_tool_leads_to_it() {
        let mut wrong = Vec::new();
        for &tool in TOOLS.iter() {
            let identifier = tool.identifier();
            let title = tool.title();
            let mut spellings = vec![
                identifier.to_owned(),
                identifier.replace(' ', "-"),
                title.to_owned(),
                format!("Creative Commons {title} License"),
                format!("{title} ({identifier})"),
                format!("{title} {}", tool.url()),
            ];
            spellings.extend(tool.spdx().map(str::to_owned));
            for spelling in spellings {
                let got = read(&spelling);
                let right = |r: &Reference| r.meaning == Meaning::Tool(tool);
                if got.is_empty() || !got.iter().all(right) {
                    wrong.push(format!("{spelling}: {:?}", meanings(&spelling)));
                }
            }
        }
        assert!(wrong.is_empty(), "{} {:#?}", wrong.len(), &wrong[..wrong.len().min(60)]);
    }

    #[test]
    fn tmp_titles() {
        let table =
            std::fs::read_to_string("/work/shared/data/cc-titles-i18n.tsv").unwrap();
        let (mut wrong, mut n) = (Vec::new(), 0);
        let i18n = table.lines().skip(1).map(|l| {
            let mut c = l.split('\t');
            (
                LegalTool::from_url(c.next().unwrap()).unwrap(),
                c.next().unwrap().to_owned(),
                c.next().unwrap().to_owned(),
            )
        });
        let native =
            TOOLS.iter().map(|t| (*t, "native".to_owned(), t.title_native().to_owned()));
        for (tool, lang, title) in i18n.chain(native) {
            if lang == "x-i18n" {
                continue;
            }
            n += 1;
            let got = read(&title);
            let right = |r: &Reference| match &r.meaning {
                Meaning::Tool(t) => {
                    t.unit() == tool.unit()
                        && t.version() == tool.version()
                        && (t.port().is_none() || t.port() == tool.port())
                }
                _ => false,
            };
            if got.len() != 1 || !right(&got[0]) {
                wrong.push(format!("{tool} {lang} {title}: {:?}", meanings(&title)));
            }
        }
        eprintln!("{} of {n} wrong", wrong.len());
        for w in wrong {
            eprintln!("{w}");
        }
    }

    #[test]
    fn tmp_sents() {
        let path = std::env::var("SENTS").unwrap_or("/tmp/lw/sents.tsv".into());
        let table = std::fs::read_to_string(path).unwrap();
        for line in table.lines() {
            let (want, text) = line.split_once('\t').unwrap();
            let got = read(text);
            let roles: Vec<_> = got.iter().map(|r| &r.role.as_str()[..1]).collect();
            let ok = match want {
                "x" => roles.is_empty(),
                w => roles.first().is_some_and(|r| *r == w),
            };
            let all = roles.iter().all(|r| *r == want);
            if !ok || !all {
                let show: Vec<_> = got
                    .iter()
                    .map(|r| {
                        format!(
                            "{}={}{}{}",
                            &text[r.span.clone()],
                            show(&r.meaning),
                            if r.choice { "|" } else { "" },
                            if r.with_exception { "!" } else { "" }
                        )
                    })
                    .collect();
                println!(
                    "{} {want} {roles:?} {text}\n      {show:?}",
                    if ok { "(ok)" } else { "WRONG" }
                );
            }
        }
    }
}

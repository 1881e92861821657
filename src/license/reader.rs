//! Finds the references to licenses in a text.

use super::fold::fold;
use super::{Context, Form, Meaning, Reference, Role, grammar, spdx, tokens, url};

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
    let addresses = url::addresses(text);
    let spans: Vec<_> = addresses.iter().map(|a| a.0.clone()).collect();
    let folded = fold(text, 0..text.len(), &spans);
    let tokens = tokens::find(text, &folded);
    let mut all: Vec<Reference> = grammar::read(text, &folded, &tokens)
        .into_iter()
        .map(|n| Reference {
            span: folded.source(n.range),
            meaning: n.meaning,
            form: n.form,
            role: Role::Unclear,
            choice: false,
            with_exception: false,
        })
        .collect();
    all.extend(addresses.into_iter().filter_map(|(_, f)| f).map(|f| Reference {
        span: f.span,
        meaning: f.meaning,
        form: f.form,
        role: Role::Unclear,
        choice: false,
        with_exception: false,
    }));
    all.sort_by_key(|r| r.span.start);
    let mut rest = text.to_owned();
    for reference in all.iter().rev() {
        rest.replace_range(reference.span.clone(), "");
    }
    let alone = !rest.contains(char::is_alphanumeric);
    if alone && context != Context::Prose {
        all.iter_mut().for_each(|r| r.role = Role::Grant);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::TOOLS;

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
}

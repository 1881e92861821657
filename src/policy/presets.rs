//! The presets: policies that others have laid down.

use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use super::{Date, Policies, PolicyError};

/// A policy that comes with the program.
#[derive(Debug)]
pub struct Preset {
    /// The name in a policy: `plan-s`.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What it is for and what it accepts, in a few sentences.
    pub about: String,
    /// What was not certain when it was written down.
    pub notes: Option<String>,
    /// Where it is laid down.
    pub source: Vec<String>,
    /// How far that could be checked.
    pub status: Verified,
    /// The policy itself, as it would stand in `tasl.toml`.
    pub text: String,
}

/// How far the source of a preset could be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// The source itself was read.
    Verified,
    /// A copy or a part of it was read.
    Partial,
    /// There is no source: a form to fill in.
    Template,
}

impl Verified {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Partial => "partial",
            Self::Template => "template",
        }
    }
}

const TEXT: &str = include_str!("presets.toml");

/// Every preset, in the order of the file.
pub static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let tables = top_level(TEXT);
    tables.into_iter().map(|(name, text)| preset(name, text)).collect()
});

/// The preset of that name.
pub(super) fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|p| p.name == name)
}

/// The policy of a preset. `rules` are the ids that exist.
///
/// # Errors
///
/// The mistakes in it; `tests/policy.rs` holds that there are none.
pub(super) fn policy(
    preset: &Preset,
    rules: &[&'static str],
) -> Result<Policies, Vec<PolicyError>> {
    // A preset excepts nothing, so that the day does not matter.
    let today = Date { year: 1, month: 1, day: 1 };
    let mut policies = Policies::parse(&preset.text, rules, today)?;
    policies.base.preset = Some(preset.name);
    Ok(policies)
}

/// Splits the file into presets: the name of each, and its lines with the name
/// taken off the headers of its tables.
fn top_level(text: &'static str) -> Vec<(&'static str, String)> {
    let mut presets: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let header = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        match (header.map(|h| h.split_once('.').unwrap_or((h, ""))), presets.last_mut()) {
            (Some((name, "")), _) => presets.push((name, String::new())),
            (Some((_, table)), Some((_, body))) => {
                body.push_str(&format!("[{table}]\n"));
            }
            (None, Some((_, body))) if !line.is_empty() => {
                body.push_str(line);
                body.push('\n');
            }
            _ => {}
        }
    }
    presets
}

/// Takes the description of a preset apart from its policy.
fn preset(name: &'static str, text: String) -> Preset {
    let about_it = |line: &&str| {
        ["title", "about", "notes", "source", "status"]
            .iter()
            .any(|key| line.split('=').next().is_some_and(|k| k.trim() == *key))
    };
    let (about, policy): (Vec<&str>, Vec<&str>) = text.lines().partition(about_it);
    let about = about.join("\n");
    let table = DeTable::parse(&about).map(toml::Spanned::into_inner).unwrap_or_default();
    let text_of = |key: &str| match table.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::String(text)) => Some(text.to_string()),
        _ => None,
    };
    let source = match table.get("source").map(toml::Spanned::get_ref) {
        Some(DeValue::Array(items)) => items
            .iter()
            .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    };
    Preset {
        name,
        title: text_of("title").unwrap_or_default(),
        about: text_of("about").unwrap_or_default(),
        notes: text_of("notes"),
        source,
        status: match text_of("status").as_deref() {
            Some("verified") => Verified::Verified,
            Some("partial") => Verified::Partial,
            _ => Verified::Template,
        },
        text: policy.join("\n") + "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_says_what_it_is_and_where_it_is_laid_down() {
        assert_eq!(PRESETS.len(), 10);
        for preset in PRESETS.iter() {
            assert!(
                !preset.title.is_empty() && !preset.about.is_empty(),
                "{}",
                preset.name
            );
            let template = preset.status == Verified::Template;
            assert_eq!(template, preset.source.is_empty(), "{}", preset.name);
            assert_eq!(template, preset.name == "template");
        }
    }
}

//! Reads `tasl.toml`. Every mistake in it is found at once: first what the
//! table of [`keys`] does not allow, then what its values mean.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key, Kind};
use super::{
    Date, Exception, Field, Layer, Policies, PolicyError, Section, Selector, Setting,
    glob, nearest, presets,
};
use crate::license::{self, HouseMeaning, HouseTexts, Meaning};
use crate::model::Severity;

/// How many mistakes are told. Whoever makes a file of thousands gets to know
/// that there are more.
const MISTAKES: usize = 1000;

/// How many characters of a line are shown, where it is longer, and how many of
/// them before the mistake.
const SHOWN: (usize, usize) = (160, 60);

/// Reads a policy.
pub(super) fn parse(
    text: &str,
    rules: &[&'static str],
    today: Date,
) -> Result<Policies, Vec<PolicyError>> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let lines = [0].into_iter().chain(ends).collect();
    let mut reader = Reader { text, rules, lines, errors: Vec::new(), is_full: false };
    let (table, broken) = DeTable::parse_recoverable(text);
    for error in broken {
        reader.error(error.span().unwrap_or(0..0), error.message());
    }
    let table = table.get_ref();
    reader.check(table, keys::TOP, "");
    let policies = reader.policies(table, today);
    let mut errors = reader.errors;
    if errors.is_empty() {
        return Ok(policies);
    }
    errors.sort_by_key(|e| (e.span.start, e.span.end));
    errors.dedup();
    if reader.is_full {
        let last = errors.last_mut();
        last.into_iter()
            .for_each(|e| e.message += "; there are more mistakes than these");
    }
    Err(errors)
}

struct Reader<'a> {
    text: &'a str,
    rules: &'a [&'static str],
    /// Where each line begins.
    lines: Vec<usize>,
    errors: Vec<PolicyError>,
    /// Whether there are more mistakes than are told.
    is_full: bool,
}

type Table<'a> = DeTable<'a>;
type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn error(&mut self, span: Range<usize>, message: impl Into<String>) {
        if self.errors.len() >= MISTAKES {
            self.is_full = true;
            return;
        }
        let start = span.start.min(self.text.len());
        let line = self.line(start);
        let begin = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(begin..start).unwrap_or_default().chars().count();
        let whole = self.text.get(begin..).unwrap_or_default().lines().next();
        let whole = whole.unwrap_or_default();
        let (most, front) = SHOWN;
        let hidden = match whole.chars().nth(most) {
            Some(_) => before.saturating_sub(front),
            None => 0,
        };
        self.errors.push(PolicyError {
            column: before + 1,
            span,
            line,
            text: whole.chars().skip(hidden).take(most).collect(),
            before: before - hidden,
            message: message.into(),
        });
    }

    /// The line, from 1, on which the byte at `start` stands.
    fn line(&self, start: usize) -> usize {
        self.lines.partition_point(|begin| *begin <= start)
    }

    /// Holds a table against its keys.
    fn check(&mut self, table: &Table<'_>, keys: &'static [Key], of: &str) {
        for (name, value) in table {
            if self.is_full {
                break;
            }
            let Some(key) = keys.iter().find(|k| k.name == name.get_ref()) else {
                let hint = hint(name.get_ref(), keys.iter().map(|k| k.name));
                let place = if of.is_empty() { "here" } else { of };
                let message =
                    format!("there is no key “{}” {place}{hint}", name.get_ref());
                self.error(name.span(), message);
                continue;
            };
            self.check_value(key, value);
        }
    }

    fn check_value(&mut self, key: &Key, value: &Value<'_>) {
        let name = key.name;
        match (&key.kind, value.get_ref()) {
            (
                Kind::Text | Kind::Preset | Kind::Path | Kind::Rule,
                DeValue::String(text),
            ) => {
                if text.trim().is_empty() {
                    self.error(value.span(), format!("“{name}” is empty"));
                }
            }
            (Kind::Choice(words), DeValue::String(text)) => {
                self.word(text, words, value.span());
            }
            (Kind::Date, DeValue::String(_) | DeValue::Datetime(_)) => {
                if date(value).is_none() {
                    let message = format!("“{name}” is no day; write 2027-01-31");
                    self.error(value.span(), message);
                }
            }
            (Kind::Texts | Kind::Selectors | Kind::Choices(_), DeValue::Array(items)) => {
                for item in items {
                    let Some(text) = item.get_ref().as_str() else {
                        self.error(item.span(), format!("“{name}” takes texts"));
                        continue;
                    };
                    if let Kind::Choices(words) = key.kind {
                        self.word(text, words, item.span());
                    }
                }
            }
            (Kind::Table(keys), DeValue::Table(table)) => {
                self.check(table, keys, &format!("in [{name}]"));
            }
            (Kind::Tables(keys), DeValue::Array(items)) => {
                for item in items {
                    let DeValue::Table(table) = item.get_ref() else {
                        let message = format!("write [[{name}]] and its keys below");
                        self.error(item.span(), message);
                        continue;
                    };
                    self.check(table, keys, &format!("in [[{name}]]"));
                    for key in keys.iter().filter(|k| k.required) {
                        if !table.contains_key(key.name) {
                            let message = format!("[[{name}]] needs “{}”", key.name);
                            self.error(item.span(), message);
                        }
                    }
                }
            }
            (Kind::Rules | Kind::Statements, DeValue::Table(_)) => {}
            (kind, _) => {
                self.error(value.span(), format!("“{name}” takes {}", taken(kind)));
            }
        }
    }

    fn word(&mut self, text: &str, words: &[&str], span: Range<usize>) {
        if !words.contains(&text) {
            let hint = hint(text, words.iter().copied());
            let message = format!("“{text}” is none of {}{hint}", words.join(", "));
            self.error(span, message);
        }
    }

    fn policies(&mut self, table: &Table<'_>, today: Date) -> Policies {
        let mut policies = self.preset(table).unwrap_or_default();
        let own = self.layer(table);
        let base = &mut policies.base;
        own.lay_on(base);
        base.institutions = texts(table.get("institutions"));
        base.statements = Arc::new(self.statements(table.get("statements")));
        base.today = Some(today);
        policies.own = own;
        for (item, _) in tables(table.get("paths")) {
            let section = self.section(item);
            policies.sections.extend(section);
        }
        for (item, span) in tables(table.get("exceptions")) {
            let exception = self.exception(item, span, today);
            policies.exceptions.extend(exception);
        }
        policies
    }

    /// The policy of the preset that `table` names.
    fn preset(&mut self, table: &Table<'_>) -> Option<Policies> {
        let (name, span) = text(table.get("preset"))?;
        let Some(preset) = presets::find(&name) else {
            let hint = hint(&name, presets::PRESETS.iter().map(|p| p.name));
            self.error(span, format!("there is no preset “{name}”{hint}"));
            return None;
        };
        match presets::policy(preset, self.rules) {
            Ok(policies) => Some(policies),
            Err(errors) => {
                let first = errors.first().map_or("", |e| &e.message);
                self.error(span, format!("the preset “{name}” is broken: {first}"));
                None
            }
        }
    }

    fn settings(&mut self, value: Option<&Value<'_>>) -> BTreeMap<&'static str, Setting> {
        let mut settings = BTreeMap::new();
        let Some(DeValue::Table(table)) = value.map(Spanned::get_ref) else {
            return settings;
        };
        for (name, value) in table {
            if self.is_full {
                break;
            }
            let rule = self.rule(name.get_ref(), name.span());
            let setting = match value.get_ref() {
                DeValue::String(word) => {
                    self.word(word, keys::SETTINGS, value.span());
                    setting(word)
                }
                _ => {
                    let message =
                        format!("a rule takes one of {}", keys::SETTINGS.join(", "));
                    self.error(value.span(), message);
                    None
                }
            };
            if let (Some(rule), Some(setting)) = (rule, setting) {
                settings.insert(rule, setting);
            }
        }
        settings
    }

    fn rule(&mut self, name: &str, span: Range<usize>) -> Option<&'static str> {
        let rule = self.rules.iter().copied().find(|r| *r == name);
        if rule.is_none() {
            let hint = hint(name, self.rules.iter().copied());
            self.error(span, format!("there is no rule “{name}”{hint}"));
        }
        rule
    }

    /// What a table says of rules, licenses and requirements.
    fn layer(&mut self, table: &Table<'_>) -> Layer {
        let mut layer = Layer {
            rules: self.settings(table.get("rules")),
            require: require(table.get("require")),
            ..Layer::default()
        };
        let licenses = match table.get("licenses").map(Spanned::get_ref) {
            Some(DeValue::Table(licenses)) => licenses,
            _ => return layer,
        };
        for (name, list) in [
            ("allow", &mut layer.allow),
            ("discouraged", &mut layer.discouraged),
            ("needs-exception", &mut layer.needs_exception),
            ("deny", &mut layer.deny),
        ] {
            if let Some(DeValue::Array(items)) = licenses.get(name).map(Spanned::get_ref)
            {
                let list = list.insert(Vec::new());
                for item in items {
                    // What was meant by each takes time to find.
                    if self.is_full {
                        break;
                    }
                    match item.get_ref().as_str().map(Selector::parse) {
                        Some(Ok(selector)) => list.push(selector),
                        Some(Err(message)) => self.error(item.span(), message),
                        None => {}
                    }
                }
            }
        }
        layer.unported_only =
            text(licenses.get("ports")).map(|(ports, _)| ports == "none");
        layer.uri_scheme = text(licenses.get("uri-scheme")).and_then(|(scheme, _)| {
            ["http", "https"].into_iter().find(|known| *known == scheme)
        });
        layer
    }

    fn statements(&mut self, value: Option<&Value<'_>>) -> HouseTexts {
        let mut texts = HouseTexts::default();
        let Some(DeValue::Table(table)) = value.map(Spanned::get_ref) else {
            return texts;
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in rows {
            if name.get_ref().trim().is_empty() {
                self.error(name.span(), "a text of the house is empty");
                continue;
            }
            let meaning = match value.get_ref().as_str().map(meaning) {
                Some(Ok(meaning)) => meaning,
                wrong => {
                    let why = wrong.and_then(Result::err).unwrap_or_default();
                    let message = format!(
                        "{why}a text of the house means the address or the full name of \
                         one license or rights statement, or one of {}",
                        keys::MEANINGS.join(", ")
                    );
                    self.error(value.span(), message);
                    continue;
                }
            };
            if texts.insert(name.get_ref(), meaning).is_some_and(|other| other != meaning)
            {
                let message = format!(
                    "“{}” stands above with another meaning; white space, case and the \
                     form of accents do not count",
                    name.get_ref()
                );
                self.error(name.span(), message);
            }
        }
        texts
    }

    fn section(&mut self, table: &Table<'_>) -> Option<Section> {
        let path = self.path(table);
        let preset = self.preset(table);
        let preset = preset.and_then(|p| Some((p.base.preset?, p.own)));
        let own = self.layer(table);
        Some(Section { path: path?, preset, own })
    }

    fn path(&mut self, table: &Table<'_>) -> Option<globset::GlobMatcher> {
        let (pattern, span) = text(table.get("path"))?;
        match glob(&pattern) {
            Ok(matcher) => Some(matcher),
            Err(message) => {
                self.error(span, message);
                None
            }
        }
    }

    fn exception(
        &mut self,
        table: &Table<'_>,
        span: Range<usize>,
        today: Date,
    ) -> Option<Exception> {
        let matcher = self.path(table);
        let (name, at) = text(table.get("rule"))?;
        let rule = self.rule(&name, at);
        let expires = table.get("expires").and_then(date)?;
        let of = |key| text(table.get(key)).map(|(text, _)| text);
        Some(Exception {
            path: of("path")?,
            matcher: matcher?,
            rule: rule?,
            reason: of("reason")?,
            owner: of("owner")?,
            expires,
            expired: expires < today,
            line: self.line(span.start),
        })
    }
}

fn hint<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(text, names).map_or_else(String::new, |n| format!("; did you mean “{n}”?"))
}

fn taken(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Preset | Kind::Path | Kind::Rule | Kind::Choice(_) => "a text",
        Kind::Date => "a day, such as 2027-01-31",
        Kind::Texts | Kind::Selectors | Kind::Choices(_) => "a list of texts",
        Kind::Table(_) | Kind::Rules | Kind::Statements => "a table",
        Kind::Tables(_) => "tables, each headed by its name in two brackets",
    }
}

fn text(value: Option<&Value<'_>>) -> Option<(String, Range<usize>)> {
    let value = value?;
    Some((value.get_ref().as_str()?.to_owned(), value.span()))
}

fn texts(value: Option<&Value<'_>>) -> Vec<String> {
    let Some(DeValue::Array(items)) = value.map(Spanned::get_ref) else {
        return Vec::new();
    };
    items.iter().filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

/// The tables of an array, each with the place where it begins.
fn tables<'a, 'i>(
    value: Option<&'a Value<'i>>,
) -> impl Iterator<Item = (&'a Table<'i>, Range<usize>)> {
    let items = match value.map(Spanned::get_ref) {
        Some(DeValue::Array(items)) => Some(items.iter()),
        _ => None,
    };
    items.into_iter().flatten().filter_map(|item| match item.get_ref() {
        DeValue::Table(table) => Some((table, item.span())),
        _ => None,
    })
}

fn date(value: &Value<'_>) -> Option<Date> {
    match value.get_ref() {
        DeValue::String(text) => Date::parse(text),
        DeValue::Datetime(datetime) => Date::parse(&datetime.to_string()),
        _ => None,
    }
}

fn require(value: Option<&Value<'_>>) -> Option<Vec<Field>> {
    let Some(DeValue::Table(table)) = value.map(Spanned::get_ref) else { return None };
    let wanted = texts(table.get("fields"));
    let fields =
        Field::ALL.into_iter().filter(|f| wanted.iter().any(|w| w == f.as_str()));
    Some(fields.collect())
}

fn setting(word: &str) -> Option<Setting> {
    match word {
        "off" => Some(Setting::Off),
        "on" => Some(Setting::On),
        _ => {
            Severity::ALL.into_iter().find(|s| s.as_str() == word).map(Setting::Severity)
        }
    }
}

/// What the right side of a statement means: a word, or one license. Where it is
/// neither, the beginning of a sentence that says why, which may be empty.
fn meaning(text: &str) -> Result<HouseMeaning, String> {
    match text {
        "in-copyright" => return Ok(HouseMeaning::InCopyright),
        "public-domain" => return Ok(HouseMeaning::PublicDomain),
        "ignore" => return Ok(HouseMeaning::Ignore),
        _ => {}
    }
    match &*license::read_in(text, license::Context::LicenseField) {
        [only] => match &only.meaning {
            Meaning::Tool(tool) => Ok(HouseMeaning::Tool(*tool)),
            Meaning::RightsStatement(s) => Ok(HouseMeaning::RightsStatement(*s)),
            Meaning::Unversioned { .. } => Err(format!("“{text}” has no version; ")),
            Meaning::DoesNotExist { why, .. } => {
                Err(format!("“{text}” does not exist ({why}); "))
            }
            Meaning::Impossible { why } => Err(format!("“{text}”: {why}; ")),
            _ => Err(String::new()),
        },
        [] => Err(String::new()),
        _ => Err(format!("“{text}” names several; ")),
    }
}

#[cfg(test)]
mod tests;

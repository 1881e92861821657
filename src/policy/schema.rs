//! The JSON Schema of `tasl.toml`, from the table of its keys, and the
//! commented file to begin with.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::PRESETS;
use super::keys::{self, Key, Kind};

/// The JSON Schema (2020-12) of a policy. `rules` are the ids that exist.
pub fn schema(rules: &[&'static str]) -> Value {
    let mut schema = object(keys::TOP, rules);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("tasl.toml");
    schema["description"] = json!("A policy of tasl.");
    schema
}

fn object(keys: &[Key], rules: &[&'static str]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut property = kind(&key.kind, rules);
        property["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), property);
    }
    let required: Vec<&str> =
        keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn kind(kind: &Kind, rules: &[&'static str]) -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    match kind {
        Kind::Text | Kind::Path => json!({ "type": "string", "minLength": 1 }),
        Kind::Preset => {
            let names: Vec<&str> = PRESETS.iter().map(|p| p.name).collect();
            json!({ "enum": names })
        }
        Kind::Rule => json!({ "enum": rules }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Texts | Kind::Selectors => list(json!({ "type": "string" })),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Choices(words) => list(json!({ "enum": words })),
        Kind::Table(keys) => object(keys, rules),
        Kind::Tables(keys) => list(object(keys, rules)),
        Kind::Rules => {
            let settings: Map<String, Value> = rules
                .iter()
                .map(|rule| ((*rule).to_owned(), json!({ "enum": keys::SETTINGS })))
                .collect();
            json!({
                "type": "object",
                "properties": settings,
                "additionalProperties": false,
            })
        }
        Kind::Statements => json!({
            "type": "object",
            "additionalProperties": { "type": "string" },
        }),
    }
}

/// A policy to begin with: every key, explained and commented out.
pub fn template(preset: Option<&str>) -> String {
    let mut text = String::from(
        "# What this collection has to keep to. See `tasl explain PRESET`, `tasl rules`\n\
         # and `tasl policy check`.\n\n",
    );
    let _ = match preset {
        Some(name) => writeln!(text, "preset = \"{name}\""),
        None => {
            let names: Vec<&str> = PRESETS.iter().map(|p| p.name).collect();
            writeln!(text, "# One of {}.\n# preset = \"open\"", names.join(", "))
        }
    };
    for key in keys::TOP.iter().filter(|k| k.name != "preset") {
        let _ = write!(text, "\n# {}\n{}", key.about, example(key));
    }
    text
}

fn example(key: &Key) -> String {
    let inner = |keys: &[Key]| {
        keys.iter().fold(String::new(), |mut text, key| {
            let _ = writeln!(text, "# {} = {}  # {}", key.name, sample(key), key.about);
            text
        })
    };
    match &key.kind {
        Kind::Table(keys) => format!("# [{}]\n{}", key.name, inner(keys)),
        Kind::Tables(keys) => format!("# [[{}]]\n{}", key.name, inner(keys)),
        Kind::Rules => format!("# [{}]\n# title-missing = \"off\"\n", key.name),
        Kind::Statements => format!(
            "# [{}]\n# \"Free for all uses\" = \
             \"https://creativecommons.org/publicdomain/zero/1.0/\"\n\
             # \"Ask the archive\" = \"in-copyright\"\n",
            key.name
        ),
        _ => format!("# {} = {}\n", key.name, sample(key)),
    }
}

fn sample(key: &Key) -> &'static str {
    match (key.name, &key.kind) {
        ("reason", _) => "\"the heirs have been asked\"",
        ("owner", _) => "\"rights desk\"",
        ("deny", _) => "[\"*-nd*\"]",
        ("discouraged", _) => "[\"*-nc*\"]",
        ("needs-exception", _) => "[\"by-nd\"]",
        (_, Kind::Selectors) => "[\"by@4.0\", \"by-sa\", \"zero\", \"rs:*\"]",
        (_, Kind::Texts) => "[\"City Museum\"]",
        (_, Kind::Choices(_)) => "[\"title\", \"creator\", \"source\"]",
        (_, Kind::Path) => "\"loans/**\"",
        (_, Kind::Rule) => "\"license-missing\"",
        (_, Kind::Date) => "2027-12-31",
        (_, Kind::Preset) => "\"open\"",
        ("ports", _) => "\"any\"",
        ("uri-scheme", _) => "\"http\"",
        _ => "{}",
    }
}

//! The keys of `tasl.toml`: one table for the parser, the schema and the
//! commented file that `tasl policy init` writes.
//!
//! # Adding a key
//!
//! A row below, and a line in [`file`](super::file) that takes its value. Then
//! `SNAPSHOTS=overwrite cargo test` writes the schema anew.

/// A key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) about: &'static str,
}

/// What a key takes.
pub(super) enum Kind {
    Text,
    /// The name of a preset.
    Preset,
    /// The pattern of a path.
    Path,
    /// The id of a rule.
    Rule,
    Date,
    Texts,
    Selectors,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Some of these words.
    Choices(&'static [&'static str]),
    Table(&'static [Key]),
    Tables(&'static [Key]),
    /// Ids of rules, each with one of [`SETTINGS`].
    Rules,
    /// Any text, each with what it means.
    Statements,
}

/// What can be said of a rule.
pub(super) const SETTINGS: &[&str] = &["off", "on", "note", "warning", "error"];

/// What a text of the house can mean, besides a license.
pub(super) const MEANINGS: &[&str] = &["in-copyright", "public-domain", "ignore"];

pub(super) const FIELDS: &[&str] = &[
    "title",
    "creator",
    "source",
    "license",
    "web-statement",
    "usage-terms",
    "copyright-notice",
    "owner",
];

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

pub(super) static TOP: &[Key] = &[
    key("preset", Kind::Preset, "Build on a policy that comes with tasl."),
    key("institutions", Kind::Texts, "The names under which your institution appears."),
    key("licenses", Kind::Table(LICENSES), "Which licenses are wanted."),
    key("require", Kind::Table(REQUIRE), "What every file has to state."),
    key("rules", Kind::Rules, "Rules on, off or at another severity."),
    key("statements", Kind::Statements, "What the rights texts of your house mean."),
    key("paths", Kind::Tables(PATHS), "What applies to some paths only; later ones win."),
    key("exceptions", Kind::Tables(EXCEPTIONS), "Findings that are accepted for a time."),
];

pub(super) static LICENSES: &[Key] = &[
    key("allow", Kind::Selectors, "Allowed. Without it, all that is not denied is."),
    key("discouraged", Kind::Selectors, "Allowed, with a warning."),
    key("needs-exception", Kind::Selectors, "Allowed where an exception says so."),
    key("deny", Kind::Selectors, "Not allowed, whatever the other lists say."),
    key("ports", Kind::Choice(&["any", "none"]), "Whether ported licenses are allowed."),
    key(
        "uri-scheme",
        Kind::Choice(&["http", "https"]),
        "The scheme that the address of a license must have.",
    ),
];

pub(super) static REQUIRE: &[Key] =
    &[key("fields", Kind::Choices(FIELDS), "The fields, whatever the license asks for.")];

pub(super) static PATHS: &[Key] = &[
    must("path", Kind::Path, "Which paths; * stays within a folder, ** does not."),
    key("preset", Kind::Preset, "Another preset for them."),
    key("licenses", Kind::Table(LICENSES), "Which licenses are wanted there."),
    key("require", Kind::Table(REQUIRE), "What they have to state."),
    key("rules", Kind::Rules, "Rules on, off or at another severity."),
];

pub(super) static EXCEPTIONS: &[Key] = &[
    must("path", Kind::Path, "Which paths; * stays within a folder, ** does not."),
    must("rule", Kind::Rule, "Which rule."),
    must("reason", Kind::Text, "Why it is accepted."),
    must("owner", Kind::Text, "Who answers for it."),
    must("expires", Kind::Date, "The last day on which it holds."),
];

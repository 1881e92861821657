//! What a user asks of an audit: which rules apply and how much they matter,
//! which licenses are allowed, what is required, and what is excepted.
//!
//! [`Policies`] is the whole of `tasl.toml`; [`Policies::at`] gives the
//! [`Policy`] for one path, which is what a rule sees.

mod exceptions;
mod file;
mod keys;
mod layer;
mod mistake;
mod presets;
mod schema;
mod selector;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

pub use exceptions::{Date, Exception};
pub use mistake::PolicyError;
pub use presets::{PRESETS, Preset, Verified};
pub use schema::{schema, template};
pub use selector::Selector;

use crate::license::HouseTexts;
use crate::model::{Asset, AssetPath, Finding, License, Severity};
use layer::Layer;
use selector::Fit;

/// What applies to one file. Every rule it names exists.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: BTreeMap<&'static str, Setting>,
    /// The day on which the audit is made: what depends on it is not asked
    /// where it is `None`, so that no report depends on a clock.
    pub today: Option<Date>,
    /// Which licenses are wanted.
    pub licenses: Licenses,
    /// What every file has to state.
    pub require: Vec<Field>,
    /// The names of the institution that audits.
    pub institutions: Vec<String>,
    /// What the house's own rights texts mean.
    pub statements: Arc<HouseTexts>,
    /// The preset that it builds on.
    pub preset: Option<&'static str>,
}

/// What a policy says of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Not asked.
    Off,
    /// Asked, at the rule's own severity.
    On,
    /// Asked, and this much it matters.
    Severity(Severity),
}

/// Which licenses are wanted.
#[derive(Clone, Debug, Default)]
pub struct Licenses {
    /// Empty: all that are not denied.
    pub allow: Vec<Selector>,
    /// Allowed, with a warning.
    pub discouraged: Vec<Selector>,
    /// Allowed where an exception says so.
    pub needs_exception: Vec<Selector>,
    /// Not allowed, whatever the other lists say.
    pub deny: Vec<Selector>,
    /// Only unported tools.
    pub unported_only: bool,
    /// The scheme that the address of a license has to have: `http`.
    pub uri_scheme: Option<&'static str>,
}

/// What a policy thinks of a license, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// No list says anything.
    Unasked,
    /// It is wanted.
    Allowed,
    /// It is allowed, and not liked.
    Discouraged,
    /// It is allowed where an exception says so.
    NeedsException,
    /// A later version of it is allowed.
    BelowVersion,
    /// The unported form of it is allowed.
    Ported,
    /// It is not.
    NotAllowed,
}

/// Something that a policy can require of every file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// A title that is none of the placeholders.
    Title,
    /// A creator or a name to attribute.
    Creator,
    /// An address that leads to the work.
    Source,
    /// A license, a public domain tool or a rights statement.
    License,
    /// A page about the rights.
    WebStatement,
    /// How the work may be used, in prose.
    UsageTerms,
    /// A copyright notice.
    CopyrightNotice,
    /// Who owns the rights.
    Owner,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Creator,
        Self::Source,
        Self::License,
        Self::WebStatement,
        Self::UsageTerms,
        Self::CopyrightNotice,
        Self::Owner,
    ];

    /// The name in a policy and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Creator => "creator",
            Self::Source => "source",
            Self::License => "license",
            Self::WebStatement => "web-statement",
            Self::UsageTerms => "usage-terms",
            Self::CopyrightNotice => "copyright-notice",
            Self::Owner => "owner",
        }
    }
}

impl Policy {
    /// Sets one rule.
    pub fn set(&mut self, rule: &'static str, setting: Setting) {
        self.rules.insert(rule, setting);
    }

    /// The rules that it says something of.
    pub fn settings(&self) -> impl Iterator<Item = (&'static str, Setting)> {
        self.rules.iter().map(|(rule, setting)| (*rule, *setting))
    }

    /// What `rule` counts as, or `None` where it is not asked: `severity` is the
    /// rule's own, and `on` whether it is asked where the policy does not say.
    pub fn severity(&self, rule: &str, severity: Severity, on: bool) -> Option<Severity> {
        match self.rules.get(rule) {
            None => on.then_some(severity),
            Some(Setting::Off) => None,
            Some(Setting::On) => Some(severity),
            Some(Setting::Severity(severity)) => Some(*severity),
        }
    }

    /// Whether `rule` has been set to a severity of its own.
    pub fn overrides(&self, rule: &str) -> bool {
        matches!(self.rules.get(rule), Some(Setting::Severity(_)))
    }

    /// Whether its list of what it allows has `license`.
    pub fn names(&self, license: &License) -> bool {
        !self.licenses.allow.is_empty() && self.judge(license) == Judgement::Allowed
    }

    /// What it thinks of `license`.
    pub fn judge(&self, license: &License) -> Judgement {
        self.licenses.judge(license)
    }
}

impl Licenses {
    fn judge(&self, license: &License) -> Judgement {
        let fits = |list: &[Selector]| list.iter().any(|s| s.fit(license) == Fit::Yes);
        let lists = [&self.allow, &self.discouraged, &self.needs_exception, &self.deny];
        let ported = matches!(license, License::Tool(tool) if tool.port().is_some());
        if lists.iter().all(|list| list.is_empty()) && !self.unported_only {
            Judgement::Unasked
        } else if fits(&self.deny) {
            Judgement::NotAllowed
        } else if self.unported_only && ported {
            Judgement::Ported
        } else if fits(&self.needs_exception) {
            Judgement::NeedsException
        } else if fits(&self.discouraged) {
            Judgement::Discouraged
        } else if self.allow.is_empty() || fits(&self.allow) {
            Judgement::Allowed
        } else if self.allow.iter().any(|s| s.fit(license) == Fit::TooOld) {
            Judgement::BelowVersion
        } else {
            Judgement::NotAllowed
        }
    }
}

/// A policy as a whole: what applies everywhere, and what applies to some paths.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// What applies where no section says otherwise.
    pub base: Policy,
    /// Findings that are accepted for a time.
    pub exceptions: Vec<Exception>,
    /// What the patterns of paths begin from: for each root of an audit, where
    /// it lies below the directory of the policy, `""` or `photos/`. A path
    /// below none of them is taken as it stands in the report.
    pub roots: Vec<(PathBuf, String)>,
    /// What the file itself says, without its preset.
    own: Layer,
    sections: Vec<Section>,
}

/// What applies to the paths that fit a pattern.
#[derive(Clone, Debug)]
struct Section {
    path: GlobMatcher,
    /// The preset that takes the place of the one so far, and what it says.
    preset: Option<(&'static str, Layer)>,
    own: Layer,
}

impl From<Policy> for Policies {
    fn from(base: Policy) -> Self {
        Self { base, ..Self::default() }
    }
}

impl Policies {
    /// Reads a policy. `rules` are the ids that exist, `today` is the day on
    /// which exceptions are judged.
    ///
    /// # Errors
    ///
    /// Every mistake in the text, in its order.
    pub fn parse(
        text: &str,
        rules: &[&'static str],
        today: Date,
    ) -> Result<Self, Vec<PolicyError>> {
        file::parse(text, rules, today)
    }

    /// What applies to `path`: what the file says for everything, and over it the
    /// sections that fit, the later ones over the earlier ones. The last preset
    /// among these takes the place of all others, and stands where it is named.
    pub fn at(&self, path: &str) -> Cow<'_, Policy> {
        let fitting: Vec<&Section> =
            self.sections.iter().filter(|s| s.path.is_match(path)).collect();
        let mut policy = Cow::Borrowed(&self.base);
        let last = fitting.iter().rposition(|section| section.preset.is_some());
        if last.is_some() {
            let ground = policy.to_mut();
            ground.rules.clear();
            ground.licenses = Licenses::default();
            ground.require.clear();
            self.own.lay_on(ground);
        }
        for (n, section) in fitting.into_iter().enumerate() {
            let policy = policy.to_mut();
            if let (true, Some((name, preset))) = (Some(n) == last, &section.preset) {
                policy.preset = Some(*name);
                preset.lay_on(policy);
            }
            section.own.lay_on(policy);
        }
        policy
    }

    /// The path of `asset` as the patterns of this policy see it.
    pub fn path_of<'a>(&self, asset: &'a Asset) -> Cow<'a, str> {
        for (root, prefix) in &self.roots {
            if let Ok(below) = asset.file.strip_prefix(root) {
                let path = AssetPath::new(root, &asset.file);
                return Cow::Owned(match below.as_os_str().is_empty() {
                    // A root that is a file.
                    true => prefix.trim_end_matches('/').to_owned(),
                    false => format!("{prefix}{}", path.as_str()),
                });
            }
        }
        Cow::Borrowed(asset.path.as_str())
    }

    /// The same for the path of an asset alone. Where there are several roots, it
    /// is taken as it stands in the report.
    pub fn within(&self, path: &AssetPath) -> String {
        match self.roots.as_slice() {
            [(_, prefix)] => format!("{prefix}{}", path.as_str()),
            _ => path.as_str().to_owned(),
        }
    }

    /// How many sections for some paths it has.
    pub fn sections(&self) -> usize {
        self.sections.len()
    }

    /// What is no mistake and may not be meant, a sentence each.
    pub fn hints(&self) -> Vec<String> {
        let layers = [&self.own].into_iter().chain(self.sections.iter().map(|s| &s.own));
        let mut hints: Vec<String> =
            layers.flat_map(Layer::selectors).filter_map(Selector::hint).collect();
        hints.sort_unstable();
        hints.dedup();
        hints
    }

    /// Marks the findings that an exception accepts.
    pub fn waive(&self, path: &str, findings: &mut [Finding]) {
        for finding in findings {
            let exception = self.exception(path, finding.rule);
            finding.waived = exception.map(|n| self.exceptions[n].waiver());
        }
    }

    /// Whether `exception` is about the part that is audited, as far as its pattern
    /// tells.
    pub fn is_about_this_part(&self, exception: &Exception) -> bool {
        self.roots.is_empty()
            || self.roots.iter().any(|(_, prefix)| exception.may_lie_below(prefix))
    }

    /// The exception for this rule at this path, by its place in
    /// [`Self::exceptions`]. One that has expired excepts nothing.
    pub fn exception(&self, path: &str, rule: &str) -> Option<usize> {
        self.exceptions.iter().position(|e| !e.expired && e.covers(path, rule))
    }
}

/// The pattern of a path. `*` stays within a folder, `**` does not.
fn glob(pattern: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| format!("“{pattern}” is no pattern of a path: {}", error.kind()))
}

/// The one of `names` that `text` was probably meant to be.
pub(crate) fn nearest<'a>(
    text: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    // Longer ones are no slips, and the comparison takes time and room for each pair
    // of characters.
    if text.len() > 100 {
        return None;
    }
    let text = text.to_lowercase();
    let names = names.map(|name| (name, name.to_lowercase()));
    let distances = names.filter_map(|(name, lower)| {
        let distance = strsim::damerau_levenshtein(&text, &lower);
        let near = distance <= 1 + lower.len().min(text.len()) / 4;
        // A word cut short: “warn”.
        let begins = text.len() >= 3 && lower.starts_with(&text);
        (near || begins).then_some((distance, name))
    });
    distances.min().map(|(_, name)| name)
}

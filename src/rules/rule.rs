//! What a rule is.

use std::fmt::Write as _;

use super::whole::{CollectionFindings, Whole};
use crate::model::{
    Comparison, Confidence, Evidence, FileRef, Finding, Severity, StatementId, Tasl,
};
use crate::policy::Policy;

/// A rule of the catalogue. Made by `declare_rule!`.
pub struct Rule {
    /// Kebab case, for ever: policies and reports know it by this.
    pub id: &'static str,
    /// Which part of a good attribution it is about.
    pub group: Group,
    /// Unless the policy has another.
    pub severity: Severity,
    /// Whether it is asked where the policy does not say.
    pub on: bool,
    /// The release that brought it.
    pub since: &'static str,
    /// What it finds, in half a sentence.
    pub summary: &'static str,
    /// The documentation as written, one leading space to a line.
    pub(super) docs: &'static str,
    /// What looks. It has no state and asks nobody.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One asset.
    Asset(fn(&Case<'_>, &mut Findings<'_>)),
    /// The collection as a whole, and the records beside it.
    Collection(CheckWhole),
    /// The policy, once all else has been looked at.
    Policy(CheckWhole),
}

/// Looks at a collection as a whole.
pub type CheckWhole = fn(&Whole<'_>, &mut CollectionFindings<'_>);

impl Check {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asset(_) => "file",
            Self::Collection(_) => "collection",
            Self::Policy(_) => "policy",
        }
    }
}

/// Which question a rule answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Is the license reference valid?
    Validity,
    /// Is there all that this license asks for?
    Completeness,
    /// Do the blocks agree?
    Consistency,
    /// Is the text any good?
    Hygiene,
    /// Could the file be read?
    Reading,
    /// Is it what the policy asks for?
    Policy,
}

impl Group {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::Completeness => "completeness",
            Self::Consistency => "consistency",
            Self::Hygiene => "hygiene",
            Self::Reading => "reading",
            Self::Policy => "policy",
        }
    }
}

/// What a rule may look at.
pub struct Case<'a> {
    /// What was read.
    pub evidence: &'a Evidence,
    /// What it amounts to.
    pub tasl: &'a Tasl,
    /// What the user asks.
    pub policy: &'a Policy,
    /// How it compares with its record, where there is one.
    pub record: Option<&'a Comparison>,
}

/// Takes the findings of one rule.
pub struct Findings<'a> {
    rule: &'static Rule,
    severity: Severity,
    /// Set by the policy, so that the rule may not choose another.
    fixed: bool,
    found: &'a mut Vec<Finding>,
    /// How many there were before this rule.
    before: usize,
    /// A finding that is not kept, for a rule to say more about.
    spare: Option<Finding>,
}

/// How many findings a rule may have about one asset. More tell nothing new,
/// and a hostile file could fill the memory with them.
const MOST: usize = 100;

impl<'a> Findings<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        severity: Severity,
        fixed: bool,
        found: &'a mut Vec<Finding>,
    ) -> Self {
        let before = found.len();
        Self { rule, severity, fixed, found, before, spare: None }
    }

    /// Reports a breach. `message` says what is wrong with this asset, in one
    /// sentence with its own values; why and how to mend it is in the
    /// documentation of the rule.
    pub fn report(
        &mut self,
        message: impl Into<String>,
        at: impl IntoIterator<Item = StatementId>,
    ) -> &mut Finding {
        self.report_as(self.severity, message, at)
    }

    /// The same at another severity than the rule's own, unless the policy has
    /// fixed one.
    pub fn report_as(
        &mut self,
        severity: Severity,
        message: impl Into<String>,
        at: impl IntoIterator<Item = StatementId>,
    ) -> &mut Finding {
        let severity = if self.fixed { self.severity } else { severity };
        self.push(severity, message.into(), at.into_iter().collect(), None)
    }

    /// Reports something that no statement shows, at its place in a file.
    pub fn report_place(
        &mut self,
        message: impl Into<String>,
        file: FileRef,
        offset: Option<u64>,
    ) -> &mut Finding {
        self.report_place_as(self.severity, message, file, offset)
    }

    /// The same at another severity than the rule's own, unless the policy has
    /// fixed one.
    pub fn report_place_as(
        &mut self,
        severity: Severity,
        message: impl Into<String>,
        file: FileRef,
        offset: Option<u64>,
    ) -> &mut Finding {
        let severity = if self.fixed { self.severity } else { severity };
        self.push(severity, message.into(), Vec::new(), Some((file, offset)))
    }

    fn push(
        &mut self,
        severity: Severity,
        message: String,
        at: Vec<StatementId>,
        place: Option<(FileRef, Option<u64>)>,
    ) -> &mut Finding {
        let finding = Finding {
            rule: self.rule.id,
            severity,
            message,
            at,
            place,
            confidence: Confidence::Certain,
            fix: None,
            waived: None,
        };
        let is_new = self.found[self.before..].iter().all(|f| {
            (&f.message, &f.at, f.place) != (&finding.message, &finding.at, finding.place)
        });
        if is_new && self.found.len() < self.before + MOST {
            let index = self.found.len();
            self.found.push(finding);
            &mut self.found[index]
        } else {
            // Said already, or enough.
            self.spare.insert(finding)
        }
    }
}

impl Rule {
    /// The documentation of the rule, in Markdown.
    pub fn explanation(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{line}");
            text
        })
    }

    /// The page of the rule in `docs/rules/`.
    pub fn page(&self) -> String {
        format!(
            "# {}\n\n{}.\n\n{} · {} · {} by default · since {}\n\n{}",
            self.id,
            self.summary,
            self.group.as_str(),
            self.severity,
            if self.on { "on" } else { "off" },
            self.since,
            self.explanation(),
        )
    }
}

/// Declares the rule of a module: `RULE`, with the doc comment as its
/// documentation. The fields are those of [`Rule`]; `check` looks at one asset.
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])+ $($field:ident: $value:expr),+ $(,)?) => {
        declare_collection_rule! {
            $(#[doc = $doc])+ $($field: rule_field!($field $value)),+
        }
    };
}

/// The same for a rule about the collection or the policy: `check` is a
/// [`Check`].
macro_rules! declare_collection_rule {
    ($(#[doc = $doc:literal])+ $($field:ident: $value:expr),+ $(,)?) => {
        $(#[doc = $doc])+
        pub(super) static RULE: crate::rules::Rule = crate::rules::Rule {
            docs: concat!($($doc, "\n"),+),
            $($field: $value),+
        };
    };
}

macro_rules! rule_field {
    (check $value:expr) => {
        crate::rules::Check::Asset($value)
    };
    ($field:ident $value:expr) => {
        $value
    };
}

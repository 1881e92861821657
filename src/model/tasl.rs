//! Title, author, source and license: what an asset turns out to say.

use super::StatementId;
use crate::license::{LegalTool, Reference, RightsStatement, Unit};

/// The four things that a good attribution names.
///
/// Nothing is thrown away: values that differ all stay, each with the
/// statements that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tasl {
    /// The titles of the work.
    pub title: Resolved<String>,
    /// The creators of the work: each value is the whole list that one place
    /// gives.
    pub creators: Resolved<Vec<String>>,
    /// Where the work is from.
    pub source: Resolved<String>,
    /// The license that stands.
    pub license: Licensing,
    /// Each license that is granted, and each statement of the rights, with its
    /// witnesses, the one of highest rank first. More than one does not mean
    /// that they agree: [`Self::license`] tells.
    pub grants: Vec<Value<License>>,
    /// Every reference to a license, in the order of the statements.
    pub candidates: Vec<Candidate>,
}

/// The values that statements give for one thing, the first of highest rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<T> {
    /// Values that differ, each with its witnesses.
    pub values: Vec<Value<T>>,
}

/// A value, and the statements that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value, in the fullest form that a witness gives.
    pub value: T,
    /// Its witnesses, in order of rank.
    pub from: Vec<StatementId>,
}

impl<T> Default for Resolved<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl<T> Resolved<T> {
    /// The value of highest rank, for display. Others may contradict it.
    pub fn first(&self) -> Option<&T> {
        self.values.first().map(|v| &v.value)
    }

    /// Whether the witnesses disagree.
    pub fn is_conflict(&self) -> bool {
        self.values.len() > 1
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// What the grants among the candidates come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Licensing {
    /// No statement grants anything or states the rights.
    #[default]
    None,
    /// All grants agree on one legal tool, rights statement or other license.
    Settled(License),
    /// One property offers a choice of legal tools, or lists several.
    Choice(Vec<License>),
    /// The same unit in different versions or ports. One alone if the other is
    /// only named as a port, without its version.
    VersionConflict(Vec<License>),
    /// Different legal tools in different places, or one alone that something
    /// without a legal tool of its own contradicts.
    Conflict(Vec<License>),
    /// There is a reference, and it does not name a legal tool: no version, no
    /// such tool, malformed. The candidates tell.
    Unclear,
}

impl Licensing {
    /// The license, where one is settled.
    pub fn settled(&self) -> Option<&License> {
        match self {
            Self::Settled(license) => Some(license),
            _ => None,
        }
    }
}

/// What a work is available under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum License {
    /// A legal tool of Creative Commons.
    Tool(LegalTool),
    /// A statement of rightsstatements.org.
    RightsStatement(RightsStatement),
    /// Another license, by its address or SPDX id, as written in a property
    /// that is made for licenses.
    Other(String),
}

impl License {
    /// The legal tool of Creative Commons that it is.
    pub fn tool(&self) -> Option<LegalTool> {
        match self {
            Self::Tool(tool) => Some(*tool),
            Self::RightsStatement(_) | Self::Other(_) => None,
        }
    }

    /// The unit of the legal tool that it is.
    pub fn unit(&self) -> Option<Unit> {
        self.tool().map(LegalTool::unit)
    }
}

/// A reference to a license in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where.
    pub statement: StatementId,
    /// What it says and in which role.
    pub reference: Reference,
    /// Whether it stands in a property made for it, as a legal tool's own
    /// address, so that a program can read it.
    pub machine_readable: bool,
    /// Whether it speaks against the licenses that are granted elsewhere: it says
    /// that the work is not under them, or seems to name another.
    pub against: bool,
}

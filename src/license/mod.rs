//! License statements: text in, meaning out. No I/O, and nothing of the crate
//! outside this module.
//!
//! [`read`] finds every reference to a legal tool of Creative Commons or a
//! statement of rightsstatements.org in a text, says what exactly it names,
//! and in which role: only a [`Role::Grant`] makes a license.

mod anchors;
mod cc;
mod cues;
mod fold;
mod grammar;
mod house;
mod lexicon;
mod markup;
mod memo;
mod names;
pub mod notice;
mod reader;
mod resolve;
mod rights_statements;
mod role;
mod sentence;
mod spdx;
mod tokens;
mod url;
mod words;

use std::ops::Range;

pub use cc::{LegalTool, TOOLS, Unit};
pub use house::{HouseMeaning, HouseTexts};
pub use reader::{read, read_in};
pub use rights_statements::{RIGHTS_STATEMENTS, RightsStatement};
pub use url::parse_url;

/// A reference to a license in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// What it names.
    pub meaning: Meaning,
    /// How it is written.
    pub form: Form,
    /// What the sentence around it does with it.
    pub role: Role,
    /// Whether it is offered as one of several: "CC BY-SA 3.0 or GFDL". A list
    /// without such a word ("CC BY 4.0, CC BY-SA 4.0") is none.
    pub choice: bool,
    /// Whether the sentence takes something out: "Except where otherwise noted,
    /// this work is licensed under CC BY 4.0". The work itself is under it all
    /// the same, so the role is [`Role::Grant`]; [`Role::Exception`] is for
    /// references of which only the part taken out is spoken: "Figure 3 is
    /// excluded from the CC BY license".
    pub with_exception: bool,
}

/// In what kind of place a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Context {
    /// A property made for licenses, such as `cc:license`: a value that is
    /// nothing but a reference is a grant.
    LicenseField,
    /// A property about rights, such as `dc:rights` or Exif `Copyright`: so is
    /// a reference beside a title, a creator and a notice.
    #[default]
    RightsText,
    /// A description, a title, the text of a page: only a sentence that says so
    /// grants anything.
    Prose,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A legal tool of Creative Commons. Its version is in the text, or there
    /// is only one.
    Tool(LegalTool),
    /// A statement of rightsstatements.org.
    RightsStatement(RightsStatement),
    /// A unit of which no version is given: "CC BY".
    Unversioned {
        /// The unit: `by-nc`.
        unit: Unit,
        /// The port, where one is named: "CC BY Germany".
        port: Option<String>,
    },
    /// Points at Creative Commons or rightsstatements.org, and cannot be split
    /// into unit, version and port.
    Malformed {
        /// What is wrong, in a few words.
        why: &'static str,
    },
    /// Well formed, and no such legal tool was ever published.
    DoesNotExist {
        /// Why, in a few words: `4.0 has no ports`.
        why: String,
        /// The existing tool that comes nearest, as a question to ask.
        nearest: Option<LegalTool>,
    },
    /// Elements that exclude each other: NoDerivatives and ShareAlike.
    Impossible {
        /// Why, in a few words.
        why: &'static str,
    },
    /// Names Creative Commons or a page of it, and no legal tool.
    NotATool {
        /// What it is instead: `the home page`.
        why: &'static str,
    },
    /// Points at rightsstatements.org, and there is no such statement.
    InvalidRightsStatement {
        /// What is wrong, in a few words.
        why: String,
    },
    /// Another license by its SPDX id, in the spelling of the SPDX list.
    Spdx(&'static str),
}

impl Meaning {
    /// Whether it names something that stands: a legal tool or a statement.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Tool(_) | Self::RightsStatement(_) | Self::Spdx(_))
    }
}

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An address, of any spelling.
    Url,
    /// A title in full: "Attribution 4.0 International".
    Name,
    /// "CC BY 4.0".
    Short,
    /// "CC-BY-4.0", or an address at spdx.org.
    Spdx,
    /// The address of a button image.
    Button,
    /// A text that a policy gives its meaning to.
    House,
}

impl Form {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Name => "name",
            Self::Short => "short",
            Self::Spdx => "spdx",
            Self::Button => "button",
            Self::House => "house",
        }
    }
}

/// What a sentence does with a license that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It puts the work under it.
    Grant,
    /// It speaks of it.
    Mention,
    /// It takes something out of it: "except where otherwise noted".
    Exception,
    /// It says that the work is not under it.
    Negation,
    /// It cannot be told.
    Unclear,
}

impl Role {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Mention => "mention",
            Self::Exception => "exception",
            Self::Negation => "negation",
            Self::Unclear => "unclear",
        }
    }
}

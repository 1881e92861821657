//! A mistake in a policy, as it is told.

use std::fmt;
use std::ops::Range;

/// A mistake in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// The line as it stands; of a long one, the part around the mistake.
    pub text: String,
    /// How many characters of `text` stand before the mistake.
    pub before: usize,
    /// What is wrong, and what was probably meant.
    pub message: String,
}

impl fmt::Display for PolicyError {
    /// Two lines under the message: the line of the policy, and a mark below it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let before = " ".repeat(self.before);
        let rest = self.text.chars().count().saturating_sub(self.before);
        let marks = "^".repeat(self.span.len().clamp(1, rest.max(1)));
        writeln!(f, "{}:{}: {}", self.line, self.column, self.message)?;
        writeln!(f, "  {number} | {}", self.text)?;
        write!(f, "  {} | {before}{marks}", " ".repeat(number.len()))
    }
}

impl std::error::Error for PolicyError {}

//! The statements of rightsstatements.org.

use std::fmt;

/// A statement: a row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RightsStatement(u8);

/// Every statement.
pub static RIGHTS_STATEMENTS: std::sync::LazyLock<Vec<RightsStatement>> =
    std::sync::LazyLock::new(Vec::new);

impl RightsStatement {
    /// The code: `InC-EDU`.
    pub fn code(self) -> &'static str {
        ""
    }

    /// The canonical URI: `http://rightsstatements.org/vocab/InC/1.0/`.
    pub fn uri(self) -> &'static str {
        ""
    }

    /// The label in English: `In Copyright`.
    pub fn label(self) -> &'static str {
        ""
    }

    /// Whether it says that there is no copyright: the NoC family.
    pub fn is_no_copyright(self) -> bool {
        self.code().starts_with("NoC")
    }
}

impl fmt::Debug for RightsStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.uri())
    }
}

impl fmt::Display for RightsStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

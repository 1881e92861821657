//! The statements of rightsstatements.org: twelve standard answers to whether
//! an item is in copyright. They grant nothing.

use std::fmt;
use std::sync::LazyLock;

/// A statement: a row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RightsStatement(u8);

/// Every statement.
pub static RIGHTS_STATEMENTS: LazyLock<Vec<RightsStatement>> =
    LazyLock::new(|| (0..).map(RightsStatement).take(ROWS.len()).collect());

/// Uri, code, label, category, what has to stand beside it.
static ROWS: LazyLock<Vec<[String; 5]>> = LazyLock::new(|| {
    let table = include_bytes!("rights_statements.csv");
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let rows = reader.records().map(|record| {
        let record = record.expect("the table is part of the program");
        [0, 1, 2, 3, 4].map(|i| record.get(i).unwrap_or_default().to_owned())
    });
    rows.collect()
});

impl RightsStatement {
    /// The statement with this code, in any case: `InC-EDU`.
    pub fn find(code: &str) -> Option<Self> {
        let same = |s: &Self| s.code().eq_ignore_ascii_case(code);
        RIGHTS_STATEMENTS.iter().copied().find(same)
    }

    /// The statement with this canonical URI, byte for byte.
    pub fn from_uri(uri: &str) -> Option<Self> {
        RIGHTS_STATEMENTS.iter().copied().find(|s| s.uri() == uri)
    }

    /// The statement with this label in English, in any case.
    pub fn from_label(label: &str) -> Option<Self> {
        let same = |s: &Self| s.label().eq_ignore_ascii_case(label);
        RIGHTS_STATEMENTS.iter().copied().find(same)
    }

    /// The statement that `value` is, and nothing else: by its label in any case,
    /// or by its code as it is written. "Rights statement:" may stand before it.
    pub(super) fn from_value(value: &str) -> Option<Self> {
        const LONGEST: usize = 120;
        if value.len() > LONGEST {
            return None;
        }
        let value = value.replace(['–', '—'], "-");
        let words: Vec<&str> = value.split_whitespace().collect();
        let value = words.join(" ");
        let value = value.trim_matches(['"', '.', ' ']);
        let announced =
            ["rights statement", "rightsstatements.org"].iter().find_map(|a| {
                let start = value.get(..a.len()).filter(|s| s.eq_ignore_ascii_case(a))?;
                value.get(start.len()..)?.strip_prefix(':')
            });
        let value = announced.unwrap_or(value).trim();
        let code = value.strip_suffix(" 1.0").unwrap_or(value);
        let coded = RIGHTS_STATEMENTS.iter().copied().find(|s| s.code() == code);
        coded.or_else(|| Self::from_label(value))
    }

    fn cell(self, column: usize) -> &'static str {
        &ROWS[usize::from(self.0)][column]
    }

    /// The code: `InC-EDU`.
    pub fn code(self) -> &'static str {
        self.cell(1)
    }

    /// The canonical URI, which begins with `http:` as the vocabulary has it:
    /// `http://rightsstatements.org/vocab/InC/1.0/`.
    pub fn uri(self) -> &'static str {
        self.cell(0)
    }

    /// The address of the page for people.
    pub fn page_url(self) -> String {
        format!("https://rightsstatements.org/page/{}/1.0/", self.code())
    }

    /// The label in English: `In Copyright`.
    pub fn label(self) -> &'static str {
        self.cell(2)
    }

    /// The family: `In Copyright`, `No Copyright` or `Other`.
    pub fn category(self) -> &'static str {
        self.cell(3)
    }

    /// What the scope note asks to go with it: who may use it, for what, and
    /// what has to be linked.
    pub fn scope_note(self) -> Option<&'static str> {
        Some(self.cell(4)).filter(|note| !note.is_empty())
    }

    /// Whether it says that there is no copyright: the NoC family.
    pub fn is_no_copyright(self) -> bool {
        self.code().starts_with("NoC")
    }

    /// Whether it says that the item is in copyright: the InC family.
    pub fn is_in_copyright(self) -> bool {
        self.code().starts_with("InC")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twelve_and_each_is_found_by_its_keys() {
        assert_eq!(RIGHTS_STATEMENTS.len(), 12);
        for &statement in RIGHTS_STATEMENTS.iter() {
            let uri =
                format!("http://rightsstatements.org/vocab/{}/1.0/", statement.code());
            assert_eq!(statement.uri(), uri);
            assert_eq!(RightsStatement::from_uri(statement.uri()), Some(statement));
            assert_eq!(RightsStatement::find(statement.code()), Some(statement));
            assert_eq!(RightsStatement::from_label(statement.label()), Some(statement));
            let family = match statement.category() {
                "In Copyright" => (true, false),
                "No Copyright" => (false, true),
                _ => (false, false),
            };
            let told = (statement.is_in_copyright(), statement.is_no_copyright());
            assert_eq!(told, family, "{statement:?}");
        }
    }
}

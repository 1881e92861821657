//! Teaches: what a legal tool, a unit, a rights statement or a preset is, in
//! plain words.
//!
//! The pages of rules are their own documentation and stand with them.

mod credit;
mod presets;
mod statements;
mod tools;

use crate::license::{
    self, Context, LegalTool, Meaning, RIGHTS_STATEMENTS, RightsStatement, Unit,
};
use crate::policy::{PRESETS, Preset};

/// Something that can be explained, besides a rule.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A legal tool: `by-nc/3.0/de`, `CC BY 4.0`, an address.
    Tool(LegalTool),
    /// A unit in all its versions: `by-nc`.
    Unit(Unit),
    /// A statement of rightsstatements.org: `InC-EDU`.
    Statement(RightsStatement),
    /// A preset: `plan-s`.
    Preset(&'static Preset),
}

impl Subject {
    /// What `name` names, or `None`. Presets go before units, of which none has
    /// the name of a preset.
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some(preset) = PRESETS.iter().find(|p| p.name.eq_ignore_ascii_case(name)) {
            return Some(Self::Preset(preset));
        }
        let lower = name.to_ascii_lowercase();
        let mut parts = lower.trim_matches('/').splitn(3, '/');
        let unit = parts.next().map(|unit| match unit {
            "cc0" => "zero",
            "pdm" => "mark",
            other => other,
        });
        let unit = unit.and_then(Unit::find);
        match (unit, parts.next(), parts.next()) {
            (Some(unit), None, _) => {
                return Some(unit.only_tool().map_or(Self::Unit(unit), Self::Tool));
            }
            (Some(unit), Some(version), port) => {
                let tool =
                    LegalTool::find(unit.as_str(), version, port.unwrap_or_default());
                return tool.map(Self::Tool);
            }
            _ => {}
        }
        let codes = RIGHTS_STATEMENTS.iter();
        if let Some(found) = codes.copied().find(|s| s.code().eq_ignore_ascii_case(name))
        {
            return Some(Self::Statement(found));
        }
        match &*license::read_in(name, Context::LicenseField) {
            [only] => match &only.meaning {
                Meaning::Tool(tool) => Some(Self::Tool(*tool)),
                Meaning::Unversioned { unit, .. } => Some(Self::Unit(*unit)),
                Meaning::RightsStatement(statement) => Some(Self::Statement(*statement)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The page, with lines of at most [`WIDTH`] characters where words allow.
    pub fn page(self) -> String {
        match self {
            Self::Tool(tool) => tools::tool(tool),
            Self::Unit(unit) => tools::unit(unit),
            Self::Statement(statement) => statements::page(statement),
            Self::Preset(preset) => presets::page(preset),
        }
    }
}

/// How wide a page is, in characters.
pub const WIDTH: usize = 78;

/// A page that is being written.
struct Page(String);

impl Page {
    fn new(title: &str) -> Self {
        Self(format!("{title}\n{}\n", "=".repeat(title.chars().count())))
    }

    fn heading(&mut self, text: &str) {
        self.0.push_str(&format!("\n{text}\n{}\n", "-".repeat(text.chars().count())));
    }

    fn paragraph(&mut self, text: &str) {
        self.0.push('\n');
        self.fill("", "", text);
    }

    fn item(&mut self, text: &str) {
        self.fill("  - ", "    ", text);
    }

    /// A short name and what belongs to it.
    fn entry(&mut self, name: &str, text: &str) {
        self.fill(&format!("{name:<14}"), &" ".repeat(14), text);
    }

    fn blank(&mut self) {
        self.0.push('\n');
    }

    fn fill(&mut self, first: &str, rest: &str, text: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            let width = line.chars().count() + 1 + word.chars().count();
            if !empty && width > WIDTH {
                self.0.push_str(line.trim_end());
                self.0.push('\n');
                rest.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license::TOOLS;

    #[test]
    fn names_of_every_kind_are_found() {
        for (name, expected) in [
            ("by-nc/3.0/de", "Tool(https://creativecommons.org/licenses/by-nc/3.0/de/)"),
            ("cc0", "Tool(https://creativecommons.org/publicdomain/zero/1.0/)"),
            ("mark", "Tool(https://creativecommons.org/publicdomain/mark/1.0/)"),
            (
                "http://creativecommons.org/licenses/by/4.0/deed.de",
                "Tool(https://creativecommons.org/licenses/by/4.0/)",
            ),
        ] {
            let found = Subject::find(name);
            assert_eq!(format!("{:?}", found.unwrap()), expected, "{name}");
        }
        assert!(matches!(Subject::find("by-nc"), Some(Subject::Unit(_))));
        assert!(matches!(Subject::find("inc-edu"), Some(Subject::Statement(_))));
        assert!(matches!(Subject::find("plan-s"), Some(Subject::Preset(_))));
        assert!(Subject::find("by/5.0").is_none());
        assert!(Subject::find("nonsense").is_none());
    }

    #[test]
    fn every_page_keeps_to_its_width() {
        let tools = TOOLS.iter().map(|t| Subject::Tool(*t));
        let units = Unit::all().iter().map(|u| Subject::Unit(*u));
        let statements = RIGHTS_STATEMENTS.iter().map(|s| Subject::Statement(*s));
        let presets = PRESETS.iter().map(Subject::Preset);
        for subject in tools.chain(units).chain(statements).chain(presets) {
            let page = subject.page();
            assert!(page.lines().count() > 8, "{page}");
            // A title may be longer.
            for line in page.lines().skip(2) {
                let words = line.split_whitespace().count();
                assert!(line.chars().count() <= WIDTH || words <= 3, "{line}");
            }
        }
    }
}

//! From the parts that a text names – elements, version, port – to what they
//! mean. Addresses and names end here alike.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{LegalTool, Meaning, Unit};

/// The license elements that a text names, in whatever order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) by: bool,
    pub(super) nc: bool,
    pub(super) nd: bool,
    pub(super) sa: bool,
    /// Whether one of them is named twice, as in `by-by`.
    pub(super) repeated: bool,
}

impl Elements {
    /// Reads `by-nc-sa`, `NC by_sa`, `byncnd`: two-letter codes, with or
    /// without separators. `None` where anything else is in it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(['-', '_', ' ', '+', '.']);
            let Some(code) = rest.get(..2) else { break };
            let flag = found.flag(code)?;
            let again = std::mem::replace(flag, true);
            found.repeated |= again;
            rest = rest.get(2..).unwrap_or_default();
        }
        (rest.is_empty() && found != Self::default()).then_some(found)
    }

    fn flag(&mut self, code: &str) -> Option<&mut bool> {
        match code.to_ascii_lowercase().as_str() {
            "by" => Some(&mut self.by),
            "nc" => Some(&mut self.nc),
            "nd" => Some(&mut self.nd),
            "sa" => Some(&mut self.sa),
            _ => None,
        }
    }

    /// How many elements there are.
    pub(super) fn count(self) -> usize {
        [self.by, self.nc, self.nd, self.sa].into_iter().filter(|&b| b).count()
    }

    /// Whether it has an element of `other`.
    pub(super) fn has_any(self, other: Self) -> bool {
        self.by && other.by
            || self.nc && other.nc
            || self.nd && other.nd
            || self.sa && other.sa
    }

    /// Whether it is NonCommercial alone.
    pub(super) fn is_only_nc(self) -> bool {
        self == Self { nc: true, ..Self::default() }
    }

    /// The elements of either.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            by: self.by || other.by,
            nc: self.nc || other.nc,
            nd: self.nd || other.nd,
            sa: self.sa || other.sa,
            repeated: self.repeated || other.repeated,
        }
    }

    /// The unit of these elements in `version`, which orders them its own way:
    /// `by-nd-nc` in 1.0, `by-nc-nd` later.
    fn unit(self, version: Option<&str>) -> Result<&'static str, Meaning> {
        if self.repeated {
            return Err(Meaning::Impossible { why: "an element is repeated" });
        }
        if self.nd && self.sa {
            let why = "NoDerivatives and ShareAlike exclude each other";
            return Err(Meaning::Impossible { why });
        }
        Ok(match (self.by, self.nc, self.nd, self.sa) {
            (true, true, true, _) if version == Some("1.0") => "by-nd-nc",
            (true, true, true, _) => "by-nc-nd",
            (true, true, _, true) => "by-nc-sa",
            (true, true, ..) => "by-nc",
            (true, _, true, _) => "by-nd",
            (true, _, _, true) => "by-sa",
            (true, ..) => "by",
            (_, true, true, _) => "nd-nc",
            (_, true, _, true) => "nc-sa",
            (_, true, ..) => "nc",
            (_, _, true, _) => "nd",
            (_, _, _, true) => "sa",
            _ => return Err(Meaning::NotATool { why: "no license is named" }),
        })
    }
}

/// What kind of tool a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A license by its elements.
    Elements(Elements),
    /// A unit without elements: `zero`, `mark`, `sampling+`.
    Unit(&'static str),
}

/// What `kind` means in this version and port, of which nothing is guessed.
pub(super) fn resolve(kind: Kind, version: Option<&str>, port: Option<&str>) -> Meaning {
    let name = match kind {
        Kind::Unit(name) => name,
        Kind::Elements(elements) => match elements.unit(version) {
            Ok(name) => name,
            Err(meaning) => return meaning,
        },
    };
    let Some(unit) = Unit::find(name) else {
        return Meaning::NotATool { why: "no license is named" };
    };
    let port = port.map(|p| if p == "gb" { "uk" } else { p });
    let only = unit.only_tool();
    let Some(version) = version.or(only.map(LegalTool::version)) else {
        return Meaning::Unversioned { unit, port: port.map(str::to_owned) };
    };
    // The certification exists in the port `us` alone, whether or not it is said.
    let port = port.or(only.and_then(LegalTool::port)).unwrap_or_default();
    match LegalTool::find(name, version, port) {
        Some(tool) => Meaning::Tool(tool),
        None if lacks_attribution(kind, unit, version) => {
            Meaning::Impossible { why: "no license of that version lacks Attribution" }
        }
        None => does_not_exist(unit, version, port),
    }
}

/// Whether the elements want Attribution in a version, known otherwise, that
/// has no license of these elements alone.
fn lacks_attribution(kind: Kind, unit: Unit, version: &str) -> bool {
    matches!(kind, Kind::Elements(elements) if !elements.by)
        && !unit.versions().contains(&version)
        && super::TOOLS.iter().any(|t| t.version() == version)
}

fn does_not_exist(unit: Unit, version: &str, port: &str) -> Meaning {
    let versions = unit.versions();
    let newest = |port: &str| {
        let find = |v: &&str| LegalTool::find(unit.as_str(), v, port);
        versions.iter().rev().find_map(find)
    };
    let same = |v: &str| LegalTool::find(unit.as_str(), v, "");
    let label = label(unit);
    let known_port = port.is_empty() || newest(port).is_some() || is_port(port);
    let known_version = super::TOOLS.iter().any(|t| t.version() == version);
    let (why, nearest) = if !known_version {
        let nearest = versions.iter().copied().rfind(|v| *v <= version).and_then(same);
        (format!("there is no version {version}"), nearest)
    } else if !known_port {
        (format!("there is no port “{port}”"), same(version))
    } else if version == "4.0" && !port.is_empty() && same(version).is_some() {
        ("4.0 has no ports".to_owned(), same(version))
    } else if !versions.contains(&version) {
        let with_by = Unit::find(&format!("by-{unit}"));
        let nearest = with_by.and_then(|u| LegalTool::find(u.as_str(), version, port));
        (
            format!("there is no {label} in version {version}"),
            nearest.or(unit.only_tool()),
        )
    } else if port.is_empty() {
        (format!("{label} {version} exists only in ports"), newest(port))
    } else {
        let nearest = newest(port).or(same(version));
        (format!("{label} {version} was not ported to “{port}”"), nearest)
    };
    Meaning::DoesNotExist { why, nearest }
}

/// Whether any tool has this port.
pub(super) fn is_port(code: &str) -> bool {
    static PORTS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| super::TOOLS.iter().filter_map(|t| t.port()).collect());
    PORTS.contains(code)
}

/// The unit as people write it: `CC BY-NC`, `CC0`.
fn label(unit: Unit) -> String {
    match unit.as_str() {
        "zero" => "CC0".to_owned(),
        "mark" => "Public Domain Mark".to_owned(),
        other => format!("CC {}", other.to_ascii_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(elements: &str, version: &str, port: &str) -> String {
        let given = |s: &'static str| Some(s).filter(|s| !s.is_empty());
        let version = versions().into_iter().find(|v| *v == version).or(given(""));
        let kind = Kind::Elements(Elements::parse(elements).unwrap());
        match resolve(kind, version, Some(port).filter(|p| !p.is_empty())) {
            Meaning::Tool(tool) => tool.to_string(),
            Meaning::Unversioned { unit, .. } => format!("{unit} ?"),
            Meaning::DoesNotExist { why, nearest } => format!("{why}; {nearest:?}"),
            other => format!("{other:?}"),
        }
    }

    fn versions() -> Vec<&'static str> {
        vec!["1.0", "2.0", "2.1", "2.5", "3.0", "3.5", "4.0", "5.0"]
    }

    #[test]
    fn what_was_never_published_is_told_with_its_reason() {
        let impossible = |why: &str| format!("Impossible {{ why: {why:?} }}");
        let url = |path| format!("Some(https://creativecommons.org/licenses/{path}/)");
        for (elements, version, port, expected) in [
            ("by-nc-nd", "1.0", "", "CC BY-ND-NC 1.0".to_owned()),
            ("nd_by nc", "3.0", "de", "CC BY-NC-ND 3.0 DE".to_owned()),
            ("by", "2.0", "gb", "CC BY 2.0 UK".to_owned()),
            ("bysa", "", "", "by-sa ?".to_owned()),
            ("by", "5.0", "", format!("there is no version 5.0; {}", url("by/4.0"))),
            ("by", "3.5", "", format!("there is no version 3.5; {}", url("by/3.0"))),
            ("by", "4.0", "de", format!("4.0 has no ports; {}", url("by/4.0"))),
            ("by", "3.0", "xx", format!("there is no port “xx”; {}", url("by/3.0"))),
            (
                "by",
                "3.0",
                "uk",
                format!("CC BY 3.0 was not ported to “uk”; {}", url("by/2.0/uk")),
            ),
            ("nc", "2.5", "", impossible("no license of that version lacks Attribution")),
            (
                "nc",
                "2.0",
                "",
                format!("CC NC 2.0 exists only in ports; {}", url("nc/1.0")),
            ),
            ("by-nc-nc", "4.0", "", impossible("an element is repeated")),
            (
                "by",
                "2.1",
                "",
                format!("CC BY 2.1 exists only in ports; {}", url("by/4.0")),
            ),
        ] {
            assert_eq!(read(elements, version, port), expected, "{elements} {version}");
        }
    }
}

//! The legal tools of Creative Commons: the registry of every license and
//! public domain tool that was ever published.
//!
//! The facts stand in `cc_tools.csv`, one row a tool. To add one, add a row;
//! the counts in the tests below then have to follow.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// A legal tool: a row of the registry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegalTool(u16);

/// Every legal tool, in the order of the registry.
pub static TOOLS: LazyLock<Vec<LegalTool>> =
    LazyLock::new(|| (0..).map(LegalTool).take(REGISTRY.rows.len()).collect());

/// Which permissions and conditions a legal tool has, whatever its version:
/// `by-nc`, `zero`, `mark`, `sampling+`. Only units of the registry exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit(&'static str);

struct Row {
    url: String,
    unit: String,
    version: String,
    port: String,
    spdx: String,
    title: String,
    permits: Vec<String>,
    requires: Vec<String>,
    prohibits: Vec<String>,
    deprecated_on: String,
    superseded_by: String,
    identifier: String,
    title_native: String,
}

/// Unit, version and port.
type Key<'a> = (&'a str, &'a str, &'a str);

struct Registry {
    rows: Vec<Row>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_bytes!("cc_tools.csv").as_slice());
    let rows = reader.records().map(|record| {
        let record = record.expect("the registry is part of the program");
        let mut cells = record.iter().map(str::to_owned);
        let mut next = || cells.next().unwrap_or_default();
        let list = |cell: String| {
            cell.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect()
        };
        let (url, unit, version, port, spdx, title) =
            (next(), next(), next(), next(), next(), next());
        let (permits, requires, prohibits) = (list(next()), list(next()), list(next()));
        let (deprecated_on, superseded_by, _category) = (next(), next(), next());
        let (identifier, title_native) = (next(), next());
        Row {
            url,
            unit,
            version,
            port,
            spdx,
            title,
            permits,
            requires,
            prohibits,
            deprecated_on,
            superseded_by,
            identifier,
            title_native,
        }
    });
    Registry { rows: rows.collect() }
});

static BY_KEY: LazyLock<HashMap<Key<'static>, LegalTool>> =
    LazyLock::new(|| TOOLS.iter().map(|&t| (t.key(), t)).collect());

static BY_URL: LazyLock<HashMap<&'static str, LegalTool>> =
    LazyLock::new(|| TOOLS.iter().map(|&t| (t.url(), t)).collect());

static BY_SPDX: LazyLock<HashMap<String, LegalTool>> = LazyLock::new(|| {
    let with_id = |&t: &LegalTool| Some((t.spdx()?.to_ascii_lowercase(), t));
    TOOLS.iter().filter_map(with_id).collect()
});

/// The units, in the order of the registry.
static UNITS: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    let mut units: Vec<Unit> = Vec::new();
    for tool in TOOLS.iter() {
        if !units.contains(&tool.unit()) {
            units.push(tool.unit());
        }
    }
    units
});

impl Unit {
    /// The unit of that name, as in addresses.
    pub fn find(name: &str) -> Option<Self> {
        UNITS.iter().copied().find(|u| u.0 == name)
    }

    /// Every unit, in the order of the registry.
    pub fn all() -> &'static [Self] {
        &UNITS
    }

    /// As in addresses: `by-nc-sa`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Its tools, in the order of the registry.
    pub fn tools(self) -> impl Iterator<Item = LegalTool> {
        TOOLS.iter().copied().filter(move |t| t.unit() == self)
    }

    /// The versions in which there is a tool of this unit, ascending.
    pub fn versions(self) -> Vec<&'static str> {
        let mut versions: Vec<_> = self.tools().map(LegalTool::version).collect();
        versions.sort_unstable();
        versions.dedup();
        versions
    }

    /// Its only tool, where there is but one: CC0, the Public Domain Mark, the
    /// retired certification and the license for developing nations.
    pub fn only_tool(self) -> Option<LegalTool> {
        let mut tools = self.tools();
        let first = tools.next()?;
        tools.next().is_none().then_some(first)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl LegalTool {
    /// The tool with this unit, version and port (`""` for none), each as in
    /// addresses.
    ///
    /// ```
    /// use tasl::license::LegalTool;
    ///
    /// let tool = LegalTool::find("by-sa", "3.0", "de").unwrap();
    /// assert_eq!(tool.url(), "https://creativecommons.org/licenses/by-sa/3.0/de/");
    /// assert_eq!(LegalTool::find("by-sa", "4.0", "de"), None);
    /// ```
    pub fn find(unit: &str, version: &str, port: &str) -> Option<Self> {
        BY_KEY.get(&(unit, version, port)).copied()
    }

    /// The tool with this canonical address, byte for byte. For addresses as
    /// people write them there is [`parse_url`](super::parse_url).
    pub fn from_url(url: &str) -> Option<Self> {
        BY_URL.get(url).copied()
    }

    /// The tool with this SPDX id, in any case: `CC-BY-4.0`.
    pub fn from_spdx(id: &str) -> Option<Self> {
        BY_SPDX.get(&id.to_ascii_lowercase()).copied()
    }

    fn row(self) -> &'static Row {
        &REGISTRY.rows[usize::from(self.0)]
    }

    fn key(self) -> Key<'static> {
        let row = self.row();
        (&row.unit, &row.version, &row.port)
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        Unit(&self.row().unit)
    }

    /// Its version: `4.0`.
    pub fn version(self) -> &'static str {
        &self.row().version
    }

    /// Its port: `de`, `igo`; `None` where it is unported.
    pub fn port(self) -> Option<&'static str> {
        filled(&self.row().port)
    }

    /// Its canonical address.
    pub fn url(self) -> &'static str {
        &self.row().url
    }

    /// The address of its deed, which says in plain words what it does.
    pub fn deed_url(self) -> String {
        format!("{}deed.en", self.url())
    }

    /// The address of its legal code; `None` for the Public Domain Mark, which
    /// has none.
    pub fn legal_code_url(self) -> Option<String> {
        (self.unit().as_str() != "mark").then(|| format!("{}legalcode", self.url()))
    }

    /// Its SPDX id, where it has one.
    pub fn spdx(self) -> Option<&'static str> {
        filled(&self.row().spdx)
    }

    /// The short name: `CC BY-SA 4.0`, `CC0 1.0`.
    pub fn identifier(self) -> &'static str {
        &self.row().identifier
    }

    /// The title in English: `Attribution-ShareAlike 4.0 International`.
    pub fn title(self) -> &'static str {
        &self.row().title
    }

    /// The title in the language of its port.
    pub fn title_native(self) -> &'static str {
        &self.row().title_native
    }

    /// What it permits, in the words of ccREL: `DerivativeWorks`,
    /// `Distribution`, `Reproduction`, `Sharing`.
    pub fn permits(self) -> &'static [String] {
        &self.row().permits
    }

    /// What it requires, in the words of ccREL: `Attribution`, `Notice`,
    /// `ShareAlike`.
    pub fn requires(self) -> &'static [String] {
        &self.row().requires
    }

    /// What it prohibits, in the words of ccREL: `CommercialUse`,
    /// `HighIncomeNationUse`.
    pub fn prohibits(self) -> &'static [String] {
        &self.row().prohibits
    }

    /// Whether it demands to credit the creator.
    pub fn requires_attribution(self) -> bool {
        self.requires().iter().any(|r| r == "Attribution")
    }

    /// Whether it allows to share what was made from the work.
    pub fn permits_derivatives(self) -> bool {
        self.permits().iter().any(|p| p == "DerivativeWorks")
    }

    /// Whether it forbids commercial use.
    pub fn prohibits_commercial_use(self) -> bool {
        self.prohibits().iter().any(|p| p == "CommercialUse")
    }

    /// Whether it is CC0, the Public Domain Mark or the retired certification,
    /// which demand nothing.
    pub fn is_public_domain(self) -> bool {
        matches!(self.unit().as_str(), "zero" | "mark" | "certification")
    }

    /// Whether a reuser owes the title of the work, if supplied: 1.0 to 3.0,
    /// section 4; no longer 4.0, and not the port of 2.0 for England and Wales.
    pub fn requires_title(self) -> bool {
        let is_english = self.version() == "2.0" && self.port() == Some("uk");
        self.requires_attribution() && self.version() < "4.0" && !is_english
    }

    /// Whether a reuser owes a link to the source: 2.0 and later, 3(a)(1)(A)(v)
    /// in 4.0.
    pub fn requires_source(self) -> bool {
        self.requires_attribution() && self.version() >= "2.0"
    }

    /// When it was retired, as `YYYY-MM-DD`.
    pub fn deprecated_on(self) -> Option<&'static str> {
        filled(&self.row().deprecated_on)
    }

    /// The tool that Creative Commons recommends in its place.
    pub fn superseded_by(self) -> Option<Self> {
        Self::from_url(&self.row().superseded_by)
    }
}

fn filled(cell: &'static str) -> Option<&'static str> {
    (!cell.is_empty()).then_some(cell)
}

impl fmt::Debug for LegalTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url())
    }
}

impl fmt::Display for LegalTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.identifier())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_has_639_tools() {
        let versions = ["1.0", "2.0", "2.1", "2.5", "3.0", "4.0"];
        let counts: &[(&str, [usize; 6])] = &[
            ("by", [4, 19, 4, 29, 44, 1]),
            ("by-sa", [4, 19, 4, 29, 44, 1]),
            ("by-nc", [4, 19, 4, 29, 44, 1]),
            ("by-nd", [4, 19, 4, 29, 44, 1]),
            ("by-nc-sa", [4, 19, 4, 29, 44, 1]),
            ("by-nc-nd", [0, 19, 4, 29, 44, 1]),
            ("by-nd-nc", [4, 0, 0, 0, 0, 0]),
            ("sa", [3, 1, 0, 0, 0, 0]),
            ("nc", [3, 1, 0, 0, 0, 0]),
            ("nd", [3, 1, 0, 0, 0, 0]),
            ("nc-sa", [3, 1, 0, 0, 0, 0]),
            ("nd-nc", [3, 1, 0, 0, 0, 0]),
            ("sampling", [3, 0, 0, 0, 0, 0]),
            ("sampling+", [4, 0, 0, 0, 0, 0]),
            ("nc-sampling+", [2, 0, 0, 0, 0, 0]),
            ("devnations", [0, 1, 0, 0, 0, 0]),
            ("zero", [1, 0, 0, 0, 0, 0]),
            ("mark", [1, 0, 0, 0, 0, 0]),
            ("certification", [1, 0, 0, 0, 0, 0]),
        ];
        for (unit, expected) in counts {
            let unit = Unit::find(unit).unwrap();
            let count = |v| unit.tools().filter(|t| t.version() == v).count();
            assert_eq!(versions.map(count), *expected, "{unit}");
        }
        assert_eq!(counts.len(), Unit::all().len());
        assert_eq!(TOOLS.len(), 639);
        let has = |f: fn(&LegalTool) -> bool| TOOLS.iter().filter(|t| f(t)).count();
        assert_eq!(has(|t| t.deprecated_on().is_some()), 31);
        assert_eq!(has(|t| t.superseded_by().is_some()), 596);
        assert_eq!(has(|t| t.spdx().is_some()), 56);
        assert_eq!(has(|t| t.version() == "4.0" && t.port().is_some()), 0);
    }

    #[test]
    fn every_tool_is_found_by_its_keys() {
        for &tool in TOOLS.iter() {
            assert_eq!(LegalTool::from_url(tool.url()), Some(tool));
            let (unit, version) = (tool.unit().as_str(), tool.version());
            let port = tool.port().unwrap_or_default();
            assert_eq!(LegalTool::find(unit, version, port), Some(tool));
            if let Some(id) = tool.spdx() {
                assert_eq!(LegalTool::from_spdx(id), Some(tool), "{id}");
            }
        }
    }

    #[test]
    fn duties_follow_the_version() {
        let duties = |unit, version| {
            let tool = LegalTool::find(unit, version, "").unwrap();
            (tool.requires_attribution(), tool.requires_title(), tool.requires_source())
        };
        assert_eq!(duties("by", "1.0"), (true, true, false));
        assert_eq!(duties("by", "2.0"), (true, true, true));
        assert_eq!(duties("by-nc-sa", "3.0"), (true, true, true));
        assert_eq!(duties("by", "4.0"), (true, false, true));
        assert_eq!(duties("sa", "1.0"), (false, false, false));
        assert_eq!(duties("zero", "1.0"), (false, false, false));
        assert_eq!(duties("mark", "1.0"), (false, false, false));
        let english = LegalTool::find("by-sa", "2.0", "uk").unwrap();
        assert!(!english.requires_title() && english.requires_source());
    }
}

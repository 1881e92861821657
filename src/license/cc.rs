//! The legal tools of Creative Commons.

use std::fmt;

/// A legal tool: a row of the registry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegalTool(u16);

/// Every legal tool, in the order of the registry.
pub static TOOLS: std::sync::LazyLock<Vec<LegalTool>> =
    std::sync::LazyLock::new(Vec::new);

/// Which permissions and conditions a legal tool has, whatever its version:
/// `by-nc`, `zero`, `mark`, `sampling+`. Only units of the registry exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit(&'static str);

impl Unit {
    /// As in addresses: `by-nc-sa`.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl LegalTool {
    /// The tool with this unit, version and port (`""` for none).
    pub fn find(_unit: &str, _version: &str, _port: &str) -> Option<Self> {
        None
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        Unit("by")
    }

    /// Its version: `4.0`.
    pub fn version(self) -> &'static str {
        ""
    }

    /// Its port: `de`, `igo`; `None` where it is unported.
    pub fn port(self) -> Option<&'static str> {
        None
    }

    /// Its canonical address.
    pub fn url(self) -> &'static str {
        ""
    }

    /// Its SPDX id, where it has one.
    pub fn spdx(self) -> Option<&'static str> {
        None
    }

    /// The short name: `CC BY-SA 4.0`, `CC0 1.0`.
    pub fn identifier(self) -> &'static str {
        ""
    }

    /// The title in English: `Attribution-ShareAlike 4.0 International`.
    pub fn title(self) -> &'static str {
        ""
    }

    /// Whether it demands to credit the creator.
    pub fn requires_attribution(self) -> bool {
        false
    }

    /// Whether it is CC0, the Public Domain Mark or the retired certification,
    /// which demand nothing.
    pub fn is_public_domain(self) -> bool {
        false
    }

    /// Whether a reuser owes the title of the work, if supplied: 1.0 to 3.0.
    pub fn requires_title(self) -> bool {
        false
    }

    /// Whether a reuser owes a link to the source: 2.0 and later.
    pub fn requires_source(self) -> bool {
        false
    }

    /// When it was retired, as `YYYY-MM-DD`.
    pub fn deprecated_on(self) -> Option<&'static str> {
        None
    }
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

//! `metadata-irregular`

use super::{Case, Findings, Group};
use crate::model::{DamageKind, Severity};

declare_rule! {
    /// ## What it finds
    ///
    /// Metadata that breaks the rules of its format and could be read all the same:
    /// an XMP packet in which `&` or a piece of HTML stands for itself, two
    /// attributes run together, a charset is not the one declared.
    ///
    /// ```tasl,flagged
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// !     irregular    XMP value has markup inside
    /// ```
    ///
    /// ```tasl,clean
    /// xmp   cc:license   https://creativecommons.org/licenses/by/4.0/
    /// ```
    ///
    /// A packet that also describes another resource, by an `rdf:about` of its own, is
    /// one too. What it says of that is not taken for what it says of the file.
    ///
    /// Where something may be lost by it, the finding is `metadata-damaged`.
    ///
    /// ## Why it matters
    ///
    /// Most programs refuse a packet that is not well-formed (ISO 16684-1, 7.1), and
    /// show no license at all. The sidecars that a license chooser once offered for
    /// download had this fault whenever a title was given.
    ///
    /// ## How to fix it
    ///
    /// Open the file in the program that made it and save the metadata again. A
    /// sidecar can be mended in a text editor: write `&amp;` for `&` and `&lt;` for
    /// `<` inside of values.
    id: "metadata-irregular",
    group: Group::Reading,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "Metadata breaks the rules of its format; it was read all the same",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    for damage in &case.evidence.damage {
        if damage.kind == DamageKind::Irregular {
            findings.report_place(&*damage.what, damage.file, damage.offset);
        }
    }
}

//! `sidecar-attribution-conflict`

use super::words::quoted;
use super::{Case, Findings, Group};
use crate::model::{Evidence, FileRef, Resolved, Severity, StatementId, Value};

declare_rule! {
    /// ## What it finds
    ///
    /// Works whose file and sidecar name different creators, titles or sources.
    ///
    /// ```tasl,flagged
    /// exif          Artist       Jane Doe
    /// sidecar/xmp   dc:creator   Richard Roe
    /// ```
    ///
    /// ```tasl,clean
    /// exif          Artist       Jane Doe
    /// sidecar/xmp   dc:creator   Jane Doe
    /// ```
    ///
    /// ## Why it matters
    ///
    /// Some systems read the sidecar first, others never look at it, and no standard
    /// says which wins. The credit that is printed depends on the program.
    ///
    /// ## How to fix it
    ///
    /// Find out which is right – often the sidecar, which somebody has edited – and
    /// write it into both.
    id: "sidecar-attribution-conflict",
    group: Group::Consistency,
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    summary: "File and sidecar name different creators, titles or sources",
    check: check,
}

fn check(case: &Case<'_>, findings: &mut Findings<'_>) {
    let tasl = case.tasl;
    let evidence = case.evidence;
    compare("creator", evidence, &tasl.creators, |names| names.join("; "), findings);
    compare("title", evidence, &tasl.title, String::clone, findings);
    compare("source", evidence, &tasl.source, String::clone, findings);
}

/// Reports if file and sidecars say something, and nothing that is the same.
fn compare<T>(
    what: &str,
    evidence: &Evidence,
    values: &Resolved<T>,
    show: impl Fn(&T) -> String,
    findings: &mut Findings<'_>,
) {
    let in_file = |id: &StatementId| evidence[*id].location.file == FileRef::Primary;
    let both = |v: &Value<T>| v.from.iter().any(in_file) && !v.from.iter().all(in_file);
    if values.values.iter().any(both) {
        return;
    }
    let of_file = values.values.iter().find(|v| v.from.iter().all(in_file));
    let of_sidecar = values.values.iter().find(|v| !v.from.iter().any(in_file));
    if let (Some(file), Some(sidecar)) = (of_file, of_sidecar) {
        let (one, two) = (quoted(&show(&file.value)), quoted(&show(&sidecar.value)));
        let at = file.from.iter().chain(&sidecar.from).copied();
        findings
            .report(format!("the {what} is {one} in the file, {two} in the sidecar"), at);
    }
}

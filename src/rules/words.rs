//! What rules share: how to name things in a message, and what the licenses
//! of a case ask for.

use super::Case;
use crate::license::{HouseMeaning, Meaning, Reference, Role, Unit, notice};
use crate::model::{
    BlockKind, Candidate, Evidence, FileRef, License, Licensing, Property, Resolved,
    Statement, StatementId, Subject, Value,
};
use crate::policy::Judgement;

/// A value in a message: in quotes, on one line, no longer than a glance.
pub(super) fn quoted(value: &str) -> String {
    const GLANCE: usize = 80;
    let mut words = value.split(|c: char| c.is_whitespace() || c.is_control());
    let mut text = String::new();
    let mut rest = false;
    for word in words.by_ref().filter(|w| !w.is_empty()) {
        if text.chars().count() + word.chars().count() >= GLANCE {
            let left = GLANCE.saturating_sub(text.chars().count() + 1);
            if text.is_empty() {
                text.extend(word.chars().take(left));
            }
            rest = true;
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    format!("“{text}{}”", if rest { " …" } else { "" })
}

/// Where a statement stands, in a message: `dc:rights`, `Artist of exif`.
pub(super) fn place(statement: &Statement) -> String {
    let at = &statement.location;
    let key = if at.key.contains(':') && at.block == BlockKind::Xmp {
        at.key.clone()
    } else {
        format!("{} {}", at.block, at.key)
    };
    match at.file {
        FileRef::Primary => key,
        FileRef::Sidecar(_) => format!("{key} of the sidecar"),
    }
}

/// A value with its place, in a message.
pub(super) fn quoted_at(evidence: &Evidence, id: StatementId) -> String {
    let statement = &evidence[id];
    format!("{} in {}", quoted(&statement.value), place(statement))
}

/// Whether a statement is of the pages of a document, and no metadata that could
/// be mended.
pub(super) fn is_page(statement: &Statement) -> bool {
    matches!(statement.property, Property::PageText | Property::Link)
}

/// What the house means by a statement, where it is one of its texts.
pub(super) fn house(case: &Case<'_>, statement: &Statement) -> Option<HouseMeaning> {
    case.policy.statements.get(&statement.value)
}

/// Whether a statement claims copyright, or the house means that it does.
pub(super) fn claims_copyright(case: &Case<'_>, statement: &Statement) -> bool {
    match house(case, statement) {
        Some(meaning) => meaning == HouseMeaning::InCopyright,
        None => notice::claims_copyright(&statement.value),
    }
}

/// Whether a statement reserves all rights, or the house means that it does.
pub(super) fn reserves_all_rights(case: &Case<'_>, statement: &Statement) -> bool {
    match house(case, statement) {
        Some(meaning) => meaning == HouseMeaning::InCopyright,
        None => notice::reserves_all_rights(&statement.value),
    }
}

/// Whether a statement says that the work is in the public domain, or the house
/// means that it does.
pub(super) fn says_public_domain(case: &Case<'_>, statement: &Statement) -> bool {
    match house(case, statement) {
        Some(meaning) => meaning == HouseMeaning::PublicDomain,
        None => notice::says_public_domain(&statement.value),
    }
}

/// The part of a statement that a candidate is about.
pub(super) fn part<'a>(evidence: &'a Evidence, candidate: &Candidate) -> &'a str {
    let value = &evidence[candidate.statement].value;
    value.get(candidate.reference.span.clone()).unwrap_or(value)
}

/// Whether the asset is a work, of which something can be missing: not a
/// sidecar without its master.
pub(super) fn is_work(case: &Case<'_>) -> bool {
    case.evidence.subject == Subject::File
}

/// The candidates that put the work under something, or seem to: all but
/// those that only speak of a license. In a property made for licenses,
/// everything is meant.
pub(super) fn meant<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Candidate> {
    let evidence = case.evidence;
    case.tasl.candidates.iter().filter(move |c| {
        matches!(c.reference.role, Role::Grant | Role::Exception | Role::Unclear)
            || evidence[c.statement].property == Property::License
    })
}

/// Whether a statement refers to a license, or is the license.
pub(super) fn refers(case: &Case<'_>, id: StatementId) -> bool {
    case.tasl.candidates.binary_search_by_key(&id, |c| c.statement).is_ok()
        || case.tasl.grants.iter().any(|g| g.from.contains(&id))
}

/// Whether `reference` is a grant.
pub(super) fn is_grant(reference: &Reference) -> bool {
    reference.role == Role::Grant
}

/// The name of a license in a message.
pub(super) fn name(license: &License) -> String {
    match license {
        License::Tool(tool) => tool.identifier().to_owned(),
        License::RightsStatement(statement) => statement.label().to_owned(),
        License::Other(other) => quoted(other),
    }
}

/// `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What the policy thinks of each license that is granted. Of licenses among
/// which users may choose, only the best liked counts.
pub(super) fn judged<'a>(case: &Case<'a>) -> Vec<(&'a Value<License>, Judgement)> {
    let policy = case.policy;
    let mut judged: Vec<_> =
        case.tasl.grants.iter().map(|g| (g, policy.judge(&g.value))).collect();
    if matches!(case.tasl.license, Licensing::Choice(_)) {
        judged.sort_by_key(|(_, judgement)| *judgement);
        judged.truncate(1);
    }
    judged
}

/// What somebody who reuses the work owes, by the licenses it names. Where
/// several are named, the most that any of them asks; where no version is
/// given, what 3.0 asks, which asks the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Duties {
    /// To credit the creator.
    pub(super) creator: bool,
    /// To give the title.
    pub(super) title: bool,
    /// To link to the source.
    pub(super) source: bool,
}

impl Duties {
    /// The duties of a case.
    pub(super) fn of(case: &Case<'_>) -> Self {
        let mut duties = Self::default();
        for grant in &case.tasl.grants {
            if let License::Tool(tool) = &grant.value {
                duties.creator |= tool.requires_attribution();
                duties.title |= tool.requires_title();
                duties.source |= tool.requires_source();
            }
        }
        for (_, unit) in unversioned(case) {
            let asks = unit.as_str().starts_with("by") || unit.as_str() == "devnations";
            duties.creator |= asks;
            duties.title |= asks;
            duties.source |= asks;
        }
        duties
    }
}

/// The grants without a version, where none is given anywhere else.
pub(super) fn unversioned<'a>(
    case: &Case<'a>,
) -> impl Iterator<Item = (&'a Candidate, Unit)> {
    let tasl = case.tasl;
    tasl.candidates.iter().filter_map(move |candidate| {
        let Meaning::Unversioned { unit, .. } = candidate.reference.meaning else {
            return None;
        };
        let known = tasl.grants.iter().any(|g| g.value.unit() == Some(unit));
        (is_grant(&candidate.reference) && !known).then_some((candidate, unit))
    })
}

/// What one file of an asset names.
pub(super) struct Named {
    /// Which file.
    pub(super) file: FileRef,
    /// Its licenses, and units without a version that no license of the asset
    /// completes, in order of rank.
    pub(super) licenses: Vec<String>,
    /// Its statements of rightsstatements.org.
    pub(super) statements: Vec<String>,
    /// Where it names them.
    pub(super) at: Vec<StatementId>,
}

impl Named {
    /// All that it names.
    pub(super) fn all(&self) -> Vec<String> {
        self.licenses.iter().chain(&self.statements).cloned().collect()
    }
}

/// What each file of the asset names, the asset itself first.
pub(super) fn named_by_file(case: &Case<'_>) -> Vec<Named> {
    let mut files: Vec<Named> = Vec::new();
    let mut add = |id: StatementId, name: String, is_license: bool| {
        let file = case.evidence[id].location.file;
        let known = files.iter().position(|n| n.file == file);
        let index = known.unwrap_or_else(|| {
            let (licenses, statements, at) = Default::default();
            files.push(Named { file, licenses, statements, at });
            files.len() - 1
        });
        let named = &mut files[index];
        let names = if is_license { &mut named.licenses } else { &mut named.statements };
        if !names.contains(&name) {
            names.push(name);
        }
        if !named.at.contains(&id) {
            named.at.push(id);
        }
    };
    for grant in &case.tasl.grants {
        let is_license = !matches!(grant.value, License::RightsStatement(_));
        for id in &grant.from {
            add(*id, name(&grant.value), is_license);
        }
    }
    for (candidate, unit) in unversioned(case) {
        let name = format!("CC {}", unit.as_str().to_ascii_uppercase());
        add(candidate.statement, name, true);
    }
    files.sort_by_key(|n| n.file);
    files
}

/// Whether the licenses contradict each other, in whatever way.
pub(super) fn is_contradiction(licensing: &Licensing) -> bool {
    matches!(licensing, Licensing::Conflict(_) | Licensing::VersionConflict(_))
}

/// Whether the files of the asset contradict each other, and none itself.
pub(super) fn only_between_files(files: &[Named]) -> bool {
    files.len() > 1 && files.iter().all(|named| named.all().len() < 2)
}

/// Names without those that came before.
pub(super) fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.contains(name) {
            distinct.push(name.clone());
        }
    }
    distinct
}

/// Whether values that differ do so only between the files of the asset, and
/// no file contradicts itself.
pub(super) fn between_files<T>(evidence: &Evidence, values: &Resolved<T>) -> bool {
    let says = |value: &Value<T>, file| {
        value.from.iter().any(|id| evidence[*id].location.file == file)
    };
    let mut files: Vec<FileRef> = values
        .values
        .iter()
        .flat_map(|v| v.from.iter().map(|id| evidence[*id].location.file))
        .collect();
    files.sort_unstable();
    files.dedup();
    files.iter().all(|file| values.values.iter().filter(|v| says(v, *file)).count() < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_a_message_is_short_and_on_one_line() {
        for (value, expected) in
            [("Jane Doe", "“Jane Doe”"), ("  a\n\tb\0", "“a b”"), ("", "“”")]
        {
            assert_eq!(quoted(value), expected);
        }
        let long = quoted(&"word ".repeat(40));
        assert!(long.chars().count() < 90 && long.ends_with(" …”"), "{long}");
        let unbroken = quoted(&"ü".repeat(500));
        assert!(unbroken.chars().count() < 90, "{unbroken}");
    }

    #[test]
    fn lists_read_like_a_sentence() {
        let list = |items: &[&str]| {
            super::list(&items.iter().map(|s| s.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}

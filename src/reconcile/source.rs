//! Where the work is from.

use super::places::{Found, merge, ranked, resolved};
use super::text::tidy;
use crate::license;
use crate::model::{Candidate, Evidence, Property, Resolved, Statement};

/// The order in which sources are shown: what the license asks to link to,
/// what names the work, where it was taken from, a page about its rights.
const ORDER: [Property; 5] = [
    Property::AttributionUrl,
    Property::Identifier,
    Property::Source,
    Property::WebStatement,
    Property::PhotoshopUrl,
];

/// The sources that `evidence` gives and that can be followed: an address, a
/// DOI, a handle, an ARK, a URN of a national library. The address of a
/// license is not a source.
pub(super) fn source(evidence: &Evidence, candidates: &[Candidate]) -> Resolved<String> {
    let is_license = |id| candidates.binary_search_by_key(&id, |c| c.statement).is_ok();
    let order = |s: &Statement| ORDER.iter().position(|p| *p == s.property);
    let mut statements = ranked(evidence, |s| order(s).is_some());
    statements.sort_by_key(|(_, s)| (s.location.file, order(s)));
    let mut found = Vec::new();
    for (id, statement) in statements {
        let value = tidy(&statement.value);
        let Some(key) = target(value) else { continue };
        if is_license(id) || !license::read(value).is_empty() {
            continue;
        }
        found.push(Found {
            value: (value.to_owned(), key),
            from: vec![id],
            aside: statement.location.is_aside(),
        });
    }
    let agree = |a: &(String, String), b: &(String, String)| a.1 == b.1;
    resolved(merge(found, agree, |_, _| false), |(value, _)| value)
}

/// What `value` leads to, in a form in which different spellings are equal;
/// `None` where it leads nowhere.
fn target(value: &str) -> Option<String> {
    if value.is_empty() || value.contains(char::is_whitespace) {
        // "doi: 10.1000/182" is met, and means what it says.
        let (scheme, rest) = value.split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let is_doi = scheme.trim_end_matches(':').eq_ignore_ascii_case("doi");
        return is_doi.then(|| doi(rest)).flatten();
    }
    let lower = value.to_ascii_lowercase();
    let after = |prefixes: &[&str]| {
        prefixes.iter().find_map(|p| lower.strip_prefix(p)).map(str::to_owned)
    };
    if let Some(rest) = after(&[
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
        "info:doi/",
        "urn:doi:",
    ]) {
        return doi(&rest);
    }
    if let Some(rest) =
        after(&["https://hdl.handle.net/", "http://hdl.handle.net/", "hdl:", "info:hdl/"])
    {
        return (rest.contains('/')).then(|| format!("hdl:{rest}"));
    }
    if lower.starts_with("ark:") || lower.starts_with("urn:nbn:") {
        return Some(lower);
    }
    let Some(rest) = after(&["https://", "http://"]) else { return doi(&lower) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    // Templates that were never filled in hold the URI of a namespace.
    let is_namespace = ["ns.adobe.com/", "purl.org/dc/", "www.w3.org/"]
        .iter()
        .any(|namespace| rest.starts_with(namespace));
    if !is_host || is_namespace {
        return None;
    }
    // A host has no case, a path may have.
    let path = &value[value.len() - rest.len() + host.len()..];
    Some(format!("{host}{}", path.trim_end_matches('/')))
}

/// A DOI, from its prefix on (ISO 26324: `10.` and the number of a registrant).
fn doi(text: &str) -> Option<String> {
    let (registrant, suffix) = text.strip_prefix("10.")?.split_once('/')?;
    let is_number = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (is_number && !suffix.is_empty())
        .then(|| format!("doi:{}", text.to_ascii_lowercase()))
}

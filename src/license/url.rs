//! Addresses of legal tools and rights statements, as people write them.
//!
//! The canonical form of a tool is its `https` address with a slash at the
//! end; of a rights statement, its `http` URI under `/vocab/`. Everything else
//! here is tolerance: hosts, deeds, translations, buttons, queries, misspelt
//! paths. `normalisation.csv` lists examples with what each of them means.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::resolve::{Elements, Kind, is_port, resolve};
use super::{Form, Meaning};

mod others;

use others::{rights_statement, spdx};

/// Hosts that speak about licenses. Subdomains belong to them.
const HOSTS: [&str; 7] = [
    "creativecommons.org",
    "creativecommons.net",
    "creativecommons.com",
    "licensebuttons.net",
    "rightsstatements.org",
    SPDX,
    OLD_VOCABULARY,
];

const SPDX: &str = "spdx.org/licenses/";
/// Where the vocabulary of Creative Commons had its namespace until 2008.
const OLD_VOCABULARY: &str = "web.resource.org/cc";

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(HOSTS)
        .expect("seven short patterns make an automaton")
});

/// What the address `url` means, and how it is written. `None` where it points
/// to none of the sites that name licenses.
///
/// ```
/// use tasl::license::{LegalTool, Meaning, parse_url};
///
/// let (meaning, _) = parse_url("http://creativecommons.org/licenses/by/4").unwrap();
/// assert_eq!(meaning, Meaning::Tool(LegalTool::find("by", "4.0", "").unwrap()));
/// assert_eq!(parse_url("https://example.org/licenses/by/4.0/"), None);
/// ```
pub fn parse_url(url: &str) -> Option<(Meaning, Form)> {
    let found = find(url).into_iter().next()?;
    let around = [&url[..found.span.start], &url[found.span.end..]];
    let alone = !around.iter().any(|s| s.contains(char::is_alphanumeric));
    alone.then_some((found.meaning, found.form))
}

/// An address in a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Which bytes of the text.
    pub(super) span: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) form: Form,
}

/// Every address of these sites in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut done = 0;
    for hit in FINDER.find_iter(text) {
        if hit.start() < done {
            continue;
        }
        let Some(start) = start_of(text, hit.start()) else { continue };
        let host = HOSTS[hit.pattern().as_usize()];
        let (path, end) = path_of(text, after_port(text, hit.end()));
        if !path.is_empty() && !path.starts_with(['/', '?', '#', ':']) && host != SPDX {
            continue;
        }
        done = end;
        let (meaning, form) = match host {
            SPDX => spdx(&path),
            OLD_VOCABULARY => (old_vocabulary(&path), Form::Url),
            "rightsstatements.org" => rights_statement(&path),
            _ => creative_commons(&path),
        };
        all.push(Found { span: start..end, meaning, form });
    }
    all
}

/// A slash, and what some software writes for it: an entity, an escape of JSON,
/// the code in the query of another address, a backslash.
const SLASHES: [&str; 8] = ["/", "&#x2F;", "&#x2f;", "&#47;", "\\/", "%2F", "%2f", "\\"];

/// The slash that `text` begins with.
fn slash_at(text: &str) -> Option<&'static str> {
    SLASHES.iter().copied().find(|s| text.starts_with(s))
}

/// `text` without the slash at its end.
fn strip_slash(text: &str) -> Option<&str> {
    // The longer of two that end alike, so that the escape of "\\/" goes too.
    let rests = SLASHES.iter().filter_map(|s| text.strip_suffix(s));
    rests.min_by_key(|rest| rest.len())
}

/// Where the address begins whose host stands at `host`: subdomains, `//` and
/// scheme belong to it. `None` where the host is the end of a longer word or
/// of a mail address.
fn start_of(text: &str, host: usize) -> Option<usize> {
    const LONGEST: usize = 64;
    let before = text.as_bytes().get(..host)?;
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let mut labels =
        before.iter().rev().take(LONGEST).take_while(|b| is_label(b)).count();
    // In "%2Fcreativecommons.org" the code of the slash looks like a label.
    if labels >= 2 && before.get(..host - labels).is_some_and(|b| b.ends_with(b"%")) {
        labels -= 2;
    }
    let mut start = host - labels;
    if labels > 0 && before.last() != Some(&b'.') {
        return None;
    }
    let rest = text.get(..start)?;
    if rest.ends_with(['@', '_']) {
        return None;
    }
    let slashes = rest.trim_end_matches(' ');
    let one = strip_slash(slashes);
    // "http:/creativecommons.org" lacks one of the two.
    let both = one.map(|s| (strip_slash(s), s));
    if let Some((full, short)) = both
        && let Some(scheme) = full.or(Some(short).filter(|s| s.ends_with(':')))
    {
        start = scheme.len();
        let colons = [":", "%3A", "%3a"].iter().find_map(|c| scheme.strip_suffix(c));
        let scheme = colons.unwrap_or(scheme);
        for name in ["https", "http"] {
            let at = scheme.len().saturating_sub(name.len());
            if scheme.get(at..).is_some_and(|s| s.eq_ignore_ascii_case(name)) {
                start = at;
                break;
            }
        }
    }
    let inside = is_inside_another(text, start) && !is_carried(text, start);
    (!inside).then_some(start)
}

/// Where the path begins after a host: past a full stop and a number of a port
/// that belong to it.
fn after_port(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let stop = rest.strip_prefix('.').filter(|s| slash_at(s).is_some());
    let after = stop.unwrap_or(rest);
    let port = [":80", ":443"].iter().find_map(|p| after.strip_prefix(p));
    let port = port.filter(|s| slash_at(s).is_some());
    text.len() - port.unwrap_or(after).len()
}

/// Whether what stands before an address carries just it: a copy in an archive,
/// or the link that a mail program or an editor puts in its place.
fn is_carried(text: &str, start: usize) -> bool {
    const CARRIERS: [&str; 5] = [
        "web.archive.org/web/",
        "google.com/url?",
        "safelinks.protection.outlook.com/?url=",
        "l.facebook.com/l.php?u=",
        "urldefense.com/v3/__",
    ];
    const LONGEST: usize = 100;
    let before = text.as_bytes().get(..start).unwrap_or_default();
    let len = before.iter().rev().take(LONGEST).take_while(|b| b.is_ascii_graphic());
    let run = text.get(start - len.count()..start).unwrap_or_default();
    let carried = CARRIERS.iter().find_map(|c| {
        let (host, rest) = run.split_once(c)?;
        (host.is_empty() || host.ends_with(['/', '.'])).then_some((*c, rest))
    });
    let Some((carrier, rest)) = carried else { return false };
    match carrier {
        "web.archive.org/web/" => rest.strip_suffix('/').is_some_and(|s| {
            s.bytes().all(|b| b.is_ascii_alphanumeric() || b"*_".contains(&b))
        }),
        "google.com/url?" => rest.ends_with("q=") || rest.ends_with("url="),
        _ => rest.is_empty(),
    }
}

/// Whether the address at `start` stands in the path or query of another, as
/// in `https://museum.example/?u=https://creativecommons.org/licenses/by/4.0/`:
/// what leads elsewhere puts nothing under a license.
fn is_inside_another(text: &str, start: usize) -> bool {
    const LONGEST: usize = 400;
    let before = text.as_bytes().get(..start).unwrap_or_default();
    let goes_on = |b: &u8| b.is_ascii_graphic() && !b"\"'<>{}|\\^`()[],;".contains(b);
    let len = before.iter().rev().take(LONGEST).take_while(|b| goes_on(b)).count();
    let run = before.get(start - len..).unwrap_or_default();
    let (letter, last) = (u8::is_ascii_alphabetic, run.last().copied());
    let host =
        |w: &[u8]| matches!(w, [a, b'.', c, d] if letter(a) && letter(c) && letter(d));
    let coded = run.len() >= 3 && run[run.len() - 3] == b'%';
    (coded || matches!(last, Some(b'/' | b'=' | b'?' | b'&' | b'#' | b':')))
        && (run.windows(3).any(|w| w == b"://") || run.windows(4).any(host))
}

/// Every address in `text[range]`, of these sites or others, in order and apart
/// from each other; what others lead to is not told.
pub(super) fn addresses(
    text: &str,
    range: Range<usize>,
) -> Vec<(Range<usize>, Option<Found>)> {
    let base = range.start;
    let mut all = addresses_in(&text[range]);
    for (span, found) in &mut all {
        let shift = |span: &Range<usize>| span.start + base..span.end + base;
        *span = shift(span);
        if let Some(found) = found {
            found.span = shift(&found.span);
        }
    }
    all
}

fn addresses_in(text: &str) -> Vec<(Range<usize>, Option<Found>)> {
    static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(["://", "www."]).expect("two short patterns make an automaton")
    });
    let mut known = find(text).into_iter().peekable();
    let mut all: Vec<(Range<usize>, Option<Found>)> = Vec::new();
    let mut done = 0;
    for mark in MARKS.find_iter(text) {
        while let Some(found) = known.next_if(|f| f.span.start <= mark.start()) {
            done = found.span.end;
            all.push((found.span.clone(), Some(found)));
        }
        if mark.start() < done {
            continue;
        }
        let scheme = text[done..mark.start()].bytes().rev().take(12);
        let start = mark.start() - scheme.take_while(u8::is_ascii_alphanumeric).count();
        let (_, end) = path_of(text, mark.end());
        let end = known.peek().map_or(end, |f| f.span.start.min(end));
        done = end.max(mark.end());
        all.push((start..done, None));
    }
    all.extend(known.map(|f| (f.span.clone(), Some(f))));
    all
}

/// The path from `at` on, with look-alike hyphens and invisible characters
/// mended, and where it ends in the text.
fn path_of(text: &str, at: usize) -> (String, usize) {
    const LONGEST: usize = 400;
    let rest = text.get(at..).unwrap_or_default();
    let mut path = String::new();
    let mut end = at;
    let mut entity = at;
    for (i, c) in rest.char_indices().take(LONGEST) {
        let next = at + i + c.len_utf8();
        if next <= entity {
            continue;
        }
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => continue,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => {
                path.push('-')
            }
            '&' | '\\' | '%' if slash_at(&rest[i..]).is_some() => {
                let slash = slash_at(&rest[i..]).unwrap_or_default();
                path.push('/');
                entity = at + i + slash.len();
                end = entity;
                continue;
            }
            '&' => {
                let tail = &rest[i..];
                let ends = ["&quot;", "&lt;", "&gt;", "&nbsp;", "&#"];
                if ends.iter().any(|e| tail.starts_with(e)) {
                    break;
                }
                path.push(c);
            }
            // An address broken at the end of a line goes on where the rest of
            // it can only be that.
            '\n' | '\r' | ' ' if goes_on(&path, &rest[i..]) => continue,
            '"' | '\'' | '<' | '>' | '{' | '}' | '|' | '\\' | '^' | '`' | '(' | ')'
            | '[' | ']' | ',' | ';' => break,
            c if c.is_ascii_graphic() => path.push(c),
            _ => break,
        }
        end = next;
    }
    while path.ends_with(['.', '!', '?', ':', '*']) {
        path.pop();
        end -= 1;
    }
    (path, end)
}

/// Whether `rest`, which begins with white space, continues `path`.
fn goes_on(path: &str, rest: &str) -> bool {
    let next = rest.trim_start();
    let gap = &rest[..rest.len() - next.len()];
    if gap.chars().filter(|c| *c == '\n').count() > 1 || gap.len() > 4 {
        return false;
    }
    let word = next.split(char::is_whitespace).next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    if lower == "/" {
        let next = next.get(..16).unwrap_or(next).to_ascii_lowercase();
        return next.starts_with("licenses/") || next.starts_with("publicdomain/");
    }
    let (first, slash) = match word.split_once('/') {
        Some((first, _)) => (first, true),
        None => (word, false),
    };
    if lower.ends_with("/licenses/")
        || lower.ends_with('-') && lower.contains("/licenses/")
    {
        return slash && Elements::parse(&first.to_ascii_lowercase()).is_some();
    }
    let unit = lower.strip_suffix('/').and_then(|p| p.rsplit('/').next());
    let is_unit = unit.is_some_and(|u| kind_of(u).is_some());
    is_unit
        && version(first.trim_end_matches(['.', ',', ';', ')'])).is_some()
        && first.contains('.')
}

/// The segments of a path: lower case, without query, fragment and empty ones.
fn segments(path: &str) -> Vec<String> {
    let path = path.split(['?', '#', '&']).next().unwrap_or_default();
    let path = path.replace("%2B", "+").replace("%2b", "+").replace("%20", "");
    let clean = |s: &str| s.trim_matches(['.', '*', '_', '~', ':']).to_ascii_lowercase();
    path.split('/').map(clean).filter(|s| !s.is_empty()).collect()
}

fn creative_commons(path: &str) -> (Meaning, Form) {
    let all = segments(path);
    let parts: Vec<&str> = all.iter().map(String::as_str).collect();
    let image = parts.last().is_some_and(|s| is_image(s));
    let form = if image { Form::Button } else { Form::Url };
    let not_a_tool = |why| Meaning::NotATool { why };
    let meaning = match parts.as_slice() {
        [] => not_a_tool("the home page of Creative Commons"),
        ["licenses" | "licences" | "license" | "licence" | "l", rest @ ..] => tool(rest),
        ["i", "l" | "p", rest @ ..] if image => tool(rest),
        ["publicdomain" | "p", rest @ ..] => tool(rest),
        ["share-your-work", "public-domain", "cc0", ..]
        | ["public-domain", "cc0", ..] => resolve(Kind::Unit("zero"), None, None),
        ["share-your-work", "public-domain", "pdm", ..]
        | ["public-domain", "pdm", ..] => resolve(Kind::Unit("mark"), None, None),
        ["ns", ..] | ["ns.html", ..] => not_a_tool("the vocabulary of ccREL"),
        [.., "buttons", _, _, name] if image => {
            let name = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
            match kind_of(name.strip_prefix("cc-").unwrap_or(name)) {
                Some(kind) => resolve(kind, None, None),
                None => not_a_tool("an image of Creative Commons"),
            }
        }
        _ => not_a_tool("a page of Creative Commons that is no legal tool"),
    };
    (meaning, form)
}

/// Its term `PublicDomain` was what the Public Domain Dedication and Certification
/// had for an address in RDF, and so in drawings of those years.
fn old_vocabulary(path: &str) -> Meaning {
    match segments(path).as_slice() {
        [term] if term == "publicdomain" => tool(&["publicdomain"]),
        _ => Meaning::NotATool { why: "the old vocabulary of Creative Commons" },
    }
}

/// What follows the category: unit, version, port, document.
fn tool(parts: &[&str]) -> Meaning {
    let Some((&first, rest)) = parts.split_first() else {
        return Meaning::NotATool { why: "the list of licenses" };
    };
    let (unit, glued) = split_version(first);
    let Some(kind) = kind_of(unit) else {
        return if matches!(first, "gpl" | "lgpl" | "mit" | "bsd") {
            Meaning::NotATool { why: "a page about a software license" }
        } else if is_document(first) {
            Meaning::NotATool { why: "the list of licenses" }
        } else {
            Meaning::Malformed { why: "there is no such unit" }
        };
    };
    let (stated, rest) = match (glued, rest.split_first()) {
        (Some(v), _) => (Some(v), rest),
        (None, Some((&v, rest))) => match version(v) {
            Some(v) => (Some(v), rest),
            None => (None, parts.get(1..).unwrap_or_default()),
        },
        (None, None) => (None, rest),
    };
    let (port, rest) = match rest.split_first() {
        Some((&p, rest)) if is_code(p) => (Some(p), rest),
        _ => (None, rest),
    };
    match rest {
        [] => {}
        [document] if is_document(document) => {}
        [number, ..]
            if stated.is_none() && number.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            return Meaning::Malformed { why: "the version cannot be read" };
        }
        _ if stated.is_none() && port.is_none() => {}
        _ => return Meaning::Malformed { why: "something follows the version" },
    }
    resolve(kind, stated.as_deref(), port)
}

/// What the unit segment of an address names.
pub(super) fn kind_of(unit: &str) -> Option<Kind> {
    Some(match unit {
        "zero" | "cc0" | "cc-zero" | "cczero" => Kind::Unit("zero"),
        "mark" | "pdm" | "publicdomain-mark" => Kind::Unit("mark"),
        "publicdomain" | "certification" => Kind::Unit("certification"),
        "sampling" => Kind::Unit("sampling"),
        "sampling+" | "samplingplus" | "sampling-plus" => Kind::Unit("sampling+"),
        "nc-sampling+" | "nc-samplingplus" | "nc-sampling-plus" => {
            Kind::Unit("nc-sampling+")
        }
        "devnations" => Kind::Unit("devnations"),
        other => {
            let other = other.strip_prefix("cc-").unwrap_or(other);
            Kind::Elements(Elements::parse(other)?)
        }
    })
}

/// Splits `by-4.0` into unit and version.
fn split_version(segment: &str) -> (&str, Option<String>) {
    let glued = segment.rsplit_once(['-', '_']);
    match glued.and_then(|(unit, v)| Some((unit, version(v)?))) {
        Some((unit, v)) if unit != "nc" || v != "0" => (unit, Some(v)),
        _ => (segment, None),
    }
}

/// Reads `4.0`, `4`, `v4.0`, `2.5` as a version in full.
pub(super) fn version(text: &str) -> Option<String> {
    let text = text.trim_start_matches('v');
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((major, minor)) if digits(major) && digits(minor) && text.len() <= 5 => {
            Some(text.to_owned())
        }
        None if digits(text) && text.len() == 1 => Some(format!("{text}.0")),
        _ => None,
    }
}

/// Whether a segment can stand for a jurisdiction.
fn is_code(segment: &str) -> bool {
    is_port(segment)
        || segment.len() == 2 && segment.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_document(segment: &str) -> bool {
    const PAGES: [&str; 6] = ["deed", "legalcode", "rdf", "index", "legal", "translate"];
    PAGES.iter().any(|p| {
        segment.strip_prefix(p).is_some_and(|s| !s.starts_with(char::is_alphanumeric))
    }) || is_image(segment)
}

fn is_image(segment: &str) -> bool {
    let extension = segment.rsplit_once('.').map(|(_, e)| e);
    matches!(extension, Some("png" | "svg" | "gif" | "jpg" | "webp"))
}

#[cfg(test)]
mod tests;

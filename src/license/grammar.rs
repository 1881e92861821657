//! How words make a reference: "Creative Commons", then elements in any order,
//! a version, a port – with brackets, repetitions and the word "license" in
//! between.

mod apart;
mod join;
mod text;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use self::text::{Gap, Text};

use super::fold::{Folded, key};
use super::resolve::{self, Elements, resolve};
use super::tokens::{Kind, Token};
use super::{Form, LegalTool, Meaning};

/// A reference by name or short form.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Which bytes of the folded text.
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) form: Form,
    /// Whether it continues the reference before it: the 2.5 in "CC BY-SA 3.0,
    /// 2.5".
    pub(super) continues: bool,
}

/// The parts of a reference, as far as they have been read.
#[derive(Clone, Debug, Default)]
struct Parts {
    range: Range<usize>,
    /// Where the next word may join on; past a word "license", say.
    reach: usize,
    commons: bool,
    cc: bool,
    elements: Elements,
    /// Elements by name, by code.
    named: bool,
    coded: bool,
    unit: Option<&'static str>,
    weak_unit: bool,
    letter_o: bool,
    version: Option<String>,
    bare: bool,
    /// Whether the version stands before the elements: "CC 4.0 BY".
    leading: bool,
    generic: bool,
    port: Option<String>,
    license: bool,
    /// Whether everything is joined as one does it in the name of a license.
    tight: bool,
    /// Why what is joined to it leaves no license that could be told.
    spoilt: Option<&'static str>,
    /// Further versions: "3.0, 2.5 and 2.0".
    more: Vec<(Range<usize>, String)>,
}

/// The references that `tokens` make, in order.
pub(super) fn read(source: &str, folded: &Folded, tokens: &[Token]) -> Vec<Named> {
    let text = Text { source, folded };
    let mut all: Vec<Parts> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(&text, tokens, at) {
            at += 1;
            continue;
        }
        let (parts, next) = text.parts(tokens, at);
        at = next.max(at + 1);
        match all.last_mut() {
            Some(last) if text.is_repetition(last, &parts) => last.take_in(parts),
            Some(last) if text.is_completion(last, &parts) => {
                last.elements = parts.elements;
                last.take_in(parts);
            }
            _ => all.push(parts),
        }
    }
    all.iter().filter(|p| text.is_reference(p)).flat_map(|p| text.named(p)).collect()
}

/// Where the element ends that follows the address of `meaning`, which ends at
/// `at`, and makes it another license or none: the NC in "…/licenses/by/4.0/ NC".
pub(super) fn addition(
    source: &str,
    folded: &Folded,
    tokens: &[Token],
    at: usize,
    meaning: &Meaning,
) -> Option<usize> {
    const NEAR: usize = 4;
    let unit = match meaning {
        Meaning::Tool(tool) => tool.unit(),
        Meaning::Unversioned { unit, .. } => *unit,
        _ => return None,
    };
    let token = tokens.get(tokens.partition_point(|t| t.range.start < at))?;
    let Kind::Elements { elements, named } = token.kind else { return None };
    if token.range.start - at > NEAR {
        return None;
    }
    let text = Text { source, folded };
    let gap = text.gap(at..token.range.start);
    let known = Elements::parse(unit.as_str()).unwrap_or_default();
    let fits = (matches!(gap, Gap::Tight | Gap::Open)
        || gap == Gap::Comma && text.is_listed(token, None))
        && text.is_afterthought(token, (elements, named), gap, known);
    fits.then_some(token.range.end)
}

/// Whether a reference can begin at this token.
fn begins(text: &Text<'_>, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match &token.kind {
        Kind::Cc | Kind::Commons | Kind::Unit { .. } | Kind::LetterO => true,
        Kind::Elements { named: true, .. } => true,
        // "by" and "sa" are words, unless more codes follow.
        Kind::Elements { elements, .. } => {
            let next = tokens.get(at + 1);
            let followed = next.is_some_and(|n| {
                n.range.start - token.range.end <= 3
                    && matches!(n.kind, Kind::Elements { named: false, .. })
            });
            elements.count() > 1
                || followed && !text.before(token).ends_with(['-', '.', '/', '_'])
        }
        _ => false,
    }
}

/// By title in its own language, each tool whose unit has that version only in
/// ports; `None` where two tools share a title.
static NATIVE: LazyLock<HashMap<String, Option<LegalTool>>> = LazyLock::new(|| {
    let mut titles = HashMap::new();
    for &tool in super::TOOLS.iter() {
        let unported = LegalTool::find(tool.unit().as_str(), tool.version(), "");
        if matches!(tool.version(), "2.0" | "2.1") && unported.is_none() {
            let one = titles.entry(key(tool.title_native()));
            one.and_modify(|t| *t = None).or_insert(Some(tool));
        }
    }
    titles
});

/// What follows the name of an element in a sentence that asks for it.
const ASKS: [&str; 8] = [
    " required",
    " requested",
    " needed",
    " necessary",
    " is ",
    " must ",
    " use",
    " purpose",
];

/// How many words a reference can have.
const LONGEST: usize = 40;

impl Text<'_> {
    /// Reads the parts of the reference that begins at token `at`, and where
    /// the next one may begin.
    fn parts(&self, tokens: &[Token], at: usize) -> (Parts, usize) {
        let mut parts = Parts { tight: true, ..Parts::default() };
        parts.range = tokens[at].range.start..tokens[at].range.start;
        parts.reach = parts.range.end;
        let mut next = at;
        while let Some(token) = tokens.get(next).filter(|_| next - at < LONGEST) {
            let gap = if next == at {
                Gap::Tight
            } else {
                self.gap(parts.reach..token.range.start)
            };
            if gap == Gap::Apart
                || !self.join(&mut parts, token, gap, tokens.get(next + 1))
            {
                break;
            }
            parts.reach = token.range.end;
            if token.kind != Kind::License {
                parts.range.end = token.range.end;
                parts.tight &= gap != Gap::Comma && gap != Gap::Filler;
            }
            next += 1;
        }
        next = self.spoil(&mut parts, tokens, next);
        // Further versions of the same license.
        while parts.version.is_some()
            && let Some(token) = tokens.get(next)
            && let Kind::Version { version, bare: false } = &token.kind
            && matches!(
                self.gap(parts.reach..token.range.start),
                Gap::Comma | Gap::Filler | Gap::Tight
            )
        {
            parts.more.push((token.range.clone(), version.clone()));
            parts.reach = token.range.end;
            next += 1;
        }
        // In "CC BY 4.0, 4.0 NC" it cannot be told what belongs to what.
        if let Some((last, _)) = parts.more.last()
            && let Some(token) = tokens.get(next)
            && let Kind::Elements { elements, named } = token.kind
        {
            let gap = self.gap(last.end..token.range.start);
            if self.is_afterthought(token, (elements, named), gap, parts.elements) {
                parts.spoilt = Some("an element follows the last of the versions");
                parts.more.clear();
                parts.range.end = token.range.end;
                parts.reach = token.range.end;
                next += 1;
            }
        }
        (parts, next)
    }

    /// Whether `next` names in full what `last` names in part: "Creative Commons
    /// Non Commercial CC BY-NC".
    fn is_completion(&self, last: &Parts, next: &Parts) -> bool {
        last.commons
            && last.elements.count() > 0
            && !last.elements.by
            && last.version.is_none()
            && next.elements.by
            && next.cc
            && next.elements == next.elements.with(last.elements)
            && self.gap(last.reach..next.range.start) == Gap::Tight
    }

    /// Whether `next` says the same as `last` once more: "Attribution 4.0
    /// International (CC BY 4.0)".
    fn is_repetition(&self, last: &Parts, next: &Parts) -> bool {
        let same =
            |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        let marked = |p: &Parts| p.cc || p.commons;
        if last.unit != next.unit || last.elements != next.elements || !last.has_tool() {
            return false;
        }
        if !same(&last.version, &next.version) || !same(&last.port, &next.port) {
            return false;
        }
        if !last.more.is_empty()
            || !next.more.is_empty()
            || !(marked(last) || marked(next))
        {
            return false;
        }
        // "CC BY 4.0, attribution required" asks for credit.
        if next.elements.count() == 1
            && next.named
            && !marked(next)
            && ASKS.iter().any(|w| self.after(next.range.end).starts_with(w))
        {
            return false;
        }
        let gap = self.gap(last.reach..next.range.start);
        matches!(gap, Gap::Open | Gap::Close | Gap::Tight | Gap::Comma)
    }

    /// Whether the parts name a license, and are not words of a sentence.
    fn is_reference(&self, p: &Parts) -> bool {
        let known = p.version.as_deref().is_some_and(is_known_version);
        let marked = p.commons || p.cc;
        if let Some(unit) = p.unit {
            return match unit {
                "sampling" | "devnations" => {
                    marked || known && (p.generic || p.port.is_some() || self.is_whole(p))
                }
                "sampling+" | "nc-sampling+" => marked || known,
                "certification" if p.weak_unit => known,
                _ if p.weak_unit => marked || known || p.generic || self.is_whole(p),
                _ => true,
            };
        }
        if p.letter_o {
            return p.commons || p.version.is_some() || p.generic || self.is_whole(p);
        }
        let count = p.elements.count();
        if count == 0 {
            // "Creative common" alone may be words of a sentence.
            let misspelt = self.folded.text[p.range.clone()].ends_with("common");
            return p.commons && !misspelt
                || p.cc
                    && p.license
                    && !p.coded
                    && self.original(&p.range).starts_with("CC");
        }
        if marked {
            // "250 cc by volume", "Jane Doe CC SA".
            let measure = self.folded.text[..p.range.start]
                .trim_end_matches(' ')
                .ends_with(|c: char| c.is_ascii_digit());
            let loose =
                p.cc && !p.commons && !p.elements.by && count == 1 && p.version.is_none();
            let spaced = self.folded.text[p.range.clone()].contains(' ');
            return !(loose && spaced && p.coded)
                && !(measure
                    && p.cc
                    && spaced
                    && self.original(&p.range).starts_with('c'));
        }
        let ends = || {
            let after = self.after(p.reach).trim_start_matches([' ', '"', '\'']);
            !after.starts_with(char::is_alphanumeric)
        };
        if p.coded && !p.named {
            let original = &self.folded.text[p.range.clone()];
            let hyphened = !original.contains(' ')
                || original.contains("by-")
                || original.contains("by_");
            let set_off = || self.is_of_one_case(p) && self.stands_apart(p.range.start);
            let whole = || {
                self.is_whole(p) && !self.original(&p.range).contains(char::is_lowercase)
            };
            return p.elements.by
                && count > 1
                && (hyphened || known && set_off() || whole());
        }
        if self.is_of_another(p) {
            return false;
        }
        // "Attribution License" is what some sites call it.
        if p.license && p.elements.by && p.version.is_none() && self.is_whole(p) {
            return true;
        }
        if self.native(p).is_some() || p.spoilt.is_some() && p.elements.by && count > 1 {
            return true;
        }
        let full =
            known && !p.bare && (p.generic || p.port.is_some() || p.license || ends());
        if !p.elements.by
            && !p.generic
            && p.port.is_none()
            && p.version.as_deref() != Some("1.0")
        {
            return false;
        }
        if count == 1 {
            let title = p.generic || p.port.is_some();
            return full && (title || self.stands_apart(p.range.start));
        }
        full || p.elements.by && self.is_whole(p)
            || p.tight
                && p.elements.by
                && !self.folded.text[p.range.clone()].contains([',', '\n', '.'])
    }

    /// Whether the reference is all that the text says.
    fn is_whole(&self, p: &Parts) -> bool {
        const LONGEST: usize = 100;
        let text = &self.folded.text;
        if text.len() > LONGEST {
            return false;
        }
        let around = [&text[..p.range.start], &text[p.range.end.max(p.reach)..]];
        !around.iter().any(|s| s.contains(char::is_alphanumeric))
    }

    /// The tool whose own title the parts are, where it exists in that port
    /// alone: "Reconocimiento 2.1" is of Spain, and there is no 2.1 without a port.
    fn native(&self, p: &Parts) -> Option<LegalTool> {
        let version = p.version.as_deref().filter(|_| p.named && !p.cc)?;
        if p.port.is_some() || p.spoilt.is_some() || !matches!(version, "2.0" | "2.1") {
            return None;
        }
        let Meaning::DoesNotExist { .. } = p.meaning() else { return None };
        let title = key(&self.folded.text[p.range.start..p.range.end.max(p.reach)]);
        let title = title.strip_prefix("creativecommons").unwrap_or(&title);
        NATIVE.get(title).copied().flatten()
    }

    fn named(&self, p: &Parts) -> Vec<Named> {
        let mut range = p.range.clone();
        let rest = self.after(range.end);
        let opened = self.folded.text[range.clone()].matches('(').count();
        let closed = self.folded.text[range.clone()].matches(')').count();
        if opened > closed && rest.starts_with(')') {
            range.end += 1;
        }
        if self.folded.text[..range.start].ends_with('(') && closed > opened {
            range.start -= 1;
        }
        let meaning = self.native(p).map_or_else(|| p.meaning(), Meaning::Tool);
        let original = self.original(&range);
        let is_id = matches!(&meaning, Meaning::Tool(t) if LegalTool::from_spdx(original) == Some(*t));
        let form = if is_id && original.contains('-') {
            Form::Spdx
        } else if p.named || p.elements == Elements::default() && p.unit.is_none() {
            Form::Name
        } else {
            Form::Short
        };
        let first = Named { range, meaning, form, continues: false };
        let more = p.more.iter().map(|(range, version)| Named {
            range: range.clone(),
            meaning: resolve(p.kind(), Some(version), None),
            form,
            continues: true,
        });
        std::iter::once(first).chain(more).collect()
    }
}

impl Parts {
    fn has_tool(&self) -> bool {
        self.unit.is_some() || self.elements != Elements::default()
    }

    /// Whether a bracket is open inside the reference.
    fn in_brackets(&self, text: &Text<'_>) -> bool {
        let inside = &text.folded.text[self.range.clone()];
        let open = inside.rfind(['(', '[']);
        open.is_some_and(|at| !inside[at..].contains([')', ']']))
    }

    fn kind(&self) -> resolve::Kind {
        match self.unit {
            Some(unit) => resolve::Kind::Unit(unit),
            None => resolve::Kind::Elements(self.elements),
        }
    }

    fn meaning(&self) -> Meaning {
        if self.letter_o {
            return Meaning::Malformed {
                why: "“CCO” has the letter O; CC0 has a zero"
            };
        }
        if let Some(why) = self.spoilt {
            return Meaning::Malformed { why };
        }
        if !self.has_tool() {
            return Meaning::NotATool { why: "Creative Commons, and no license by name" };
        }
        resolve(self.kind(), self.version.as_deref(), self.port.as_deref())
    }

    /// Takes in a repetition.
    fn take_in(&mut self, other: Self) {
        self.range.end = other.range.end;
        self.reach = other.reach;
        self.version = self.version.take().or(other.version);
        self.port = self.port.take().or(other.port);
        self.commons |= other.commons;
        self.cc |= other.cc;
        self.generic |= other.generic;
        self.named |= other.named;
        self.coded |= other.coded;
        self.license |= other.license;
        self.bare &= other.bare;
        self.spoilt = self.spoilt.or(other.spoilt);
    }
}

fn is_known_version(version: &str) -> bool {
    matches!(version, "1.0" | "2.0" | "2.1" | "2.5" | "3.0" | "4.0")
}

//! How words make a reference: "Creative Commons", then elements in any order,
//! a version, a port – with brackets, repetitions and the word "license" in
//! between.

use std::ops::Range;

use super::fold::{ADDRESS, BREAK, Folded};
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
    generic: bool,
    port: Option<String>,
    license: bool,
    /// Whether everything is joined as one does it in the name of a license.
    tight: bool,
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
            _ => all.push(parts),
        }
    }
    all.iter().filter(|p| text.is_reference(p)).flat_map(|p| text.named(p)).collect()
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

/// How many words a reference can have.
const LONGEST: usize = 40;

/// What stands between two words of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Nothing but spaces, hyphens, slashes and the like.
    Tight,
    /// A bracket opens.
    Open,
    /// A bracket closes.
    Close,
    Comma,
    /// "and", "version", "the".
    Filler,
    /// Anything else: two references, or none.
    Apart,
}

/// Words that may stand inside a reference and say nothing.
const FILLERS: &[&str] = &[
    "and",
    "und",
    "et",
    "y",
    "e",
    "en",
    "og",
    "och",
    "i",
    "ja",
    "a",
    "и",
    "та",
    "the",
    "of",
    "version",
    "ver",
    "v",
    "vers",
    "versie",
    "versio",
    "versjon",
    "wersja",
    "verze",
    "de",
    "la",
    "le",
    "del",
    "der",
    "die",
    "in",
    "type",
    "versao",
    "versione",
    "версия",
    "версии",
    "версія",
    "バージョン",
    "版本",
    "版",
    "버전",
    "の",
    "の下",
    "des",
    "du",
    "with",
    "mit",
    "under",
    "public",
    "copyright",
    "n",
    "ו",
    "و",
    "los",
    "as",
    "deed",
    "w",
    "wersji",
];

struct Text<'a> {
    source: &'a str,
    folded: &'a Folded,
}

impl Text<'_> {
    fn before(&self, token: &Token) -> &str {
        &self.folded.text[..token.range.start]
    }

    fn after(&self, at: usize) -> &str {
        &self.folded.text[at..]
    }

    fn original(&self, range: &Range<usize>) -> &str {
        self.source.get(self.folded.source(range.clone())).unwrap_or_default()
    }

    fn gap(&self, range: Range<usize>) -> Gap {
        const LONGEST: usize = 32;
        let Some(gap) = self.folded.text.get(range).filter(|g| g.len() <= LONGEST) else {
            return Gap::Apart;
        };
        let mut result = Gap::Tight;
        for c in gap.chars() {
            let found = match c {
                '(' | '[' => Gap::Open,
                ')' | ']' => Gap::Close,
                ',' => Gap::Comma,
                BREAK | ADDRESS | '?' | ';' | '|' | '@' | '<' | '>' | '©' | '%' | '$'
                | '#' => {
                    return Gap::Apart;
                }
                _ => continue,
            };
            if result == Gap::Tight || found == Gap::Open {
                result = found;
            }
        }
        let mut words = 0;
        for word in gap.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            words += 1;
            if words > 2 || !FILLERS.contains(&word) {
                return Gap::Apart;
            }
        }
        // A full stop ends the sentence, except after "v" and "ver".
        let stop = gap.contains('.') && words == 0;
        match (stop, words) {
            (true, _) => Gap::Apart,
            (_, 0) => result,
            _ if result == Gap::Tight => Gap::Filler,
            _ => result,
        }
    }

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
        (parts, next)
    }

    /// Joins `token` to `parts`, if it can belong to the same reference.
    fn join(
        &self,
        parts: &mut Parts,
        token: &Token,
        gap: Gap,
        next: Option<&Token>,
    ) -> bool {
        let bracket = matches!(gap, Gap::Open | Gap::Close);
        match &token.kind {
            Kind::Cc | Kind::Commons => {
                let free = parts.unit.is_none()
                    && parts.elements == Elements::default()
                    && parts.version.is_none()
                    && !parts.letter_o;
                if !free || gap == Gap::Filler || gap == Gap::Comma || parts.license {
                    return false;
                }
                parts.cc |= token.kind == Kind::Cc;
                parts.commons |= token.kind == Kind::Commons;
                true
            }
            Kind::Elements { elements, named } => {
                self.join_elements(parts, token, (*elements, *named), gap, next)
            }
            Kind::Unit { unit, weak, named } => {
                let fits = match parts.unit {
                    Some(known) => known == *unit && gap != Gap::Filler,
                    None => {
                        parts.elements == Elements::default()
                            && parts.version.is_none()
                            && gap != Gap::Filler
                    }
                };
                let sampling =
                    unit.starts_with("sampling") && parts.elements.is_only_nc();
                if sampling && parts.unit.is_none() {
                    parts.elements = Elements::default();
                    parts.unit = Some("nc-sampling+");
                } else if fits {
                    parts.unit = Some(unit);
                } else {
                    return false;
                }
                parts.weak_unit = *weak;
                parts.named |= *named;
                parts.coded |= !*named;
                true
            }
            Kind::LetterO => {
                let free = parts.unit.is_none() && parts.elements == Elements::default();
                parts.letter_o |= free;
                free
            }
            Kind::Version { version, bare } => {
                self.join_version(parts, token, (version, *bare), gap)
            }
            Kind::Generic => {
                let fits = parts.has_tool() && parts.port.is_none() && gap != Gap::Filler;
                parts.generic |= fits;
                fits
            }
            Kind::Port { code, named } => {
                self.join_port(parts, token, (code, *named), gap)
            }
            Kind::License => {
                let fits = gap != Gap::Comma || bracket;
                parts.license |= fits;
                fits
            }
        }
    }

    fn join_elements(
        &self,
        parts: &mut Parts,
        token: &Token,
        (elements, named): (Elements, bool),
        gap: Gap,
        next: Option<&Token>,
    ) -> bool {
        if parts.letter_o
            || parts.unit.is_some_and(|u| u != "zero")
            || parts.unit.is_some()
        {
            return false;
        }
        let known = parts.elements;
        let repeated = known.has_any(elements);
        if repeated {
            // "Attribution-NonCommercial (BY-NC)", "Attribution BY".
            let inside = known.with(elements) == known;
            let fits = inside
                && (matches!(gap, Gap::Open)
                    || known == elements && gap == Gap::Tight
                    || parts.in_brackets(self));
            return fits
                && (parts.version.is_none()
                    || gap == Gap::Open
                    || parts.in_brackets(self));
        }
        if parts.version.is_some() && known != Elements::default() {
            return false;
        }
        let marked = parts.cc || parts.commons;
        let first = known == Elements::default();
        let fits = match gap {
            Gap::Tight | Gap::Open => true,
            // "(CC) BY", "Attribution (BY) NonCommercial".
            Gap::Close => true,
            Gap::Comma => named && !first || first && parts.commons,
            Gap::Filler => (marked || named) && (!first || parts.commons),
            Gap::Apart => false,
        };
        if !fits || !named && !self.is_code(parts, token, gap, next) {
            return false;
        }
        parts.elements = known.with(elements);
        parts.named |= named;
        parts.coded |= !named;
        true
    }

    /// Whether a code such as "by" is one, and not the word.
    fn is_code(
        &self,
        parts: &Parts,
        token: &Token,
        gap: Gap,
        next: Option<&Token>,
    ) -> bool {
        let after = self.after(token.range.end);
        let joins = |kinds: fn(&Kind) -> bool| {
            next.is_some_and(|n| {
                kinds(&n.kind)
                    && n.range.start - token.range.end <= 3
                    && n.range.start > token.range.end
            })
        };
        let more_codes = joins(|k| matches!(k, Kind::Elements { named: false, .. }));
        let original = self.original(&token.range);
        let lower = original.starts_with(char::is_lowercase);
        // "by-laws", "by-line".
        if lower && after.starts_with('-') && !more_codes {
            let licensed = joins(|k| !matches!(k, Kind::Cc | Kind::Commons));
            return licensed
                || parts.cc
                    && gap == Gap::Tight
                    && self.folded.text[..token.range.start].ends_with('-');
        }
        if parts.elements != Elements::default() || more_codes {
            return true;
        }
        let written_together =
            self.folded.text[..token.range.start].ends_with(['-', '_', '/', 'c']);
        if !lower || written_together {
            return true;
        }
        // "Photo: CC by Jane Doe" names no license.
        let follows = joins(|k| !matches!(k, Kind::Cc | Kind::Commons));
        let ends = !after
            .trim_start_matches([' ', '\n', '"', '\''])
            .starts_with(char::is_alphanumeric);
        follows || ends
    }

    fn join_version(
        &self,
        parts: &mut Parts,
        token: &Token,
        (version, bare): (&str, bool),
        gap: Gap,
    ) -> bool {
        // "CC 0" is CC0.
        if version == "0.0" && bare {
            let fits = (parts.cc || parts.commons)
                && !parts.has_tool()
                && gap == Gap::Tight
                && token.range.start - parts.reach <= 1
                && !self.after(token.range.end).starts_with(['.', ',', '%']);
            if fits {
                parts.unit = Some("zero");
                parts.coded = true;
            }
            return fits;
        }
        let known = parts.version.as_deref();
        if known.is_some() {
            return known == Some(version)
                && (parts.in_brackets(self) || matches!(gap, Gap::Open | Gap::Close));
        }
        if !parts.has_tool() && !parts.cc && !parts.commons && !parts.letter_o {
            return false;
        }
        if bare {
            let between = &self.folded.text[parts.reach..token.range.start];
            let announced =
                between.trim_end_matches([' ', '.']).ends_with(char::is_alphanumeric);
            let after = self.after(token.range.end).trim_start_matches([' ', '"', '\'']);
            let ends = !after.starts_with(char::is_alphanumeric)
                && !after.starts_with([':', '/', '%', '-'])
                || LICENSES.iter().any(|w| after.starts_with(w));
            if !parts.has_tool() || !(announced || ends && gap != Gap::Comma) {
                return false;
            }
        }
        if gap == Gap::Comma && !parts.license && !parts.commons && bare {
            return false;
        }
        parts.version = Some(version.to_owned());
        parts.bare = bare;
        true
    }

    fn join_port(
        &self,
        parts: &mut Parts,
        token: &Token,
        (code, named): (&str, bool),
        gap: Gap,
    ) -> bool {
        if !parts.has_tool()
            || parts.port.is_some()
            || parts.generic && parts.version.is_some()
        {
            return parts.port.as_deref() == Some(code) && gap != Gap::Filler;
        }
        let direct = matches!(gap, Gap::Tight | Gap::Open) && {
            let between = &self.folded.text[parts.reach..token.range.start];
            !between.contains(['\n', ':', '=', '·', '"', '+'])
        };
        if !direct {
            return false;
        }
        let after = self.after(token.range.end);
        let joined = self.folded.text[..token.range.start].ends_with(['-', '/', '_']);
        let word = after.strip_prefix(' ').unwrap_or_default();
        let original = self.after_in_source(token.range.end);
        // The port ends the name. "CC BY 3.0 Georgia O'Keeffe" is no port, and
        // in "CC BY 4.0 IN ALL COUNTRIES" nothing is.
        let ends = !word.starts_with(char::is_alphanumeric)
            || LICENSES.iter().any(|w| word.starts_with(w))
            || word.starts_with(|c: char| c.is_ascii_digit())
            || !original.trim_start().starts_with(char::is_uppercase)
                && (named || joined || gap == Gap::Open);
        if !ends {
            return false;
        }
        parts.port = Some(code.to_owned());
        true
    }

    fn after_in_source(&self, at: usize) -> &str {
        let start = self.folded.source(at..at + 1).start;
        self.source.get(start..).unwrap_or_default()
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
            return p.commons
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
            return p.elements.by && count > 1 && (hyphened || known);
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
            return full;
        }
        full || p.tight
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
        let meaning = p.meaning();
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

/// The beginnings of words for "license" that may follow a bare number.
const LICENSES: &[&str] = &["licen", "lizen", "lisens", "llicen", "лиценз", "ліценз"];

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
    }
}

fn is_known_version(version: &str) -> bool {
    matches!(version, "1.0" | "2.0" | "2.1" | "2.5" | "3.0" | "4.0")
}

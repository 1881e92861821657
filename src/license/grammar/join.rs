//! Which word can belong to the same reference as those before it.

use super::super::resolve::Elements;
use super::super::tokens::{Kind, Token};
use super::Parts;
use super::text::{Gap, Text};

impl Text<'_> {
    /// Joins `token` to `parts`, if it can belong to the same reference.
    pub(super) fn join(
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
                self.join_version(parts, token, (version, *bare), gap, next)
            }
            Kind::Generic => {
                // "Creative Commons 4.0 International Attribution".
                let named = parts.has_tool() || parts.commons && parts.leading;
                let fits = named && parts.port.is_none() && gap != Gap::Filler;
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

    pub(super) fn join_elements(
        &self,
        parts: &mut Parts,
        token: &Token,
        (elements, named): (Elements, bool),
        gap: Gap,
        next: Option<&Token>,
    ) -> bool {
        if parts.letter_o {
            return false;
        }
        let known = parts.elements;
        // In "CC 4.0 BY-NC" the elements follow the version.
        let open = parts.leading && gap == Gap::Tight;
        let complete =
            parts.unit.is_some() || parts.version.is_some() && known.count() > 0 && !open;
        if complete && self.is_afterthought(token, (elements, named), gap, known) {
            parts.spoilt = Some("an element follows what should be the whole name");
            return true;
        }
        if parts.unit.is_some() {
            return false;
        }
        let repeated = known.has_any(elements);
        if repeated {
            let hyphened = self.folded.text[..token.range.start].ends_with(['-', '_']);
            if hyphened
                && gap == Gap::Tight
                && !named
                && !parts.named
                && parts.version.is_none()
            {
                parts.elements = known.with(Elements { repeated: true, ..elements });
                return true;
            }
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
        if parts.version.is_some() && known != Elements::default() && !open {
            return false;
        }
        let marked = parts.cc || parts.commons;
        let first = known == Elements::default();
        // "Attribution: by NC Wyeth" mixes a name with initials.
        if !named && !marked && parts.named && gap != Gap::Open {
            return false;
        }
        let fits = match gap {
            Gap::Tight | Gap::Open => true,
            // "(CC) BY", "Attribution (BY) NonCommercial".
            Gap::Close => true,
            Gap::Comma => {
                named && !first
                    || first && parts.commons
                    || marked && !named && self.is_listed(token, next)
            }
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

    /// Whether a code after a comma goes on with those before it, as in "CC BY,
    /// NC, ND 4.0", and is not the initials in "CC BY, NC Wyeth".
    pub(super) fn is_listed(&self, token: &Token, next: Option<&Token>) -> bool {
        let joins = next.is_some_and(|n| {
            n.range.start - token.range.end <= 2
                && matches!(
                    n.kind,
                    Kind::Version { .. }
                        | Kind::Elements { named: false, .. }
                        | Kind::License
                )
        });
        let after = self.after(token.range.end).trim_start_matches(' ');
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '.');
        !self.original(&token.range).contains(char::is_lowercase) && (joins || ends)
    }

    /// Whether an element belongs to the complete name before it, which it
    /// makes another license or none: "CC BY 4.0 NC", "CC0-NC". "CC BY 4.0
    /// non-commercial use" are words of a sentence.
    pub(super) fn is_afterthought(
        &self,
        token: &Token,
        (elements, named): (Elements, bool),
        gap: Gap,
        known: Elements,
    ) -> bool {
        let joined =
            self.folded.text[..token.range.start].ends_with(['-', '_', '+', '/']);
        let new = known.with(elements) != known;
        if !new || elements.by && !joined || matches!(gap, Gap::Apart | Gap::Filler) {
            return false;
        }
        let after = self.after_in_source(token.range.end);
        let after = after.trim_start_matches([' ', '-']);
        let license = LICENSES
            .iter()
            .any(|w| after.get(..w.len()).is_some_and(|s| s.eq_ignore_ascii_case(w)));
        let ends = license || !after.starts_with(char::is_lowercase);
        let capital = self.original(&token.range).starts_with(char::is_uppercase);
        ends && (named || joined || capital)
    }

    /// Looks at what is joined to the parts without being one of them, which
    /// leaves no license that could be told: an element that does not exist, a
    /// version that is open above. Returns the token to go on with.
    pub(super) fn spoil(
        &self,
        parts: &mut Parts,
        tokens: &[Token],
        next: usize,
    ) -> usize {
        let after = self.after(parts.range.end);
        if parts.version.is_some() && parts.has_tool() {
            let open = after.strip_prefix('+');
            if open.is_some_and(|s| !s.trim_start().starts_with(char::is_alphanumeric)) {
                parts.spoilt = Some("the version is open");
                parts.range.end += 1;
                parts.reach = parts.reach.max(parts.range.end);
            }
            return next;
        }
        if parts.elements.count() > 0 && parts.named && parts.port.is_none() {
            return self.spoil_name(parts, tokens, next);
        }
        if parts.elements.count() == 0 || !parts.coded || parts.port.is_some() {
            return next;
        }
        let Some(rest) = after.strip_prefix('-') else { return next };
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = parts.range.end + 1..parts.range.end + 1 + len;
        let version = tokens.get(next..).unwrap_or_default().iter().find(|t| {
            t.range.start >= word.end && matches!(t.kind, Kind::Version { .. })
        });
        let version = version.filter(|t| {
            self.folded.text[word.end..t.range.start]
                .trim_matches([' ', '-', '_'])
                .is_empty()
        });
        let capitals = !self.original(&word).contains(char::is_lowercase);
        if (1..=4).contains(&len) && (version.is_some() || len == 2 && capitals) {
            parts.spoilt = Some("there is no such element");
            parts.range.end = version.map_or(word.end, |t| t.range.end);
            parts.reach = parts.range.end;
            let beyond = |t: &Token| t.range.start >= parts.range.end;
            return tokens
                .iter()
                .skip(next)
                .position(beyond)
                .map_or(tokens.len(), |i| i + next);
        }
        next
    }

    /// The same after the name of an element, in whose language another may have
    /// a name that is not known here.
    fn spoil_name(&self, parts: &mut Parts, tokens: &[Token], next: usize) -> usize {
        const LONGEST: usize = 60;
        let after = self.after(parts.range.end);
        let Some(rest) = after.strip_prefix('-') else { return next };
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let begins = self.after_in_source(parts.range.end + 1);
        let capital = |s: &str| s.starts_with(char::is_uppercase);
        let alike = capital(begins) == capital(self.original(&parts.range));
        if word.chars().count() < 4 || !alike || matches!(word, "only" | "style" | "type")
        {
            return next;
        }
        let at = parts.range.end + 1 + word.len();
        if tokens.get(next).is_some_and(|t| t.range.start < at) {
            return next;
        }
        // The version after the rest of the name.
        let version = tokens.get(next).filter(|t| {
            let between = self.folded.text.get(at..t.range.start).unwrap_or_default();
            matches!(t.kind, Kind::Version { .. })
                && between.len() <= LONGEST
                && between.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
        });
        parts.spoilt = Some("a part of the name is not known");
        parts.range.end = version.map_or(at, |t| t.range.end);
        parts.reach = parts.range.end;
        next + usize::from(version.is_some())
    }

    /// Whether a code such as "by" is one, and not the word.
    pub(super) fn is_code(
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

    pub(super) fn join_version(
        &self,
        parts: &mut Parts,
        token: &Token,
        (version, bare): (&str, bool),
        gap: Gap,
        next: Option<&Token>,
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
        if parts.has_tool() && !self.is_at_hand(parts, token, gap, next) {
            return false;
        }
        parts.leading = !parts.has_tool();
        parts.version = Some(version.to_owned());
        parts.bare = bare;
        true
    }

    /// Whether a version belongs to the name before it although a comma or the
    /// end of a line stands between: "CC BY, 4.0" may go on with anything.
    fn is_at_hand(
        &self,
        parts: &Parts,
        token: &Token,
        gap: Gap,
        next: Option<&Token>,
    ) -> bool {
        let between = &self.folded.text[parts.reach..token.range.start];
        let after = self.after(token.range.end);
        let announced = between.contains(char::is_alphanumeric);
        let titled = next.is_some_and(|n| {
            n.range.start - token.range.end <= 2
                && matches!(n.kind, Kind::Generic | Kind::Port { .. } | Kind::License)
        });
        if announced || titled {
            return true;
        }
        let broken = between.contains('\n')
            && after.trim_start_matches(' ').starts_with(char::is_alphanumeric);
        gap != Gap::Comma && !broken
    }

    pub(super) fn join_port(
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
}

/// The beginnings of words for "license" that may follow a bare number.
pub(super) const LICENSES: &[&str] =
    &["licen", "lizen", "lisens", "llicen", "лиценз", "ліценз"];

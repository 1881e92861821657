//! Copyright notices: who claims, and for which years.

use std::ops::Range;

use super::super::memo::{Memo, remembered};
use super::phrases::{Hit, Kind, Reading};
use super::placeholders::is_device_default;
use super::text::Gap;

/// A copyright notice that names an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice<'t> {
    /// Whose the copyright is, as written. In the two-part form of Exif, the
    /// photographer; `None` there where only the editor is named.
    pub owner: Option<&'t str>,
    /// The first and the last year that it gives.
    pub years: Option<(u16, u16)>,
    /// The editor, in the two-part form of Exif (Exif 3.0, 4.6.5.4.7).
    pub editor: Option<&'t str>,
}

/// The copyright notice in `text`, or `None` where none names an owner.
///
/// "Copyright", "© 2005" and "No known copyright" name nobody. The two-part
/// form parts the photographer's notice from the editor's with a NUL.
pub fn notice(text: &str) -> Option<Notice<'_>> {
    thread_local! {
        static MEMO: Memo<Option<Spans>> = Memo::default();
    }
    let read = |text: &str| read_notice(text).map(|notice| Spans::new(text, &notice));
    let spans = remembered(&MEMO, text, read)?;
    let part = |span: Option<Range<usize>>| span.and_then(|span| text.get(span));
    Some(Notice {
        owner: part(spans.owner),
        years: spans.years,
        editor: part(spans.editor),
    })
}

/// A notice by the places in its text.
#[derive(Clone)]
struct Spans {
    owner: Option<Range<usize>>,
    years: Option<(u16, u16)>,
    editor: Option<Range<usize>>,
}

impl Spans {
    /// The places of `notice`, which is of `text`.
    fn new(text: &str, notice: &Notice<'_>) -> Self {
        let span = |part: &str| {
            let start = part.as_ptr().addr() - text.as_ptr().addr();
            start..start + part.len()
        };
        Self {
            owner: notice.owner.map(span),
            years: notice.years,
            editor: notice.editor.map(span),
        }
    }
}

fn read_notice(text: &str) -> Option<Notice<'_>> {
    let Some((photographer, editor)) = two_parts(text) else {
        return single(text);
    };
    let first = part(photographer);
    let second = part(editor);
    let years = first.as_ref().or(second.as_ref()).and_then(|notice| notice.years);
    let owner = first.and_then(|notice| notice.owner);
    let editor = second.and_then(|notice| notice.owner);
    (owner.is_some() || editor.is_some()).then_some(Notice { owner, years, editor })
}

/// The photographer's and the editor's part, where `text` has a second part.
fn two_parts(text: &str) -> Option<(&str, &str)> {
    let (photographer, editor) = text.split_once('\0')?;
    let editor = editor.trim_matches(['\0', ' ']);
    (!editor.is_empty()).then_some((photographer, editor))
}

/// A part of the two-part form, which need not say "copyright".
fn part(text: &str) -> Option<Notice<'_>> {
    if let Some(notice) = single(text) {
        return Some(notice);
    }
    let claims = Claims::new(text);
    let mut at = 0;
    if ["photographer", "editor"].contains(&claims.reading.text.word(0)) {
        at = 1;
    }
    let owned = claims.owner_after(at, true)?;
    let denied = Kind::PublicDomain;
    (claims.reading.hits(denied).next().is_none()).then_some(owned)
}

/// The first notice in one part that names an owner.
fn single(text: &str) -> Option<Notice<'_>> {
    if is_device_default(text) {
        return None;
    }
    let claims = Claims::new(text);
    let reading = &claims.reading;
    let found =
        reading.hits(Kind::Copyright).find_map(|hit| claims.notice_at(hit)).or_else(
            || reading.hits(Kind::Reserved).find_map(|hit| claims.reserved_for(hit)),
        );
    found.filter(|notice| !notice.owner.is_some_and(is_device_default))
}

/// How many words an owner's name may have.
const LONGEST_OWNER: usize = 24;

/// Words with which the license begins that stands beside a notice.
const ENDS: &[&str] = &[
    "cc", "cc0", "http", "https", "licensed", "license", "licence", "lizenz", "licencia",
    "licenza", "licentie", "licenca",
];

/// How many words with nothing but a notice in them make up the whole value:
/// there, "copyright jane doe" needs no capital letters.
const SHORT: usize = 6;

struct Claims<'t> {
    reading: Reading<'t>,
    copyright: Vec<bool>,
    reserved: Vec<bool>,
    not_owner: Vec<bool>,
    terms: Vec<bool>,
    /// How many words each connecting phrase has that begins at a word.
    links: Vec<bool>,
}

impl<'t> Claims<'t> {
    fn new(text: &'t str) -> Self {
        let reading = Reading::new(text);
        Self {
            copyright: reading.starts(Kind::Copyright),
            reserved: reading.starts(Kind::Reserved),
            not_owner: reading.starts(Kind::NotOwner),
            terms: reading.starts(Kind::Terms),
            links: reading.starts(Kind::Link),
            reading,
        }
    }

    fn notice_at(&self, hit: Hit) -> Option<Notice<'t>> {
        let is_sign = matches!(self.reading.text.word(hit.first), "©" | "℗");
        if is_sign && self.is_item_of_a_list(hit.first) {
            return None;
        }
        let follows = |words: &dyn Fn(usize) -> bool| {
            hit.first.checked_sub(1).is_some_and(words)
                && self.gap(hit.first) == Gap::Space
        };
        let denied = if is_sign {
            follows(&|before| self.reading.word_is(before, Kind::No, &["en"]))
        } else {
            // "In copyright" names a state, and nobody.
            follows(&|before| matches!(self.reading.text.word(before), "in" | "under"))
                || self.reading.is_denied(hit, 4)
        };
        if denied {
            return None;
        }
        let is_sure = is_sign || self.reading.text.words.len() <= SHORT;
        self.owner_after(hit.end, is_sure).or_else(|| self.owner_before(hit, is_sign))
    }

    /// The owner for whom all rights are reserved: "Tous droits réservés, Musée
    /// de Lyon". Only at the end of the text, where nothing else is said.
    fn reserved_for(&self, hit: Hit) -> Option<Notice<'t>> {
        let next = hit.end;
        let rest = self.reading.text.words.len().saturating_sub(next);
        let joined = match self.gap(next) {
            Gap::Sentence => false,
            Gap::Part => true,
            Gap::Space => self.is_marked(&self.links, next),
        };
        let named = joined && rest <= SHORT && !self.reading.is_denied(hit, 1);
        named.then(|| self.owner_after(next, false)).flatten()
    }

    /// The owner named from word `from` on. `is_sure` where a sign or the
    /// field says that there is a notice, so that any name will do.
    fn owner_after(&self, from: usize, is_sure: bool) -> Option<Notice<'t>> {
        let text = &self.reading.text;
        let mut is_sure = is_sure;
        let mut years = None;
        let mut at = from;
        // "©", years, "by", "the": each step takes a word.
        while at < text.words.len() && at - from < LONGEST_OWNER {
            if at > from && self.gap(at) == Gap::Sentence && years.is_none() {
                return None;
            }
            if let Some(year) = year(text.word(at)) {
                years = Some(widen(years, year));
                is_sure = true;
            } else if let Some(short) = self.short_year(at, years) {
                years = Some(widen(years, short));
            } else if self.is_marked(&self.copyright, at)
                && !self.is_marked(&self.reserved, at)
            {
                is_sure |= matches!(text.word(at), "©" | "℗");
            } else if !(self.is_marked(&self.links, at) && self.is_joined(at)) {
                break;
            }
            at += 1;
        }
        let end = self.owner_end(at);
        let (owner, trailing) = self.name(at..end, is_sure)?;
        let years =
            trailing.into_iter().fold(years, |years, year| Some(widen(years, year)));
        Some(Notice { owner: Some(owner), years, editor: None })
    }

    /// The owner named before the sign or the years: "City Museum © 2014".
    fn owner_before(&self, hit: Hit, is_sign: bool) -> Option<Notice<'t>> {
        let text = &self.reading.text;
        let mut end = hit.end;
        let mut years = None;
        while let Some(year) =
            year(text.word(end)).filter(|_| end - hit.end < LONGEST_OWNER)
        {
            years = Some(widen(years, year));
            end += 1;
        }
        if self.gap(hit.first) == Gap::Sentence || !(is_sign || years.is_some()) {
            return None;
        }
        let mut first = hit.first.checked_sub(1)?;
        while hit.first - first < LONGEST_OWNER
            && self.gap(first) == Gap::Space
            && first > 0
        {
            first -= 1;
        }
        let (owner, _) = self.name(first..hit.first, false)?;
        Some(Notice { owner: Some(owner), years, editor: None })
    }

    /// Before which word the name that begins at `at` ends.
    fn owner_end(&self, at: usize) -> usize {
        let text = &self.reading.text;
        let mut end = at;
        while end < text.words.len() && end - at < LONGEST_OWNER {
            let stops = end > at
                && (self.gap(end) == Gap::Sentence
                    || self.is_marked(&self.copyright, end)
                    || self.gap(end) == Gap::Part
                        && self.is_marked(&self.not_owner, end)
                    || text.word(end) == "www"
                    || self.ends_line(end));
            if stops
                || self.is_marked(&self.reserved, end)
                || self.is_marked(&self.terms, end)
                || ENDS.contains(&text.word(end))
            {
                break;
            }
            end += 1;
        }
        // "© City Museum and may not be copied".
        while end > at && self.reading.word_is(end - 1, Kind::And, &["*"]) {
            end -= 1;
        }
        end
    }

    /// Whether a new line begins at the word `index`.
    fn ends_line(&self, index: usize) -> bool {
        let previous = index.checked_sub(1);
        previous.and_then(|at| self.between(at)).is_some_and(|gap| gap.contains('\n'))
    }

    /// The words as a name without its years, or `None` where they are none.
    fn name(&self, words: Range<usize>, is_sure: bool) -> Option<(&'t str, Vec<u16>)> {
        let text = &self.reading.text;
        let Range { start, mut end } = words;
        let mut years = Vec::new();
        while end > start {
            let last = end - 1;
            if let Some(year) = year(text.word(last)) {
                years.push(year);
                end -= 1;
                continue;
            }
            // "1995-96" at the end.
            let before = last.checked_sub(1).and_then(|before| year(text.word(before)));
            let Some(year) = before.filter(|_| last > start) else { break };
            let Some(short) = self.short_year(last, Some((year, year))) else { break };
            years.extend([year, short]);
            end -= 2;
        }
        let first = text.written(start).chars().next().filter(|_| end > start)?;
        let letters = text.original.get(text.span(start, end))?;
        let letters = letters.chars().filter(|c| c.is_alphabetic()).count();
        let fits = !self.is_marked(&self.not_owner, start)
            && !self.is_marked(&self.copyright, start)
            && !self.is_placeholder(start, end)
            && letters >= 2
            && (is_sure || !first.is_lowercase());
        let mut span = text.span(start, end);
        let name = text.original.get(span.clone())?;
        // The bracket of "The Author(s)" is part of the name.
        if name.matches('(').count() > name.matches(')').count()
            && text.original.get(span.end..)?.starts_with(')')
        {
            span.end += 1;
        }
        fits.then_some((text.original.get(span)?, years))
    }

    /// "your name", "name of the owner": a form that nobody filled in.
    fn is_placeholder(&self, start: usize, end: usize) -> bool {
        let text = &self.reading.text;
        end - start <= 3
            && matches!(text.word(start), "your" | "insert")
            && matches!(text.word(end - 1), "name" | "company" | "here")
    }

    /// "(a) …, (b) …, (c) …": a letter of a list, and no sign.
    fn is_item_of_a_list(&self, index: usize) -> bool {
        let text = &self.reading.text;
        text.written(index).starts_with('(')
            && (index.saturating_sub(60)..index).any(|i| {
                text.word(i) == "b"
                    && text.words.get(i).is_some_and(|word| {
                        text.original
                            .get(..word.span.start)
                            .is_some_and(|before| before.ends_with('('))
                    })
            })
    }

    /// "96" after "1995-".
    fn short_year(&self, index: usize, years: Option<(u16, u16)>) -> Option<u16> {
        let text = &self.reading.text;
        let word = text.word(index);
        let (_, last) = years?;
        let before = text.words.get(index)?.span.start;
        let joined = text
            .original
            .get(..before)?
            .ends_with(['-', '–', '/', '\u{2010}', '\u{2011}']);
        let two = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
        let short: u16 = word.parse().ok().filter(|_| joined && two)?;
        Some(last - last % 100 + short).filter(|year| *year >= last)
    }

    fn is_marked(&self, marks: &[bool], index: usize) -> bool {
        marks.get(index) == Some(&true)
    }

    /// Whether the word is written small or has no case, as a preposition is, or
    /// is a label: "Le Monde" begins with its name, "Holder: Le Monde" does not.
    fn is_joined(&self, index: usize) -> bool {
        let written = self.reading.text.written(index);
        !written.chars().next().is_some_and(char::is_uppercase)
            || written.chars().all(|c| !c.is_lowercase())
            || self.between(index).is_some_and(|after| after.starts_with([':', '：']))
    }

    /// What stands between the word `index` and the next.
    fn between(&self, index: usize) -> Option<&'t str> {
        let text = &self.reading.text;
        let (a, b) = (text.words.get(index)?, text.words.get(index + 1)?);
        text.original.get(a.span.end..b.span.start)
    }

    fn gap(&self, index: usize) -> Gap {
        self.reading.text.words.get(index).map_or(Gap::Sentence, |word| word.gap)
    }
}

/// A year of four digits in which somebody may have claimed copyright.
fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| digits && (1500..2100).contains(year))
}

fn widen(years: Option<(u16, u16)>, year: u16) -> (u16, u16) {
    let (first, last) = years.unwrap_or((year, year));
    (first.min(year), last.max(year))
}

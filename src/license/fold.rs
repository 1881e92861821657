//! Text as it is compared: one case, no diacritics, no markup, every kind of
//! hyphen a hyphen – and the way back to the bytes that it came from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::Lexicon;
use super::markup::{entity, is_block, says_license, tag_len};

/// Stands in folded text where an address stood.
pub(super) const ADDRESS: char = '\u{1}';
/// Stands where a paragraph, a list item or a cell of a table ends.
pub(super) const BREAK: char = '\u{2}';

/// A folded stretch of a text.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Letters and digits in lower case, without diacritics; one space for any
    /// white space, `\n` for a line break; other characters in plain form.
    pub(super) text: String,
    /// For each byte of [`Self::text`], which bytes of the source gave it,
    /// counted from the start of the stretch.
    from: Vec<(u32, u32)>,
    /// Where the stretch begins in the source.
    base: usize,
    /// For each address, in order: the byte of [`Self::text`] that stands for
    /// it, and whether the tag it stands in says `rel="license"`.
    pub(super) addresses: Vec<(usize, bool)>,
}

impl Folded {
    /// Which bytes of the source gave these bytes of the folded text.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.from.get(range.start).map_or(0, |f| f.0);
        let last = range.end.checked_sub(1).and_then(|i| self.from.get(i));
        let end = last.map_or(start, |f| f.1).max(start);
        self.base + start as usize..self.base + end as usize
    }

    fn push(&mut self, c: char, from: (u32, u32)) {
        self.text.push(c);
        self.from.resize(self.text.len(), from);
    }

    /// Adds white space, of which there is never more than one character.
    fn space(&mut self, c: char, from: (u32, u32)) {
        match (self.text.chars().next_back(), c) {
            (Some(' '), '\n' | BREAK) | (Some('\n'), BREAK | '\n') => {
                // Two line breaks make a paragraph.
                let c = if self.text.ends_with('\n') { BREAK } else { c };
                self.text.pop();
                self.text.push(c);
            }
            (Some(' ' | '\n' | BREAK), _) => {}
            _ => self.push(c, from),
        }
    }

    /// Rewrites the word that begins at `start` where it is a Latin one in
    /// disguise.
    fn unmask(&mut self, start: usize) {
        const LONGEST: usize = 64;
        let word = &self.text[start..];
        if word.len() > LONGEST {
            return;
        }
        let latin: String = word.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
        let mixed = word.bytes().any(|b| b.is_ascii_alphabetic());
        let known = ["cc", "by", "ccby", "cc0", "nc", "nd", "sa", "bync", "bysa"];
        if !latin.is_ascii() || !mixed && !known.contains(&latin.as_str()) {
            return;
        }
        let from: Vec<_> =
            word.char_indices().map(|(i, _)| self.from[start + i]).collect();
        self.text.truncate(start);
        self.from.truncate(start);
        for (c, from) in latin.chars().zip(from) {
            self.push(c, from);
        }
    }
}

/// Folds `source[range]`. `addresses` are the parts of it, in order, that are
/// addresses and no prose; their ranges count from the start of `source`.
pub(super) fn fold(
    source: &str,
    range: Range<usize>,
    addresses: &[Range<usize>],
) -> Folded {
    let base = range.start;
    let text = &source[range];
    let mut folded = Folded { base, ..Folded::default() };
    folded.text.reserve(text.len());
    folded.from.reserve(text.len());
    let bytes = text.as_bytes();
    let mut addresses = addresses.iter().map(|a| a.start - base..a.end - base).peekable();
    let mut word: Option<(usize, bool)> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(address) = addresses.next_if(|a| a.start <= at) {
            close(&mut folded, &mut word);
            at = address.end.max(at);
            place_address(&mut folded, address, false);
            continue;
        }
        let span = |len: usize| (at as u32, (at + len) as u32);
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                word.get_or_insert((folded.text.len(), false));
                let end = next_address(&mut addresses, bytes.len());
                let run = bytes[at..end].iter().take_while(|b| b.is_ascii_alphanumeric());
                for b in run {
                    folded.text.push(char::from(b.to_ascii_lowercase()));
                    folded.from.push((at as u32, at as u32 + 1));
                    at += 1;
                }
            }
            b' ' if at > 0 && bytes[at - 1].is_ascii_alphanumeric() => {
                close(&mut folded, &mut word);
                folded.text.push(' ');
                folded.from.push(span(1));
                at += 1;
            }
            b'<' if tag_len(&bytes[at..]).is_some() => {
                close(&mut folded, &mut word);
                let len = tag_len(&bytes[at..]).unwrap_or(1);
                let end = at + len;
                let tag = &text[at..end];
                let rel = says_license(tag);
                while let Some(address) = addresses.next_if(|a| a.start < end) {
                    place_address(&mut folded, address, rel);
                }
                folded.space(if is_block(tag) { BREAK } else { ' ' }, span(len));
                at = end;
            }
            b'&' => {
                let (c, len) = entity(&text[at..]).unwrap_or(('&', 1));
                add(&mut folded, &mut word, c, span(len));
                at += len;
            }
            0..=0x7F => {
                add(&mut folded, &mut word, char::from(byte), span(1));
                at += 1;
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or(' ');
                add(&mut folded, &mut word, c, span(c.len_utf8()));
                at += c.len_utf8();
            }
        }
    }
    close(&mut folded, &mut word);
    folded
}

/// Where the next address begins, or `end` where there is none.
fn next_address(
    addresses: &mut std::iter::Peekable<impl Iterator<Item = Range<usize>>>,
    end: usize,
) -> usize {
    addresses.peek().map_or(end, |a| a.start.min(end))
}

fn place_address(folded: &mut Folded, at: Range<usize>, rel: bool) {
    let from = (at.start as u32, at.end as u32);
    folded.space(' ', (from.0, from.0));
    folded.addresses.push((folded.text.len(), rel));
    folded.push(ADDRESS, from);
    folded.space(' ', (from.1, from.1));
}

/// Ends the word that is being folded.
fn close(folded: &mut Folded, word: &mut Option<(usize, bool)>) {
    if let Some((start, true)) = word.take() {
        folded.unmask(start);
    }
}

/// Adds what `c` folds to.
fn add(folded: &mut Folded, word: &mut Option<(usize, bool)>, c: char, from: (u32, u32)) {
    match c {
        // Invisible: soft hyphen, zero width, marks of direction, tatweel.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{640}'
        | '\u{61C}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => return,
        _ => {}
    }
    if folds_to_itself(c) {
        let entry = word.get_or_insert((folded.text.len(), false));
        entry.1 |= look_alike(c).is_some();
        folded.push(c, from);
        return;
    }
    if is_alphanumeric(c) || is_combining_mark(c) {
        for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
            for c in c.to_lowercase() {
                let entry = word.get_or_insert((folded.text.len(), false));
                entry.1 |= look_alike(c).is_some();
                match plain(c) {
                    Some(letters) => letters.chars().for_each(|c| folded.push(c, from)),
                    None => folded.push(c, from),
                }
            }
        }
        return;
    }
    close(folded, word);
    if let Some(letters) = symbol(c) {
        if folded.text.ends_with(char::is_alphanumeric) && letters != "0" {
            folded.push(' ', from);
        }
        letters.chars().for_each(|c| folded.push(c, from));
        return;
    }
    match c {
        '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' => folded.space('\n', from),
        '\u{2029}' => folded.space(BREAK, from),
        '\u{58A}'
        | '\u{5BE}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{301C}' => folded.push('-', from),
        '\u{2018}' | '\u{2019}' | '\u{B4}' | '\u{2032}' | '`' => folded.push('\'', from),
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' | '《'
        | '》' => {
            folded.push('"', from);
        }
        '。' => {
            folded.push('.', from);
            folded.space(' ', from);
        }
        '、' => folded.push(',', from),
        '؟' => folded.push('?', from),
        '・' | '·' | '•' => folded.push('·', from),
        c if c.is_whitespace() || c.is_control() => folded.space(' ', from),
        c if c.is_ascii() => folded.push(c, from),
        c => std::iter::once(c).nfkd().for_each(|c| {
            if c.is_whitespace() {
                folded.space(' ', from);
            } else {
                folded.push(c, from);
            }
        }),
    }
}

/// Whether `c` is a letter that has no case but its own, no mark, and no other
/// form. These are of Cyrillic and Han; others take the long way.
fn folds_to_itself(c: char) -> bool {
    matches!(c, 'а'..='и' | 'к'..='я' | '\u{4E00}'..='\u{9FFF}')
}

/// The letters for a symbol of Creative Commons (Unicode 13, U+1F10D and on).
fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{1F16D}' => "cc",
        '\u{1F16F}' => "by",
        '\u{1F10F}' => "nc",
        '\u{1F10E}' => "sa",
        '\u{229C}' => "nd",
        '\u{1F10D}' => "0",
        _ => return None,
    })
}

/// What people type for a letter that does not decompose.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ı' => "i",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic or Greek one, in lower case, looks like in
/// some case.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'е' | 'ε' => 'e',
        'і' | 'ι' => 'i',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'ԁ' => 'd',
        'һ' => 'h',
        _ => return None,
    })
}

/// Letters and digits alone, with the way back to the folded text.
#[derive(Debug, Default)]
pub(super) struct Squashed {
    /// The letters and digits of a folded text, nothing between them.
    pub(super) text: String,
    /// For each byte of [`Self::text`], its place in the folded text.
    at: Vec<u32>,
}

impl Squashed {
    /// Squashes a folded text.
    pub(super) fn new(folded: &str) -> Self {
        let mut squashed = Self {
            text: String::with_capacity(folded.len()),
            at: Vec::with_capacity(folded.len()),
        };
        for (i, c) in folded.char_indices() {
            if is_alphanumeric(c) {
                squashed.text.push(c);
                squashed.at.extend((i..i + c.len_utf8()).map(|i| i as u32));
            }
        }
        squashed
    }

    /// Which bytes of the squashed text come from these of the folded one.
    pub(super) fn squashed(&self, folded: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.at.partition_point(|i| (*i as usize) < at);
        place(folded.start)..place(folded.end)
    }

    /// The keys of `lexicon` in a part of the squashed text: their numbers, and
    /// which bytes of the folded text they come from.
    pub(super) fn keys(
        &self,
        lexicon: &Lexicon,
        part: Range<usize>,
    ) -> impl Iterator<Item = (usize, Range<usize>)> {
        let (base, text) = (part.start, &self.text[part]);
        text.char_indices().flat_map(move |(at, _)| {
            let found = lexicon.at(&text.as_bytes()[at..]);
            let start = base + at;
            found.map(move |(number, len)| (number, self.folded(start..start + len)))
        })
    }

    /// Which bytes of the folded text these bytes come from.
    pub(super) fn folded(&self, range: Range<usize>) -> Range<usize> {
        let start = self.at.get(range.start).copied().unwrap_or(0) as usize;
        let last = range.end.checked_sub(1).and_then(|i| self.at.get(i));
        start..last.map_or(start, |&i| i as usize + 1)
    }
}

/// Whether `c` is a letter or a digit, as [`char::is_alphanumeric`] tells, which
/// takes some hundred instructions for what is not ASCII.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{3B1}'..='\u{3CE}'
        | '\u{400}'..='\u{481}'
        | '\u{620}'..='\u{64A}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => true,
        c => c.is_alphanumeric(),
    }
}

/// The last place at or before `at` where a character of `text` begins, or the end.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// `text` as names and phrases are compared: folded and squashed.
pub(super) fn key(text: &str) -> String {
    // Nothing else folds to more than its letters in lower case.
    if text.bytes().all(|b| b.is_ascii() && !matches!(b, b'<' | b'&')) {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    Squashed::new(&fold(text, 0..text.len(), &[]).text).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text, 0..text.len(), &[]).text
    }

    #[test]
    fn spellings_fold_to_one() {
        for (text, expected) in [
            ("CC\u{2011}BY\u{A0}4.0", "cc-by 4.0"),
            ("CC&nbsp;BY&#8209;SA &amp;ndash; x", "cc by-sa - x"),
            ("Crea\u{AD}tive \u{200B}Commons", "creative commons"),
            ("ＣＣ　ＢＹ　４．０", "cc by 4.0"),
            ("Atribución–NoComercial", "atribucion-nocomercial"),
            ("<b>CC</b>\r\n  BY", " cc\nby"),
            ("a\n\n b<p>c", "a\u{2}b\u{2}c"),
            ("СС ВУ", "cc by"),
            ("СC BY", "cc by"),
            ("Россия", "россия"),
            ("a < b & c", "a < b & c"),
            ("ИЛИ Я", "или я"),
            ("Œuvre", "oeuvre"),
            ("\u{1F16D}\u{1F16F}\u{229C} 4.0 \u{1F16D}\u{1F10D}", "cc by nd 4.0 cc0"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn letters_that_fold_to_themselves_do() {
        for c in ('\0'..=char::MAX).filter(|c| folds_to_itself(*c)) {
            assert!(std::iter::once(c).nfkd().eq([c]) && c.to_lowercase().eq([c]));
            assert!(c.is_alphanumeric() && !is_combining_mark(c) && plain(c).is_none());
        }
    }

    #[test]
    fn every_folded_byte_knows_where_it_is_from() {
        let text = "x Atribu&ccedil;ão СС <b>by</b>";
        let f = fold(text, 2..text.len(), &[]);
        let part = |needle: &str| {
            let at = f.text.find(needle).unwrap();
            &text[f.source(at..at + needle.len())]
        };
        assert_eq!(part("atribucao"), "Atribu&ccedil;ão");
        assert_eq!(part("cc"), "СС");
        assert_eq!(part("by"), "by");
    }

    #[test]
    fn addresses_are_no_prose_and_their_tags_speak() {
        let text = "<a rel='cc:license nofollow' href=\"URL\">CC BY</a> URL";
        let second = text.len() - 3;
        let first = text.find("URL").unwrap();
        let f = fold(text, 0..text.len(), &[first..first + 3, second..second + 3]);
        assert_eq!(f.text, " \u{1} cc by \u{1} ");
        assert_eq!(f.addresses, [(1, true), (9, false)]);
        assert_eq!(f.source(9..10), second..second + 3);
    }

    #[test]
    fn squashed_text_leads_back() {
        let squashed = Squashed::new("share - alike 4.0");
        assert_eq!(squashed.text, "sharealike40");
        assert_eq!(squashed.folded(0..10), 0..13);
    }
}

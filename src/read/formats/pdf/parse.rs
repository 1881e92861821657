//! Bytes to objects (ISO 32000-2, 7.2 and 7.3).
//!
//! The parser works on a window of the file. Where the window ends inside an
//! object it says so, and the caller comes back with a longer one.

use super::object::{Dict, Id, Object, Text};
use crate::read::{Cap, Limits, Stop};

/// Why there is no object.
#[derive(Debug)]
pub(super) enum Fault {
    /// The window ends before the object does.
    Short,
    /// What is wrong with the object.
    Stop(Stop),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Short => Self::Malformed("a PDF object ends too early"),
            Fault::Stop(stop) => stop,
        }
    }
}

pub(super) type Parsed<T> = Result<T, Fault>;

/// An indirect object, and where its stream begins if it has one.
#[derive(Debug)]
pub(super) struct Indirect {
    pub(super) id: Id,
    pub(super) object: Object,
    /// The position of the first byte of the stream data in the window.
    pub(super) stream: Option<usize>,
    /// Whether something in it was not understood and taken for null.
    pub(super) mended: bool,
}

/// A parser over a window of bytes.
pub(super) struct Parser<'a> {
    limits: &'a Limits,
    data: &'a [u8],
    /// The position of the next byte to be read.
    pub(super) at: usize,
    /// Whether nothing follows the window.
    last: bool,
    /// Whether something was not understood and taken for null.
    pub(super) mended: bool,
    nodes: u32,
    /// Where the window begins in the file.
    origin: u64,
    /// Whether positions in the window are positions in the file.
    stands: bool,
}

impl<'a> Parser<'a> {
    /// A parser of bytes that stand at `origin` of the file; `last` where the
    /// file ends with them.
    pub(super) fn new(
        data: &'a [u8],
        origin: u64,
        last: bool,
        limits: &'a Limits,
    ) -> Self {
        Self { limits, data, at: 0, last, mended: false, nodes: 0, origin, stands: true }
    }

    /// A parser of bytes that were inflated from a stream at `origin`.
    pub(super) fn inflated(data: &'a [u8], origin: u64, limits: &'a Limits) -> Self {
        Self { stands: false, ..Self::new(data, origin, true, limits) }
    }

    fn place(&self, at: usize) -> u64 {
        if self.stands { self.origin.saturating_add(at as u64) } else { self.origin }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// The error at the end of the window.
    fn end(&self) -> Fault {
        if self.last { malformed("a PDF object ends too early") } else { Fault::Short }
    }

    /// Passes over white space and comments.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let line = self.rest().iter().position(|b| matches!(b, b'\r' | b'\n'));
                self.at += line.unwrap_or(self.rest().len());
            } else if !is_space(byte) {
                break;
            } else {
                self.at += 1;
            }
        }
    }

    /// The run of regular characters that comes next; empty at a delimiter.
    fn word(&mut self) -> Parsed<&'a [u8]> {
        let rest = self.rest();
        let len = rest.iter().position(|b| !is_regular(*b));
        if len.is_none() && !self.last {
            return Err(Fault::Short);
        }
        let (word, _) = rest.split_at(len.unwrap_or(rest.len()));
        self.at += word.len();
        Ok(word)
    }

    /// Takes `keyword` if it comes next, after white space.
    pub(super) fn keyword(&mut self, keyword: &str) -> Parsed<bool> {
        self.space();
        let before = self.at;
        let is = self.word()? == keyword.as_bytes();
        if !is {
            self.at = before;
        }
        Ok(is)
    }

    /// An unsigned integer, after white space.
    pub(super) fn unsigned(&mut self) -> Parsed<u64> {
        self.space();
        if self.peek().is_none() {
            return Err(self.end());
        }
        decimal(self.word()?).ok_or_else(|| malformed("expected a number"))
    }

    /// `12 0 obj … endobj`, up to the beginning of the stream if there is one.
    pub(super) fn indirect(&mut self) -> Parsed<Indirect> {
        let number = self.unsigned()?;
        let generation = self.unsigned()?;
        self.space();
        // Some writers leave no space behind the keyword: `1 0 obj<<`.
        let rest = self.rest();
        if rest.len() < 3 {
            return Err(self.end());
        }
        if !rest.starts_with(b"obj") {
            return Err(malformed("no object where one should begin"));
        }
        self.at += 3;
        let id = Id {
            number: u32::try_from(number)
                .map_err(|_| malformed("an object number is out of range"))?,
            generation: u16::try_from(generation).unwrap_or(u16::MAX),
        };
        let object = self.object()?;
        let stream =
            if matches!(object, Object::Dict(_)) { self.stream()? } else { None };
        Ok(Indirect { id, object, stream, mended: self.mended })
    }

    /// Passes over the keyword `stream` and its end of line (7.3.8.1).
    fn stream(&mut self) -> Parsed<Option<usize>> {
        self.space();
        let rest = self.rest();
        // The keyword, and two bytes for the end of the line.
        if rest.len() < 8 && !self.last {
            return Err(Fault::Short);
        }
        let Some(rest) = rest.strip_prefix(b"stream") else { return Ok(None) };
        let eol = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        self.at += 6 + eol;
        Ok(Some(self.at))
    }

    /// Any object, a reference included.
    pub(super) fn object(&mut self) -> Parsed<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: u32) -> Parsed<Object> {
        if depth > self.limits.pdf_depth {
            return Err(Fault::Stop(self.limits.over(Cap::PdfDepth)));
        }
        self.nodes += 1;
        if self.nodes > self.limits.pdf_values {
            return Err(Fault::Stop(self.limits.over(Cap::PdfValues)));
        }
        self.space();
        match self.rest() {
            [] => Err(self.end()),
            [b'/', ..] => {
                self.at += 1;
                Ok(Object::Name(self.name()?))
            }
            [b'(', ..] => self.literal().map(Object::String),
            [b'<', b'<', ..] => {
                self.at += 2;
                self.dict(depth).map(Object::Dict)
            }
            [b'<'] if !self.last => Err(Fault::Short),
            [b'<', ..] => self.hex().map(Object::String),
            [b'[', ..] => {
                self.at += 1;
                self.items(depth).map(Object::Array)
            }
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.number(),
            _ => self.literal_word(),
        }
    }

    /// A keyword. One that is not known, and a delimiter that nothing was opened
    /// for, is passed over, so that what stands around it can be read.
    fn literal_word(&mut self) -> Parsed<Object> {
        let before = self.at;
        match self.word()? {
            b"true" => return Ok(Object::Bool(true)),
            b"false" => return Ok(Object::Bool(false)),
            b"null" => return Ok(Object::Null),
            b"obj" | b"endobj" | b"stream" | b"endstream" | b"xref" | b"trailer" => {
                self.at = before;
                return Err(malformed("a PDF object is not closed"));
            }
            b"" => self.at += 1,
            _ => {}
        }
        self.mended = true;
        Ok(Object::Null)
    }

    /// A name behind its solidus (7.3.5).
    fn name(&mut self) -> Parsed<Box<[u8]>> {
        let word = self.word()?;
        if !word.contains(&b'#') {
            return Ok(word.into());
        }
        let mut name = Vec::with_capacity(word.len());
        let mut rest = word;
        while let Some((first, tail)) = rest.split_first() {
            let escaped = match (first, tail) {
                (b'#', [high, low, tail @ ..]) => {
                    digit(*high).zip(digit(*low)).map(|(h, l)| (h << 4 | l, tail))
                }
                _ => None,
            };
            let (byte, tail) = escaped.unwrap_or((*first, tail));
            name.push(byte);
            rest = tail;
        }
        Ok(name.into())
    }

    fn items(&mut self, depth: u32) -> Parsed<Vec<Object>> {
        let mut items = Vec::new();
        // Every turn reads at least one byte.
        loop {
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(items);
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    /// A dictionary behind its `<<`.
    fn dict(&mut self, depth: u32) -> Parsed<Dict> {
        let mut entries = Vec::new();
        // Every turn reads at least one byte.
        loop {
            self.space();
            match self.rest() {
                [] => return Err(self.end()),
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return Ok(Dict(entries));
                }
                [b'>'] if !self.last => return Err(Fault::Short),
                [b'/', ..] => self.at += 1,
                _ => {
                    // No key: passed over.
                    self.nested(depth + 1)?;
                    self.mended = true;
                    continue;
                }
            }
            let key = self.name()?;
            self.space();
            // A key without a value is met at the end of dictionaries.
            let value = match self.rest() {
                [b'>', b'>', ..] => Object::Null,
                [b'>'] if !self.last => return Err(Fault::Short),
                _ => self.nested(depth + 1)?,
            };
            entries.push((key, value));
        }
    }

    /// A number, or a reference that begins with one (7.3.3, 7.3.10).
    fn number(&mut self) -> Parsed<Object> {
        let word = self.word()?;
        if let Some(number) = decimal(word) {
            let behind = self.at;
            if let Some(id) = self.reference(number)? {
                return Ok(Object::Ref(id));
            }
            self.at = behind;
        }
        let text = std::str::from_utf8(word).unwrap_or_default();
        let number = match text.parse::<i64>() {
            Ok(n) => Some(Object::Integer(n)),
            Err(_) => text.parse::<f64>().ok().map(Object::Real),
        };
        // Readers agree to take `--5` and `1.2.3` for something; what, does not
        // matter here.
        Ok(number.unwrap_or(Object::Integer(0)))
    }

    /// The rest of `number generation R`.
    fn reference(&mut self, number: u64) -> Parsed<Option<Id>> {
        let Ok(number) = u32::try_from(number) else { return Ok(None) };
        self.space();
        if !self.last && self.peek().is_none() {
            return Err(Fault::Short);
        }
        if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let Some(generation) = decimal(self.word()?) else { return Ok(None) };
        self.space();
        if !self.last && self.rest().len() < 2 {
            return Err(Fault::Short);
        }
        match self.rest() {
            [b'R', after, ..] if is_regular(*after) => Ok(None),
            [b'R', ..] => {
                self.at += 1;
                let generation = u16::try_from(generation).unwrap_or(u16::MAX);
                Ok(Some(Id { number, generation }))
            }
            _ => Ok(None),
        }
    }

    /// A string in parentheses (7.3.4.2).
    fn literal(&mut self) -> Parsed<Text> {
        let offset = self.place(self.at);
        self.at += 1;
        let mut bytes = Vec::new();
        let mut open = 1_u32;
        loop {
            let Some((first, rest)) = self.rest().split_first() else {
                return Err(self.end());
            };
            self.at += 1;
            match first {
                b'(' => open = open.saturating_add(1),
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(Text { bytes, offset });
                    }
                }
                b'\\' => {
                    if rest.len() < 3 && !self.last {
                        return Err(Fault::Short);
                    }
                    let (byte, len) = escape(rest);
                    bytes.extend(byte);
                    self.at += len;
                    continue;
                }
                // An end of line is one LINE FEED, however it is written.
                b'\r' => {
                    match rest {
                        [] if !self.last => return Err(Fault::Short),
                        [b'\n', ..] => self.at += 1,
                        _ => {}
                    }
                    bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            bytes.push(*first);
        }
    }

    /// A string of hexadecimal digits (7.3.4.3).
    fn hex(&mut self) -> Parsed<Text> {
        let offset = self.place(self.at);
        self.at += 1;
        let Some(len) = memchr::memchr(b'>', self.rest()) else { return Err(self.end()) };
        let (inside, _) = self.rest().split_at(len);
        self.at += len + 1;
        Ok(Text { bytes: unhex(inside), offset })
    }
}

/// The bytes that hexadecimal digits stand for. Other characters are passed
/// over, and a missing last digit is 0.
pub(super) fn unhex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text.iter().filter_map(|b| digit(*b)).collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => high << 4 | low,
        [high] => high << 4,
        _ => 0,
    };
    digits.chunks(2).map(pair).collect()
}

/// What an escape sequence stands for behind its backslash, and its length.
fn escape(rest: &[u8]) -> (Option<u8>, usize) {
    match rest {
        [b'n', ..] => (Some(b'\n'), 1),
        [b'r', ..] => (Some(b'\r'), 1),
        [b't', ..] => (Some(b'\t'), 1),
        [b'b', ..] => (Some(8), 1),
        [b'f', ..] => (Some(12), 1),
        [b'\r', b'\n', ..] => (None, 2),
        [b'\r' | b'\n', ..] => (None, 1),
        [b'0'..=b'7', ..] => {
            let octal = rest.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
            // High-order overflow is ignored, says the standard.
            let fold =
                |(n, len): (u32, usize), b: &u8| (n * 8 + u32::from(b - b'0'), len + 1);
            let (value, len) = octal.fold((0, 0), fold);
            (Some((value & 0xFF) as u8), len)
        }
        [other, ..] => (Some(*other), 1),
        [] => (None, 0),
    }
}

/// Decimal digits and nothing else.
pub(super) fn decimal(word: &[u8]) -> Option<u64> {
    if word.is_empty() || word.len() > 19 || !word.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(word.iter().fold(0, |n, b| n * 10 + u64::from(b - b'0')))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// White space (table 1).
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Neither white space nor a delimiter (table 2).
pub(super) fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

fn malformed(what: &'static str) -> Fault {
    Fault::Stop(Stop::Malformed(what))
}

//! The tokens of content streams (ISO 32000-2, 7.8.2) and of character maps.

use memchr::memmem;

use super::super::object::Object;
use super::super::parse::{Parser, is_regular, is_space};
use crate::read::Limits;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(Box<[u8]>),
    String(Vec<u8>),
    /// `[` and `]`.
    Open,
    Close,
    /// `Tj`, `BT`, and whatever else is a word.
    Operator(&'a [u8]),
    /// Delimiters that nothing is made of here: `<<`.
    Other,
}

/// Reads tokens one after the other.
pub(super) struct Lexer<'a> {
    limits: &'a Limits,
    data: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(data: &'a [u8], limits: &'a Limits) -> Self {
        Self { limits, data, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// The next token; `None` at the end and where the rest makes none.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            self.at += rest.iter().take_while(|b| is_space(**b)).count();
            let rest = self.rest();
            match rest {
                [b'%', ..] => {
                    let end = memchr::memchr2(b'\r', b'\n', rest);
                    self.at += end.unwrap_or(rest.len());
                }
                _ => break,
            }
        }
        let rest = self.rest();
        let delimiter = |len: usize, token| (len, Some(token));
        let (len, token) = match rest {
            [] => return None,
            [b'(', ..] | [b'/', ..] => self.object(),
            [b'<', b'<', ..] | [b'>', b'>', ..] => delimiter(2, Token::Other),
            [b'<', ..] => self.object(),
            [b'[', ..] => delimiter(1, Token::Open),
            [b']', ..] => delimiter(1, Token::Close),
            [first, ..] if !is_regular(*first) => delimiter(1, Token::Other),
            _ => {
                let len = rest.iter().take_while(|b| is_regular(**b)).count();
                let word = rest.get(..len).unwrap_or_default();
                let token = number(word).map_or(Token::Operator(word), Token::Number);
                delimiter(len, token)
            }
        };
        self.at += len;
        token
    }

    /// A string or a name, and its length.
    fn object(&self) -> (usize, Option<Token<'a>>) {
        let mut parser = Parser::inflated(self.rest(), 0, self.limits);
        let token = match parser.object() {
            Ok(Object::String(text)) => Some(Token::String(text.bytes)),
            Ok(Object::Name(name)) => Some(Token::Name(name)),
            _ => None,
        };
        (parser.at, token)
    }

    /// Passes over the data of an inline image behind `ID` (8.9.7): up to an
    /// `EI` between white space.
    pub(super) fn skip_image(&mut self) {
        let rest = self.rest();
        let is_end = |at: &usize| {
            let before = at.checked_sub(1).and_then(|n| rest.get(n));
            let after = rest.get(at + 2);
            before.is_some_and(|b| is_space(*b)) && after.is_none_or(|b| is_space(*b))
        };
        let end = memmem::find_iter(rest, b"EI").find(is_end);
        self.at += end.map_or(rest.len(), |at| at + 2);
    }
}

/// A number of a content stream: no exponents (7.3.3). `--5` and `1.2.3` are met;
/// what they are does not matter here.
fn number(word: &[u8]) -> Option<f64> {
    let digits = word.iter().position(|b| !matches!(b, b'+' | b'-')).unwrap_or(0);
    let unsigned = word.get(digits..).unwrap_or_default();
    if !matches!(unsigned, [b'0'..=b'9' | b'.', ..])
        || !unsigned.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-'))
    {
        return None;
    }
    let mut value = 0.0;
    let mut place = 0.0;
    for byte in unsigned.iter().take(40) {
        match byte {
            b'0'..=b'9' if place == 0.0 => value = value * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                value += f64::from(byte - b'0') * place;
                place /= 10.0;
            }
            b'.' if place == 0.0 => place = 0.1,
            _ => break,
        }
    }
    Some(if word.starts_with(b"-") { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_cut_into_tokens() {
        let limits = Limits::default();
        let mut lexer = Lexer::new(
            b"BT /F1 -12.5 Tf[(a\\)b)-250<43>]TJ % Tj\n.5 0 Td BI /W 1 ID \x00EI\xFF EI ET'",
            &limits,
        );
        let mut told = Vec::new();
        while let Some(token) = lexer.next() {
            if token == Token::Operator(b"ID") {
                lexer.skip_image();
            }
            told.push(match token {
                Token::Number(n) => n.to_string(),
                Token::Name(n) => format!("/{}", String::from_utf8_lossy(&n)),
                Token::String(s) => format!("({})", String::from_utf8_lossy(&s)),
                Token::Operator(o) => String::from_utf8_lossy(o).into_owned(),
                other => format!("{other:?}"),
            });
        }
        assert_eq!(
            told.join(" "),
            "BT /F1 -12.5 Tf Open (a)b) -250 (C) Close TJ 0.5 0 Td BI /W 1 ID ET'"
        );
    }

    #[test]
    fn a_string_that_is_not_closed_ends_the_content() {
        let limits = Limits::default();
        let mut lexer = Lexer::new(b"1 (open", &limits);
        assert_eq!(lexer.next(), Some(Token::Number(1.0)));
        assert_eq!(lexer.next(), None);
        assert_eq!(lexer.next(), None);
    }
}

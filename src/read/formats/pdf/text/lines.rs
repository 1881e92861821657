//! Shown strings to words, lines and paragraphs, by where they stand. There is no
//! layout beyond that: what is shown first is read first.

/// A matrix of the standard (8.3.3): `a b c d e f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let Self([a, b, c, d, e, f]) = self;
        let Self([g, h, i, j, k, l]) = next;
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    /// This one, after a move by `x` and `y`.
    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

/// From which gap on, in sizes of the font, there is a space between two strings.
/// Spaces of justified lines shrink to a fifth, kerning seldom exceeds a tenth.
const SPACE: f64 = 0.17;
/// How far back a string may begin without being another word.
const BACK: f64 = 0.4;
/// From which distance on, in sizes of the font, a string is on another line, so
/// that exponents are not.
const LINE: f64 = 0.6;
/// From which distance on a line begins a paragraph where the spacing of the lines
/// is not known yet, in sizes of the font; and where it is, in line spacings.
const PARAGRAPH: f64 = 2.6;
const SPACINGS: f64 = 1.35;

/// The text of a page, as it grows.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) text: String,
    /// Beyond this length in bytes nothing more is added.
    most: usize,
    /// Where the last string ended.
    end: Option<(f64, f64)>,
    /// The distance of the last two lines.
    spacing: Option<f64>,
}

impl Lines {
    /// No text yet, of which about `most` bytes are wanted.
    pub(super) fn new(most: usize) -> Self {
        Self { text: String::new(), most, end: None, spacing: None }
    }

    /// Whether there is more text than is wanted.
    pub(super) fn is_full(&self) -> bool {
        self.text.len() > self.most
    }

    /// Prepares for a string that begins where `matrix` moves the origin of text
    /// of `size`: breaks the line, or puts a space.
    pub(super) fn go(&mut self, matrix: Matrix, size: f64) {
        let Matrix([a, b, c, d, x, y]) = matrix;
        let Some((from_x, from_y)) = self.end else { return };
        let along = a.hypot(b);
        let size = size.abs() * c.hypot(d);
        if !(along > 0.0 && size > 0.0 && size.is_finite()) {
            return;
        }
        let (right, up) = (a / along, b / along);
        let (dx, dy) = (x - from_x, y - from_y);
        let forward = (dx * right + dy * up) / size;
        let down = (dx * up - dy * right) / size;
        if down.abs() > LINE {
            let far = match self.spacing {
                Some(spacing) => down > (spacing * SPACINGS).max(1.5),
                None => down > PARAGRAPH,
            };
            // What stands above what came before is another column.
            let breaks = far || down < -LINE;
            if !breaks {
                self.spacing = Some(down);
            }
            self.break_line(breaks);
        } else if !(-BACK..=SPACE).contains(&forward) {
            self.space();
        }
    }

    /// Ends the line, and the paragraph with it where told so.
    pub(super) fn break_line(&mut self, paragraph: bool) {
        let text = self.text.trim_end_matches(' ').len();
        self.text.truncate(text);
        if self.text.ends_with("\n\n") || self.text.is_empty() {
            return;
        }
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if paragraph {
            self.text.push('\n');
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Adds what a code stands for.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            // One string may have all the bytes that a page has.
            if self.is_full() {
                return;
            }
            match c {
                // Of a hyphen that shows only where a line ends nothing is left.
                '\u{AD}' => self.text.push('-'),
                // Ligatures, which no word is spelled with.
                'ﬀ' => self.text.push_str("ff"),
                'ﬁ' => self.text.push_str("fi"),
                'ﬂ' => self.text.push_str("fl"),
                'ﬃ' => self.text.push_str("ffi"),
                'ﬄ' => self.text.push_str("ffl"),
                'ﬅ' | 'ﬆ' => self.text.push_str("st"),
                c if c.is_whitespace() => self.space(),
                c if c.is_control() => {}
                c => self.text.push(c),
            }
        }
    }

    /// Says where the string ended.
    pub(super) fn ended(&mut self, matrix: Matrix) {
        let Matrix([.., x, y]) = matrix;
        if x.is_finite() && y.is_finite() {
            self.end = Some((x, y));
        }
    }
}

/// From which length on, in bytes, a line may be of a sentence that goes on in another
/// column.
const FULL: usize = 16;
/// How sentences about the license of a work begin, which never go on so.
const BEGINS: [&str; 22] = [
    "This work ",
    "This item ",
    "This article ",
    "This document ",
    "This report ",
    "This thesis ",
    "This dissertation ",
    "This book ",
    "This publication ",
    "This paper ",
    "This content ",
    "Except where ",
    "Unless otherwise ",
    "Dieses Werk ",
    "Dieses Dokument ",
    "Diese Arbeit ",
    "Dieser Artikel ",
    "Dieser Beitrag ",
    "Cette œuvre ",
    "Cet article ",
    "Esta obra ",
    "Este trabajo ",
];

/// `text` with the words joined that a hyphen divides at the end of a line. In
/// an address, and before a capital letter, the hyphen is meant.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        let mut ahead = lines.clone();
        if let (Some(""), Some(next)) = (ahead.next(), ahead.next())
            && is_open(line, next)
        {
            lines.next();
        }
        let Some(next) = lines.peek() else { break };
        let word = line.rsplit(' ').next().unwrap_or_default();
        let is_address = word.contains("://") || word.contains("www.");
        let divided = word.len() > 2
            && word.ends_with(['-', '\u{2010}'])
            && next.starts_with(char::is_alphanumeric);
        if divided && !is_address && next.starts_with(char::is_lowercase) {
            let short = is_element(word) || is_element(next);
            if !short {
                out.pop();
            }
        } else if is_address && goes_on(word, next) {
        } else if !divided {
            out.push('\n');
            // A title and the names below it have no full stop.
            let has_end = line.ends_with(['.', '!', '?', ':', ';', ',']);
            if !line.is_empty() && !has_end && BEGINS.iter().any(|b| next.starts_with(b))
            {
                out.push('\n');
            }
        }
    }
    out
}

/// Whether a paragraph that ends with `line` ends in the middle of a sentence, which
/// the next one begins with: at the foot of a column, or before a figure.
fn is_open(line: &str, next: &str) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    line.len() >= FULL
        && line.ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | '-'))
        && word.chars().count() > 1
        && word.starts_with(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() || c == ',')
}

/// Whether an address at the end of a line goes on in the next line. One that ends
/// with the number of a version is whole.
fn goes_on(address: &str, next: &str) -> bool {
    let Some(path) = address.strip_suffix('/') else {
        return address.ends_with('-') && next.starts_with(char::is_alphanumeric);
    };
    let is_whole = path.ends_with(|c: char| c.is_ascii_digit())
        && path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    !is_whole && next.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
}

/// Whether a word is one of the elements of a license, `by-` or `nc-nd`, of which
/// the hyphen is a part.
fn is_element(text: &str) -> bool {
    let word = text.trim_end_matches('-').rsplit(['-', ' ']).next().unwrap_or_default();
    let first = text.split(['-', ' ', '.', ',']).next().unwrap_or_default();
    [word, first]
        .iter()
        .any(|w| ["cc", "by", "nc", "nd", "sa"].iter().any(|e| w.eq_ignore_ascii_case(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Matrix {
        Matrix::IDENTITY.moved(x, y)
    }

    fn text(strings: &[(f64, f64, &str)]) -> String {
        let mut lines = Lines::new(1_000);
        for (x, y, string) in strings {
            lines.go(at(*x, *y), 10.0);
            lines.push(string);
            lines.ended(at(*x + 5.0 * string.len() as f64, *y));
        }
        lines.text
    }

    #[test]
    fn where_strings_stand_makes_words_lines_and_paragraphs() {
        for (strings, expected) in [
            (&[(0.0, 0.0, "com"), (15.0, 0.0, "mons")][..], "commons"),
            (&[(0.0, 0.0, "creative"), (42.5, 0.0, "commons")], "creative commons"),
            (&[(0.0, 0.0, "x"), (5.0, 4.0, "2")], "x2"),
            (&[(0.0, 0.0, "a"), (0.0, -12.0, "b"), (0.0, -24.0, "c")], "a\nb\nc"),
            (&[(0.0, 0.0, "a"), (0.0, -12.0, "b"), (0.0, -30.0, "c")], "a\nb\n\nc"),
            // Double spacing is no end of a paragraph.
            (&[(0.0, 0.0, "a"), (0.0, -24.0, "b"), (0.0, -48.0, "c")], "a\nb\nc"),
            (&[(0.0, 0.0, "a"), (300.0, 500.0, "b")], "a\n\nb"),
        ] {
            assert_eq!(text(strings), expected);
        }
    }

    #[test]
    fn words_divided_at_the_end_of_a_line_are_joined() {
        for (text, expected) in [
            ("Creative Com-\nmons", "Creative Commons"),
            ("CC BY-\nNC 4.0", "CC BY-NC 4.0"),
            ("cc-by-\nnc", "cc-by-nc"),
            ("see https://a.org/by-\nnc/4.0", "see https://a.org/by-nc/4.0"),
            ("see https://a.org/\nlicenses", "see https://a.org/licenses"),
            ("https://a.org/by/4.0/\nto see", "https://a.org/by/4.0/\nto see"),
            ("https://a.org/by/\n4.0/", "https://a.org/by/4.0/"),
            ("one -\ntwo\nthree\n\nfour", "one -\ntwo\nthree\n\nfour"),
            ("A title\nThis work is free", "A title\n\nThis work is free"),
            ("A sentence.\nThis work is free", "A sentence.\nThis work is free"),
            ("a part of\nThis house", "a part of\nThis house"),
            // A column ends in the middle of a sentence.
            (
                "This work is licensed\n\nunder CC BY",
                "This work is licensed\nunder CC BY",
            ),
            (
                "is licensed under a Crea-\n\ntive Commons",
                "is licensed under a Creative Commons",
            ),
            (
                "This work is licensed.\n\nunder CC BY",
                "This work is licensed.\n\nunder CC BY",
            ),
            (
                "This work is licensed\n\nUnder CC BY",
                "This work is licensed\n\nUnder CC BY",
            ),
            ("A list of parts of it\n\na) one", "A list of parts of it\n\na) one"),
            ("Photograph\n\nby R. Roe", "Photograph\n\nby R. Roe"),
        ] {
            assert_eq!(joined(text), expected);
        }
    }
}

//! Stepping through the tags of an XML document (XML 1.0) that is in a charset
//! with the bytes of ASCII, without a look at what is between them.
//!
//! For documents that are large and of which little is wanted.

use std::ops::Range;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `<name …>`
    Start,
    /// `<name …/>`
    Empty,
    /// `</name>`
    End,
    /// `<!DOCTYPE …>`
    Doctype,
    /// `<?…?>`
    Instruction,
}

/// A tag. Ranges are in bytes of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it does.
    pub kind: Kind,
    /// All of it, with its brackets.
    pub all: Range<usize>,
    /// The name of the element; empty for other tags.
    pub name: Range<usize>,
}

/// Steps through a document.
#[derive(Clone, Debug)]
pub struct Tags<'a> {
    text: &'a [u8],
    at: usize,
    /// Whether a tag or comment has no end.
    pub is_cut: bool,
}

impl<'a> Tags<'a> {
    /// From the first tag of `text`.
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, is_cut: false }
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.text.get(from..).unwrap_or_default()
    }

    /// The byte behind the next `end` from `from` on.
    fn behind(&self, from: usize, end: &[u8]) -> Option<usize> {
        memchr::memmem::find(self.rest(from), end).map(|n| from + n + end.len())
    }

    /// The byte behind the `>` that ends the tag at `from`. What is in quotes
    /// does not end it, nor what is between square brackets.
    fn end(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut inside = 0_u32;
        let step = |b: &u8| matches!(b, b'>' | b'"' | b'\'' | b'[' | b']' | b'<');
        loop {
            at += self.rest(at).iter().position(step)?;
            let byte = *self.text.get(at)?;
            at += 1;
            match byte {
                b'>' if inside == 0 => return Some(at),
                b'[' => inside = inside.saturating_add(1),
                b']' => inside = inside.saturating_sub(1),
                b'<' if self.rest(at).starts_with(b"!--") => {
                    at = self.behind(at, b"-->")?;
                }
                b'"' | b'\'' => at += memchr::memchr(byte, self.rest(at))? + 1,
                _ => {}
            }
        }
    }

    /// The same for the tag of an element.
    fn element_end(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr3(b'>', b'"', b'\'', self.rest(at))?;
            let byte = *self.text.get(at)?;
            at += 1;
            match byte {
                b'>' => return Some(at),
                quote => at += memchr::memchr(quote, self.rest(at))? + 1,
            }
        }
    }

    /// The range of the name that begins at `from`.
    fn name(&self, from: usize) -> Range<usize> {
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'=');
        let rest = self.rest(from);
        from..from + rest.iter().position(ends).unwrap_or(rest.len())
    }
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let from = self.at + memchr::memchr(b'<', self.rest(self.at))?;
            let rest = self.rest(from + 1);
            let (kind, end) = match rest {
                [b'?', ..] => (Some(Kind::Instruction), self.behind(from, b"?>")),
                [b'!', b'-', b'-', ..] => (None, self.behind(from + 4, b"-->")),
                [b'!', b'[', ..] => (None, self.behind(from, b"]]>")),
                [b'!', ..] => (Some(Kind::Doctype), self.end(from + 1)),
                [b'/', ..] => (Some(Kind::End), self.behind(from, b">")),
                [b'A'..=b'Z' | b'a'..=b'z' | b'_' | b':' | 0x80.., ..] => {
                    (Some(Kind::Start), self.element_end(from))
                }
                // It stands for itself, against the rules.
                _ => (None, Some(from + 1)),
            };
            let Some(end) = end else {
                self.at = self.text.len();
                self.is_cut = true;
                return None;
            };
            self.at = end;
            let kind = match kind {
                None => continue,
                Some(Kind::Start) if self.rest(end - 2).starts_with(b"/") => Kind::Empty,
                Some(kind) => kind,
            };
            let name = match kind {
                Kind::Start | Kind::Empty => self.name(from + 1),
                Kind::End => self.name(from + 2),
                Kind::Doctype | Kind::Instruction => from..from,
            };
            return Some(Tag { kind, all: from..end, name });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<(Kind, &str, &str)> {
        let tags = Tags::new(text.as_bytes());
        tags.map(|t| (t.kind, &text[t.all], &text[t.name])).collect()
    }

    #[test]
    fn tags_are_told_from_what_looks_like_them() {
        let text = "<?xml a?><!DOCTYPE a [<!ENTITY b '>'><!-- ]> -->]><a b='>' c=\"/>\">\
            <!-- <no/> --><![CDATA[<no>]]>1 < 2<d:e/></a >";
        let doctype = "<!DOCTYPE a [<!ENTITY b '>'><!-- ]> -->]>";
        let all = [
            (Kind::Instruction, "<?xml a?>", ""),
            (Kind::Doctype, doctype, ""),
            (Kind::Start, "<a b='>' c=\"/>\">", "a"),
            (Kind::Empty, "<d:e/>", "d:e"),
            (Kind::End, "</a >", "a"),
        ];
        assert_eq!(tags(text), all);
    }

    #[test]
    fn a_tag_without_an_end_is_none() {
        for text in ["<a", "<a b='>", "<!-- a", "<![CDATA[", "<?a", "</a", "<!D [>"] {
            let mut tags = Tags::new(text.as_bytes());
            assert_eq!((tags.next(), tags.is_cut), (None, true), "{text}");
        }
        assert_eq!(tags("< <= 1"), []);
    }
}

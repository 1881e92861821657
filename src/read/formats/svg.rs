//! SVG (W3C, versions 1.1 and 2): RDF in the metadata element of the document,
//! and its title and description. SVGZ is the same in gzip.
//!
//! What is inside of a group or of a drawing within the drawing is about that
//! part, and left alone.

use std::borrow::Cow;
use std::io::Read as _;
use std::ops::Range;

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::containers::markup::{Kind, Tag, Tags};
use crate::read::{Cap, Limits, Pair, Pieces};

mod text;

pub(super) static FORMAT: Format = Format {
    id: "svg",
    media_type: "image/svg+xml",
    extensions: &["svg", "svgz"],
    pronom: &["fmt/91", "fmt/92", "fmt/413", "x-fmt/109"],
    sniff,
    walk,
};

/// The first bytes of gzip with its only method: RFC 1952, 2.3.1.
const GZIP: &[u8] = b"\x1F\x8B\x08";

fn sniff(input: &mut Input<'_>) -> bool {
    let head = input.head();
    if !head.starts_with(GZIP) {
        return root(&as_ascii(head)).is_some();
    }
    let mut start = vec![0; super::super::HEAD];
    let got = flate2::read::GzDecoder::new(head).read(&mut start).unwrap_or(0);
    start.get(..got).is_some_and(|start| root(&as_ascii(start)).is_some())
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let len = input.len().min(input.limits().block);
    let bytes = input.bytes(0, len)?;
    let is_packed = bytes.starts_with(GZIP);
    let bytes = if is_packed { input.gunzip(&bytes)? } else { bytes };
    let text = as_ascii(&bytes);
    let document = Document {
        text: &text,
        stands: !is_packed && matches!(text, Cow::Borrowed(_)),
        decoded: matches!(text, Cow::Owned(_)),
        whole: len == input.len(),
    };
    document.read(input.limits(), found);
    if len < input.len() {
        return Err(input.limits().over(Cap::Block));
    }
    Ok(())
}

/// The same in UTF-8 where it is in UTF-16: XML 1.0, appendix F.
fn as_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    use encoding_rs::{UTF_16BE, UTF_16LE};
    let encoding = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        _ => return Cow::Borrowed(bytes),
    };
    Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes())
}

/// The tag of the first element, if a document of SVG begins with `head`.
fn root(head: &[u8]) -> Option<Tag> {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"<") {
        return None;
    }
    let mut tags = Tags::new(head);
    let first = tags.find(|t| matches!(t.kind, Kind::Start | Kind::Empty | Kind::End))?;
    let name = head.get(first.name.clone())?;
    (first.kind != Kind::End && local(name) == b"svg").then_some(first)
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|b| *b == b':').next().unwrap_or_default()
}

struct Document<'a> {
    text: &'a [u8],
    /// Whether the text stands in the file as it is.
    stands: bool,
    /// Whether it is UTF-8, whatever its declaration says.
    decoded: bool,
    /// Whether it is all of the file.
    whole: bool,
}

impl Document<'_> {
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn read(&self, limits: &Limits, found: &mut Found) {
        // Enough of the document to understand the RDF: what comes before the
        // first element, its tags, and the metadata.
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut has_metadata = false;
        let mut depth = 0_u64;
        let mut root: Option<Tag> = None;
        // The child of the root that is open.
        let mut child: Option<Tag> = None;
        let mut tags = Tags::new(self.text);
        let mut encoding = None;
        for tag in tags.by_ref() {
            match tag.kind {
                Kind::Instruction if depth == 0 && root.is_none() => {
                    if !self.decoded && self.slice(&tag.all).starts_with(b"<?xml ") {
                        encoding = text::declared(self.slice(&tag.all));
                        parts.push(tag.all);
                    }
                }
                Kind::Doctype if root.is_none() => parts.push(tag.all),
                Kind::Instruction | Kind::Doctype => {}
                Kind::Start if depth == 0 => {
                    parts.push(tag.all.clone());
                    root = Some(tag);
                    depth = 1;
                }
                Kind::Start => {
                    if depth == 1 {
                        child = Some(tag);
                    }
                    depth += 1;
                }
                Kind::Empty if depth == 0 => {
                    root = Some(tag);
                    break;
                }
                // A title that says nothing.
                Kind::Empty if depth == 1 => {
                    let at = tag.all.end;
                    self.take(&tag, at..at, encoding, limits, found);
                }
                Kind::Empty => {}
                Kind::End if depth == 2 => {
                    depth = 1;
                    let Some(start) = child.take() else { continue };
                    if self.is_metadata(&start) {
                        has_metadata = true;
                        parts.push(start.all.start..tag.all.end);
                    } else {
                        let inside = start.all.end..tag.all.start;
                        self.take(&start, inside, encoding, limits, found);
                    }
                }
                Kind::End if depth == 1 => {
                    depth = 0;
                    parts.push(tag.all);
                    break;
                }
                Kind::End => depth = depth.saturating_sub(1),
            }
        }
        if let Some(start) = child.filter(|c| self.is_metadata(c)) {
            has_metadata = true;
            parts.push(start.all.start..self.text.len());
        }
        if has_metadata {
            self.packet(&parts, found);
        }
        if self.whole && (depth > 0 || root.is_none()) {
            let what = Stop::Malformed("the document ends inside an element");
            found.skip_at(self.place(self.text.len()), what);
        }
    }

    /// Whether RDF is looked for in this child of the root. Some writers leave
    /// out the element around it.
    fn is_metadata(&self, tag: &Tag) -> bool {
        matches!(local(self.slice(&tag.name)), b"metadata" | b"RDF")
    }

    /// Takes what is inside of a child of the root, if it is text about the
    /// document.
    fn take(
        &self,
        tag: &Tag,
        inside: Range<usize>,
        encoding: Option<&'static encoding_rs::Encoding>,
        limits: &Limits,
        found: &mut Found,
    ) {
        let key = match local(self.slice(&tag.name)) {
            b"title" => "title",
            b"desc" => "desc",
            _ => return,
        };
        let offset = self.place(inside.start);
        let inside = self.slice(&inside);
        if inside.len() as u64 > limits.value {
            return found.skip_at(offset, limits.over(Cap::Value));
        }
        let (value, has_unknown) = text::content(&text::decode(inside, encoding));
        if has_unknown {
            let what = Stop::Irregular("SVG text has an entity that is not replaced");
            found.skip_at(offset, what);
        }
        let lang = text::language(self.slice(&tag.all));
        found.pair(BlockKind::Svg, Pair { key: key.to_owned(), value, lang, offset });
    }

    /// Where byte `at` of the text stands in the file.
    fn place(&self, at: usize) -> u64 {
        if self.stands { at as u64 } else { 0 }
    }

    fn packet(&self, parts: &[Range<usize>], found: &mut Found) {
        let mut pieces = Pieces::default();
        for part in parts {
            pieces.add(part.start as u64, self.slice(part));
        }
        if self.stands {
            found.pieces(BlockKind::Xmp, pieces);
        } else {
            found.assembled(BlockKind::Xmp, 0, pieces.into_bytes());
        }
    }
}

#[cfg(test)]
mod tests;

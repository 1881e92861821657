//! What a broken cross-reference table does not tell: a pass over the file for
//! `12 0 obj` and `trailer`.

use aho_corasick::AhoCorasick;

use super::document::{Document, is_object_stream, object_stream_index};
use super::object::{Dict, Object};
use super::parse::{decimal, is_space};
use super::source::Source;
use super::xref::{Entry, Xref};
use crate::read::{Cap, Limits, Stop};

/// How many bytes are looked at together.
const CHUNK: usize = 1 << 18;
/// How many bytes of the chunk before are looked at again: room for the
/// longest `number generation obj`.
const BEHIND: usize = 64;
/// How many trailers and catalogs are remembered, the last ones.
const TRAILERS: usize = 64;
/// The longest header of an object stream.
const HEADER: usize = 1 << 20;

/// What the pass over a file has found.
#[derive(Default)]
struct Scan {
    /// The number of each object, and where it stands in the file.
    objects: Vec<(u32, u64)>,
    /// When to throw out objects that were replaced later.
    compact_at: usize,
    /// Where trailers are, as dictionaries or as cross-reference streams.
    trailers: Vec<u64>,
    /// The numbers of objects that may be catalogs.
    catalogs: Vec<u32>,
    /// The numbers of objects that may be object streams.
    object_streams: Vec<u32>,
    over: Option<Cap>,
}

/// The document as a pass over the file shows it, and what could not be had.
///
/// # Errors
///
/// Where the file is too long for it, or has no objects at all.
pub(super) fn rebuild<'i, 'a>(
    mut source: Source<'i, 'a>,
) -> Result<(Document<'i, 'a>, Vec<Stop>), Stop> {
    if source.input.len() > source.input.limits().scan {
        return Err(source.input.limits().over(Cap::Scan));
    }
    // Places found by the pass count from the start of the file.
    source.base = 0;
    let mut scan = scan(&mut source)?;
    if scan.objects.is_empty() {
        return Err(Stop::Malformed("there are no PDF objects in the file"));
    }
    let mut problems = Vec::new();
    problems.extend(scan.over.map(|cap| source.input.limits().over(cap)));
    let trailer = trailer(&mut source, &scan.trailers);
    let direct = scan.objects.iter().map(|(number, at)| (*number, Entry::At(*at)));
    let mut document = Document::new(source, Xref::from_scan(direct.collect()), trailer);
    if let Err(stop) = document.unlock() {
        problems.push(stop);
    }
    if let Err(stop) = compressed(&mut document, &mut scan) {
        problems.push(stop);
    }
    if document.catalog().is_err() {
        find_catalog(&mut document, &scan.catalogs);
    }
    Ok((document, problems))
}

fn scan(source: &mut Source<'_, '_>) -> Result<Scan, Stop> {
    let words = AhoCorasick::new(["obj", "trailer", "/ObjStm", "/XRef", "/Catalog"])
        .map_err(|_| Stop::Unsupported("the pass over the file cannot be made"))?;
    let limits = source.input.limits();
    let compact_at = limits.pdf_objects.min(1 << 16);
    let mut scan = Scan { compact_at, ..Scan::default() };
    let mut buffer = Vec::with_capacity(BEHIND + CHUNK);
    let mut current: Option<(u32, u64)> = None;
    let mut at = 0_u64;
    while at < source.input.len() {
        let kept = buffer.len().min(BEHIND);
        buffer.drain(..buffer.len() - kept);
        buffer.resize(kept + CHUNK, 0);
        let fresh = buffer.get_mut(kept..).unwrap_or_default();
        let got = source.input.pass(at, fresh)?;
        if got == 0 {
            break;
        }
        buffer.truncate(kept + got);
        let start = at - kept as u64;
        for found in words.find_iter(&buffer).filter(|found| found.end() > kept) {
            let place = start + found.start() as u64;
            match found.pattern().as_usize() {
                0 => {
                    let before = buffer.get(..found.start()).unwrap_or_default();
                    if let Some((number, len)) = object_header(before) {
                        current = Some((number, place - len));
                        scan.object(number, place - len, limits);
                    }
                }
                1 => remember(&mut scan.trailers, place),
                2 => {
                    if let Some((number, _)) = current
                        && scan.object_streams.last() != Some(&number)
                    {
                        if scan.object_streams.len() < limits.pdf_object_streams {
                            scan.object_streams.push(number);
                        } else {
                            scan.over.get_or_insert(Cap::PdfObjectStreams);
                        }
                    }
                }
                3 => {
                    if let Some((_, place)) = current {
                        remember(&mut scan.trailers, place);
                    }
                }
                _ => {
                    if let Some((number, _)) = current {
                        remember(&mut scan.catalogs, number);
                    }
                }
            }
        }
        at += got as u64;
    }
    scan.compact();
    Ok(scan)
}

impl Scan {
    fn object(&mut self, number: u32, at: u64, limits: &Limits) {
        if self.over == Some(Cap::PdfObjects) {
            return;
        }
        if self.objects.len() >= self.compact_at {
            self.compact();
            self.compact_at = self.objects.len().saturating_mul(2).max(1 << 16);
            if self.objects.len() >= limits.pdf_objects {
                self.over = Some(Cap::PdfObjects);
                return;
            }
        }
        self.objects.push((number, at));
    }

    /// Sorts the objects and keeps the last of each number.
    fn compact(&mut self) {
        self.objects.sort();
        self.objects.reverse();
        self.objects.dedup_by_key(|(number, _)| *number);
        self.objects.reverse();
    }
}

/// Keeps the last of what is found.
fn remember<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if list.last() == Some(&one) {
        return;
    }
    if list.len() >= TRAILERS {
        list.remove(0);
    }
    list.push(one);
}

/// The number of the object whose keyword `obj` stands behind `before`, and
/// how many bytes before the keyword the number begins.
fn object_header(before: &[u8]) -> Option<(u32, u64)> {
    let (rest, generation) = last_number(before)?;
    if generation > 65_535 {
        return None;
    }
    let (rest, number) = last_number(rest)?;
    if rest.last().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))
    {
        return None;
    }
    let number = u32::try_from(number).ok()?;
    Some((number, (before.len() - rest.len()) as u64))
}

/// The decimal number at the end of `text`, white space behind it, and what
/// stands before it.
fn last_number(text: &[u8]) -> Option<(&[u8], u64)> {
    let end = text.iter().rposition(|b| !is_space(*b))? + 1;
    let text = text.get(..end)?;
    let start = text.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |n| n + 1);
    let (rest, digits) = text.split_at_checked(start)?;
    (digits.len() <= 10).then_some(())?;
    Some((rest, decimal(digits)?))
}

/// The last trailer that names a catalog; where there is none, what the last
/// trailers tell.
fn trailer(source: &mut Source<'_, '_>, places: &[u64]) -> Dict {
    let mut places = places.to_vec();
    places.sort_unstable();
    let mut fallback = Dict::default();
    for at in places.iter().rev() {
        let Some(dict) = trailer_at(source, *at) else { continue };
        if dict.get("Root").is_some() {
            return dict;
        }
        fallback.0.extend(dict.0.into_iter().take(64));
    }
    fallback
}

fn trailer_at(source: &mut Source<'_, '_>, at: u64) -> Option<Dict> {
    let parsed = source.parse(at, |parser| {
        if parser.keyword("trailer")? { parser.object().map(Some) } else { Ok(None) }
    });
    match parsed {
        Ok(Some(Object::Dict(dict))) => Some(dict),
        Ok(None) => match source.indirect(at).ok()?.object {
            Object::Dict(dict) if dict.name("Type") == Some(b"XRef") => Some(dict),
            _ => None,
        },
        _ => None,
    }
}

/// Looks into the object streams for what they hold.
fn compressed(document: &mut Document<'_, '_>, scan: &mut Scan) -> Result<(), Stop> {
    if scan.object_streams.is_empty() {
        return Ok(());
    }
    let place = |objects: &[(u32, u64)], number: u32| {
        let n = objects.binary_search_by_key(&number, |(n, _)| *n).ok()?;
        objects.get(n).map(|(_, at)| *at)
    };
    // What is nearer to the end of the file is newer.
    let mut all: Vec<(u32, u64, Entry)> =
        scan.objects.iter().map(|(n, at)| (*n, *at, Entry::At(*at))).collect();
    let mut result = Ok(());
    for stream in scan.object_streams.drain(..) {
        let Some(at) = place(&scan.objects, stream) else { continue };
        match header(document, stream) {
            Ok(numbers) => {
                let entry = |(number, index): (u32, u32)| {
                    (number, at, Entry::In { stream, index })
                };
                all.extend(numbers.into_iter().zip(0..).map(entry));
            }
            Err(Stop::Malformed(_)) => {}
            Err(stop) => {
                result = Err(stop);
                break;
            }
        }
        if all.len() > document.limits().pdf_objects {
            result = Err(document.limits().over(Cap::PdfObjects));
            break;
        }
    }
    all.sort_by_key(|(number, at, _)| (*number, *at));
    all.reverse();
    all.dedup_by_key(|(number, ..)| *number);
    all.reverse();
    let entries = all.into_iter().map(|(number, _, entry)| (number, entry)).collect();
    document.set_xref(Xref::from_scan(entries));
    result
}

/// The numbers of the objects in an object stream, of which no more is read
/// than its header.
fn header(document: &mut Document<'_, '_>, stream: u32) -> Result<Vec<u32>, Stop> {
    let damaged = Stop::Malformed("an object stream is damaged");
    let placed = document.load(stream)?.filter(|p| is_object_stream(&p.object));
    let Some(placed) = placed else { return Err(damaged) };
    let (Some(dict), Some(at)) = (placed.object.dict(), placed.stream) else {
        return Err(damaged);
    };
    let first = dict.integer("First").and_then(|n| usize::try_from(n).ok());
    let Some(first) = first.filter(|first| *first <= HEADER) else {
        return Err(damaged);
    };
    // Deflate makes nothing longer by more than a few bytes.
    let (data, _) = document.source.window(at, first as u64 + 1024)?;
    let limits = document.limits();
    let room =
        document.room(Cap::PdfObjectStream).left(first, limits, Cap::PdfObjectStream);
    let (decoded, _) = document.unfiltered(placed.id, dict, data, room)?;
    let index = object_stream_index(dict, &decoded.bytes, limits)?;
    Ok(index.into_iter().map(|(number, _)| number).collect())
}

/// Takes the last object that is a catalog for the one of the document.
fn find_catalog(document: &mut Document<'_, '_>, numbers: &[u32]) {
    let told = document.trailer.clone();
    for number in numbers.iter().rev() {
        let id = super::object::Id { number: *number, generation: 0 };
        document.trailer.0.push((b"Root"[..].into(), Object::Ref(id)));
        if document.catalog().is_ok() {
            return;
        }
        document.trailer = told.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_objects_are_found_backwards() {
        for (text, found) in [
            ("12 0 ", Some((12, 5))),
            ("endobj\n7 65535\r\n", Some((7, 9))),
            ("x1 0 ", Some((1, 4))),
            ("end", None),
            ("0 ", None),
            ("1.5 0 ", None),
            ("12345678901 0 ", None),
            ("1 70000 ", None),
        ] {
            assert_eq!(object_header(text.as_bytes()), found, "{text}");
        }
    }
}

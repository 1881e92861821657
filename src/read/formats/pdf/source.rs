//! Objects and streams at a place of the file, read through growing windows.

use memchr::memmem;

use super::object::{Id, Object};
use super::parse::{Fault, Parsed, Parser, is_space};
use crate::read::{Cap, Input, Limits, Stop};

/// The windows in which an object is looked at, one after the other, before the
/// longest that the limits allow. Nearly all objects that are wanted fit the first.
const WINDOWS: [u64; 4] = [1 << 10, 1 << 13, 1 << 16, 1 << 20];

fn windows(limits: &Limits) -> impl Iterator<Item = u64> {
    let longest = limits.pdf_object;
    WINDOWS.into_iter().filter(move |len| *len < longest).chain([longest])
}

/// A PDF file as bytes.
pub(super) struct Source<'i, 'a> {
    pub(super) input: &'i mut Input<'a>,
    /// Where the header stands; the offsets in the file count from there.
    pub(super) base: u64,
}

/// An indirect object at its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) id: Id,
    pub(super) object: Object,
    /// Where it begins in the file, or the object stream that holds it.
    pub(super) at: u64,
    /// Where the data of its stream begins in the file.
    pub(super) stream: Option<u64>,
    /// Whether something in it was not understood and taken for null.
    pub(super) mended: bool,
}

/// The data of a stream as it stands in the file.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) bytes: Vec<u8>,
    pub(super) fault: Option<Stop>,
}

impl Source<'_, '_> {
    /// Up to `len` bytes at `at`, and whether the file ends with them.
    pub(super) fn window(&mut self, at: u64, len: u64) -> Result<(Vec<u8>, bool), Stop> {
        let Some(left) = self.input.len().checked_sub(at).filter(|left| *left > 0) else {
            return Err(Stop::Malformed("an offset points past the end of the file"));
        };
        Ok((self.input.bytes(at, left.min(len))?, left <= len))
    }

    /// Applies `parse` at `at`, in longer and longer windows until it is
    /// content.
    pub(super) fn parse<T>(
        &mut self,
        at: u64,
        mut parse: impl FnMut(&mut Parser<'_>) -> Parsed<T>,
    ) -> Result<T, Stop> {
        let limits = self.input.limits();
        for len in windows(limits) {
            let (bytes, last) = self.window(at, len)?;
            match parse(&mut Parser::new(&bytes, at, last, limits)) {
                Err(Fault::Short) if !last => {}
                parsed => return parsed.map_err(Stop::from),
            }
        }
        Err(limits.over(Cap::PdfObject))
    }

    /// The indirect object at `at`.
    pub(super) fn indirect(&mut self, at: u64) -> Result<Placed, Stop> {
        let found = self.parse(at, |parser| parser.indirect())?;
        let stream = found.stream.map(|n| at.saturating_add(n as u64));
        let (id, mended) = (found.id, found.mended);
        Ok(Placed { id, object: found.object, at, stream, mended })
    }

    /// The data of the stream that begins at `at`. Where `length` does not
    /// lead to the keyword `endstream`, that is looked for.
    pub(super) fn stream(&mut self, at: u64, length: Option<u64>) -> Result<Raw, Stop> {
        if let Some(length) = length
            && self.ends_at(at, length)
        {
            return Ok(Raw { bytes: self.input.bytes(at, length)?, fault: None });
        }
        let limits = self.input.limits();
        for len in windows(limits) {
            let (mut bytes, last) = self.window(at, len)?;
            let end = memmem::find(&bytes, b"endstream")
                .or_else(|| last.then(|| memmem::find(&bytes, b"endobj")).flatten());
            if let Some(end) = end {
                bytes.truncate(end);
                let eol = match &*bytes {
                    [.., b'\r', b'\n'] => 2,
                    [.., b'\r' | b'\n'] => 1,
                    _ => 0,
                };
                bytes.truncate(end - eol);
                return Ok(Raw { bytes, fault: None });
            }
            if last {
                let fault = Stop::Malformed("a PDF stream runs past the end of the file");
                return Ok(Raw { bytes, fault: Some(fault) });
            }
        }
        Err(limits.over(Cap::PdfObject))
    }

    /// Whether `endstream` stands behind `length` bytes, white space apart, or
    /// as much of it as the file has.
    fn ends_at(&mut self, at: u64, length: u64) -> bool {
        let Some(end) = at.checked_add(length) else { return false };
        let Ok((bytes, last)) = self.window(end, 16) else { return false };
        let space = bytes.iter().take_while(|b| is_space(**b)).count();
        let rest = bytes.get(space..).unwrap_or_default();
        rest.starts_with(b"endstream") || (last && b"endstream".starts_with(rest))
    }
}

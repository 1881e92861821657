//! A document: its objects by number, wherever they are.

use super::crypt::Crypt;
use super::filters::{self, Decoded, Room};
use super::object::{Dict, Id, Object};
use super::parse::Parser;
use super::source::{Placed, Source};
use super::xref::{Entry, Xref};
use crate::read::{Cap, Limits, Stop};

/// How many references may lead to an object, one by way of the other. More of
/// them are damage: no writer has a use for two.
const REFERENCES: u32 = 16;
/// How many inflated object streams are held, and how long one may be for that
/// when the next is inflated, in bytes.
const HELD: usize = 4;
const HELD_LEN: usize = 2 << 20;

/// A document, of which objects are read when they are asked for.
pub(super) struct Document<'i, 'a> {
    pub(super) source: Source<'i, 'a>,
    pub(super) xref: Xref,
    pub(super) trailer: Dict,
    pub(super) crypt: Option<Crypt>,
    /// The object streams used last, the newest at the end.
    held: Vec<ObjectStream>,
    /// How many objects are being read, one for the sake of the other.
    depth: u32,
    /// How many bytes may still be inflated.
    left: usize,
}

#[derive(Debug)]
struct ObjectStream {
    number: u32,
    /// Where its data stands in the file.
    offset: u64,
    /// The number of each object, and where it begins in `data`.
    index: Vec<(u32, usize)>,
    data: Vec<u8>,
}

/// The data of a stream with its filters undone.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    /// Why there is not more of it.
    pub(super) fault: Option<Stop>,
    /// Where its data stands in the file.
    pub(super) offset: u64,
    /// Whether `bytes` stand there as they are.
    pub(super) stands: bool,
}

impl<'i, 'a> Document<'i, 'a> {
    /// The document whose objects are where `xref` says. Its encryption is
    /// not known yet.
    pub(super) fn new(source: Source<'i, 'a>, xref: Xref, trailer: Dict) -> Self {
        let (held, depth, left) = (Vec::new(), 0, source.input.limits().pdf_inflated);
        Self { source, xref, trailer, crypt: None, held, depth, left }
    }

    /// How much of a file may be read and held.
    pub(super) fn limits(&self) -> &'a Limits {
        self.source.input.limits()
    }

    /// Changes where the objects are.
    pub(super) fn set_xref(&mut self, xref: Xref) {
        self.xref = xref;
        self.held.clear();
    }

    /// Prepares decryption, if the trailer says that the document is
    /// encrypted.
    ///
    /// # Errors
    ///
    /// Where that cannot be done. Nothing encrypted can be read then.
    pub(super) fn unlock(&mut self) -> Result<(), Stop> {
        let Some(encrypt) = self.trailer.get("Encrypt").cloned() else { return Ok(()) };
        let Object::Dict(mut dict) = self.resolve(&encrypt)? else {
            return Err(Stop::Malformed("the encryption dictionary is missing"));
        };
        // Its values should be direct, and crypt filters are not always.
        for (_, value) in dict.0.iter_mut().take(64) {
            *value = self.resolve(value)?;
        }
        let id = self.trailer.get("ID").cloned().unwrap_or_default();
        let id = match self.resolve(&id)? {
            Object::Array(parts) => match parts.into_iter().next() {
                Some(first) => self.resolve(&first)?,
                None => Object::Null,
            },
            _ => Object::Null,
        };
        let id = id.string().map(|text| text.bytes.clone()).unwrap_or_default();
        self.held.clear();
        match Crypt::new(&dict, &id) {
            Ok(crypt) => self.crypt = Some(crypt),
            Err(stop) => {
                self.crypt = Some(Crypt::sealed());
                return Err(stop);
            }
        }
        Ok(())
    }

    /// The catalog (7.7.2).
    pub(super) fn catalog(&mut self) -> Result<Dict, Stop> {
        let root = self.trailer.get("Root").cloned().unwrap_or_default();
        match self.resolve(&root)? {
            Object::Dict(dict)
                if dict.name("Type") == Some(b"Catalog")
                    || dict.get("Pages").is_some() =>
            {
                Ok(dict)
            }
            _ => Err(Stop::Malformed("the document has no catalog")),
        }
    }

    /// `object`, or what it refers to.
    pub(super) fn resolve(&mut self, object: &Object) -> Result<Object, Stop> {
        let mut object = object.clone();
        for _ in 0..REFERENCES {
            let Object::Ref(id) = object else { return Ok(object) };
            object = self.load(id.number)?.map_or(Object::Null, |placed| placed.object);
        }
        Err(Stop::Malformed("PDF references lead round in a circle"))
    }

    /// The indirect object of this number; `None` where there is none, which
    /// the standard takes for null.
    pub(super) fn load(&mut self, number: u32) -> Result<Option<Placed>, Stop> {
        if self.depth >= REFERENCES {
            return Err(Stop::Malformed("PDF references lead round in a circle"));
        }
        self.depth += 1;
        let loaded = match self.xref.entry(&mut self.source, number) {
            Ok(Entry::Free) => Ok(None),
            Ok(Entry::At(offset)) => self.load_at(number, offset).map(Some),
            Ok(Entry::In { stream, index }) => {
                self.load_from(number, stream, index).map(Some)
            }
            Err(stop) => Err(stop),
        };
        self.depth -= 1;
        loaded
    }

    fn load_at(&mut self, number: u32, offset: u64) -> Result<Placed, Stop> {
        let at = self.source.base.saturating_add(offset);
        let mut placed = self.source.indirect(at)?;
        if placed.id.number != number {
            return Err(Stop::Malformed(
                "the cross-reference table points beside objects",
            ));
        }
        if let Some(crypt) = &self.crypt {
            let id = placed.id;
            // The structure of a locked document can be read all the same.
            if !crypt.hides_strings() {
                placed.object.for_each_string(&mut |bytes| crypt.string(id, bytes))?;
            }
        }
        Ok(placed)
    }

    fn load_from(
        &mut self,
        number: u32,
        stream: u32,
        index: u32,
    ) -> Result<Placed, Stop> {
        self.hold(stream)?;
        let damaged = Stop::Malformed("an object is missing from its object stream");
        let Some(held) = self.held.last() else { return Err(damaged) };
        let by_index = held.index.get(index as usize).filter(|(n, _)| *n == number);
        let found = by_index.or_else(|| held.index.iter().find(|(n, _)| *n == number));
        let data = found.and_then(|(_, at)| held.data.get(*at..));
        let Some(data) = data else { return Err(damaged) };
        let mut parser = Parser::inflated(data, held.offset, self.source.input.limits());
        // An object may be asked for thousands of times, and there was no reading of
        // the file for that.
        self.source.input.spend(1)?;
        let object = parser.object();
        self.source.input.spend(parser.at as u64)?;
        let object = object?;
        let id = Id { number, generation: 0 };
        let (at, mended) = (held.offset, parser.mended);
        Ok(Placed { id, object, at, stream: None, mended })
    }

    /// Makes the object stream of this number the last of those held.
    fn hold(&mut self, number: u32) -> Result<(), Stop> {
        if let Some(n) = self.held.iter().position(|held| held.number == number) {
            let held = self.held.remove(n);
            self.held.push(held);
            return Ok(());
        }
        self.held.retain(|held| held.data.len() <= HELD_LEN);
        let placed = self.load(number)?;
        let Some(placed) = placed.filter(|p| is_object_stream(&p.object)) else {
            return Err(Stop::Malformed("an object stream is missing"));
        };
        let stream = self.stream(&placed, self.room(Cap::PdfObjectStream))?;
        let index = match (placed.object.dict(), stream.fault) {
            (_, Some(stop @ Stop::Over(_))) => return Err(stop),
            (Some(dict), _) => object_stream_index(dict, &stream.bytes, self.limits())?,
            (None, _) => Vec::new(),
        };
        if self.held.len() >= HELD {
            self.held.remove(0);
        }
        let Stream { bytes: data, offset, .. } = stream;
        self.held.push(ObjectStream { number, offset, index, data });
        Ok(())
    }

    /// As much room as a limit allows.
    pub(super) fn room(&self, cap: Cap) -> Room {
        Room::of(self.limits(), cap)
    }

    /// The data of a stream, decrypted and with its filters undone, as far as
    /// there is room.
    pub(super) fn stream(&mut self, placed: &Placed, room: Room) -> Result<Stream, Stop> {
        let (Some(dict), Some(offset)) = (placed.object.dict(), placed.stream) else {
            return Err(Stop::Malformed("a PDF stream has no data"));
        };
        let length = dict.get("Length").cloned().unwrap_or_default();
        // A length that cannot be resolved is looked for like a wrong one.
        let length = match self.resolve(&length) {
            Ok(length) => length.integer().and_then(|n| u64::try_from(n).ok()),
            Err(stop @ (Stop::Io(_) | Stop::Over(_))) => {
                return Err(stop);
            }
            Err(_) => None,
        };
        let raw = self.source.stream(offset, length)?;
        let (Decoded { bytes, fault }, stands) =
            self.unfiltered(placed.id, dict, raw.bytes, room)?;
        Ok(Stream { bytes, fault: fault.or(raw.fault), offset, stands })
    }

    /// The same, of a stream that may be longer than anybody wants to read: no more
    /// of its data is read than may come out.
    pub(super) fn start_of_stream(
        &mut self,
        placed: &Placed,
        room: Room,
    ) -> Result<Stream, Stop> {
        let dict = placed.object.dict();
        let length = dict.and_then(|dict| dict.get("Length")).cloned();
        let length = self.resolve(&length.unwrap_or_default());
        let length = length.ok().and_then(|n| n.integer()).unwrap_or(0);
        let (Some(dict), Some(offset)) = (dict, placed.stream) else {
            return self.stream(placed, room);
        };
        if usize::try_from(length).map_or(true, |length| length <= room.len) {
            return self.stream(placed, room);
        }
        if room.len == 0 {
            return Err(room.over());
        }
        let (bytes, _) = self.source.window(offset, room.len as u64)?;
        let (Decoded { bytes, .. }, stands) =
            self.unfiltered(placed.id, dict, bytes, room)?;
        let fault = Some(room.over());
        Ok(Stream { bytes, fault, offset, stands })
    }

    /// Decrypts `data` and undoes the filters of `dict`. Tells too whether
    /// there was nothing to be done.
    pub(super) fn unfiltered(
        &mut self,
        id: Id,
        dict: &Dict,
        mut data: Vec<u8>,
        room: Room,
    ) -> Result<(Decoded, bool), Stop> {
        let names = self.list(dict, "Filter")?;
        let parameters = self.list(dict, "DecodeParms")?;
        if names.len() > self.limits().pdf_filters {
            return Err(self.limits().over(Cap::PdfFilters));
        }
        let mut steps = Vec::new();
        for (n, name) in names.iter().enumerate() {
            let mut given = match parameters.get(n) {
                Some(Object::Dict(dict)) => dict.clone(),
                _ => Dict::default(),
            };
            for (_, value) in given.0.iter_mut().take(64) {
                *value = self.resolve(value)?;
            }
            steps.push((name.name().unwrap_or_default(), given));
        }
        let mut stands = steps.is_empty();
        let own = steps.iter().find(|(name, _)| *name == b"Crypt");
        let own = own.map(|(_, given)| given.name("Name").unwrap_or(b"Identity"));
        if let Some(crypt) = &self.crypt
            && !is_plain(crypt, dict, &data)
        {
            crypt.stream(id, own, &mut data)?;
            stands = false;
        }
        let room = room.left(self.left, self.limits(), Cap::PdfInflated);
        let mut decoded = Decoded { bytes: data, fault: None };
        for (name, given) in steps.iter().filter(|(name, _)| *name != b"Crypt") {
            let next = filters::decode(name, given, &decoded.bytes, room)?;
            self.left = self.left.saturating_sub(next.bytes.len());
            decoded = Decoded { bytes: next.bytes, fault: next.fault.or(decoded.fault) };
        }
        if decoded.bytes.len() > room.len {
            decoded.bytes.truncate(room.len);
            decoded.fault = Some(room.over());
        }
        Ok((decoded, stands))
    }

    /// The value of `key` as a list: its items resolved, or the one that it is.
    fn list(&mut self, dict: &Dict, key: &str) -> Result<Vec<Object>, Stop> {
        let Some(value) = dict.get(key) else { return Ok(Vec::new()) };
        match self.resolve(value)? {
            Object::Array(items) => {
                let most = self.limits().pdf_filters.saturating_add(1);
                items.iter().take(most).map(|item| self.resolve(item)).collect()
            }
            one => Ok(vec![one]),
        }
    }
}

/// Whether a stream of an encrypted document is not encrypted itself: cross
/// references never are (7.5.8.2), metadata may be left out (7.6.4.2), and a
/// packet that can be read has been left out whatever the document says.
fn is_plain(crypt: &Crypt, dict: &Dict, data: &[u8]) -> bool {
    match dict.name("Type") {
        Some(b"XRef") => true,
        Some(b"Metadata") => !crypt.metadata || data.starts_with(b"<?xpacket begin="),
        _ => false,
    }
}

/// Whether `object` says that it is an object stream (7.5.7).
pub(super) fn is_object_stream(object: &Object) -> bool {
    object.dict().is_some_and(|dict| dict.name("Type") == Some(b"ObjStm"))
}

/// The numbers of the objects in an object stream, and where in `data` they
/// begin.
///
/// # Errors
///
/// Where the header of the stream is damaged.
pub(super) fn object_stream_index(
    dict: &Dict,
    data: &[u8],
    limits: &Limits,
) -> Result<Vec<(u32, usize)>, Stop> {
    let damaged = Stop::Malformed("an object stream is damaged");
    let first = dict.integer("First").and_then(|n| usize::try_from(n).ok());
    let (Some(first), Some(count)) = (first, dict.integer("N")) else {
        return Err(damaged);
    };
    if usize::try_from(count).is_ok_and(|count| count > limits.pdf_compressed) {
        return Err(limits.over(Cap::PdfCompressed));
    }
    let header = data.get(..first).unwrap_or(data);
    let mut parser = Parser::inflated(header, 0, limits);
    let mut index = Vec::new();
    for _ in 0..count {
        // What stands before a damaged part of the header is good.
        let (Ok(number), Ok(at)) = (parser.unsigned(), parser.unsigned()) else { break };
        if let (Ok(number), Ok(at)) = (u32::try_from(number), usize::try_from(at)) {
            index.push((number, first.saturating_add(at)));
        }
    }
    Ok(index)
}

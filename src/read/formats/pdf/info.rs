//! What a document says about itself: the information dictionary (ISO 32000-2,
//! 14.3.3) and the metadata stream of the catalog (14.3.2).

use super::crypt::{Crypt, PASSWORD};
use super::document::{Document, Stream};
use super::object::Object;
use super::strings::{self, Decoded};
use crate::model::BlockKind;
use crate::read::vocabulary::TERMS;
use crate::read::{Cap, Found, Pair, Stop};

/// Reads both, and returns what went wrong with the structure of the document.
/// What is wrong with a stream alone goes to `found`.
pub(super) fn read(document: &mut Document<'_, '_>, found: &mut Found) -> Vec<Stop> {
    let mut problems = Vec::new();
    problems.extend(information(document, found).err());
    problems.extend(metadata(document, found).err());
    problems
}

fn information(document: &mut Document<'_, '_>, found: &mut Found) -> Result<(), Stop> {
    let Some(info) = document.trailer.get("Info").cloned() else { return Ok(()) };
    let (info, place) = match info {
        Object::Ref(id) => match document.load(id.number)? {
            Some(placed) => {
                if placed.mended {
                    let what = "the document information is not well-formed";
                    found.skip_at(placed.at, Stop::Malformed(what));
                }
                (placed.object, placed.at)
            }
            // Nothing there: the standard takes it for null.
            None => return Ok(()),
        },
        direct => (direct, 0),
    };
    let dict = match document.resolve(&info)? {
        Object::Dict(dict) => dict,
        Object::Null => return Ok(()),
        _ => return Err(Stop::Malformed("the document information is no dictionary")),
    };
    found.seen(BlockKind::PdfInfo);
    if document.crypt.as_ref().is_some_and(Crypt::hides_strings) {
        return Err(PASSWORD);
    }
    let mut result = Ok(());
    for term in TERMS.iter().filter(|term| term.block == BlockKind::PdfInfo) {
        let Some(value) = dict.get(term.key) else { continue };
        // One entry that cannot be had does not cost the others.
        let value = match document.resolve(value) {
            Ok(value) => value,
            Err(stop) => {
                result = Err(stop);
                continue;
            }
        };
        let (decoded, offset) = match value {
            Object::String(text) => (strings::decode(&text.bytes), text.offset),
            // Custom entries may be of any type.
            Object::Name(name) => (Decoded::from(String::from_utf8_lossy(&name)), place),
            Object::Bool(value) => (Decoded::from(value.to_string()), place),
            Object::Integer(value) => (Decoded::from(value.to_string()), place),
            Object::Null => continue,
            _ => {
                let what = "an entry of the document information is not text";
                found.skip_at(place, Stop::Malformed(what));
                continue;
            }
        };
        let Decoded { text: value, lang } = decoded;
        let key = term.key.to_owned();
        found.pair(BlockKind::PdfInfo, Pair { key, value, lang, offset });
    }
    result
}

fn metadata(document: &mut Document<'_, '_>, found: &mut Found) -> Result<(), Stop> {
    let Some(metadata) = document.catalog()?.get("Metadata").cloned() else {
        return Ok(());
    };
    let Object::Ref(id) = metadata else {
        return Err(Stop::Malformed("the metadata of the catalog is no stream"));
    };
    let Some(placed) = document.load(id.number)? else { return Ok(()) };
    if placed.stream.is_none() {
        return match placed.object {
            Object::Null => Ok(()),
            _ => Err(Stop::Malformed("the metadata of the catalog is no stream")),
        };
    }
    found.seen(BlockKind::Xmp);
    let stream = match document.stream(&placed, document.room(Cap::Inflated)) {
        Ok(stream) => stream,
        Err(stop @ (Stop::Unsupported(_) | Stop::Over(_))) => {
            found.skip_at(placed.stream.unwrap_or(0), stop);
            return Ok(());
        }
        Err(stop) => return Err(stop),
    };
    found.metadata(stream);
    Ok(())
}

impl Found {
    /// A metadata stream.
    pub(super) fn metadata(&mut self, stream: Stream) {
        if let Some(stop) = stream.fault {
            self.skip_at(stream.offset, stop);
        }
        if stream.stands {
            self.block(BlockKind::Xmp, stream.offset, stream.bytes);
        } else {
            self.assembled(BlockKind::Xmp, stream.offset, stream.bytes);
        }
    }
}

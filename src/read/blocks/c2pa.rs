//! C2PA manifest stores (C2PA Technical Specification 2.1, 8.2 and 11.1), in
//! JUMBF boxes (ISO/IEC 19566-5).
//!
//! Signatures are not verified: whoever can write the file can write a manifest.
//! What it says is evidence like that of any other block, and no more.
//!
//! Only the last manifest of the store is about the file; the ones before it are
//! about what the file was made from.

use serde_json::Value;

use super::Decoded;
use crate::model::BlockKind;
use crate::read::containers::isobmff::{self, Boxes, Budget, IsoBox};
use crate::read::{Cap, Found, Input, Item, Limits, Pair, Stop};

mod cbor;

/// The extended type of a box that holds a manifest store in ISO base media
/// files: C2PA, A.5.
pub const UUID: [u8; 16] =
    *b"\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81";

/// Reads a manifest store: a JUMBF superbox, or what is in one.
///
/// # Errors
///
/// Where the store cannot be walked to its end.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let mut input = Input::from_bytes(bytes, limits);
    let mut walk = Walk { found: Found::default(), budget: Budget::new(limits) };
    let end = walk.store(&mut input);
    for item in walk.found.items {
        match item {
            Item::Pair { kind, pair } => out.pair(kind, pair),
            Item::Skipped { stop, offset } => out.problem(offset.unwrap_or(0), stop),
            Item::Block { .. } | Item::Seen { .. } => {}
        }
    }
    end
}

/// Whether a superbox that begins so, or what is in one, is a manifest store;
/// JUMBF is used for other things as well.
pub fn is_store(bytes: &[u8]) -> bool {
    let begins = bytes.get(..64).unwrap_or(bytes);
    memchr::memmem::find(begins, b"c2pa\0").is_some()
}

/// A superbox: its label, the last part of its type, and its content boxes.
struct Superbox {
    label: Vec<u8>,
    kind: [u8; 4],
    boxes: Boxes,
}

struct Walk {
    found: Found,
    budget: Budget,
}

impl Walk {
    fn store(&mut self, input: &mut Input<'_>) -> Result<(), Stop> {
        let mut boxes = Boxes::of_file(input);
        let Some(first) = boxes.next(input, &mut self.found, &mut self.budget)? else {
            return Ok(());
        };
        let store = match &first.kind {
            b"jumb" => self.open(input, first.boxes(0))?,
            b"jumd" => self.open(input, Boxes::of_file(input))?,
            _ => None,
        };
        let Some(mut store) = store.filter(|s| s.label == b"c2pa") else { return Ok(()) };
        let mut last = None;
        while let Some(next) =
            store.boxes.next(input, &mut self.found, &mut self.budget)?
        {
            if &next.kind == b"jumb" {
                last = Some(next);
            }
        }
        let last = last.ok_or(Stop::Malformed("a manifest store without a manifest"))?;
        let Some(mut manifest) = self.open(input, last.boxes(0))? else { return Ok(()) };
        match &manifest.kind {
            b"c2ma" => {}
            b"c2um" => {
                let what = "an update manifest: what it updates is not read";
                self.found.skip_at(last.at, Stop::Unsupported(what));
            }
            _ => return Err(Stop::Unsupported("a kind of manifest that is not known")),
        }
        while let Some(next) =
            manifest.boxes.next(input, &mut self.found, &mut self.budget)?
        {
            if &next.kind != b"jumb" {
                continue;
            }
            if let Some(part) = self.open(input, next.boxes(0))?
                && part.label == b"c2pa.assertions"
            {
                self.assertions(input, part.boxes)?;
            }
        }
        Ok(())
    }

    fn assertions(
        &mut self,
        input: &mut Input<'_>,
        mut boxes: Boxes,
    ) -> Result<(), Stop> {
        while let Some(next) = boxes.next(input, &mut self.found, &mut self.budget)? {
            if &next.kind != b"jumb" {
                continue;
            }
            let Some(mut assertion) = self.open(input, next.boxes(0))? else { continue };
            let label = String::from_utf8_lossy(&assertion.label).into_owned();
            let label = name(&label);
            let wanted = match label {
                CREATIVE_WORK | "cawg.training-mining" | "c2pa.training-mining" => true,
                "c2pa.metadata" | "cawg.metadata" => {
                    let what = "a metadata assertion in a C2PA manifest";
                    self.found.skip_at(next.at, Stop::Unsupported(what));
                    false
                }
                _ => false,
            };
            if !wanted {
                continue;
            }
            let content =
                assertion.boxes.next(input, &mut self.found, &mut self.budget)?;
            let taken = match content {
                Some(content) => self.assertion(input, label, content),
                None => Err(Stop::Malformed("an assertion without content")),
            };
            isobmff::note(&mut self.found, next.at, taken)?;
        }
        Ok(())
    }

    fn assertion(
        &mut self,
        input: &mut Input<'_>,
        label: &str,
        content: IsoBox,
    ) -> Result<(), Stop> {
        if content.len() > input.limits().value {
            return Err(input.limits().over(Cap::Value));
        }
        let bytes = content.bytes(input)?;
        let value = match &content.kind {
            b"json" => serde_json::from_slice(&bytes)
                .map_err(|_| Stop::Malformed("an assertion that is not JSON"))?,
            b"cbor" => cbor::read(&bytes, input.limits())?,
            _ => return Err(Stop::Unsupported("an assertion of another kind")),
        };
        let mut say = |key: String, text: &str| {
            let value = text.to_owned();
            let pair = Pair { key, value, lang: None, offset: content.start };
            self.found.pair(BlockKind::C2pa, pair);
        };
        if label == CREATIVE_WORK {
            creative_work(&value, &mut say);
        } else {
            mining(label, &value, &mut say);
        }
        Ok(())
    }

    /// Reads the description box that comes first in a superbox: ISO/IEC 19566-5,
    /// A.3. `None` where there is none, which is noted.
    fn open(
        &mut self,
        input: &mut Input<'_>,
        mut boxes: Boxes,
    ) -> Result<Option<Superbox>, Stop> {
        let Some(first) = boxes.next(input, &mut self.found, &mut self.budget)? else {
            return Ok(None);
        };
        // A type, toggles and a label, which need not be long.
        let bytes = input.bytes(first.start, first.len().min(LABEL))?;
        let head = bytes.split_first_chunk::<17>().filter(|_| &first.kind == b"jumd");
        let Some((head, label)) = head else {
            let what = "a JUMBF box without a description";
            self.found.skip_at(first.at, Stop::Malformed(what));
            return Ok(None);
        };
        let [a, b, c, d, .., toggles] = *head;
        let label = if toggles & 2 == 0 { &[] } else { label };
        let label = label.split(|b| *b == 0).next().unwrap_or_default().to_vec();
        Ok(Some(Superbox { label, kind: [a, b, c, d], boxes }))
    }
}

/// How many bytes of a description are read.
const LABEL: u64 = 512;
const CREATIVE_WORK: &str = "stds.schema-org.CreativeWork";

/// A label without its version and its number: C2PA, 6.2 and 6.3.
fn name(label: &str) -> &str {
    let label = label.split_once("__").map_or(label, |(name, _)| name);
    match label.rsplit_once(".v") {
        Some((name, version)) if version.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => label,
    }
}

/// Says what a schema.org description has to say, each value under its property.
fn creative_work(value: &Value, say: &mut dyn FnMut(String, &str)) {
    let Some(work) = value.as_object() else { return };
    for (key, value) in work {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values {
            match value {
                Value::String(text) => say(format!("CreativeWork/{key}"), text),
                Value::Object(thing) => {
                    if let Some(Value::String(text)) = thing.get("name") {
                        say(format!("CreativeWork/{key}/name"), text);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Says what may be done with the data, for each use: CAWG Training and Data
/// Mining Assertion 1.1; C2PA 1.4, 18.21.
fn mining(label: &str, value: &Value, say: &mut dyn FnMut(String, &str)) {
    let Some(entries) = value.get("entries").and_then(Value::as_object) else { return };
    for (entry, value) in entries {
        let (_, entry) = entry.rsplit_once('.').unwrap_or(("", entry));
        if let Some(allowed) = value.get("use").and_then(Value::as_str) {
            say(format!("{label}/{entry}"), allowed);
        }
        if let Some(terms) = value.get("constraint_info").and_then(Value::as_str) {
            say(format!("{label}/{entry}"), terms);
        }
    }
}

#[cfg(test)]
mod tests;

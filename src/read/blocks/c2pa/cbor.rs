//! CBOR (RFC 8949), as far as assertions need it: texts in maps and arrays. What
//! JSON does not know, such as byte strings, is read as null.

use serde_json::{Map, Value};

use crate::read::{Cap, Limits, Stop};

const CUT: Stop = Stop::Malformed("an assertion that is not CBOR");
/// Reads the first value of `bytes`.
///
/// # Errors
///
/// [`Stop::Malformed`] where it is cut short, [`Stop::Over`] over a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Value, Stop> {
    let mut reader = Reader { limits, bytes, left: limits.assertion_values };
    reader.value(limits.assertion_depth)?.ok_or(CUT)
}

struct Reader<'a> {
    limits: &'a Limits,
    bytes: &'a [u8],
    left: u32,
}

/// An argument of this size says that the length is not known: 3.2.
const INDEFINITE: u8 = 31;

impl Reader<'_> {
    /// A value; `None` for the break that ends a list of unknown length.
    fn value(&mut self, depth: u32) -> Result<Option<Value>, Stop> {
        let over = |cap| self.limits.over(cap);
        self.left = self.left.checked_sub(1).ok_or_else(|| over(Cap::AssertionValues))?;
        let depth = depth.checked_sub(1).ok_or_else(|| over(Cap::AssertionDepth))?;
        let [first] = self.take::<1>()?;
        let (major, size) = (first >> 5, first & 0x1F);
        if first == 0xFF {
            return Ok(None);
        }
        if size == INDEFINITE && matches!(major, 2 | 3) {
            return Err(Stop::Unsupported("a CBOR string in chunks"));
        }
        let count = self.argument(size)?;
        Ok(Some(match major {
            0 => count.into(),
            2 => {
                self.slice(count)?;
                Value::Null
            }
            3 => {
                let text = self.slice(count)?;
                let text = std::str::from_utf8(text).map_err(|_| CUT)?;
                Value::String(text.to_owned())
            }
            4 => self.array(size, count, depth)?,
            5 => self.map(size, count, depth)?,
            // A tag says how to take the value behind it.
            6 => self.value(depth)?.ok_or(CUT)?,
            7 if size == 20 => false.into(),
            7 if size == 21 => true.into(),
            // Negative and real numbers say nothing that is wanted.
            _ => Value::Null,
        }))
    }

    fn array(&mut self, size: u8, count: u64, depth: u32) -> Result<Value, Stop> {
        let mut values = Vec::new();
        while size == INDEFINITE || (values.len() as u64) < count {
            match self.value(depth)? {
                Some(value) => values.push(value),
                None if size == INDEFINITE => break,
                None => return Err(CUT),
            }
        }
        Ok(Value::Array(values))
    }

    fn map(&mut self, size: u8, count: u64, depth: u32) -> Result<Value, Stop> {
        let mut map = Map::new();
        let mut seen = 0;
        while size == INDEFINITE || seen < count {
            let key = match self.value(depth)? {
                Some(key) => key,
                None if size == INDEFINITE => break,
                None => return Err(CUT),
            };
            let value = self.value(depth)?.ok_or(CUT)?;
            if let Value::String(key) = key {
                map.insert(key, value);
            }
            seen += 1;
        }
        Ok(Value::Object(map))
    }

    /// The argument of a head: 3.
    fn argument(&mut self, size: u8) -> Result<u64, Stop> {
        Ok(match size {
            0..=23 => u64::from(size),
            24 => u64::from(u8::from_be_bytes(self.take()?)),
            25 => u64::from(u16::from_be_bytes(self.take()?)),
            26 => u64::from(u32::from_be_bytes(self.take()?)),
            27 => u64::from_be_bytes(self.take()?),
            INDEFINITE => 0,
            _ => return Err(CUT),
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Stop> {
        let (taken, rest) = self.bytes.split_first_chunk().ok_or(CUT)?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn slice(&mut self, len: u64) -> Result<&[u8], Stop> {
        let len = usize::try_from(len).map_err(|_| CUT)?;
        let (taken, rest) = self.bytes.split_at_checked(len).ok_or(CUT)?;
        self.bytes = rest;
        Ok(taken)
    }
}

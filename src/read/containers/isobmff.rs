//! Boxes (ISO/IEC 14496-12, 4.2), which JPEG 2000, JPEG XL, HEIF, Canon and
//! QuickTime files are made of.

use crate::model::BlockKind;
use crate::read::blocks::c2pa;
use crate::read::{Cap, Found, Input, Limits, Stop};

/// The extended type of a box that holds an XMP packet: XMP Specification
/// Part 3, 1.2.7.1.
pub const XMP: [u8; 16] =
    *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";

/// The major brand of a file that begins with `head` (ISO/IEC 14496-12, 4.3);
/// `None` where it has none.
pub fn brand(head: &[u8]) -> Option<[u8; 4]> {
    let brand = head.get(4..)?.strip_prefix(b"ftyp")?;
    brand.first_chunk().copied()
}

/// A box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsoBox {
    /// Its type: `meta`.
    pub kind: [u8; 4],
    /// The extended type of a box of type `uuid`.
    pub uuid: Option<[u8; 16]>,
    /// Where its header begins, in bytes from the start of the file.
    pub at: u64,
    /// Where its content begins.
    pub start: u64,
    /// Where it ends, within the box around it.
    pub end: u64,
}

impl IsoBox {
    /// How many bytes its content has.
    pub fn len(&self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it has no content.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads its content.
    ///
    /// # Errors
    ///
    /// As [`Input::bytes`].
    pub fn bytes(&self, input: &mut Input<'_>) -> Result<Vec<u8>, Stop> {
        input.bytes(self.start, self.len())
    }

    /// Makes a block of its content.
    ///
    /// # Errors
    ///
    /// As [`Input::bytes`].
    pub fn block(
        &self,
        input: &mut Input<'_>,
        found: &mut Found,
        kind: BlockKind,
    ) -> Result<(), Stop> {
        found.block(kind, self.start, self.bytes(input)?);
        Ok(())
    }

    /// Makes blocks of the boxes with a UUID that mean the same in all files of
    /// ISO base media: XMP, and C2PA manifest stores.
    ///
    /// # Errors
    ///
    /// As [`Input::bytes`].
    pub fn uuid(&self, input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
        match self.uuid {
            Some(XMP) => self.block(input, found, BlockKind::Xmp),
            Some(c2pa::UUID) => {
                let bytes = self.bytes(input)?;
                // A version, flags, a purpose, and the place of another box.
                const HEAD: &[u8] = b"\0\0\0\0manifest\0";
                let skip = HEAD.len() + 8;
                if let Some(store) = bytes.get(skip..).filter(|_| bytes.starts_with(HEAD))
                {
                    let offset = self.start.saturating_add(skip as u64);
                    found.block(BlockKind::C2pa, offset, store);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The boxes inside, where they begin `skip` bytes into the content.
    pub fn boxes(&self, skip: u64) -> Boxes {
        let at = self.start.saturating_add(skip).min(self.end);
        Boxes { at, end: self.end, inside: true }
    }
}

/// Notes at `at` what could not be read there, so that the walk can go on.
///
/// # Errors
///
/// What ends every walk: [`Stop::Io`], and a used-up budget.
pub fn note(found: &mut Found, at: u64, taken: Result<(), Stop>) -> Result<(), Stop> {
    match taken {
        Ok(()) => Ok(()),
        Err(Stop::Over(over)) if over.cap() == Cap::Parts => Err(Stop::Over(over)),
        Err(stop) if stop.is_final() => Err(stop),
        Err(stop) => {
            found.skip_at(at, stop);
            Ok(())
        }
    }
}

/// How many boxes of a file may still be looked at.
#[derive(Debug)]
pub struct Budget(u32);

impl Budget {
    /// As many as the limits allow for a whole file.
    pub fn new(limits: &Limits) -> Self {
        Self(limits.parts)
    }
}

/// Boxes that follow each other.
#[derive(Debug)]
pub struct Boxes {
    at: u64,
    end: u64,
    inside: bool,
}

/// A box whose length would end it before its own header does.
const SHORT: Stop = Stop::Malformed("a box is shorter than its own header");

impl Boxes {
    /// The outermost boxes of a file.
    pub fn of_file(input: &Input<'_>) -> Self {
        Self { at: 0, end: input.len(), inside: false }
    }

    /// The next box; `None` at the end, or where there is no telling where the
    /// next one begins, which is noted in `found`. A box that claims to be longer
    /// than what it stands in is noted, and ends with it.
    ///
    /// # Errors
    ///
    /// [`Stop::Over`] when the budget is used up, [`Stop::Io`].
    pub fn next(
        &mut self,
        input: &mut Input<'_>,
        found: &mut Found,
        budget: &mut Budget,
    ) -> Result<Option<IsoBox>, Stop> {
        let left = self.end.saturating_sub(self.at);
        if left == 0 {
            return Ok(None);
        }
        budget.0 =
            budget.0.checked_sub(1).ok_or_else(|| input.limits().over(Cap::Parts))?;
        match self.header(input, left) {
            Ok(Some((next, len))) => {
                if len > left {
                    let what = if self.inside {
                        "a box runs past the end of the box around it"
                    } else {
                        "a box runs past the end of the file"
                    };
                    found.skip_at(next.at, Stop::Malformed(what));
                }
                self.at = next.end;
                Ok(Some(next))
            }
            Ok(None) => Ok(None),
            Err(stop) if stop.is_final() => Err(stop),
            Err(stop) => {
                found.skip_at(self.at, stop);
                self.at = self.end;
                Ok(None)
            }
        }
    }

    /// The header of the box with `left` bytes to the end, and the length that it
    /// claims.
    fn header(
        &self,
        input: &mut Input<'_>,
        left: u64,
    ) -> Result<Option<(IsoBox, u64)>, Stop> {
        const CUT: Stop = Stop::Malformed("the header of a box is cut short");
        let at = self.at;
        // A list of user data may end in four zero bytes: QuickTime File Format,
        // "User Data Atoms".
        if left < 8 {
            let zeros = input.bytes(at, left)?.iter().all(|b| *b == 0);
            return if self.inside && zeros { Ok(None) } else { Err(CUT) };
        }
        let [a, b, c, d, kind @ ..] = input.array::<8>(at)?;
        let mut head = 8;
        let len = match u32::from_be_bytes([a, b, c, d]) {
            0 if self.inside && kind == [0; 4] => return Ok(None),
            // To the end of the file.
            0 => left,
            1 if left < 16 => return Err(CUT),
            1 => {
                head = 16;
                u64::from_be_bytes(input.array(at + 8)?)
            }
            len => u64::from(len),
        };
        let mut uuid = None;
        if &kind == b"uuid" {
            if left.min(len) < head + 16 {
                return Err(if len < head + 16 { SHORT } else { CUT });
            }
            uuid = Some(input.array(at + head)?);
            head += 16;
        }
        if len < head {
            return Err(SHORT);
        }
        let end = at + len.min(left);
        Ok(Some((IsoBox { kind, uuid, at, start: at + head, end }, len)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boxes of a file, as type and content, and what was wrong.
    fn boxes(file: &[u8]) -> (Vec<(String, Vec<u8>)>, String) {
        let limits = Limits { parts: 5, ..Limits::default() };
        let mut input = Input::from_bytes(file, &limits);
        let (mut found, mut budget) = (Found::default(), Budget::new(&limits));
        let mut boxes = Boxes::of_file(&input);
        let mut all = Vec::new();
        let end = loop {
            match boxes.next(&mut input, &mut found, &mut budget) {
                Ok(Some(next)) => {
                    let name = String::from_utf8_lossy(&next.kind).into_owned();
                    all.push((name, next.bytes(&mut input).unwrap()));
                }
                Ok(None) => break String::new(),
                Err(stop) => break stop.to_string(),
            }
        };
        let noted = found.items.iter().map(|item| match item {
            crate::read::Item::Skipped { stop, .. } => stop.to_string(),
            item => panic!("{item:?}"),
        });
        (all, noted.chain([end]).collect())
    }

    #[test]
    fn a_box_says_its_length_in_four_ways() {
        let uuid = [b"\0\0\0\x19uuid", &[7; 16][..], b"u"].concat();
        let file = [
            b"\0\0\0\x0Afreeab",
            &b"\0\0\0\x01wide\0\0\0\0\0\0\0\x11c"[..],
            &uuid,
            b"\0\0\0\0mdatto the end",
        ]
        .concat();
        let (all, wrong) = boxes(&file);
        let all: Vec<_> = all.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        let are: [(&str, &[u8]); 4] =
            [("free", b"ab"), ("wide", b"c"), ("uuid", b"u"), ("mdat", b"to the end")];
        assert_eq!(all, are);
        assert_eq!(wrong, "");
    }

    #[test]
    fn what_is_wrong_with_a_box_is_said() {
        for (tail, count, what) in [
            (&b"\0\0\0\x07free"[..], 1, "a box is shorter than its own header"),
            (
                b"\0\0\0\x01free\0\0\0\0\0\0\0\x0F",
                1,
                "a box is shorter than its own header",
            ),
            (
                b"\0\0\0\x10uuid\0\0\0\0\0\0\0\0",
                1,
                "a box is shorter than its own header",
            ),
            (b"\0\0\0\x20uuid\0\0\0\0\0\0\0\0", 1, "the header of a box is cut short"),
            (b"\0\0\0\x01free\0\0", 1, "the header of a box is cut short"),
            (b"\0\0\0", 1, "the header of a box is cut short"),
            (b"\xFF\xFF\xFF\xFFmetaabc", 2, "a box runs past the end of the file"),
            (
                b"\0\0\0\x01meta\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFabc",
                2,
                "a box runs past the end of the file",
            ),
            (&b"\0\0\0\x08free".repeat(5), 5, "more than 5 parts"),
        ] {
            let file = [b"\0\0\0\x08skip", tail].concat();
            let (all, wrong) = boxes(&file);
            assert_eq!((all.len(), wrong.as_str()), (count, what), "{tail:?}");
        }
    }
}

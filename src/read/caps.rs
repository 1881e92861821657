//! What it says when a limit bites: which, and how much it allows.

use std::fmt;

use super::{Limits, Stop};

/// A limit of [`Limits`], with the value that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    cap: Cap,
    value: u64,
}

/// Which limit: the fields of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// [`Limits::block`]
    Block,
    /// [`Limits::file`]
    File,
    /// [`Limits::value`]
    Value,
    /// [`Limits::values`]
    Values,
    /// [`Limits::inflated`]
    Inflated,
    /// [`Limits::scan`]
    Scan,
    /// [`Limits::reads`]
    Reads,
    /// [`Limits::parts`]
    Parts,
    /// [`Limits::directories`]
    Directories,
    /// [`Limits::fields`]
    Fields,
    /// [`Limits::statements`]
    Statements,
    /// [`Limits::time`]
    Time,
}

impl Cap {
    /// Every limit.
    pub const ALL: [Self; 12] = [
        Self::Block,
        Self::File,
        Self::Value,
        Self::Values,
        Self::Inflated,
        Self::Scan,
        Self::Reads,
        Self::Parts,
        Self::Directories,
        Self::Fields,
        Self::Statements,
        Self::Time,
    ];
}

impl Limits {
    /// What to say where the limit `cap` was reached.
    pub fn over(&self, cap: Cap) -> Stop {
        let value = match cap {
            Cap::Block => self.block,
            Cap::File => self.file,
            Cap::Value => self.value,
            Cap::Values => self.values,
            Cap::Inflated => self.inflated,
            Cap::Scan => self.scan,
            Cap::Reads => self.reads,
            Cap::Parts => self.parts.into(),
            Cap::Directories => self.directories.into(),
            Cap::Fields => self.fields.into(),
            Cap::Statements => self.statements.into(),
            // 500 million years have fewer milliseconds.
            Cap::Time => self.time.map_or(0, |time| time.as_millis() as u64),
        };
        Stop::Over(Over { cap, value })
    }
}

impl Over {
    /// Whether nothing more can be had of the file.
    pub(super) fn is_final(self) -> bool {
        matches!(self.cap, Cap::Reads | Cap::Time)
    }
}

/// How the message about [`Cap::Time`] begins.
pub(super) const TOOK_LONGER: &str = "reading took longer than";

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, bytes) = (Count(self.value), Bytes(self.value));
        match self.cap {
            Cap::Block => write!(f, "metadata block over {bytes}"),
            Cap::File => write!(f, "over {bytes} of metadata in one file"),
            Cap::Value => write!(f, "a value longer than {bytes}"),
            Cap::Values => write!(f, "over {bytes} of values in one file"),
            Cap::Inflated => write!(f, "inflates to more than {bytes}"),
            Cap::Scan => write!(f, "over {bytes} to be passed over"),
            Cap::Reads => write!(f, "more than {count} read calls"),
            Cap::Parts => write!(f, "more than {count} parts"),
            Cap::Directories => write!(f, "more than {count} directories"),
            Cap::Fields => write!(f, "more than {count} fields in a directory"),
            Cap::Statements => write!(f, "more than {count} statements"),
            Cap::Time => {
                write!(f, "{TOOK_LONGER} {} s", self.value as f64 / 1000.0)
            }
        }
    }
}

/// A number with its thousands apart.
struct Count(u64);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// A length, in the largest unit in which it is a whole number.
struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        let whole = |shift: &u32| self.0 > 0 && self.0.is_multiple_of(1 << shift);
        match units.iter().find(|(shift, _)| whole(shift)) {
            Some((shift, unit)) => write!(f, "{} {unit}", self.0 >> shift),
            None => write!(f, "{} bytes", Count(self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DamageKind, FileRef};
    use crate::read::testing::{Tiff, chunk, deflated, jpeg, png, segment, tiff};
    use crate::read::{Input, read_input};
    use std::time::Duration;

    fn limits_reached(file: &[u8], limits: &Limits) -> Vec<String> {
        let mut evidence = crate::model::Evidence::default();
        let mut input = Input::from_bytes(file, limits);
        read_input(&mut input, FileRef::Primary, &mut evidence);
        let limits = evidence.damage.iter().filter(|d| d.kind == DamageKind::Limit);
        limits.map(|d| d.what.clone()).collect()
    }

    /// A file on which a limit bites once it is that low, and what is said.
    fn case(cap: Cap) -> (Vec<u8>, Limits, &'static str) {
        let usual = Limits::default();
        let exif = tiff(&[(0x013B, b"Jane Doe\0"), (0x8298, b"CC BY 4.0\0")]);
        let text = |data: &[u8]| png(&[chunk(b"IHDR", &[0; 13]), chunk(b"tEXt", data)]);
        let title = text(b"Title\0Hafen am Abend");
        match cap {
            Cap::Block => (
                jpeg(&[segment(0xE1, &[b"Exif\0\0", &exif[..]].concat())]),
                Limits { block: 32, ..usual },
                "metadata block over 32 bytes",
            ),
            Cap::File => (
                title,
                Limits { file: 5, ..usual },
                "over 5 bytes of metadata in one file",
            ),
            Cap::Value => {
                (title, Limits { value: 10, ..usual }, "a value longer than 10 bytes")
            }
            Cap::Values => (
                exif,
                Limits { values: 10, ..usual },
                "over 10 bytes of values in one file",
            ),
            Cap::Inflated => (
                png(&[
                    chunk(b"IHDR", &[0; 13]),
                    chunk(
                        b"zTXt",
                        &[b"Title\0\0", &deflated(&[b'a'; 5000])[..]].concat(),
                    ),
                ]),
                Limits { inflated: 4096, ..usual },
                "inflates to more than 4 KiB",
            ),
            Cap::Scan => (
                b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nstartxref\n9\n%%EOF\n"
                    .to_vec(),
                Limits { scan: 40, ..usual },
                "over 40 bytes to be passed over",
            ),
            // The head, and the rest of the segment.
            Cap::Reads => (
                jpeg(&[segment(0xE0, &[0; 20_000]), segment(0xFE, &[b'a'; 20_000])]),
                Limits { reads: 1, ..usual },
                "more than 1 read calls",
            ),
            Cap::Parts => (
                jpeg(&[segment(0xE0, b"JFIF"), segment(0xFE, b"Hafen")]),
                Limits { parts: 1, ..usual },
                "more than 1 parts",
            ),
            Cap::Directories => {
                let ifd = crate::read::testing::Ifd {
                    fields: vec![(0x013B, 2, b"Jane Doe\0".to_vec())],
                    children: vec![],
                };
                (
                    Tiff { big_endian: false, big: false }.file(&[ifd.clone(), ifd]),
                    Limits { directories: 1, ..usual },
                    "more than 1 directories",
                )
            }
            Cap::Fields => {
                (exif, Limits { fields: 1, ..usual }, "more than 1 fields in a directory")
            }
            Cap::Statements => {
                (exif, Limits { statements: 1, ..usual }, "more than 1 statements")
            }
            Cap::Time => (
                title,
                Limits { time: Some(Duration::ZERO), ..usual },
                "reading took longer than 0 s",
            ),
        }
    }

    #[test]
    fn every_limit_that_bites_is_said_with_its_value() {
        for cap in Cap::ALL {
            let (file, limits, said) = case(cap);
            let usual = limits_reached(&file, &Limits::default());
            assert_eq!(usual, [""; 0], "{cap:?}: the usual limits");
            let reached = limits_reached(&file, &limits);
            assert!(reached.iter().any(|what| what == said), "{cap:?}: {reached:?}");
        }
    }

    #[test]
    fn numbers_are_said_so_that_they_can_be_read() {
        let usual = Limits { time: Some(Duration::from_secs(60)), ..Limits::default() };
        for (cap, said) in [
            (Cap::Block, "metadata block over 16 MiB"),
            (Cap::Reads, "more than 100,000 read calls"),
            (Cap::Time, "reading took longer than 60 s"),
        ] {
            assert_eq!(usual.over(cap).to_string(), said);
        }
    }
}

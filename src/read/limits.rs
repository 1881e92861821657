//! How much of a file is read and held: the one table of limits, and what is
//! said where one of them bites.
//!
//! What a standard itself bounds is no limit of ours and not here: the 65,536
//! codes of a font, the comment of a ZIP file. Nor is how far something is
//! looked for that may not be there.
//!
//! To add a limit: a row in `table`, and one in `limits/tests.rs` with a file
//! on which it bites. `docs/limits.md` is written from the table:
//!
//! ```text
//! SNAPSHOTS=overwrite cargo test --test limits
//! ```

mod table;

use std::fmt;
use std::time::Duration;

use super::Stop;
pub use table::{Cap, Limits};

/// What the table says about a limit.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The field of [`Limits`].
    pub name: &'static str,
    /// What it bounds.
    pub bounds: &'static str,
    /// In what it is counted.
    pub unit: Unit,
    /// What is said where it bites, with `{}` for its value.
    pub says: &'static str,
    /// Where a standard lays down what is bounded; empty where none does.
    pub clause: &'static str,
}

/// In what a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Things.
    Count,
    /// Milliseconds.
    Time,
}

/// A limit of [`Limits`], with the value that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    cap: Cap,
    value: u64,
}

impl Limits {
    /// What to say where the limit `cap` was reached.
    pub fn over(&self, cap: Cap) -> Stop {
        Stop::Over(self.reached(cap))
    }

    /// The limit `cap` with its value.
    pub fn reached(&self, cap: Cap) -> Over {
        Over { cap, value: self.get(cap) }
    }

    /// What to say, where nothing is lost by it that the work says of itself.
    pub fn aside(&self, cap: Cap) -> Stop {
        Stop::Aside(self.reached(cap))
    }

    /// The same limits, with another value for `cap`, in its unit.
    pub fn with(mut self, cap: Cap, value: u64) -> Self {
        self.set(cap, value);
        self
    }
}

impl Over {
    /// Whether nothing more can be had of the file.
    pub(super) fn is_final(self) -> bool {
        matches!(self.cap, Cap::Reads | Cap::Time)
    }

    /// Which limit it was.
    pub fn cap(self) -> Cap {
        self.cap
    }
}

/// How the message about [`Cap::Time`] begins.
pub(super) const TOOK_LONGER: &str = "reading took longer than";

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.cap.row();
        let (before, after) = row.says.split_once("{}").unwrap_or((row.says, ""));
        f.write_str(before)?;
        row.unit.write(self.value, f)?;
        f.write_str(after)
    }
}

impl Unit {
    fn write(self, value: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In the largest unit in which it is a whole number.
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        let whole = |shift: &u32| value > 0 && value.is_multiple_of(1 << shift);
        match (self, units.iter().find(|(shift, _)| whole(shift))) {
            (Self::Bytes, Some((shift, unit))) => write!(f, "{} {unit}", value >> shift),
            (Self::Bytes, None) => write!(f, "{} bytes", Count(value)),
            (Self::Count, _) => write!(f, "{}", Count(value)),
            (Self::Time, _) => write!(f, "{} s", value as f64 / 1000.0),
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

/// Milliseconds, of which 500 million years have fewer.
fn milliseconds(time: Option<Duration>) -> u64 {
    time.map_or(0, |time| time.as_millis() as u64)
}

#[cfg(test)]
mod tests;

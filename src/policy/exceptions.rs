//! Exceptions: findings that are accepted, by whom, why and until when.

use std::fmt;

use globset::GlobMatcher;

use crate::model::Waiver;

/// A finding that is accepted for a time.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The pattern of the paths, as written.
    pub path: String,
    pub(super) matcher: GlobMatcher,
    /// The id of the rule.
    pub rule: &'static str,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: Date,
    /// Whether that day has passed.
    pub expired: bool,
    /// The line of the policy that it begins on, from 1.
    pub line: usize,
}

impl Exception {
    /// Whether it is about this rule and this path, expired or not.
    pub fn covers(&self, path: &str, rule: &str) -> bool {
        self.rule == rule && self.matcher.is_match(path)
    }

    /// Whether its pattern may fit a path that begins with `prefix`: `loans/`.
    pub(super) fn may_lie_below(&self, prefix: &str) -> bool {
        let plain = self.path.split(['*', '?', '[', '{', '\\']).next();
        let plain = plain.unwrap_or_default();
        plain.starts_with(prefix) || prefix.starts_with(plain)
    }

    /// What a finding that it accepts is marked with.
    pub fn waiver(&self) -> Waiver {
        Waiver {
            reason: self.reason.clone(),
            owner: self.owner.clone(),
            expires: self.expires.to_string(),
        }
    }
}

/// A day of the Gregorian calendar (ISO 8601). Days order as they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl Date {
    /// Today, as UTC has it.
    pub fn today() -> Self {
        let date = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// Reads `2027-01-31`; `None` where there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let date: jiff::civil::Date =
            (text.len() == 10).then(|| text.parse().ok()).flatten()?;
        Some(Self { year: date.year(), month: date.month(), day: date.day() })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_written_and_ordered() {
        let day = Date::parse("2027-01-31").unwrap();
        assert_eq!(day.to_string(), "2027-01-31");
        assert!(day < Date::parse("2027-02-01").unwrap());
        for wrong in ["2027-02-29", "31.1.2027", "2027-1-31", ""] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }
}

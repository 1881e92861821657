//! Cross-reference tables and streams (ISO 32000-2, 7.5.4 to 7.5.8).
//!
//! A table is not loaded: the entry of an object is read at the beginning of
//! its subsection + 20 × n. A file of 50,000 pages has a table of a megabyte,
//! and five of its entries are wanted.

use super::filters::{self, Decoded, Room};
use super::object::{Dict, Object};
use super::parse::{decimal, is_space};
use super::source::Source;
use crate::read::{Cap, Limits, Stop};

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nowhere.
    Free,
    /// At this place of the file, counted from the header.
    At(u64),
    /// In an object stream: the number of that, and which of its objects.
    In { stream: u32, index: u32 },
}

/// The cross-reference sections of a file, the newest first.
#[derive(Debug, Default)]
pub(super) struct Xref {
    sections: Vec<Section>,
    /// Whether older sections are missing, and with them perhaps objects.
    missing: Missing,
}

/// Why older sections are missing.
#[derive(Clone, Copy, Debug, Default)]
enum Missing {
    #[default]
    None,
    Damaged,
    Limit,
}

#[derive(Debug)]
enum Section {
    Table {
        parts: Vec<Part>,
        hybrid: bool,
    },
    Stream {
        parts: Vec<Part>,
        widths: [usize; 3],
        data: Vec<u8>,
    },
    /// Found by a scan, in ascending order of their numbers.
    Scan(Vec<(u32, Entry)>),
}

/// A subsection: the objects `first` to `first + count`, and where the entry
/// of the first is, in the file or in the data.
#[derive(Clone, Copy, Debug)]
struct Part {
    first: u64,
    count: u64,
    at: u64,
    /// The length of an entry: 20 by the standard, 19 where a writer left out
    /// a byte of the end of line.
    size: u64,
}

impl Xref {
    /// Objects whose places are known from a scan, in ascending order.
    pub(super) fn from_scan(entries: Vec<(u32, Entry)>) -> Self {
        Self { sections: vec![Section::Scan(entries)], missing: Missing::None }
    }

    /// Reads the sections that begin with the one at `start`, counted from the
    /// header, and the newest trailer.
    ///
    /// # Errors
    ///
    /// Where the newest section cannot be read. Older ones that cannot are
    /// [`Self::missing`], which counts when an object is not found.
    pub(super) fn read(
        source: &mut Source<'_, '_>,
        start: u64,
    ) -> Result<(Self, Dict), Stop> {
        let mut xref = Self::default();
        let mut newest: Option<Dict> = None;
        let mut next = Some(start);
        let mut seen = Vec::new();
        let limits = source.input.limits();
        let mut left = limits.pdf_xref;
        while let Some(at) = next {
            // Some writers say `/Prev 0` where there is none.
            if seen.contains(&at) || (at == 0 && newest.is_some()) {
                break;
            }
            if xref.sections.len() >= limits.pdf_sections {
                xref.missing = Missing::Limit;
                break;
            }
            seen.push(at);
            let (section, trailer) = match section(source, at, &mut left) {
                Ok(read) => read,
                Err(stop @ (Stop::Io(_) | Stop::Over(_))) => {
                    return Err(stop);
                }
                Err(stop) if newest.is_none() => return Err(stop),
                Err(_) => {
                    xref.missing = Missing::Damaged;
                    break;
                }
            };
            xref.sections.push(section);
            let hybrid = trailer.integer("XRefStm").and_then(|n| u64::try_from(n).ok());
            if let Some(at) = hybrid.filter(|at| !seen.contains(at)) {
                seen.push(at);
                match self::section(source, at, &mut left) {
                    Ok((section, _)) => xref.sections.push(section),
                    Err(stop @ (Stop::Io(_) | Stop::Over(_))) => {
                        return Err(stop);
                    }
                    Err(_) => xref.missing = Missing::Damaged,
                }
            }
            next = trailer.integer("Prev").and_then(|n| u64::try_from(n).ok());
            newest.get_or_insert(trailer);
        }
        newest
            .map(|trailer| (xref, trailer))
            .ok_or(Stop::Malformed("no cross-reference section"))
    }

    /// Where the object of this number is; [`Entry::Free`] where no section
    /// knows it.
    ///
    /// # Errors
    ///
    /// Where it may stand in a section that could not be read.
    pub(super) fn entry(
        &self,
        source: &mut Source<'_, '_>,
        number: u32,
    ) -> Result<Entry, Stop> {
        for section in &self.sections {
            let entry = match section {
                Section::Table { parts, hybrid } => {
                    let Some((part, n)) = find(parts, number) else { continue };
                    let entry = table_entry(source, part, n)?;
                    // The table of a hybrid file calls those free that stand in
                    // its stream: 7.5.8.4.
                    if *hybrid && entry == Entry::Free {
                        continue;
                    }
                    entry
                }
                Section::Stream { parts, widths, data } => {
                    let Some((part, n)) = find(parts, number) else { continue };
                    let size = widths.iter().sum::<usize>() as u64;
                    let at = part.at.saturating_add(n.saturating_mul(size));
                    let at = usize::try_from(at).unwrap_or(usize::MAX);
                    let Some(row) = data.get(at..).filter(|row| !row.is_empty()) else {
                        return Err(Stop::Malformed(
                            "the cross-reference stream is too short",
                        ));
                    };
                    stream_entry(row, *widths)
                }
                Section::Scan(entries) => {
                    match entries.binary_search_by_key(&number, |(n, _)| *n) {
                        Ok(n) => entries.get(n).map_or(Entry::Free, |(_, entry)| *entry),
                        Err(_) => continue,
                    }
                }
            };
            return Ok(entry);
        }
        match self.missing {
            Missing::None => Ok(Entry::Free),
            Missing::Damaged => {
                Err(Stop::Malformed("an older cross-reference section is damaged"))
            }
            Missing::Limit => Err(source.input.limits().over(Cap::PdfSections)),
        }
    }
}

/// The subsection that has `number`, and which of its entries that is.
fn find(parts: &[Part], number: u32) -> Option<(&Part, u64)> {
    parts.iter().rev().find_map(|part| {
        let n = u64::from(number).checked_sub(part.first)?;
        (n < part.count).then_some((part, n))
    })
}

fn table_entry(source: &mut Source<'_, '_>, part: &Part, n: u64) -> Result<Entry, Stop> {
    let at = part.at.saturating_add(n.saturating_mul(part.size));
    let row: [u8; 18] = source.input.array(at)?;
    match entry_row(&row) {
        Some((_, true)) => Ok(Entry::Free),
        // Object 0 is free, and nothing stands at the header.
        Some((0, false)) => Ok(Entry::Free),
        Some((offset, false)) => Ok(Entry::At(offset)),
        None => Err(Stop::Malformed("an entry of the cross-reference table is damaged")),
    }
}

/// The offset in an entry of a table, and whether it is free:
/// `0000000016 00000 n`.
fn entry_row(row: &[u8]) -> Option<(u64, bool)> {
    let (offset, rest) = row.split_at_checked(10)?;
    let rest = rest.strip_prefix(b" ")?;
    let (generation, rest) = rest.split_at_checked(5)?;
    decimal(generation)?;
    match rest {
        [b' ', kind @ (b'n' | b'f'), ..] => Some((decimal(offset)?, *kind == b'f')),
        _ => None,
    }
}

/// The entry at the beginning of `row` (table 18).
fn stream_entry(row: &[u8], widths: [usize; 3]) -> Entry {
    let mut rest = row;
    let [kind, second, third] = widths.map(|width| {
        let (field, tail) = rest.split_at(width.min(rest.len()));
        rest = tail;
        field.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b))
    });
    let kind = if widths.first() == Some(&0) { 1 } else { kind };
    match (kind, u32::try_from(second), u32::try_from(third)) {
        (1, ..) => Entry::At(second),
        (2, Ok(stream), Ok(index)) => Entry::In { stream, index },
        _ => Entry::Free,
    }
}

/// Reads the section at `at`: a table and its trailer, or a stream.
fn section(
    source: &mut Source<'_, '_>,
    at: u64,
    left: &mut usize,
) -> Result<(Section, Dict), Stop> {
    let at = source.base.saturating_add(at);
    let table =
        source.parse(at, |parser| Ok(parser.keyword("xref")?.then_some(parser.at)))?;
    match table {
        Some(len) => self::table(source, at.saturating_add(len as u64)),
        None => stream(source, at, left),
    }
}

/// Reads a table from behind its keyword.
fn table(source: &mut Source<'_, '_>, mut at: u64) -> Result<(Section, Dict), Stop> {
    let mut parts = Vec::new();
    loop {
        let header = source.parse(at, |parser| {
            if parser.keyword("trailer")? {
                return parser.object().map(Err);
            }
            let (first, count) = (parser.unsigned()?, parser.unsigned()?);
            parser.space();
            Ok(Ok((first, count, parser.at)))
        })?;
        let (first, count, len) = match header {
            Ok(header) => header,
            Err(Object::Dict(trailer)) => {
                let hybrid = trailer.get("XRefStm").is_some();
                return Ok((Section::Table { parts, hybrid }, trailer));
            }
            Err(_) => return Err(Stop::Malformed("the trailer is not a dictionary")),
        };
        at = at.saturating_add(len as u64);
        if count == 0 {
            continue;
        }
        if parts.len() >= source.input.limits().pdf_subsections {
            return Err(source.input.limits().over(Cap::PdfSubsections));
        }
        let row: [u8; 20] = source.input.array(at)?;
        let broken = Stop::Malformed("the cross-reference table is damaged");
        let Some((offset, free)) = entry_row(&row) else { return Err(broken) };
        let eol = row.iter().skip(18).take_while(|b| is_space(**b)).count() as u64;
        // Entry 0 heads the list of free ones. A table that begins with it and
        // calls it 1 was numbered wrongly, by several writers.
        let head = parts.is_empty() && first == 1 && free && offset == 0;
        let first = if head { 0 } else { first };
        parts.push(Part { first, count, at, size: 18 + eol });
        let size = count.checked_mul(18 + eol).and_then(|size| at.checked_add(size));
        let Some(end) = size.filter(|end| eol > 0 && *end < source.input.len()) else {
            return Err(broken);
        };
        at = end;
    }
}

/// Reads a cross-reference stream. Its dictionary is its trailer.
fn stream(
    source: &mut Source<'_, '_>,
    at: u64,
    left: &mut usize,
) -> Result<(Section, Dict), Stop> {
    let broken = || Stop::Malformed("the cross-reference stream is damaged");
    let limits = source.input.limits();
    let placed = source.indirect(at)?;
    let (Object::Dict(dict), Some(start)) = (placed.object, placed.stream) else {
        return Err(broken());
    };
    if dict.name("Type") != Some(b"XRef") {
        return Err(broken());
    }
    let length = dict.integer("Length").and_then(|n| u64::try_from(n).ok());
    let raw = source.stream(start, length)?;
    let Decoded { bytes: data, fault } = unfiltered(&dict, raw.bytes, *left, limits)?;
    // Half of the entries would make half of the objects absent.
    if let Some(stop) = fault.or(raw.fault) {
        return Err(stop);
    }
    *left -= data.len().min(*left);
    let width = |n: usize| {
        let width = dict.get("W").and_then(Object::array)?.get(n)?.integer()?;
        usize::try_from(width).ok().filter(|w| *w <= 8)
    };
    let (Some(a), Some(b), Some(c)) = (width(0), width(1), width(2)) else {
        return Err(broken());
    };
    let size = (a + b + c) as u64;
    if size == 0 {
        return Err(broken());
    }
    let numbers: Vec<u64> = match dict.get("Index").and_then(Object::array) {
        Some(items) => items
            .iter()
            .map(|n| n.integer().and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
            .collect(),
        None => {
            let told = dict.integer("Size").and_then(|n| u64::try_from(n).ok());
            vec![0, told.unwrap_or(data.len() as u64 / size)]
        }
    };
    if numbers.len() / 2 > limits.pdf_subsections {
        return Err(limits.over(Cap::PdfSubsections));
    }
    let mut parts = Vec::new();
    let mut at = 0_u64;
    for pair in numbers.as_chunks::<2>().0 {
        let [first, count] = *pair;
        parts.push(Part { first, count, at, size });
        at = at.saturating_add(count.saturating_mul(size));
    }
    Ok((Section::Stream { parts, widths: [a, b, c], data }, dict))
}

/// Applies the filters of a cross-reference stream, which must not refer to
/// other objects.
fn unfiltered(
    dict: &Dict,
    data: Vec<u8>,
    left: usize,
    limits: &Limits,
) -> Result<Decoded, Stop> {
    let room = Room::of(limits, Cap::PdfXref).left(left, limits, Cap::PdfXref);
    let list = |key: &str| match dict.get(key) {
        Some(Object::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let parameters = list("DecodeParms");
    let mut decoded = Decoded { bytes: data, fault: None };
    let filters = list("Filter");
    if filters.len() > limits.pdf_filters {
        return Err(limits.over(Cap::PdfFilters));
    }
    for (n, filter) in filters.iter().enumerate() {
        let given = parameters.get(n).and_then(Object::dict).cloned().unwrap_or_default();
        let name = filter.name().unwrap_or_default();
        decoded = filters::decode(name, &given, &decoded.bytes, room).map_err(|_| {
            Stop::Malformed("the filter of a cross-reference stream is not known")
        })?;
        if matches!(decoded.fault, Some(Stop::Over(_))) {
            break;
        }
    }
    Ok(decoded)
}

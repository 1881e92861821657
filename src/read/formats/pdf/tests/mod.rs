//! Small documents, made part by part, and what is read from them.

mod damage;
mod encryption;
mod hostile;
mod hostile_pages;
mod objects;
mod pages;
mod real;
mod structure;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use super::walk;
use crate::read::{Found, Input, Item, Limits, Stop};

/// Where an object of a document in the making is.
#[derive(Clone, Copy)]
enum Place {
    At(usize),
    In { stream: u32, index: usize },
}

/// A document in the making. A section of cross references covers the objects
/// since the one before.
struct Pdf {
    bytes: Vec<u8>,
    fresh: BTreeMap<u32, Place>,
    /// Where the last section stands.
    section: Option<usize>,
}

impl Pdf {
    fn new() -> Self {
        Self { bytes: b"%PDF-1.7\n".to_vec(), fresh: BTreeMap::new(), section: None }
    }

    /// With a catalog as object 1, of which `entries` are part.
    fn with_catalog(entries: &str) -> Self {
        let catalog = format!("<</Type/Catalog/Pages 2 0 R{entries}>>");
        Self::new().object(1, &catalog).object(2, "<</Type/Pages/Kids[]/Count 0>>")
    }

    fn object(mut self, number: u32, body: &str) -> Self {
        self.fresh.insert(number, Place::At(self.bytes.len()));
        self.raw(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes())
    }

    /// With `/Length` as it should be.
    fn stream(self, number: u32, entries: &str, data: &[u8]) -> Self {
        let entries = format!("{entries}/Length {}", data.len());
        self.stream_as_told(number, &entries, data)
    }

    fn stream_as_told(mut self, number: u32, entries: &str, data: &[u8]) -> Self {
        self.fresh.insert(number, Place::At(self.bytes.len()));
        self.raw(format!("{number} 0 obj\n<<{entries}>>\nstream\n").as_bytes())
            .raw(data)
            .raw(b"\nendstream\nendobj\n")
    }

    fn object_stream(mut self, number: u32, objects: &[(u32, &str)]) -> Self {
        let (mut header, mut data) = (String::new(), String::new());
        for (index, (of, body)) in objects.iter().enumerate() {
            self.fresh.insert(*of, Place::In { stream: number, index });
            let _ = write!(header, "{of} {} ", data.len());
            data.push_str(body);
            data.push(' ');
        }
        let entries = format!(
            "/Type/ObjStm/N {}/First {}/Filter/FlateDecode",
            objects.len(),
            header.len()
        );
        self.stream(number, &entries, &flate((header + &data).as_bytes()))
    }

    fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    fn end(self, section: usize) -> Self {
        self.raw(format!("startxref\n{section}\n%%EOF\n").as_bytes())
    }

    fn prev(&self) -> String {
        self.section.map(|at| format!("/Prev {at}")).unwrap_or_default()
    }

    /// A table of the fresh objects, and a trailer.
    fn table(mut self, entries: &str) -> Self {
        let mut text = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        for (number, place) in std::mem::take(&mut self.fresh) {
            let (at, kind) = match place {
                Place::At(at) => (at, 'n'),
                Place::In { .. } => (0, 'f'),
            };
            let _ = write!(text, "{number} 1\n{at:010} 00000 {kind} \n");
        }
        let _ = write!(text, "trailer\n<<{entries}{}>>\n", self.prev());
        let at = self.bytes.len();
        self.section = Some(at);
        self.raw(text.as_bytes()).end(at)
    }

    /// A stream of the fresh objects as object `number`.
    fn xref_stream(mut self, number: u32, entries: &str) -> Self {
        let at = self.bytes.len();
        let (data, index) = self.rows();
        let entries = format!(
            "/Type/XRef/W[1 3 2]/Index[{index}]/Filter/FlateDecode{entries}{}",
            self.prev()
        );
        self.fresh.clear();
        self.section = Some(at);
        let mut pdf = self.stream(number, &entries, &flate(&data));
        pdf.fresh.clear();
        pdf.end(at)
    }

    /// The rows of a cross-reference stream of the fresh objects, with its
    /// `/Index`.
    fn rows(&self) -> (Vec<u8>, String) {
        let (mut data, mut index) = (Vec::new(), String::new());
        for (number, place) in &self.fresh {
            let _ = write!(index, "{number} 1 ");
            let (kind, second, third) = match *place {
                Place::At(at) => (1, at as u32, 0),
                Place::In { stream, index } => (2, stream, index as u16),
            };
            data.push(kind);
            data.extend(&second.to_be_bytes()[1..]);
            data.extend(third.to_be_bytes());
        }
        (data, index)
    }
}

fn flate(data: &[u8]) -> Vec<u8> {
    let level = flate2::Compression::fast();
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), level);
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// What is found in `bytes`, a line each: `Title@12=…`, `xmp@34=…`,
/// `xmp~56=…` where the packet does not stand in the file as it is, and
/// `!malformed …`.
fn found(bytes: &[u8]) -> Vec<String> {
    found_at_cost(bytes).0
}

/// The same, and the bytes that were read for it.
fn found_at_cost(bytes: &[u8]) -> (Vec<String>, u64) {
    let limits = Limits::default();
    let mut input = Input::from_bytes(bytes, &limits);
    let mut found = Found::default();
    walk(&mut input, &mut found).unwrap();
    let lines = found.items.into_iter().filter_map(|item| match item {
        Item::Seen { .. } => None,
        Item::Block { kind, place, bytes, .. } => {
            let mark =
                if matches!(place, crate::read::Place::Whole(_)) { '@' } else { '~' };
            let offset = place.offset(0);
            Some(format!("{kind}{mark}{offset}={}", String::from_utf8_lossy(&bytes)))
        }
        Item::Pair { pair, .. } => Some(match pair.lang {
            Some(lang) => format!("{}@{}[{lang}]={}", pair.key, pair.offset, pair.value),
            None => format!("{}@{}={}", pair.key, pair.offset, pair.value),
        }),
        Item::Skipped { stop, .. } => Some(match stop {
            Stop::Io(error) => format!("!io {error}"),
            Stop::Malformed(what) => format!("!malformed {what}"),
            Stop::Irregular(what) => format!("!irregular {what}"),
            Stop::Over(over) => format!("!limit {over}"),
            Stop::Unsupported(what) => format!("!unsupported {what}"),
            Stop::Encrypted(what) => format!("!encrypted {what}"),
            Stop::Unexamined(what) => format!("!unexamined {what}"),
            stop @ Stop::Aside(_) => format!("!unexamined {stop}"),
        }),
    });
    (lines.collect(), input.cost().read)
}

/// The same without places.
fn said(bytes: &[u8]) -> Vec<String> {
    let strip = |line: String| match line.split_once(['@', '~']) {
        Some((key, rest)) if !key.starts_with('!') => {
            let (_, value) = rest.split_once('=').unwrap_or_default();
            format!("{key}={value}")
        }
        _ => line,
    };
    found(bytes).into_iter().map(strip).collect()
}

const REBUILT: &str = "!malformed the cross-reference table is broken; \
                       the objects were found by a pass over the file";

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/fixtures/pdf/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// All fixtures, by name.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pdf");
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".pdf"))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), fixture(&name))).collect()
}

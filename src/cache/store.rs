//! The files of a cache on disk, four for each root:
//!
//! | extension | is |
//! |---|---|
//! | `cache` | the lines of the last complete audit |
//! | `new` | the journal: the lines of the audit that is running or was killed |
//! | `merge` | the two of them being put together |
//! | `lock` | locked by the audit that may write |
//!
//! Where two audits run at once, the second one reads what there is and keeps
//! nothing.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{
    self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _,
};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::line::{self, Line};
use crate::model::AssetPath;

/// How often lines go to disk: what a killed audit loses.
const PAUSE: Duration = Duration::from_millis(200);

/// The cache of one root: what it was, and what it will be.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    old: Old,
    /// `None` where nothing can be kept.
    new: Option<Journal>,
    /// Locked as long as it is open, and no longer than the program runs. It
    /// stands behind `new`, so that the last lines are written before.
    _lock: Option<File>,
}

/// In which order a cache is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// In that of the paths.
    Ascending,
    /// In any.
    Any,
}

#[derive(Debug)]
enum Old {
    Lines(Lines),
    Index(Index),
}

#[derive(Debug)]
struct Journal {
    out: BufWriter<File>,
    order: Order,
    last: Option<AssetPath>,
    flushed: Instant,
}

impl Store {
    /// The cache whose files begin with `path`, and what was wrong with it.
    pub(super) fn open(
        path: &Path,
        header: &str,
        order: Order,
    ) -> (Self, Option<String>) {
        let old = path.with_extension("cache");
        let (new, lock, warning) = match begin(path, header, order) {
            Ok((new, lock)) => (Some(new), Some(lock), None),
            Err(why) => (None, None, Some(why)),
        };
        let old = match order {
            Order::Ascending => Old::Lines(Lines::open(&old, header)),
            Order::Any => Old::Index(Index::open(&old, header)),
        };
        (Self { path: path.to_owned(), old, new, _lock: lock }, warning)
    }

    /// What is kept of `key`. To be asked in the order that was promised.
    pub(super) fn take(&mut self, key: &AssetPath) -> Option<Vec<u8>> {
        match &mut self.old {
            Old::Lines(lines) => lines.take(key),
            Old::Index(index) => index.take(key),
        }
    }

    /// Keeps a line. The first failure ends the cache, and is told.
    pub(super) fn put(&mut self, line: &Line) -> Option<String> {
        let journal = self.new.as_mut()?;
        match journal.put(line) {
            Ok(()) => None,
            Err(error) => Some(self.give_up(&error)),
        }
    }

    /// Puts the new lines in the place of the old ones.
    pub(super) fn finish(mut self) -> Option<String> {
        let mut journal = self.new.take()?;
        let finished = journal.out.flush().and_then(|()| {
            fs::rename(self.path.with_extension("new"), self.path.with_extension("cache"))
        });
        match finished {
            Ok(()) => None,
            Err(error) => Some(self.give_up(&error)),
        }
    }

    fn give_up(&mut self, error: &io::Error) -> String {
        if let Some(journal) = self.new.take() {
            // Its last lines would not fit either.
            drop(journal.out.into_parts());
        }
        // On a full disk, better the room than half a cache.
        let _ = fs::remove_file(self.path.with_extension("new"));
        format!("the cache cannot be written, and was left as it was: {error}")
    }
}

impl Journal {
    fn create(path: &Path, header: &str, order: Order) -> io::Result<Self> {
        let mut out = BufWriter::new(File::create(path)?);
        writeln!(out, "{header}")?;
        Ok(Self { out, order, last: None, flushed: Instant::now() })
    }

    fn put(&mut self, line: &Line) -> io::Result<()> {
        // What is out of order would not be found again.
        if self.order == Order::Ascending {
            if self.last.as_ref().is_some_and(|last| *last >= line.key) {
                return Ok(());
            }
            self.last = Some(line.key.clone());
        }
        line.write(&mut self.out)?;
        if self.flushed.elapsed() >= PAUSE {
            self.out.flush()?;
            self.flushed = Instant::now();
        }
        Ok(())
    }
}

/// Tries a few times: a process that is just being started holds every lock of
/// its parent for the moment until its program begins.
fn patiently(
    mut lock: impl FnMut() -> Result<(), TryLockError>,
) -> Result<(), TryLockError> {
    for _ in 0..10 {
        match lock() {
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            done => return done,
        }
    }
    lock()
}

/// Begins a journal, after what an audit that was killed has left is merged.
fn begin(path: &Path, header: &str, order: Order) -> Result<(Journal, File), String> {
    let cannot = |error: &io::Error| format!("the cache cannot be written: {error}");
    let lock = File::options()
        .create(true)
        .append(true)
        .open(path.with_extension("lock"))
        .map_err(|error| cannot(&error))?;
    match patiently(|| lock.try_lock()) {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(
                "another audit is writing the cache; this one only reads it".into()
            );
        }
        Err(TryLockError::Error(error)) => {
            return Err(format!("the cache cannot be locked and is only read: {error}"));
        }
    }
    let new = path.with_extension("new");
    if new.exists() {
        merge(path, header, order).map_err(|error| cannot(&error))?;
    }
    let journal = Journal::create(&new, header, order).map_err(|error| cannot(&error))?;
    Ok((journal, lock))
}

/// Puts the lines of a journal into the cache.
fn merge(path: &Path, header: &str, order: Order) -> io::Result<()> {
    let [old, new, merged] =
        ["cache", "new", "merge"].map(|extension| path.with_extension(extension));
    let mut from = [Lines::open(&new, header), Lines::open(&old, header)];
    let mut journal = Journal::create(&merged, header, order)?;
    loop {
        let [newer, older] = &mut from;
        let is_newer = match (&newer.next, &older.next) {
            (None, None) => break,
            // The last of two lines is the one that counts.
            (_, Some(_)) if order == Order::Any => false,
            // Of two lines about one asset the newer one comes first, and the
            // other is out of order then.
            (Some(newer), Some(older)) => newer.key <= older.key,
            (newer, _) => newer.is_some(),
        };
        let lines = if is_newer { newer } else { older };
        if let Some(line) = lines.next() {
            journal.put(&line)?;
        }
    }
    journal.out.flush()?;
    fs::rename(&merged, &old)?;
    fs::remove_file(&new)
}

/// The lines of a file, if it begins with `header`.
fn behind_header(path: &Path, header: &str) -> Option<BufReader<File>> {
    let mut lines = BufReader::new(File::open(path).ok()?);
    let mut first = Vec::new();
    lines.by_ref().take(header.len() as u64 + 1).read_until(b'\n', &mut first).ok()?;
    (first.strip_suffix(b"\n")? == header.as_bytes()).then_some(lines)
}

/// The lines of a file that can be understood, one in memory.
#[derive(Debug)]
struct Lines {
    from: Option<BufReader<File>>,
    next: Option<Line>,
}

impl Lines {
    /// None where there is no such file, or it begins with another header.
    fn open(path: &Path, header: &str) -> Self {
        let mut lines = Self { from: behind_header(path, header), next: None };
        lines.next();
        lines
    }

    /// The next line, to be replaced by the one after it.
    fn next(&mut self) -> Option<Line> {
        let after = self.from.as_mut().and_then(line::next);
        std::mem::replace(&mut self.next, after)
    }

    fn take(&mut self, key: &AssetPath) -> Option<Vec<u8>> {
        while self.next.as_ref().is_some_and(|next| next.key < *key) {
            self.next();
        }
        match &self.next {
            Some(next) if next.key == *key => self.next().map(|line| line.body),
            _ => None,
        }
    }
}

/// Where the lines of a file stand: 16 bytes for each.
#[derive(Debug)]
struct Index {
    from: Option<BufReader<File>>,
    /// By a hash of the key. Where two have the same, one is a miss.
    places: HashMap<u64, u64>,
}

impl Index {
    /// None where there is no such file, or it begins with another header.
    fn open(path: &Path, header: &str) -> Self {
        let mut from = behind_header(path, header);
        let mut places = HashMap::new();
        let mut at = header.len() as u64 + 1;
        if let Some(lines) = &mut from {
            while let Some((start, line)) = line::next_at(lines, &mut at) {
                places.insert(hash(&line.key), start);
            }
        }
        Self { from, places }
    }

    fn take(&mut self, key: &AssetPath) -> Option<Vec<u8>> {
        let at = self.places.get(&hash(key))?;
        let lines = self.from.as_mut()?;
        lines.seek(SeekFrom::Start(*at)).ok()?;
        line::next(lines).filter(|line| line.key == *key).map(|line| line.body)
    }
}

fn hash(key: &AssetPath) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

//! The evidence of the last audit, so that unchanged files are not read again.
//!
//! Each directory that is audited has a file of lines of its own, one for each
//! asset, in path order: the order in which a scan asks for them. Looking up is
//! merging two sorted sequences; nothing is held in memory but the next line.
//! Files that are named by themselves, on a list perhaps, come in any order and
//! have a file of lines together, with an index in memory. What cannot be
//! understood is a miss, never an error, and trouble with the cache is a
//! warning, never the end of an audit.
//!
//! Evidence does not depend on the policy, so neither does the cache: what is
//! found in it is checked like what was read. Its cost is what it cost when it
//! was read, so that a report is the same to the byte with any cache;
//! [`Tally`] tells what this audit has read.
//!
//! # What is not kept
//!
//! - What could not be read, and what ended in a fault of this program or for
//!   want of time: the next audit may have more luck.
//! - Files that were changed within [`Options::settle`] before: they might be
//!   changed once more within one tick of the file system's clock.
//!
//! # What becomes of a killed audit
//!
//! The lines go to a journal, a few times in a second. The next audit merges
//! what it finds there with the cache before it begins.

mod line;
mod stamp;
mod store;
mod wire;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use crate::model::{Asset, AssetPath, DamageKind, Evidence};
use crate::read::{self, Limits, Open};
use line::Line;
use stamp::Stamp;
use store::{Order, Store};
use wire::Kept;

/// How the cache is used.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether files are known by the SHA-256 of all their bytes and not by
    /// their lengths and times. It reads every file from end to end.
    pub verify: bool,
    /// How long ago a file must have been changed to be kept.
    pub settle: Duration,
}

impl Default for Options {
    fn default() -> Self {
        // The clock of FAT ticks every two seconds.
        Self { verify: false, settle: Duration::from_secs(2) }
    }
}

/// What was found in the cache, and what was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many assets were known.
    pub known: u64,
    /// How many had to be read.
    pub read: u64,
    /// How many bytes of files were read, those for [`Options::verify`] too.
    pub bytes: u64,
}

/// The cache of an audit.
#[derive(Debug, Default)]
pub struct Cache {
    roots: Vec<Root>,
    /// For files that stand in none of them.
    loose: Option<Root>,
    /// The last root that was asked about.
    current: usize,
    options: Options,
    tally: Tally,
    warnings: Vec<String>,
}

/// A directory with a cache of its own.
#[derive(Debug)]
struct Root {
    /// As it stands before the paths of its files.
    given: PathBuf,
    /// Whether another root stands below it.
    is_outer: bool,
    path: PathBuf,
    header: String,
    order: Order,
    state: State,
}

#[derive(Debug)]
enum State {
    Waiting,
    Open(Box<Store>),
    Done,
}

/// Where an asset belongs.
#[derive(Clone, Copy, Debug)]
enum Place {
    Root(usize),
    Loose,
}

/// What the cache knows of one asset, on its way through a worker.
#[derive(Debug, Default)]
pub struct Ticket {
    /// Of which root, and under which name. `None` for what is not kept.
    place: Option<(Place, AssetPath)>,
    options: Options,
    known: Option<Vec<u8>>,
    keep: Option<Vec<u8>>,
    is_hit: bool,
    bytes: u64,
}

impl Cache {
    /// A cache in the directory `dir`, which is made if it is not there.
    ///
    /// `directories` are the roots, in the order in which they will be scanned:
    /// as they stand before the paths of their files, and their real paths.
    /// Files that stand in none of them are kept together under the name
    /// `loose`, the path of a directory.
    ///
    /// # Errors
    ///
    /// If there is no making the directory.
    pub fn open(
        dir: &Path,
        directories: &[(PathBuf, PathBuf)],
        loose: &Path,
        limits: &Limits,
        options: Options,
    ) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let is_outer = |given: &Path| {
            directories
                .iter()
                .any(|(other, _)| other != given && other.starts_with(given))
        };
        let root = |(given, real): &(PathBuf, PathBuf)| Root {
            is_outer: is_outer(given),
            given: given.clone(),
            path: dir.join(name(real)),
            header: header(real, limits),
            order: Order::Ascending,
            state: State::Waiting,
        };
        // No directory has such a name.
        let files = loose.join("\0files");
        let loose = Root { order: Order::Any, ..root(&(PathBuf::new(), files)) };
        Ok(Self {
            loose: Some(loose),
            roots: directories.iter().map(root).collect(),
            options,
            ..Self::default()
        })
    }

    /// What is known of `asset`. To be asked in the order of the scan.
    pub fn look_up(&mut self, asset: &Asset) -> Ticket {
        let options = self.options;
        let nothing = Ticket { options, ..Ticket::default() };
        if !asset.subject.is_read() {
            return nothing;
        }
        let (place, root) = match self.root_of(&asset.file) {
            Some(n) => {
                self.current = n;
                (Place::Root(n), self.roots.get_mut(n))
            }
            None => (Place::Loose, self.loose.as_mut()),
        };
        let Some(root) = root else { return nothing };
        if matches!(root.state, State::Waiting) {
            let (store, warning) = Store::open(&root.path, &root.header, root.order);
            self.warnings.extend(warning);
            root.state = State::Open(Box::new(store));
        }
        let State::Open(store) = &mut root.state else { return nothing };
        let key = match place {
            Place::Root(_) => AssetPath::new(&root.given, &asset.file),
            Place::Loose => match std::path::absolute(&asset.file) {
                Ok(file) => AssetPath::from_bytes(file.as_os_str().as_encoded_bytes()),
                Err(_) => return nothing,
            },
        };
        let known = store.take(&key);
        Ticket { place: Some((place, key)), known, ..nothing }
    }

    /// Keeps what a worker has made of a ticket. To be called in the order of
    /// the scan.
    pub fn keep(&mut self, ticket: Ticket) {
        match ticket.is_hit {
            true => self.tally.known += 1,
            false => self.tally.read += 1,
        }
        self.tally.bytes += ticket.bytes;
        let Some((place, key)) = ticket.place else { return };
        let root = match place {
            Place::Root(n) => {
                for earlier in self.roots.iter_mut().take(n) {
                    earlier.finish(&mut self.warnings);
                }
                self.roots.get_mut(n)
            }
            Place::Loose => self.loose.as_mut(),
        };
        if let (Some(body), Some(State::Open(store))) =
            (ticket.keep, root.map(|root| &mut root.state))
        {
            self.warnings.extend(store.put(&Line { key, body }));
        }
    }

    /// Ends the audit, which was complete: the new lines take the place of the
    /// old ones. Without it, the next audit finds a journal.
    pub fn finish(&mut self) {
        for root in self.roots.iter_mut().chain(&mut self.loose) {
            root.finish(&mut self.warnings);
        }
    }

    /// What was found.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// What was wrong with the cache, in sentences.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The innermost root that `file` stands in.
    fn root_of(&self, file: &Path) -> Option<usize> {
        let current = self.roots.get(self.current)?;
        if !current.is_outer && file.starts_with(&current.given) {
            return Some(self.current);
        }
        let holds = |(_, root): &(usize, &Root)| file.starts_with(&root.given);
        let roots = self.roots.iter().enumerate().filter(holds);
        roots.max_by_key(|(_, root)| root.given.components().count()).map(|(n, _)| n)
    }
}

impl Root {
    fn finish(&mut self, warnings: &mut Vec<String>) {
        if let State::Open(store) = std::mem::replace(&mut self.state, State::Done) {
            warnings.extend(store.finish());
        }
    }
}

impl Ticket {
    /// The evidence about `asset`: from the cache if it has not changed, and
    /// read otherwise. For the workers; asking for the stamp of a file is the
    /// slow part on a network.
    pub fn read(&mut self, asset: &Asset, limits: &Limits, open: Open) -> Evidence {
        let known = self.known.take();
        let stamp = self.place.as_ref().and_then(|_| Stamp::of(asset));
        let digests = match &stamp {
            Some(_) if self.options.verify => self.digests(asset, open),
            _ => None,
        };
        // Those that could not be told cannot be compared.
        let stamp = stamp.filter(|_| self.options.verify == digests.is_some());
        if let (Some(body), Some(stamp)) = (known, &stamp)
            && let Some(kept) = Kept::from_bytes(&body)
            && kept.is_about(stamp, digests.as_deref())
            && let Some(evidence) = kept.evidence(asset)
        {
            self.is_hit = true;
            self.keep = match kept.stamp == *stamp {
                true => Some(body),
                false => self.line(stamp.clone(), digests, &evidence),
            };
            return evidence;
        }
        let evidence = read::read_by(open, asset, limits);
        self.bytes = self.bytes.saturating_add(evidence.cost.read);
        if let Some(stamp) = stamp
            && is_lasting(&evidence)
        {
            self.keep = self.line(stamp, digests, &evidence);
        }
        evidence
    }

    fn line(
        &self,
        stamp: Stamp,
        digests: Option<Vec<String>>,
        evidence: &Evidence,
    ) -> Option<Vec<u8>> {
        let is_settled = stamp.is_older_than(self.options.settle, SystemTime::now());
        is_settled.then(|| Kept::new(stamp, digests, evidence).to_bytes())
    }

    /// The SHA-256 of each file of `asset`, in hexadecimal digits.
    fn digests(&mut self, asset: &Asset, open: Open) -> Option<Vec<String>> {
        let mut digests = Vec::new();
        for file in stamp::files(asset) {
            let (digest, len) = read::digest(file, open).ok()?;
            self.bytes = self.bytes.saturating_add(len);
            digests.push(hexadecimal(&digest));
        }
        Some(digests)
    }
}

/// Whether reading the same bytes would come to the same.
fn is_lasting(evidence: &Evidence) -> bool {
    let passes = |kind| matches!(kind, DamageKind::Unreadable | DamageKind::Panic);
    evidence.damage.iter().all(|d| !passes(d.kind) && !read::is_of_time(d))
}

/// The name of the cache of a root.
fn name(real: &Path) -> String {
    let digest = Sha256::digest(real.as_os_str().as_encoded_bytes());
    let start: Vec<u8> = digest.iter().copied().take(8).collect();
    hexadecimal(&start)
}

/// The first line: a cache with another one is not used. Whatever the evidence
/// depends on besides the files is in it.
fn header(real: &Path, limits: &Limits) -> String {
    // A time bounds how long reading takes, not what lasts of it.
    let limits = format!("{:?}", Limits { time: None, ..limits.clone() });
    let limits = hexadecimal(&Sha256::digest(limits)).split_off(48);
    format!("tasl-cache 1 {} {limits} {real:?}", env!("TASL_READER"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Evidence as JSON and back.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::model::{
    Asset, BlockKind, Content, Cost, Damage, DamageKind, Evidence, FileRef, FirstPage,
    Location, Property, Statement,
};

/// What is kept of an asset. Its path and what its directory tells of it come
/// with the asset.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) stamp: Stamp,
    /// The SHA-256 of each file, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    digests: Option<Vec<String>>,
    content: KeptContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    promised: Option<String>,
    blocks: Vec<(u32, String)>,
    statements: Vec<KeptStatement>,
    /// The marks of the first page, and that of what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_page: Option<(Vec<u32>, u32)>,
    damage: Vec<KeptDamage>,
    /// Stored, read, calls.
    cost: (u64, u64, u64),
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptContent {
    Unknown,
    Format(String, String),
    Unsupported(String, String),
    NotMedia(String),
}

/// Property, value, language, file, block, key, offset, which list of its key.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptStatement(String, String, Option<String>, u32, String, String, u64, u32);

/// File, kind, offset, what.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptDamage(u32, String, Option<u64>, String);

impl Kept {
    pub(super) fn new(
        stamp: Stamp,
        digests: Option<Vec<String>>,
        evidence: &Evidence,
    ) -> Self {
        let content = match evidence.content {
            Content::Unknown => KeptContent::Unknown,
            Content::Format { id, media_type } => {
                KeptContent::Format(id.to_owned(), media_type.to_owned())
            }
            Content::Unsupported { name, media_type } => {
                KeptContent::Unsupported(name.to_owned(), media_type.to_owned())
            }
            Content::NotMedia { name } => KeptContent::NotMedia(name.to_owned()),
        };
        let statement = |s: &Statement| {
            let Location { file, block, key, offset, nth } = &s.location;
            KeptStatement(
                s.property.as_str().to_owned(),
                s.value.clone(),
                s.lang.clone(),
                number(*file),
                block.as_str().to_owned(),
                key.clone(),
                *offset,
                *nth,
            )
        };
        let damage = |d: &Damage| {
            let kind = d.kind.as_str().to_owned();
            KeptDamage(number(d.file), kind, d.offset, d.what.clone())
        };
        let block =
            |(file, kind): &(FileRef, BlockKind)| (number(*file), kind.to_string());
        let Cost { stored, read, calls } = evidence.cost;
        Self {
            stamp,
            digests,
            content,
            promised: evidence.promised.map(str::to_owned),
            blocks: evidence.blocks.iter().map(block).collect(),
            statements: evidence.statements.iter().map(statement).collect(),
            first_page: evidence.first_page.as_ref().map(|p| (p.marks.clone(), p.rest)),
            damage: evidence.damage.iter().map(damage).collect(),
            cost: (stored, read, calls),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Strings and numbers alone: nothing in it can fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Whether it is about an asset of this stamp and, where they are given,
    /// of these digests.
    pub(super) fn is_about(&self, stamp: &Stamp, digests: Option<&[String]>) -> bool {
        match digests {
            None => self.stamp == *stamp,
            Some(digests) => {
                self.stamp.is_alike(stamp) && self.digests.as_deref() == Some(digests)
            }
        }
    }

    /// The evidence about `asset`, or `None` where there is a word in it that
    /// this program does not know.
    pub(super) fn evidence(&self, asset: &Asset) -> Option<Evidence> {
        let content = match &self.content {
            KeptContent::Unknown => Content::Unknown,
            KeptContent::Format(id, media_type) => {
                Content::Format { id: word(id)?, media_type: word(media_type)? }
            }
            KeptContent::Unsupported(name, media_type) => {
                Content::Unsupported { name: word(name)?, media_type: word(media_type)? }
            }
            KeptContent::NotMedia(name) => Content::NotMedia { name: word(name)? },
        };
        let block = |(n, kind): &(u32, String)| Some((file(*n)?, block_kind(kind)?));
        let statement = |s: &KeptStatement| {
            let KeptStatement(property, value, lang, n, block, key, offset, nth) = s;
            Some(Statement {
                property: *Property::ALL.iter().find(|p| p.as_str() == property)?,
                value: value.clone(),
                lang: lang.clone(),
                location: Location {
                    file: file(*n)?,
                    block: block_kind(block)?,
                    key: key.clone(),
                    offset: *offset,
                    nth: *nth,
                },
            })
        };
        let damage = |KeptDamage(n, kind, offset, what): &KeptDamage| {
            Some(Damage {
                file: file(*n)?,
                kind: DamageKind::ALL.into_iter().find(|k| k.as_str() == kind)?,
                offset: *offset,
                what: what.clone(),
            })
        };
        let (stored, read, calls) = self.cost;
        Some(Evidence {
            subject: asset.subject.clone(),
            content,
            extension: asset.path.extension(),
            promised: match &self.promised {
                Some(media_type) => Some(word(media_type)?),
                None => None,
            },
            blocks: self.blocks.iter().map(block).collect::<Option<_>>()?,
            statements: self.statements.iter().map(statement).collect::<Option<_>>()?,
            first_page: self
                .first_page
                .clone()
                .map(|(marks, rest)| FirstPage { marks, rest }),
            damage: self.damage.iter().map(damage).collect::<Option<_>>()?,
            cost: Cost { stored, read, calls },
        })
    }
}

/// 0 for the asset, and from 1 on for its sidecars.
fn number(file: FileRef) -> u32 {
    match file {
        FileRef::Primary => 0,
        FileRef::Sidecar(n) => u32::from(n) + 1,
    }
}

fn file(number: u32) -> Option<FileRef> {
    match number.checked_sub(1) {
        None => Some(FileRef::Primary),
        Some(n) => Some(FileRef::Sidecar(u16::try_from(n).ok()?)),
    }
}

fn block_kind(name: &str) -> Option<BlockKind> {
    BlockKind::ALL.iter().copied().find(|kind| kind.as_str() == name)
}

/// How many words the tables of formats may have; today there are some two
/// hundred. It bounds what a strange cache can make us remember.
const WORDS: usize = 4096;

/// The words of the tables of formats that were met so far.
static MET: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// A word of the tables of formats: those live as long as the program, and so
/// must this.
fn word(text: &str) -> Option<&'static str> {
    let mut met = MET.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = met.get(text) {
        return Some(word);
    }
    if met.len() >= WORDS || text.len() > 128 {
        return None;
    }
    let word: &'static str = Box::leak(text.to_owned().into_boxed_str());
    met.insert(word);
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AssetPath, Subject};
    use crate::read::{self, Limits};
    use std::fs;
    use std::path::{Path, PathBuf};

    fn asset(file: PathBuf) -> Asset {
        let path = AssetPath::new(Path::new(env!("CARGO_MANIFEST_DIR")), &file);
        let (sidecars, ambiguous, unopened) = (Vec::new(), Vec::new(), Vec::new());
        Asset { path, file, subject: Subject::File, sidecars, ambiguous, unopened }
    }

    fn again(evidence: &Evidence, asset: &Asset) -> Option<Evidence> {
        let stamp = Stamp::of(asset).unwrap();
        let bytes = Kept::new(stamp, None, evidence).to_bytes();
        Kept::from_bytes(&bytes)?.evidence(asset)
    }

    fn files(directory: &Path, to: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, to);
            } else {
                to.push(path);
            }
        }
    }

    #[test]
    fn the_evidence_of_every_fixture_comes_back_as_it_was() {
        let mut all = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut all);
        let (mut statements, mut damage) = (0, 0);
        for file in all {
            let asset = asset(file);
            let evidence = read::read(&asset, &Limits::default());
            statements += evidence.statements.len();
            damage += evidence.damage.len();
            assert_eq!(again(&evidence, &asset).as_ref(), Some(&evidence), "{asset:?}");
        }
        assert!(statements > 100 && damage > 10, "{statements}, {damage}");
    }

    #[test]
    fn every_word_of_the_model_comes_back_as_it_was() {
        let asset = asset(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
        let location = |block| Location {
            file: FileRef::Sidecar(u16::MAX),
            block,
            key: "a\tb\nc\u{2028}\"".to_owned(),
            offset: u64::MAX,
            nth: u32::MAX,
        };
        let mut evidence =
            Evidence { extension: asset.path.extension(), ..Evidence::default() };
        for property in Property::ALL {
            for block in BlockKind::ALL {
                evidence.statements.push(Statement {
                    property: *property,
                    value: "\0\u{1F600} \r\n".to_owned(),
                    lang: Some("de".to_owned()),
                    location: location(*block),
                });
            }
        }
        for kind in DamageKind::ALL {
            let (file, what) = (FileRef::Primary, "“what”".to_owned());
            evidence.damage.push(Damage { file, kind, offset: Some(0), what });
        }
        assert_eq!(again(&evidence, &asset), Some(evidence));
    }

    #[test]
    fn a_word_that_is_not_known_is_a_miss() {
        let asset = asset(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
        let mut kept = Kept::new(Stamp::of(&asset).unwrap(), None, &Evidence::default());
        kept.blocks.push((0, "xmq".to_owned()));
        assert_eq!(kept.evidence(&asset), None);
    }

    #[test]
    fn other_bytes_under_the_same_stamp_are_another_file() {
        let asset = asset(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
        let stamp = Stamp::of(&asset).unwrap();
        let digests = |digest: &str| Some(vec![digest.to_owned()]);
        let kept = Kept::new(stamp.clone(), digests("aa"), &Evidence::default());
        assert!(kept.is_about(&stamp, None));
        assert!(kept.is_about(&stamp, digests("aa").as_deref()));
        assert!(!kept.is_about(&stamp, digests("ab").as_deref()));
        let unverified = Kept::new(stamp.clone(), None, &Evidence::default());
        assert!(!unverified.is_about(&stamp, digests("aa").as_deref()));
    }
}

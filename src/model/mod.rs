//! What the stages pass to each other. No I/O.

mod asset;
mod collection;
mod entry;
mod evidence;
mod finding;
mod notation;
mod property;
mod record;
mod tasl;

pub use asset::{Asset, AssetPath, Sidecar, Subject};
pub use collection::{CollectionFinding, RecordTotals};
pub use entry::{Catalogued, Comparison, Entry, Verdict};
pub use evidence::{
    BlockKind, Content, Cost, Damage, DamageKind, Evidence, FileRef, FirstPage, Location,
    Statement, StatementId,
};
pub use finding::{Confidence, Finding, Fix, Severity, Waiver};
pub use notation::NotationError;
pub use property::Property;
pub use record::{Record, Status, Totals};
pub use tasl::{Candidate, License, Licensing, Resolved, Tasl, Value};

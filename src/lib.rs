//! Reads the attribution and license metadata embedded in digital files, and
//! checks it against what the legal tools of Creative Commons ask for.
//!
//! The crate is a pipeline. Each stage is a module, takes what the stage
//! before it returns, and knows nothing of the stages after it:
//!
//! ```text
//! discover ─▶ read ─▶ reconcile ─▶ rules ─▶ report
//!  Asset     Evidence    Tasl      Finding   Record
//! ```
//!
//! [`scan()`] runs the stages for many assets at once and hands their records
//! to a report in path order. It is the only place with threads.
//!
//! The library exists for the program, its tests and its fuzz targets. Its API
//! may change with any release; the wire formats in `docs/schema` do not.

pub mod cache;
pub mod collection;
pub mod discover;
pub mod explain;
pub mod license;
pub mod model;
pub mod policy;
pub mod read;
pub mod reconcile;
pub mod records;
pub mod report;
pub mod rules;
pub mod scan;
pub mod xmp;

pub use crate::scan::scan;

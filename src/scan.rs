//! The pipeline: many assets at once, records in path order.

use std::io;
use std::num::NonZeroUsize;

use crate::model::{Asset, Record, Totals};
use crate::policy::Policy;
use crate::read::{self, Limits};
use crate::reconcile::reconcile;
use crate::report::Report;
use crate::rules::{self, Case};

/// How to scan.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which rules apply.
    pub policy: Policy,
    /// How much of a file may be read.
    pub limits: Limits,
    /// How many workers.
    pub threads: NonZeroUsize,
    /// How many assets may be under way at once.
    pub window: NonZeroUsize,
}

/// Examines `assets` and hands their records to `report` in their order.
///
/// # Errors
///
/// Only those of `report`. Trouble with an asset is a finding about it.
pub fn scan(
    assets: impl Iterator<Item = Asset>,
    options: &Options,
    report: &mut dyn Report,
) -> io::Result<Totals> {
    let mut totals = Totals::default();
    report.begin()?;
    for asset in assets {
        let evidence = read::read(&asset, &options.limits);
        let tasl = reconcile(&evidence);
        let case = Case { evidence: &evidence, tasl: &tasl, policy: &options.policy };
        let findings = rules::check(&case);
        let record = Record { asset, evidence, tasl, findings };
        totals.add(&record);
        report.record(&record)?;
    }
    report.end(&totals)?;
    Ok(totals)
}

//! Bad bytes: every fixture cut short at every byte, and with bytes changed.
//!
//! A panic fails the test by itself. Beyond that, what is cut off must not be
//! taken for what is not there.
//!
//! All of it takes a minute or more: with `FIXTURES=formats/svg` in the
//! environment, only those are read whose name has that in it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use support::{evidence_in, fixtures, name};
use tasl::model::Evidence;

/// How many cuts and changes one fixture gets at most.
const TRIALS: usize = 2000;
/// The same for a PDF encrypted in revision 6, where trying a password costs
/// more than 64 rounds of hashing and encryption, on purpose (ISO 32000-2,
/// 7.6.4.3.4).
const COSTLY_TRIALS: usize = 40;

fn trials(bytes: &[u8]) -> usize {
    let costly = bytes.windows(4).any(|part| part == b"/R 6");
    if costly { COSTLY_TRIALS } else { TRIALS }
}

#[test]
fn a_file_cut_short_is_never_complete_with_less() {
    in_parallel(|file, bytes| {
        let whole = evidence_in(bytes);
        let step = bytes.len().div_ceil(trials(bytes)).max(1);
        let wrong: Vec<usize> = (0..bytes.len())
            .step_by(step)
            .filter(|end| {
                let cut = evidence_in(bytes.get(..*end).unwrap());
                cut.is_complete()
                    && !is_a_revision(bytes, *end)
                    && !has_no_end(bytes)
                    && said(&cut) != said(&whole)
            })
            .collect();
        assert!(wrong.is_empty(), "{} seems whole if cut at {wrong:?}", name(file));
    });
}

/// A PDF cut behind an earlier `startxref` is a whole file: the one
/// before the update (ISO 32000-2, 7.5.6).
fn is_a_revision(bytes: &[u8], end: usize) -> bool {
    bytes.starts_with(b"%PDF")
        && bytes.get(..end).unwrap().windows(9).any(|part| part == b"startxref")
}

/// Lines of tags are a whole file wherever they end.
fn has_no_end(bytes: &[u8]) -> bool {
    bytes.starts_with(b"SPDX-")
}

/// What is stated, without where.
fn said(evidence: &Evidence) -> Vec<String> {
    evidence
        .statements
        .iter()
        .map(|s| {
            format!("{} {} {:?} {}", s.location.block, s.location.key, s.lang, s.value)
        })
        .collect()
}

#[test]
fn changed_bytes_do_no_harm() {
    in_parallel(|_, bytes| {
        let mut random = Random(bytes.len() as u64);
        for _ in 0..trials(bytes).min(bytes.len()) {
            let mut changed = bytes.to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(changed.len());
                *changed.get_mut(at).unwrap() = random.next() as u8;
            }
            let evidence = evidence_in(&changed);
            for statement in &evidence.statements {
                assert!(statement.location.offset <= bytes.len() as u64);
            }
        }
    });
}

/// Runs `test` on every fixture, on two threads.
fn in_parallel(test: impl Fn(&PathBuf, &[u8]) + Sync) {
    let mut files = fixtures();
    if let Ok(part) = std::env::var("FIXTURES") {
        files.retain(|file| name(file).contains(&part));
    }
    let (one, other): (Vec<_>, Vec<_>) =
        files.iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let run = |part: Vec<(usize, &PathBuf)>| {
        let harmed = part.into_iter().filter(|(_, file)| {
            catch_unwind(AssertUnwindSafe(|| test(file, &fs::read(file).unwrap())))
                .is_err()
        });
        harmed.count()
    };
    let harmed = std::thread::scope(|scope| {
        let one = scope.spawn(|| run(one));
        run(other) + one.join().unwrap()
    });
    assert_eq!(harmed, 0, "fixtures failed, as told above");
}

/// SplitMix64 (Steele, Lea and Flood, 2014), so that a failure comes again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

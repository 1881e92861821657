//! The cache of an audit.

use std::fs;
use std::path::{Path, PathBuf};

use tasl::cache::{self, Cache};
use tasl::discover::Assets;
use tasl::read::Limits;
use tasl::report::{bytes, counted};

use crate::args::Audit;
use crate::failure::Failure;

/// The real path of the directory that `--cache` names, which is made if it is
/// not there.
///
/// # Errors
///
/// [`Failure`] if that cannot be, or it is one of the paths to audit.
pub(crate) fn directory(args: &Audit) -> Result<Option<PathBuf>, Failure> {
    let Some(dir) = &args.cache else { return Ok(None) };
    let cannot = |error| Failure::new(format!("cannot use {}: {error}", dir.display()));
    fs::create_dir_all(dir).map_err(cannot)?;
    let real = dir.canonicalize().map_err(cannot)?;
    let is_audited = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path == real);
    if args.paths.iter().any(is_audited) {
        return Err(Failure::new(format!(
            "{}: the cache needs a directory of its own",
            dir.display(),
        )));
    }
    Ok(Some(real))
}

/// The cache in `dir` for an audit of `assets`; one that knows nothing and keeps
/// nothing where there is none.
///
/// # Errors
///
/// [`Failure`] if the directory cannot be used.
pub(crate) fn open(
    dir: Option<&Path>,
    args: &Audit,
    assets: &Assets,
    limits: &Limits,
) -> Result<Cache, Failure> {
    let Some(dir) = dir else { return Ok(Cache::default()) };
    let options = cache::Options { verify: args.verify, ..cache::Options::default() };
    let here = Path::new(".").canonicalize();
    here.and_then(|here| Cache::open(dir, &assets.directories(), &here, limits, options))
        .map_err(|error| Failure::new(format!("cannot use {}: {error}", dir.display())))
}

/// What to tell of it at the end.
pub(crate) fn lines(dir: Option<&Path>, cache: &Cache) -> Vec<String> {
    let mut lines = cache.warnings().to_vec();
    if dir.is_some() {
        let tally = cache.tally();
        lines.push(format!(
            "{} known from the cache, {} read anew: {}",
            counted(tally.known, "file", "files"),
            tally.read,
            bytes(tally.bytes),
        ));
    }
    lines
}

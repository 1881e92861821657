//! Lists of files to audit.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::{ffi::OsString, fs};

use crate::args::Audit;
use crate::failure::Failure;

/// The paths to audit: those on the command line, or those of the list that it
/// names.
///
/// # Errors
///
/// [`Failure`] if the list cannot be read, or names nothing.
pub(crate) fn roots(args: &Audit) -> Result<Vec<PathBuf>, Failure> {
    let Some(list) = &args.files_from else { return Ok(args.paths.clone()) };
    let cannot = |error| Failure::new(format!("cannot read {}: {error}", list.display()));
    let bytes = read(list).map_err(cannot)?;
    let end = if args.null { b'\0' } else { b'\n' };
    let names = bytes.split(|byte| *byte == end).map(|name| match args.null {
        true => name,
        false => name.strip_suffix(b"\r").unwrap_or(name),
    });
    let paths: Vec<PathBuf> =
        names.filter(|name| !name.is_empty()).map(path).collect::<Result<_, _>>()?;
    match paths.is_empty() {
        true => Err(Failure::new(format!("{}: the list is empty", list.display()))),
        false => Ok(paths),
    }
}

fn read(list: &Path) -> io::Result<Vec<u8>> {
    if list.as_os_str() != "-" {
        return fs::read(list);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn path(name: &[u8]) -> Result<PathBuf, Failure> {
    use std::os::unix::ffi::OsStringExt as _;
    Ok(OsString::from_vec(name.to_vec()).into())
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> Result<PathBuf, Failure> {
    let name = String::from_utf8(name.to_vec());
    let name = name.map_err(|_| Failure::new("a name in the list is not UTF-8"))?;
    Ok(OsString::from(name).into())
}

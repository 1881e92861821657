//! `tasl completions`

use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::args::{Args, Completions};
use crate::failure::Failure;
use crate::stdout;

/// Prints the completions for a shell.
///
/// # Errors
///
/// [`Failure`] where nothing can be printed.
pub(crate) fn run(args: &Completions) -> Result<ExitCode, Failure> {
    // Into memory first: the generator panics where a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "tasl", &mut script);
    stdout::print(&String::from_utf8_lossy(&script))
}

//! `tasl man`

use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::args::{Args, Man};
use crate::failure::Failure;
use crate::stdout;

/// Prints a manual page.
///
/// # Errors
///
/// [`Failure`] where there is no such subcommand, and where nothing can be
/// printed.
pub(crate) fn run(args: &Man) -> Result<ExitCode, Failure> {
    let mut command = Args::command();
    command.build();
    if let Some(name) = &args.subcommand {
        let found = command.find_subcommand(name);
        command = found
            .cloned()
            .ok_or_else(|| Failure::new(format!("there is no subcommand `{name}`")))?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::new(error.to_string()))?;
    stdout::print(&String::from_utf8_lossy(&page))
}

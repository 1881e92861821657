//! Standard output: one buffer, every error noticed.

use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write};
use std::process::ExitCode;

use crate::args::Color;
use crate::failure::Failure;

/// Standard output, to be flushed by its user.
pub(crate) fn lock() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes `text` to standard output and ends well.
///
/// # Errors
///
/// [`Failure`] where it cannot be written.
pub(crate) fn print(text: &str) -> Result<ExitCode, Failure> {
    let mut out = lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::writing("to standard output", &error))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether to colour what goes to standard output, by the wish given and the
/// customs about the environment (no-color.org, bixense.com/clicolors).
pub(crate) fn is_colored(wish: Color) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    match wish {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) => {
            false
        }
        Color::Auto if is_set("CLICOLOR_FORCE") || is_set("FORCE_COLOR") => true,
        Color::Auto => {
            io::stdout().is_terminal()
                && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
        }
    }
}

/// The width of the terminal in columns; of anything else, one fit for a page.
pub(crate) fn width() -> usize {
    let terminal =
        io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(100, |(width, _)| usize::from(width.0).clamp(40, 200))
}

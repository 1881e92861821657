//! The command line of tasl.

mod args;
mod audit;
mod cached;
mod completions;
mod explain;
mod failure;
mod far;
mod license;
mod lines;
mod list;
mod man;
mod output;
mod policy;
mod progress;
mod rules;
mod show;
mod stdout;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use failure::Failure;

fn main() -> ExitCode {
    quieten_workers();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to standard output, which may be full or closed.
            return match error.print() {
                Ok(()) if !error.use_stderr() => flushed(),
                Ok(()) => ExitCode::from(failure::NO_VERDICT),
                Err(error) => failed(&Failure::writing("to standard output", &error)),
            };
        }
    };
    let result = match args.command {
        Command::Audit(args) => audit::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Policy(args) => policy::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::License(args) => license::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    result.unwrap_or_else(|failure| failed(&failure))
}

/// Ends well if all that was printed has gone out.
fn flushed() -> ExitCode {
    match std::io::stdout().flush() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&Failure::writing("to standard output", &error)),
    }
}

fn failed(failure: &Failure) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "tasl: {}", failure.message());
    ExitCode::from(failure::NO_VERDICT)
}

/// Lets the panics of workers pass without a word: each becomes a finding about
/// the file that it happened on.
fn quieten_workers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(tasl::scan::WORKER) {
            usual(panic);
        }
    }));
}

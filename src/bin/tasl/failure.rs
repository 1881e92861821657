//! Why there is no verdict.

use std::io;

use tasl::discover::RootError;
use tasl::scan::ScanError;

/// The exit status where there is no verdict. 0 and 1 are verdicts, and the
/// report is complete then.
pub(crate) const NO_VERDICT: u8 = 2;

/// What ends the program before it has done what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something to tell the person at the keyboard.
    Message(String),
    /// Whoever reads the output has heard enough.
    ClosedPipe,
}

impl Failure {
    /// A failure to be told in these words.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    /// What writing the output came to.
    pub(crate) fn writing(what: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Message(format!("cannot write {what}: {error}")),
        }
    }

    /// What to say.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Message(message) => message,
            Self::ClosedPipe => "the reader of the output went away; no verdict",
        }
    }
}

impl From<RootError> for Failure {
    fn from(error: RootError) -> Self {
        Self::Message(error.to_string())
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        match error {
            ScanError::Report(error) => Self::writing("the report", &error),
            ScanError::Interrupted => Self::new(
                "interrupted; the report is not complete, and no file was written",
            ),
            ScanError::Threads(_) => Self::Message(error.to_string()),
        }
    }
}

//! How far the audit has come, on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use tasl::model::{Record, Totals};
use tasl::report::Report;

/// How often the line is drawn anew.
const PAUSE: Duration = Duration::from_millis(100);

/// A report that draws one line on standard error and wipes it away at the end.
pub(crate) struct Progress {
    begun: Instant,
    drawn: Option<Instant>,
    files: u64,
}

impl Progress {
    /// A line of progress, where somebody can see it.
    pub(crate) fn new() -> Option<Self> {
        let progress = Self { begun: Instant::now(), drawn: None, files: 0 };
        io::stderr().is_terminal().then_some(progress)
    }

    fn draw(&mut self, now: Instant) {
        let rate =
            self.files as f64 / now.duration_since(self.begun).as_secs_f64().max(0.001);
        let line = format!("\r\x1B[K{} files, {rate:.0} files/s", self.files);
        let _ = io::stderr().write_all(line.as_bytes());
        self.drawn = Some(now);
    }

    fn wipe(&mut self) {
        if self.drawn.take().is_some() {
            let _ = io::stderr().write_all(b"\r\x1B[K");
        }
    }
}

impl Report for Progress {
    fn record(&mut self, _record: &Record) -> io::Result<()> {
        self.files += 1;
        // Asking for the time is cheap, but not for nothing.
        if self.files.is_multiple_of(16) {
            let now = Instant::now();
            if now.duration_since(self.drawn.unwrap_or(self.begun)) >= PAUSE {
                self.draw(now);
            }
        }
        Ok(())
    }

    fn end(&mut self, _totals: &Totals) -> io::Result<()> {
        self.wipe();
        Ok(())
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.wipe();
    }
}

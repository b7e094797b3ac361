//! Progress of an import: a bar on a terminal, plain lines elsewhere. Never here: anything that the report needs.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::Instant;

/// How often a plain line is written.
const LINE_EVERY: Duration = Duration::from_secs(5);
/// The bar: what is going on, how far it is, and how long it will take.
const BAR: &str = "{msg:>24} [{wide_bar}] {pos}/{len} {elapsed_precise} (eta {eta})";

/// How far an import is.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    done: u64,
    all: u64,
    last_line: Instant,
}

impl Progress {
    /// Of so many things to do.
    pub fn of(all: usize) -> Self {
        let all = u64::try_from(all).unwrap_or(u64::MAX);
        let bar = std::io::stderr().is_terminal().then(|| bar(all));
        Self { bar, done: 0, all, last_line: Instant::now() }
    }

    /// So many more are done.
    pub fn advance(&mut self, more: usize, doing: &str) {
        self.done = self.done.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
        match &self.bar {
            Some(bar) => {
                bar.set_message(doing.to_owned());
                bar.set_position(self.done);
            }
            None if self.last_line.elapsed() >= LINE_EVERY || self.done >= self.all => {
                self.last_line = Instant::now();
                eprintln!("import: {} of {} ({doing})", self.done, self.all);
            }
            None => {}
        }
    }

    /// Everything is done.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish();
        }
    }
}

fn bar(all: u64) -> ProgressBar {
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(all).with_style(style)
}

//! Where a process is in its life, as its parts hear of it: it starts, it serves, it stops; and the requests that are
//! being served.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use metrics::gauge;
use tokio::sync::watch;

use crate::telemetry::names;

/// The life of a process. Its clones speak of the same process.
#[derive(Debug, Clone, Default)]
pub struct Lifecycle {
    phase: Arc<watch::Sender<Phase>>,
    open: Arc<AtomicUsize>,
}

/// Where a process is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not all that it does is going yet.
    #[default]
    Starting,
    /// It does what it is for.
    Serving,
    /// A stop was asked for; there is no way back.
    Stopping,
}

impl Lifecycle {
    /// That of a process that serves.
    pub fn serving() -> Self {
        let life = Self::default();
        life.enter(Phase::Serving);
        life
    }

    /// Enters a phase; an earlier one is never entered again.
    pub fn enter(&self, phase: Phase) {
        self.phase.send_if_modified(|now| {
            let moved = phase > *now;
            *now = phase.max(*now);
            moved
        });
    }

    /// Where it is.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Ends when a stop is asked for.
    pub async fn stop_asked(&self) {
        // The sender is kept here, so that this waits for the word and never for less.
        let _ = self.phase.subscribe().wait_for(|phase| *phase == Phase::Stopping).await;
    }

    /// Counts a request as open until what is given back is dropped.
    pub fn request(&self) -> Open {
        self.open.fetch_add(1, Ordering::Relaxed);
        gauge!(names::REQUESTS_OPEN).increment(1);
        Open(self.open.clone())
    }

    /// How many requests are being served.
    pub fn open_requests(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }
}

/// A request that is being served.
#[derive(Debug)]
pub struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
        gauge!(names::REQUESTS_OPEN).decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_process_that_stops_never_serves_again() {
        let life = Lifecycle::serving();
        life.enter(Phase::Stopping);
        life.enter(Phase::Serving);
        assert_eq!(life.phase(), Phase::Stopping);
        life.stop_asked().await;
    }
}

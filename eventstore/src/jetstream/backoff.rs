//! How long one waits for a server that has no answer just now: a new leader takes 4 to 6.5 s at R3.

use std::time::Duration;

use tokio::time::Instant;

/// How long to go on before giving up, where nothing else is asked for.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// The first pause.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Growing pauses up to a deadline.
#[derive(Debug)]
pub(super) struct Backoff {
    next: Duration,
    deadline: Instant,
}

/// The deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GaveUp;

impl Backoff {
    /// Pauses from 5 ms to 1 s, for as long as the patience lasts.
    pub(super) fn lasting(patience: Duration) -> Self {
        Self { next: FIRST_PAUSE, deadline: Instant::now() + patience }
    }

    /// Pauses once, or says that the time is up.
    pub(super) async fn pause(&mut self) -> Result<(), GaveUp> {
        if Instant::now() + self.next > self.deadline {
            return Err(GaveUp);
        }
        tokio::time::sleep(self.next).await;
        self.next = (self.next * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

//! What an import's time goes to.

use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

/// What a run's time went to, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spent {
    /// Merchants, members, products, stock.
    pub registration_ms: u64,
    /// The orders' own commands.
    pub commands_ms: u64,
    /// Waiting until sagas have done what follows from them.
    pub sagas_ms: u64,
    /// Waiting until what is due by the clock has been done.
    pub timers_ms: u64,
}

/// Awaits something and adds its time to a figure.
pub(super) async fn timed<T>(figure_ms: &mut u64, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.await;
    *figure_ms = figure_ms.saturating_add(millis(began.elapsed()));
    done
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

//! A graceful stop, asked for by SIGTERM or Ctrl-C, in this order and within a limit:
//!
//! ```text
//! /health/ready says 503, answers ask callers to leave ─▶ no new connections, open requests finish
//!   ─▶ projections and sagas end ─▶ the process ends
//! ```
//!
//! What the limit cuts off is said. Nothing acknowledged is ever lost by it: that is in the log.

use std::future::Future;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config::RunConfig;
use crate::lifecycle::{Lifecycle, Phase};

/// Serves by work that ends by itself once a stop is asked for; past the limit, or at a second signal, it is cut off.
pub(super) async fn until_stopped(
    run: &RunConfig,
    life: &Lifecycle,
    work: impl Future<Output = Result<()>>,
) -> Result<()> {
    let mut signals = Signals::listen()?;
    life.enter(Phase::Serving);
    let asked = async {
        signals.next().await;
        life.enter(Phase::Stopping);
        tracing::info!(open_requests = life.open_requests(), "a stop was asked for");
        let limit = Duration::from_secs(run.stop_limit);
        tokio::select! {
            () = tokio::time::sleep(limit) => format!("{} s are over", run.stop_limit),
            () = signals.next() => "a second signal came".to_owned(),
        }
    };
    tokio::select! {
        ended = work => ended,
        why = asked => bail!("cut off, for {why}: {} open requests got no answer", life.open_requests()),
    }
}

/// Ends when nobody is to come in any more: a while after the stop was asked for.
pub(super) async fn closing_time(life: Lifecycle, run: &RunConfig) {
    let delay = Duration::from_secs(run.stop_delay);
    life.stop_asked().await;
    tokio::time::sleep(delay).await;
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

//! The virtual clock of an installation: every process follows the one hand that operators move.

use std::sync::Arc;

use async_nats::jetstream;
use async_nats::jetstream::kv::Store;
use chrono::TimeDelta;
use futures::StreamExt;
use kernel::Timestamp;

use super::{GoesForward, VirtualClock};

/// The bucket's only key: how many milliseconds the clock is ahead of the machine's.
const AHEAD_MS: &str = "ahead_ms";

/// Why the clock can't be shared or moved.
#[derive(Debug, thiserror::Error)]
pub enum SharedClockError {
    /// It would go back.
    #[error(transparent)]
    Backwards(#[from] GoesForward),
    /// The bucket can't be reached.
    #[error("the sandbox clock is not available: {0}")]
    Unavailable(String),
}

/// A virtual clock that goes alike in every process of an installation.
#[derive(Debug, Clone)]
pub struct SharedClock {
    store: Store,
    clock: Arc<VirtualClock>,
}

impl SharedClock {
    /// Opens the bucket `<prefix>-clock` and follows it.
    pub async fn open(
        client: async_nats::Client,
        prefix: &str,
        replicas: usize,
    ) -> Result<Self, SharedClockError> {
        let bucket = format!("{prefix}-clock");
        let context = jetstream::new(client);
        let config =
            jetstream::kv::Config { bucket: bucket.clone(), num_replicas: replicas, ..Default::default() };
        let store = match context.create_key_value(config).await {
            Ok(store) => store,
            Err(_) => context.get_key_value(bucket).await.map_err(unavailable)?,
        };
        let clock = Arc::new(VirtualClock::default());
        if let Some(value) = store.get(AHEAD_MS).await.map_err(unavailable)? {
            follow(&clock, &value);
        }
        let mut changes = store.watch(AHEAD_MS).await.map_err(unavailable)?;
        let followed = clock.clone();
        tokio::spawn(async move {
            while let Some(Ok(entry)) = changes.next().await {
                follow(&followed, &entry.value);
            }
        });
        Ok(Self { store, clock })
    }

    /// The clock itself.
    pub fn clock(&self) -> Arc<VirtualClock> {
        self.clock.clone()
    }

    /// Moves every process's clock forward by so much.
    pub async fn advance(&self, by: TimeDelta) -> Result<Timestamp, SharedClockError> {
        let ahead = self.clock.ahead() + by;
        let now = self.clock.set_ahead(ahead)?;
        let value = ahead.num_milliseconds().to_string();
        self.store.put(AHEAD_MS, value.into()).await.map_err(unavailable)?;
        Ok(now)
    }
}

/// Takes over what another process set; what lies behind is left as it is.
fn follow(clock: &VirtualClock, value: &[u8]) {
    let ahead = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
    if let Some(ahead) = ahead.and_then(TimeDelta::try_milliseconds) {
        let _ = clock.set_ahead(ahead);
    }
}

fn unavailable(error: impl std::fmt::Display) -> SharedClockError {
    SharedClockError::Unavailable(error.to_string())
}

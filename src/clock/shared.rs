//! The virtual clock of an installation: every process follows the one hand that operators move.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::kv::{CreateErrorKind, Store};
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use bytes::Bytes;
use chrono::TimeDelta;
use eventstore::jetstream::bucket::get_or_create;
use futures::StreamExt;
use kernel::Timestamp;
use sagas::Clock;

use super::{GoesForward, VirtualClock};

/// The bucket's only key: how many milliseconds the clock is ahead of the machine's.
const AHEAD_MS: &str = "ahead_ms";

/// How long a watch that ended rests before it begins again.
const REST: Duration = Duration::from_secs(1);

/// Why the clock can't be shared or moved.
#[derive(Debug, thiserror::Error)]
pub enum SharedClockError {
    /// It would go back.
    #[error(transparent)]
    Backwards(#[from] GoesForward),
    /// The name was used before, to move it by something else.
    #[error("this name was used before, for another distance")]
    NameReused,
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
        let config = jetstream::kv::Config { bucket, num_replicas: replicas, ..Default::default() };
        let store = get_or_create(&jetstream::new(client), config).await.map_err(unavailable)?;
        let clock = Arc::new(VirtualClock::default());
        if let Some(value) = latest(&store, AHEAD_MS).await? {
            follow(&clock, &value);
        }
        tokio::spawn(keep_following(store.clone(), clock.clone()));
        Ok(Self { store, clock })
    }

    /// The clock itself.
    pub fn clock(&self) -> Arc<VirtualClock> {
        self.clock.clone()
    }

    /// Moves every process's clock forward by so much.
    pub async fn advance(&self, by: TimeDelta) -> Result<Timestamp, SharedClockError> {
        self.catch_up().await?;
        let ahead = self.clock.ahead() + by;
        let now = self.clock.set_ahead(ahead)?;
        self.store.put(AHEAD_MS, ms(ahead).into()).await.map_err(unavailable)?;
        Ok(now)
    }

    /// The same once per name, however often it is asked for: what was done before is only told again.
    pub async fn advance_once(&self, name: &str, by: TimeDelta) -> Result<Timestamp, SharedClockError> {
        self.catch_up().await?;
        let ahead = self.clock.ahead() + by;
        let asked = Advance { by, ahead, until: self.clock.now() + by };
        let first = match self.store.create(format!("advance.{name}"), asked.words().into()).await {
            Ok(_) => asked,
            Err(error) if error.kind() == CreateErrorKind::AlreadyExists => self.advance_of(name).await?,
            Err(error) => return Err(unavailable(error)),
        };
        if first.by != by {
            return Err(SharedClockError::NameReused);
        }
        // Done again in case it was named and not done; where the clock is further already, there is nothing to do.
        if self.clock.set_ahead(first.ahead).is_ok() {
            self.store.put(AHEAD_MS, ms(first.ahead).into()).await.map_err(unavailable)?;
        }
        Ok(first.until)
    }

    /// Hears of the last move, should the watch not have told of it yet: the next one goes on from there.
    async fn catch_up(&self) -> Result<(), SharedClockError> {
        if let Some(value) = latest(&self.store, AHEAD_MS).await? {
            follow(&self.clock, &value);
        }
        Ok(())
    }

    async fn advance_of(&self, name: &str) -> Result<Advance, SharedClockError> {
        let value = latest(&self.store, &format!("advance.{name}")).await?;
        let known = value.as_deref().and_then(Advance::parse);
        known.ok_or_else(|| unavailable("its bucket holds something else"))
    }
}

/// What the bucket's leader has under a key. Any copy answers the client's own `get`, and one that is behind would have the
/// next move begin where the last one began.
async fn latest(store: &Store, key: &str) -> Result<Option<Bytes>, SharedClockError> {
    match store.stream.get_last_raw_message_by_subject(&format!("{}{key}", store.prefix)).await {
        Ok(message) => Ok(Some(message.payload)),
        Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
        Err(error) => Err(unavailable(error)),
    }
}

/// A move of the clock under its name.
struct Advance {
    by: TimeDelta,
    ahead: TimeDelta,
    until: Timestamp,
}

impl Advance {
    fn words(&self) -> String {
        format!("{} {} {}", ms(self.by), ms(self.ahead), self.until.to_rfc3339())
    }

    fn parse(value: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(value).ok()?.split(' ');
        let by = TimeDelta::try_milliseconds(words.next()?.parse().ok()?)?;
        let ahead = TimeDelta::try_milliseconds(words.next()?.parse().ok()?)?;
        let until = chrono::DateTime::parse_from_rfc3339(words.next()?).ok()?.to_utc();
        Some(Self { by, ahead, until })
    }
}

fn ms(distance: TimeDelta) -> String {
    distance.num_milliseconds().to_string()
}

/// Follows as long as the process lives. A watch ends when its server goes or loses the lead; the next one begins with what
/// stands there now.
async fn keep_following(store: Store, clock: Arc<VirtualClock>) {
    loop {
        match store.watch_with_history(AHEAD_MS).await {
            Ok(mut changes) => {
                while let Some(Ok(entry)) = changes.next().await {
                    follow(&clock, &entry.value);
                }
                tracing::warn!("the watch of the sandbox's clock has ended and begins again");
            }
            Err(error) => tracing::warn!(%error, "the sandbox's clock can't be watched yet"),
        }
        tokio::time::sleep(REST).await;
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

//! A bucket of values that aren't history: of each key the last value is kept, for a while. Writes are guarded by the key's
//! revision, and go out in groups as the log's do.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::context::KeyValueError;
use async_nats::jetstream::kv::{Config, Entry, Store};
use bytes::Bytes;

use super::answer::Answer;
use super::committer::Committer;
use super::connect::ConnectError;
use super::direct::DirectGet;
use super::group::Grouping;
use super::send::{Prepared, Sender};
use super::{PATIENCE, answer_limit};
use crate::{AppendError, Context, ReadError, Seq};

/// A bucket's writes are single messages. Their fsyncs keep the disk from the log's: a few are worth a batch.
const OF_VALUES: Grouping = Grouping { worth_a_batch: 8, pace: Duration::from_millis(8) };

/// How a bucket is kept.
#[derive(Debug, Clone)]
pub struct BucketConfig {
    /// Its name.
    pub name: String,
    /// Copies: 1 or 3.
    pub replicas: usize,
    /// How long a value that nobody writes anew is kept.
    pub time_to_live: Duration,
}

/// A bucket.
#[derive(Debug)]
pub struct Bucket {
    store: Store,
    committer: Committer,
}

impl Bucket {
    /// Opens a bucket, making it where there is none.
    pub async fn open(client: async_nats::Client, config: BucketConfig) -> Result<Self, ConnectError> {
        let name = config.name.clone();
        let opened = Self::open_stream(client, config).await;
        opened.map_err(|reason| ConnectError::Bucket { name, reason })
    }

    async fn open_stream(client: async_nats::Client, config: BucketConfig) -> Result<Self, String> {
        let BucketConfig { name, replicas, time_to_live } = config;
        let kept = Config {
            bucket: name,
            history: 1,
            max_age: time_to_live,
            num_replicas: replicas,
            ..Config::default()
        };
        let context = jetstream::new(client.clone());
        let store = get_or_create(&context, kept).await.map_err(reason)?;
        allow_batches(&context, &store).await?;
        let direct = DirectGet::open(client.clone(), &store.stream_name, PATIENCE).await.map_err(reason)?;
        let sender = Sender { client, limit: answer_limit(PATIENCE) };
        let committer = Committer::start(sender, Arc::new(direct), OF_VALUES);
        Ok(Self { store, committer })
    }

    /// A key's last value with its revision; it may be that it was taken away.
    pub async fn read(&self, key: &str) -> Result<Option<Entry>, ReadError> {
        self.store.entry(key).await.map_err(|error| ReadError::Unavailable(error.to_string()))
    }

    /// Writes a value behind the revision that the writer has seen, zero for none; gives the new one, or none where another
    /// was first. After no answer it may be written or not.
    pub async fn write(
        &self,
        context: &Context,
        key: &str,
        value: Vec<u8>,
        seen: Seq,
    ) -> Result<Option<Seq>, AppendError> {
        let message = Prepared {
            subject: format!("{}{key}", self.store.prefix).into(),
            expected: seen.0,
            payload: Bytes::from(value),
            trace: context.into(),
        };
        match self.committer.commit(Arc::new([message])).await {
            Answer::Stored(revision) => Ok(Some(revision)),
            Answer::GuardFailed => Ok(None),
            Answer::TooLarge(reason) => Err(AppendError::TooLarge(reason)),
            Answer::NotNow(reason) => Err(AppendError::Unavailable(reason)),
            Answer::Silence => Err(AppendError::OutcomeUnknown),
        }
    }
}

/// A bucket as it is kept, or made where there is none.
pub async fn get_or_create(context: &jetstream::Context, config: Config) -> Result<Store, KeyValueError> {
    let name = config.bucket.clone();
    match context.create_key_value(config).await {
        Ok(store) => Ok(store),
        Err(_) => context.get_key_value(name).await,
    }
}

/// A bucket is made without batches: the client has no setting for them.
async fn allow_batches(context: &jetstream::Context, store: &Store) -> Result<(), String> {
    let mut config = store.stream.cached_info().config.clone();
    if config.allow_atomic_publish {
        return Ok(());
    }
    config.allow_atomic_publish = true;
    context.update_stream(config).await.map(|_| ()).map_err(reason)
}

fn reason(error: impl std::fmt::Display) -> String {
    error.to_string()
}

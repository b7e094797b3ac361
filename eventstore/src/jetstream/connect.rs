//! Opening the log: the server's version, the stream and its configuration.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};

use super::committer::Committer;
use super::direct::DirectGet;
use super::feed::Feed;
use super::group::Grouping;
use super::send::Sender;
use super::source::Source;
use super::{Backoff, JetStream, PATIENCE, answer_limit};
use crate::Prefix;

/// A batch of whatever size costs the server about 2 ms, a message alone one fsync, 0.06 to 0.15 ms of a good disk.
const OF_COMMITS: Grouping = Grouping { worth_a_batch: 32, pace: Duration::from_millis(4) };

/// The oldest nats-server with atomic batches.
pub const MIN_SERVER_VERSION: (u64, u64) = (2, 12);

/// How the log's stream is kept.
#[derive(Debug, Clone)]
pub struct JetStreamConfig {
    /// The first token of every subject; the stream is named after it.
    pub prefix: Prefix,
    /// Copies: 1 or 3.
    pub replicas: usize,
    /// How long a call goes on asking a server that has no answer just now; [`PATIENCE`] spans the election of a leader.
    /// One answer is waited for a third of it, so that a lost one leaves time to ask again.
    pub patience: Duration,
}

impl JetStreamConfig {
    /// The log of this prefix in so many copies, with the usual patience.
    pub const fn new(prefix: Prefix, replicas: usize) -> Self {
        Self { prefix, replicas, patience: PATIENCE }
    }
}

/// Why the log could not be opened; one sentence each.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The server lacks atomic batches.
    #[error("nats-server {found} is too old: Jangteo needs {}.{} or newer", MIN_SERVER_VERSION.0, MIN_SERVER_VERSION.1)]
    TooOld {
        /// The version found.
        found: String,
    },
    /// The stream is there, but kept otherwise than configured.
    #[error("the log's stream has {setting} {found}, configured is {configured}")]
    KeptOtherwise {
        /// Which setting.
        setting: &'static str,
        /// As it is.
        found: String,
        /// As it should be.
        configured: String,
    },
    /// The server runs without JetStream, or refuses the stream.
    #[error("the log's stream cannot be opened: {0}")]
    Stream(String),
    /// The server refuses a bucket.
    #[error("the bucket {name} cannot be opened: {reason}")]
    Bucket {
        /// Which.
        name: String,
        /// Why.
        reason: String,
    },
}

pub(super) async fn open(
    client: async_nats::Client,
    config: &JetStreamConfig,
) -> Result<JetStream, ConnectError> {
    let server = client.server_info();
    check_version(&server.version)?;
    let name = stream_name(&config.prefix);
    let stream = get_or_create(&client, stream_config(&name, config), config.patience).await?;
    let direct = DirectGet::open(client.clone(), &name, config.patience).await;
    let direct = direct.map_err(|error| ConnectError::Stream(error.to_string()))?;
    let source =
        Source { stream, direct: Arc::new(direct), prefix: config.prefix.clone(), patience: config.patience };
    let sender = Sender { client, limit: answer_limit(config.patience) };
    let committer = Committer::start(sender, source.direct.clone(), OF_COMMITS);
    Ok(JetStream {
        feed: Arc::new(Feed::new(source.clone())),
        source,
        committer,
        replicated: config.replicas > 1,
        max_payload: server.max_payload,
    })
}

fn stream_name(prefix: &Prefix) -> String {
    format!("{}-log", prefix.as_str())
}

fn stream_config(name: &str, config: &JetStreamConfig) -> Config {
    Config {
        name: name.to_owned(),
        subjects: vec![config.prefix.all()],
        retention: RetentionPolicy::Limits,
        discard: DiscardPolicy::New,
        storage: StorageType::File,
        num_replicas: config.replicas,
        deny_delete: true,
        allow_direct: true,
        allow_atomic_publish: true,
        max_messages: -1,
        max_bytes: -1,
        ..Config::default()
    }
}

/// A cluster that has just started has no leader yet: the stream is asked for until it answers.
async fn get_or_create(
    client: &async_nats::Client,
    config: Config,
    patience: Duration,
) -> Result<jetstream::stream::Stream<()>, ConnectError> {
    let mut context = jetstream::new(client.clone());
    context.set_timeout(answer_limit(patience));
    let mut backoff = Backoff::lasting(patience);
    loop {
        let refused = match context.get_or_create_stream(config.clone()).await {
            Ok(found) => {
                check_kept(&found.cached_info().config, &config)?;
                match context.get_stream_no_info(&config.name).await {
                    Ok(stream) => return Ok(stream),
                    Err(error) => error.to_string(),
                }
            }
            Err(error) => error.to_string(),
        };
        if backoff.pause().await.is_err() {
            return Err(ConnectError::Stream(refused));
        }
    }
}

/// A log that was made with other settings is not taken for what was asked for.
fn check_kept(found: &Config, configured: &Config) -> Result<(), ConnectError> {
    let settings = |config: &Config| {
        [
            ("replicas", config.num_replicas.to_string()),
            ("allow_direct", config.allow_direct.to_string()),
            ("allow_atomic", config.allow_atomic_publish.to_string()),
            ("deny_delete", config.deny_delete.to_string()),
            ("max_messages", config.max_messages.to_string()),
            ("max_bytes", config.max_bytes.to_string()),
        ]
    };
    for ((setting, found), (_, configured)) in settings(found).into_iter().zip(settings(configured)) {
        if found != configured {
            return Err(ConnectError::KeptOtherwise { setting, found, configured });
        }
    }
    Ok(())
}

fn check_version(version: &str) -> Result<(), ConnectError> {
    let mut parts = version.split(['.', '-']).map(|part| part.parse::<u64>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found >= MIN_SERVER_VERSION { Ok(()) } else { Err(ConnectError::TooOld { found: version.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_without_atomic_batches_is_refused() {
        assert!(check_version("2.11.9").is_err());
        assert!(check_version("nonsense").is_err());
        assert!(check_version("2.12.0-RC.1").is_ok());
        assert!(check_version("3.0.0").is_ok());
    }
}

//! The log on NATS JetStream: one file-backed stream, one subject per aggregate, every write guarded.

mod answer;
mod backoff;
pub mod bucket;
mod committer;
mod connect;
mod direct;
mod feed;
mod group;
mod publish;
mod send;
mod source;
mod tail;
mod walk;

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use async_trait::async_trait;

pub use self::answer::MAX_BATCH;
use self::backoff::Backoff;
pub use self::backoff::PATIENCE;
pub use self::bucket::{Bucket, BucketConfig};
use self::committer::Committer;
pub use self::connect::{ConnectError, JetStreamConfig, MIN_SERVER_VERSION};
use self::feed::Feed;
use self::source::Source;
use crate::{
    AppendError, Appended, Commit, EventStore, Filter, Message, Messages, ReadError, Recorded, Seq,
    StreamName, Tailing,
};

/// The log on a JetStream stream.
#[derive(Debug)]
pub struct JetStream {
    source: Source,
    feed: Arc<Feed>,
    committer: Committer,
    /// Whether any server but the leader answers direct gets.
    replicated: bool,
    /// The server's largest message.
    max_payload: usize,
}

/// How long one answer is waited for.
fn answer_limit(patience: Duration) -> Duration {
    patience / 3
}

impl JetStream {
    /// Opens the log, making its stream where there is none. Refuses servers older than [`MIN_SERVER_VERSION`].
    pub async fn open(client: async_nats::Client, config: &JetStreamConfig) -> Result<Self, ConnectError> {
        connect::open(client, config).await
    }

    /// A stream's last message, as its leader knows it.
    async fn last_on_leader(&self, stream: &StreamName) -> Result<Option<StreamMessage>, ReadError> {
        let subject = self.source.prefix.subject(stream);
        let mut backoff = Backoff::lasting(self.source.patience);
        loop {
            match self.source.stream.get_last_raw_message_by_subject(&subject).await {
                Ok(message) => return Ok(Some(message)),
                Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => return Ok(None),
                Err(error) if backoff.pause().await.is_err() => {
                    return Err(ReadError::Unavailable(error.to_string()));
                }
                Err(_) => {}
            }
        }
    }

    /// Reads from the leader, one by one, what a replica didn't show yet.
    async fn fill_from_leader(
        &self,
        stream: &StreamName,
        mut after: Seq,
        last: Seq,
    ) -> Result<Vec<Recorded>, ReadError> {
        let subject = self.source.prefix.subject(stream);
        let mut missing = Vec::new();
        while after < last {
            let message = self
                .source
                .stream
                .get_first_raw_message_by_subject(&subject, after.0 + 1)
                .await
                .map_err(|error| ReadError::Unavailable(error.to_string()))?;
            after = Seq(message.sequence);
            missing.push(Recorded::parse(after, stream.clone(), &message.payload)?);
        }
        Ok(missing)
    }
}

#[async_trait]
impl EventStore for JetStream {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.publish(&[commit]).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        self.publish(&commits).await
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.source.direct.load(&self.source.prefix.subject(stream), stream, after).await
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        if !self.replicated {
            return self.load(stream, after).await;
        }
        let last = self.last_on_leader(stream).await?.map_or(Seq(0), |message| Seq(message.sequence));
        if last <= after {
            return Ok(Vec::new());
        }
        let mut commits = self.load(stream, after).await?;
        let seen = commits.last().map_or(after, |commit| commit.seq);
        commits.extend(self.fill_from_leader(stream, seen, last).await?);
        Ok(commits)
    }

    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError> {
        let message = self.last_on_leader(stream).await?;
        message.map(|last| Recorded::parse(Seq(last.sequence), stream.clone(), &last.payload)).transpose()
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        self.source.direct.messages_of(&self.source.prefix, stream).await
    }

    async fn messages(&self, after: Seq) -> Result<Messages, ReadError> {
        self.feed.messages(after).await
    }

    fn walk(&self, after: Seq, through: Seq) -> Messages {
        walk::walk(&self.source, after, through)
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.feed.tail(after, filter).await
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        self.source.head().await
    }
}

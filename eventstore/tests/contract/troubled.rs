//! A log in memory with a trouble of its own; in everything else it is the log that it stands on.

use std::sync::Arc;

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, Commit, EventStore, Filter, Log, Memory, Message, Messages, ReadError, Recorded,
    Seq, StreamName, Tailing,
};

/// What is wrong with a log.
#[async_trait]
pub trait Trouble: Send + Sync + 'static {
    /// The log that it stands on.
    fn memory(&self) -> &Memory;

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError>;

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.memory().load_latest(stream, after).await
    }
}

/// The log of a trouble that the test keeps hold of.
pub fn log(trouble: &Arc<impl Trouble>) -> Log {
    Log::new(Arc::new(Troubled(trouble.clone())))
}

struct Troubled<T>(Arc<T>);

#[async_trait]
impl<T: Trouble> EventStore for Troubled<T> {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.append_all(vec![commit]).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        self.0.append_all(commits).await
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.0.memory().load(stream, after).await
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.0.load_latest(stream, after).await
    }

    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError> {
        self.0.memory().last(stream).await
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        self.0.memory().messages_of(stream).await
    }

    async fn messages(&self, after: Seq) -> Result<Messages, ReadError> {
        self.0.memory().messages(after).await
    }

    fn walk(&self, after: Seq, through: Seq) -> Messages {
        self.0.memory().walk(after, through)
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.0.memory().tail(after, filter).await
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        self.0.memory().head().await
    }
}

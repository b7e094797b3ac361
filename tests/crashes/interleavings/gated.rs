//! The log as one process writes to it: whoever has a commit in hand may be overtaken before it is appended.

use std::sync::Arc;

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, Commit, EventStore, Filter, Memory, Message, Messages, ReadError, Recorded, Seq,
    StreamName, Tailing,
};

use super::explorer::{Gate, Point};

/// The log behind an actor's gate.
pub struct Gated {
    pub store: Arc<Memory>,
    pub gate: Gate,
}

#[async_trait]
impl EventStore for Gated {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.gate.pass(Point::Appends).await;
        self.store.append(commit).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        self.gate.pass(Point::Appends).await;
        self.store.append_all(commits).await
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.store.load(stream, after).await
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.store.load_latest(stream, after).await
    }

    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError> {
        self.store.last(stream).await
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        self.store.messages_of(stream).await
    }

    async fn messages(&self, after: Seq) -> Result<Messages, ReadError> {
        self.store.messages(after).await
    }

    fn walk(&self, after: Seq, through: Seq) -> Messages {
        self.store.walk(after, through)
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.store.tail(after, filter).await
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        self.store.head().await
    }
}

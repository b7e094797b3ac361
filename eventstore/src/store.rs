//! The contract of a log: guarded append, load, tail.

use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use futures::Stream;

use crate::{AppendError, Commit, Message, ReadError, Recorded, Seq, StreamName};

/// What an append came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// Written now; the position of the (last) commit.
    Committed(Seq),
    /// This very commit was in the log already; its position.
    AlreadyCommitted(Seq),
}

impl Appended {
    /// The position, whichever it was.
    pub const fn seq(self) -> Seq {
        match self {
            Self::Committed(seq) | Self::AlreadyCommitted(seq) => seq,
        }
    }
}

/// Which contexts a tail wants to see; the others only pass by.
#[derive(Debug, Clone, Copy)]
pub enum Filter {
    /// Every commit.
    All,
    /// Commits of these contexts.
    Contexts(&'static [&'static str]),
}

impl Filter {
    /// Whether a stream's commits are wanted.
    pub fn wants(&self, stream: &StreamName) -> bool {
        match self {
            Self::All => true,
            Self::Contexts(contexts) => contexts.contains(&stream.context()),
        }
    }
}

/// One step of a tail.
#[derive(Debug)]
pub enum Tailed {
    /// A commit that was asked for.
    Commit(Arc<Recorded>),
    /// A commit of no interest stands at this position.
    Passed(Seq),
}

impl Tailed {
    /// The position.
    pub fn seq(&self) -> Seq {
        match self {
            Self::Commit(recorded) => recorded.seq,
            Self::Passed(seq) => *seq,
        }
    }
}

/// A never-ending walk along the log.
pub type Tailing = Pin<Box<dyn Stream<Item = Result<Tailed, ReadError>> + Send>>;

/// A walk along the log's messages as they stand.
pub type Messages = Pin<Box<dyn Stream<Item = Result<Message, ReadError>> + Send>>;

/// An append-only log of commits, one stream per aggregate, with one order over all.
#[async_trait]
pub trait EventStore: Send + Sync + 'static {
    /// Appends one commit if its expectation holds.
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError>;

    /// Appends commits to different streams, all or nothing, each under its own guard. The position is the last one's;
    /// the commits stand one after another in the order given.
    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError>;

    /// A stream's commits after a position, fast; on a cluster they may lag behind what was acknowledged.
    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError>;

    /// A stream's commits after a position, complete up to the moment of the call.
    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError>;

    /// A stream's last commit, by what the leader has.
    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError>;

    /// Every message of a stream that can be read, whatever is missing between them.
    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError>;

    /// Walks every message from a position (exclusive) on as it stands, in order, and goes on with what is appended later.
    async fn messages(&self, after: Seq) -> Result<Messages, ReadError>;

    /// Walks every message after a position up to another one, in order, and ends there, also where messages are missing.
    fn walk(&self, after: Seq, through: Seq) -> Messages;

    /// Walks the whole log from a position (exclusive) on, in order, and goes on with what is appended later.
    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError>;

    /// The position of the last commit.
    async fn head(&self) -> Result<Seq, ReadError>;
}

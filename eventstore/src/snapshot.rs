//! Snapshots: an aggregate as it stood after a commit, so that a long history need not be folded from its beginning.
//!
//! Nothing depends on them: one that is missing, can't be read, or speaks of a commit that isn't in the log is ignored, and
//! the aggregate is folded from its first commit. Never here: where they are kept.

use std::time::Duration;

use async_trait::async_trait;
use kernel::id::{CommandId, CommitId};
use serde::{Deserialize, Serialize};

use crate::{Seq, StreamName};

/// After how many commits since the last one a snapshot is kept.
pub const COMMITS_PER_SNAPSHOT: u32 = 1_000;
/// How long a snapshot is waited for; folding from the beginning is quicker than a place that doesn't answer.
pub(crate) const LIMIT: Duration = Duration::from_secs(1);

/// An aggregate after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Which aggregate.
    pub stream: StreamName,
    /// The position of that commit.
    pub version: Seq,
    /// Its id: at that position of another log stands another commit.
    pub commit: CommitId,
    /// The state and what the aggregate remembers, as JSON.
    pub body: String,
}

/// Where snapshots are kept.
#[async_trait]
pub trait Snapshots: Send + Sync + 'static {
    /// The newest of an aggregate that this release can read.
    async fn newest(&self, stream: &StreamName) -> Option<Snapshot>;

    /// Keeps one in place of older ones. What goes wrong is the keeper's to tell.
    async fn keep(&self, snapshot: Snapshot);
}

/// What a snapshot's body holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) state: String,
    pub(crate) handled: Vec<(CommandId, Seq, Option<String>)>,
    pub(crate) bytes: u64,
}

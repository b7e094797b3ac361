//! The log: what happened, in one append-only stream, and the only way to write to it.
//!
//! [`EventStore`] is the contract (guarded append, load, tail), kept by [`JetStream`] and, for tests, by [`Memory`].
//! [`Log`] is what the rest of the house uses: it folds aggregates, lets them decide, and commits what they decided,
//! all or nothing, exactly once per command id. Never here: a business rule, or the name of any one context.

pub mod batch;
mod cache;
pub mod commit;
pub mod entry;
pub mod error;
mod held;
pub mod history;
pub mod jetstream;
pub mod log;
mod meeting;
mod member;
pub mod memory;
pub mod message;
pub mod metrics;
pub mod recorded;
mod round;
pub mod seal;
pub mod snapshot;
pub mod store;
pub mod subject;
pub mod trace;

pub use batch::Batch;
pub use commit::{Commit, Context, Expected, Further, Meta, StoredEvent};
pub use entry::Folded;
pub use error::{AppendError, CommandError, ReadError};
pub use history::AsOf;
pub use jetstream::{Bucket, BucketConfig, JetStream, JetStreamConfig};
pub use log::{Log, Outcome};
pub use member::MAX_ATTEMPTS;
pub use memory::Memory;
pub use message::Message;
pub use recorded::{Decoded, Recorded};
pub use snapshot::{Snapshot, Snapshots};
pub use store::{Appended, EventStore, Filter, Messages, Tailed, Tailing};
pub use subject::{Prefix, StreamName};

/// A position in the log: the stream's sequence number, from 1. Zero is "before the first".
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl std::fmt::Display for Seq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

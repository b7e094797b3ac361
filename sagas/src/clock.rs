//! The clock as a parameter: real in production, movable in a sandbox.

use kernel::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// The time to record for something that follows from an instant: the real clock says now, a virtual one that
    /// instant, so that forty days moved in one go are recorded as if they had passed.
    fn stamp(&self, follows_from: Timestamp) -> Timestamp;
}

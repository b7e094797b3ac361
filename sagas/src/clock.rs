//! The clock as a parameter: real in production, movable in a sandbox.

use chrono::TimeDelta;
use kernel::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// How close timers may be that are fired in one go, once they are late. On a virtual clock only those of one instant
    /// are, so that time that leaps leads to what time that steps leads to; after an outage an hour's worth goes together.
    fn fired_together(&self) -> TimeDelta;

    /// The time to record for something that follows from an instant: the real clock says now, a virtual one that
    /// instant, so that forty days moved in one go are recorded as if they had passed.
    fn stamp(&self, follows_from: Timestamp) -> Timestamp;
}

//! The clocks: the real one, and in a sandbox one that operators move.

mod shared;

use std::sync::{PoisonError, RwLock};

use kernel::Timestamp;
use sagas::Clock;

pub use shared::{SharedClock, SharedClockError};

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        real_now()
    }

    fn fired_together(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::hours(1)
    }

    fn stamp(&self, _follows_from: Timestamp) -> Timestamp {
        real_now()
    }
}

/// Where a virtual clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It goes with the machine's clock, so far ahead.
    Ahead(chrono::TimeDelta),
    /// It stands still.
    At(Timestamp),
}

/// A clock that can be moved forward, never back.
#[derive(Debug)]
pub struct VirtualClock(RwLock<Standing>);

/// The clock was asked to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clock stands at {now} and goes only forward")]
pub struct GoesForward {
    /// Where it stands.
    pub now: Timestamp,
}

impl Default for VirtualClock {
    fn default() -> Self {
        Self(RwLock::new(Standing::Ahead(chrono::TimeDelta::zero())))
    }
}

impl VirtualClock {
    /// A clock that stands still at an instant.
    pub const fn stopped_at(at: Timestamp) -> Self {
        Self(RwLock::new(Standing::At(at)))
    }

    /// How far it is ahead of the machine's clock.
    pub fn ahead(&self) -> chrono::TimeDelta {
        self.now() - real_now()
    }

    /// Lets it go so far ahead of the machine's clock, unless that were backwards.
    pub fn set_ahead(&self, ahead: chrono::TimeDelta) -> Result<Timestamp, GoesForward> {
        self.go(Standing::Ahead(ahead))
    }

    /// Stops it at an instant, which may not lie behind it.
    pub fn stop_at(&self, at: Timestamp) -> Result<Timestamp, GoesForward> {
        self.go(Standing::At(at))
    }

    fn go(&self, standing: Standing) -> Result<Timestamp, GoesForward> {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let (now, then) = (read(*held), read(standing));
        if then < now {
            return Err(GoesForward { now });
        }
        *held = standing;
        Ok(then)
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        read(*self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn fired_together(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::zero()
    }

    fn stamp(&self, follows_from: Timestamp) -> Timestamp {
        follows_from
    }
}

fn read(standing: Standing) -> Timestamp {
    match standing {
        Standing::Ahead(ahead) => real_now() + ahead,
        Standing::At(at) => at,
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge where time is made")]
fn real_now() -> Timestamp {
    chrono::Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_clock_goes_only_forward() {
        let start = chrono::DateTime::UNIX_EPOCH;
        let clock = VirtualClock::stopped_at(start);
        let later = start + chrono::TimeDelta::days(40);
        assert_eq!(clock.stop_at(later), Ok(later));
        assert_eq!(clock.stop_at(start), Err(GoesForward { now: later }));
        assert_eq!(clock.now(), later);
    }
}

//! Counting by the generic cell rate algorithm (GCRA): so many in the long run, so many at once after a rest.
//!
//! Memory is bounded: who is unseen for long is forgotten, which only ever errs in their favour. Each process counts for
//! itself.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The most keys remembered.
const KEYS_MAX: usize = 100_000;
/// Nanoseconds in a second.
const SECOND_NS: u64 = 1_000_000_000;

/// Whose allowance it is, by a digest: no token and no address stays in memory.
pub(super) type Key = [u8; 32];

/// How fast an allowance comes back, and how much it is after a rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    step_ns: u64,
    burst: NonZeroU32,
}

/// What is left of an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Seconds until the next one is taken, if this one isn't.
    pub(super) retry_after_s: Option<u64>,
    pub(super) remaining: u64,
    pub(super) reset_s: u64,
}

/// Counts for each key.
#[derive(Clone)]
pub(super) struct Buckets {
    pace: Pace,
    start: Instant,
    /// For each key the instant, in nanoseconds since the start, at which its whole burst is free again.
    free_at: Arc<quick_cache::sync::Cache<Key, Arc<Mutex<u64>>>>,
}

impl Buckets {
    pub(super) fn new(pace: Pace) -> Self {
        let free_at = Arc::new(quick_cache::sync::Cache::new(KEYS_MAX));
        Self { pace, start: Instant::now(), free_at }
    }

    /// Takes one out of a key's allowance, if there is one.
    pub(super) fn take(&self, key: &Key) -> Allowance {
        let now = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.change(key, |free_at| self.pace.decide(free_at, now))
    }

    /// Gives one back that was taken for nothing.
    pub(super) fn give_back(&self, key: &Key) {
        self.change(key, |free_at| ((), free_at.saturating_sub(self.pace.step_ns)));
    }

    fn change<T>(&self, key: &Key, change: impl FnOnce(u64) -> (T, u64)) -> T {
        let fresh = || Ok::<_, std::convert::Infallible>(Arc::new(Mutex::new(0)));
        let Ok(free_at) = self.free_at.get_or_insert_with(key, fresh);
        let mut free_at = free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let (told, next) = change(*free_at);
        *free_at = next;
        told
    }
}

impl Pace {
    /// One every so often, so many at once.
    pub(super) fn new(every: Duration, burst: NonZeroU32) -> Self {
        Self { step_ns: u64::try_from(every.as_nanos()).unwrap_or(u64::MAX).max(1), burst }
    }

    /// So many a second.
    pub(super) fn per_second(count: NonZeroU32, burst: NonZeroU32) -> Self {
        Self { step_ns: (SECOND_NS / u64::from(count.get())).max(1), burst }
    }

    /// Pure: when the burst is free again, and now; says what is left, and when the burst is free from now on.
    fn decide(self, free_at: u64, now: u64) -> (Allowance, u64) {
        let step = self.step_ns;
        let whole = step.saturating_mul(self.burst.get().into());
        let debt = free_at.saturating_sub(now);
        let taken = debt.saturating_add(step);
        if taken > whole {
            let wait = Some((taken - whole).div_ceil(SECOND_NS));
            let allowance =
                Allowance { retry_after_s: wait, remaining: 0, reset_s: debt.div_ceil(SECOND_NS) };
            return (allowance, free_at);
        }
        let remaining = (whole - taken) / step;
        let allowance = Allowance { retry_after_s: None, remaining, reset_s: taken.div_ceil(SECOND_NS) };
        (allowance, now.saturating_add(taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(per_second: u32, burst: u32) -> Pace {
        Pace::per_second(NonZeroU32::new(per_second).unwrap(), NonZeroU32::new(burst).unwrap())
    }

    #[test]
    fn a_burst_is_spent_and_comes_back_at_the_rate() {
        let (mut free_at, mut left) = (0, Vec::new());
        for now in [0, 0, 0, 0, SECOND_NS / 2, SECOND_NS / 2, 10 * SECOND_NS] {
            let (allowance, next) = pace(2, 3).decide(free_at, now);
            left.push(allowance.retry_after_s.is_none().then_some(allowance.remaining));
            free_at = next;
        }
        assert_eq!(left, [Some(2), Some(1), Some(0), None, Some(0), None, Some(2)]);
    }

    #[test]
    fn a_refusal_costs_nothing_and_says_when_to_come_back() {
        let (_, free_at) = pace(1, 1).decide(0, 0);
        let (allowance, after) = pace(1, 1).decide(free_at, 1);
        assert_eq!((allowance.retry_after_s, allowance.reset_s, after), (Some(1), 1, free_at));
    }

    #[tokio::test]
    async fn what_is_given_back_can_be_taken_again() {
        let every = Duration::from_secs(1_000);
        let buckets = Buckets::new(Pace::new(every, NonZeroU32::new(1).unwrap()));
        let key = [7; 32];
        assert_eq!(buckets.take(&key).retry_after_s, None);
        assert!(buckets.take(&key).retry_after_s.is_some());
        buckets.give_back(&key);
        assert_eq!(buckets.take(&key).retry_after_s, None);
    }
}

//! Timings: how long each of many things took, and how many there were per second.
#![expect(clippy::float_arithmetic, reason = "figures, not money")]

use std::time::Duration;

/// How long each thing took, and the time in which all of them were done, side by side or not.
#[derive(Debug, Clone, Default)]
pub(super) struct Timing {
    micros: Vec<u32>,
    elapsed: Duration,
}

impl Timing {
    /// Counts one thing.
    pub(super) fn took(&mut self, time: Duration) {
        self.micros.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    }

    /// Adds what somebody else did in the same time.
    pub(super) fn beside(&mut self, other: Self) {
        self.micros.extend(other.micros);
    }

    /// Adds what was done in a further time.
    pub(super) fn then(&mut self, other: Self) {
        self.elapsed += other.elapsed;
        self.beside(other);
    }

    /// The same things, done in this time.
    pub(super) fn within(self, elapsed: Duration) -> Self {
        Self { elapsed, ..self }
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.micros.len()
    }

    /// How many per second.
    pub(super) fn per_second(&self) -> f64 {
        per_second(self.count(), self.elapsed)
    }

    /// The time, in milliseconds, within which this many of a hundred were done; zero if nothing was.
    pub(super) fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        f64::from(sorted.get(rank).copied().unwrap_or_default()) / 1000.0
    }
}

/// So many things in such a time, per second.
pub(super) fn per_second(count: usize, elapsed: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / elapsed.as_secs_f64().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let mut timing = Timing::default();
        for millis in (1..=200).rev() {
            timing.took(Duration::from_millis(millis));
        }
        let tenths = |percent| (timing.percentile_ms(percent) * 10.0).round();
        assert_eq!((tenths(50), tenths(99), tenths(100)), (1000.0, 1980.0, 2000.0));
        assert!(Timing::default().percentile_ms(50) < 0.1);
    }

    #[test]
    fn rates_of_rounds_add_up_over_their_times() {
        let mut one = Timing::default();
        one.took(Duration::ZERO);
        let mut all = one.clone().within(Duration::from_secs(1));
        all.then(one.within(Duration::from_secs(3)));
        assert!((all.per_second() - 0.5).abs() < 1e-9);
    }
}

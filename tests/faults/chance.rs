//! Chance that a seed decides: the same on every machine and with every release of every library (`SplitMix64`).

use std::time::Duration;

/// A stream of numbers that follows from its seed alone.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for somebody, told from others by a number.
    pub fn of(seed: u64, whose: u64) -> Self {
        Self(Self(seed).next() ^ Self(whose.wrapping_add(1)).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).unwrap();
        usize::try_from(self.next() % count).unwrap()
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A span between two, to the millisecond.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let room = usize::try_from(most.saturating_sub(least).as_millis()).unwrap();
        least + Duration::from_millis(u64::try_from(self.below(room + 1)).unwrap())
    }

    /// These in an order of chance.
    pub fn shuffled<T: Copy>(&mut self, of: &[T]) -> Vec<T> {
        let mut left = of.to_vec();
        let mut drawn = Vec::with_capacity(left.len());
        while !left.is_empty() {
            drawn.push(left.swap_remove(self.below(left.len())));
        }
        drawn
    }
}

//! Who is asked for how often: the n-th most wanted of many goods is wanted a n-th as often as the first (Zipf's law with
//! exponent 1), as in real shops a few goods are most of what is sold.
#![expect(clippy::float_arithmetic, reason = "chances, not money")]

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

/// Draws places in that order, the same ones for the same seed.
#[derive(Debug, Clone)]
pub(super) struct Zipf {
    /// How often one of the first so many is wanted, of all wishes.
    up_to: std::sync::Arc<[f64]>,
    chance: SmallRng,
}

impl Zipf {
    /// Of so many goods.
    pub(super) fn of(goods: u32) -> Self {
        let weights = (1..=goods).map(|place| 1.0 / f64::from(place));
        let sums = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { up_to: sums.collect(), chance: SmallRng::seed_from_u64(0) }
    }

    /// The same chances, drawn by another shopper.
    pub(super) fn by(&self, shopper: u64) -> Self {
        Self { chance: SmallRng::seed_from_u64(shopper), ..self.clone() }
    }

    /// The place of a good that is wanted now, counted from zero.
    pub(super) fn draw(&mut self) -> usize {
        let all = self.up_to.last().copied().unwrap_or_default();
        let wanted = self.chance.random::<f64>() * all;
        self.up_to.partition_point(|sum| *sum <= wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_wanted_twice_as_often_as_the_second() {
        let mut zipf = Zipf::of(1_000).by(7);
        let mut wanted = [0_u32; 1_000];
        for _ in 0..200_000 {
            wanted[zipf.draw()] += 1;
        }
        let ratio = f64::from(wanted[0]) / f64::from(wanted[1]);
        assert!((1.9..2.1).contains(&ratio), "{ratio}");
        // Of a thousand goods the first is 1 / (1 + 1/2 + … + 1/1000) of all wishes.
        let share = f64::from(wanted[0]) / 200_000.0;
        assert!((0.13..0.14).contains(&share), "{share}");
    }
}

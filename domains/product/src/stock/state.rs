//! What a stock's history has come to: the levels, and what is kept for which order.
//!
//! Reservations sit behind an `Arc`, so that cloning a busy SKU's state costs nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::id::OrderId;
use serde::{Deserialize, Serialize};

use super::value::{Item, Levels};

/// A stock, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The SKU isn't counted yet.
    #[default]
    Absent,
    /// The SKU is counted.
    Open(Count),
}

/// A counted SKU; read it through [`State`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub(super) item: Item,
    pub(super) levels: Levels,
    /// Pieces kept per order; never zero, and their sum is `levels.reserved`.
    pub(super) reservations: Arc<BTreeMap<OrderId, u32>>,
}

impl State {
    /// Which pieces are counted.
    pub fn item(&self) -> Option<Item> {
        self.count().map(|count| count.item)
    }

    /// How many there are; zeros if nothing is counted.
    pub fn levels(&self) -> Levels {
        self.count().map(|count| count.levels).unwrap_or_default()
    }

    /// How many can be sold now.
    pub fn available(&self) -> u32 {
        self.levels().available
    }

    /// How many are kept for an order.
    pub fn reserved_for(&self, order: OrderId) -> u32 {
        self.count().map_or(0, |count| count.reserved_for(order))
    }

    /// What is kept for which order.
    pub fn reservations(&self) -> impl Iterator<Item = (OrderId, u32)> {
        self.count()
            .into_iter()
            .flat_map(|count| count.reservations.iter())
            .map(|(order, pieces)| (*order, *pieces))
    }

    pub(super) fn count(&self) -> Option<&Count> {
        match self {
            Self::Absent => None,
            Self::Open(count) => Some(count),
        }
    }
}

impl Count {
    pub(super) fn reserved_for(&self, order: OrderId) -> u32 {
        self.reservations.get(&order).copied().unwrap_or(0)
    }

    pub(super) fn keep(&mut self, order: OrderId, pieces: u32) {
        let kept = Arc::make_mut(&mut self.reservations).entry(order).or_default();
        *kept = kept.saturating_add(pieces);
    }

    pub(super) fn let_go(&mut self, order: OrderId, pieces: u32) {
        let left = self.reserved_for(order).saturating_sub(pieces);
        let reservations = Arc::make_mut(&mut self.reservations);
        if left == 0 {
            reservations.remove(&order);
        } else {
            reservations.insert(order, left);
        }
    }
}

//! What an allowance's history has come to: the pieces that each order took and that may still count.
//!
//! Bounded by the limit: no more orders than pieces. Never here: a decision.

use std::collections::BTreeMap;

use kernel::id::OrderId;
use kernel::{Quantity, Timestamp};

use super::AllowanceId;
use super::event::{Event, GivenBack, Taken};
use crate::purchase_limit::MemberLimit;

/// A member's orders of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    allowance: Option<AllowanceId>,
    takes: BTreeMap<OrderId, Kept>,
}

/// What an order took and didn't give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    pieces: u32,
    at: Timestamp,
}

impl State {
    /// Whose, of which product; none while nothing was ever taken.
    pub const fn allowance(&self) -> Option<AllowanceId> {
        self.allowance
    }

    /// The pieces that count towards a limit at an instant.
    pub fn counted(&self, limit: MemberLimit, at: Timestamp) -> u32 {
        let forgets = limit.forgets(at);
        self.takes.values().filter(|kept| kept.counts_after(forgets)).map(|kept| kept.pieces).sum()
    }

    /// The pieces that an order took and didn't give back, as far as they may still count.
    pub fn kept_by(&self, order: OrderId) -> Option<Quantity> {
        self.takes.get(&order).and_then(|kept| Quantity::new(kept.pieces).ok())
    }

    pub(super) fn after(self, event: &Event) -> Self {
        match event {
            Event::Taken(body) => self.with(body),
            Event::GivenBack(body) => self.without(body),
        }
    }

    fn with(mut self, body: &Taken) -> Self {
        let forgets = body.limit.forgets(body.at);
        self.allowance = Some(body.allowance);
        self.takes.retain(|_, kept| kept.counts_after(forgets));
        self.takes.insert(body.order, Kept { pieces: body.quantity.get(), at: body.at });
        self
    }

    fn without(mut self, body: &GivenBack) -> Self {
        if let Some(kept) = self.takes.get_mut(&body.order) {
            kept.pieces = kept.pieces.saturating_sub(body.quantity.get());
        }
        self.takes.retain(|_, kept| kept.pieces > 0);
        self
    }
}

impl Kept {
    fn counts_after(&self, forgotten: Option<Timestamp>) -> bool {
        forgotten.is_none_or(|forgotten| self.at > forgotten)
    }
}

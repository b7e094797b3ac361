//! A member's points as they stand, asked by whoever needs to know. Never here: a decision.

mod account;

use std::sync::Arc;

use kernel::id::OrderId;
use kernel::{Amount, Timestamp};
use serde::{Deserialize, Serialize};

pub use account::Account;
pub(super) use account::{EarnedLot, Usage};

use super::{Earning, Levels, LotId, Part, PointAccountId};

/// A member's points in one mall, or nothing yet. The account sits behind an `Arc`, so that cloning costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Nothing was ever earned.
    #[default]
    Absent,
    /// Something was.
    Open(Arc<Account>),
}

impl State {
    /// Whose points they are, and where.
    pub fn id(&self) -> Option<&PointAccountId> {
        self.account().map(|account| &account.id)
    }

    /// How many points can be held at an instant: those of lots that haven't ended.
    pub fn usable(&self, at: Timestamp) -> Amount {
        self.account().map_or(Amount::ZERO, |account| account.usable(at).total())
    }

    /// How many points are neither held nor used; those past their end count until they expire.
    pub fn balance(&self) -> Amount {
        self.levels().balance
    }

    /// How many points are held for orders.
    pub fn held(&self) -> Amount {
        self.levels().held
    }

    /// Both.
    pub fn levels(&self) -> Levels {
        self.account().map(Account::levels).unwrap_or_default()
    }

    /// How many points are held for an order.
    pub fn held_for(&self, order: OrderId) -> Amount {
        let hold = self.account().and_then(|account| account.holds.get(&order));
        hold.map_or(Amount::ZERO, super::Parts::total)
    }

    /// How many points an order has used, less what was restored.
    pub fn used_for(&self, order: OrderId) -> Amount {
        let usage = self.account().and_then(|account| account.uses.get(&order));
        usage.map_or(Amount::ZERO, |usage| usage.parts.total())
    }

    /// The lots with points that aren't held, in the order in which they end.
    pub fn lots(&self) -> impl Iterator<Item = Part> {
        self.account().into_iter().flat_map(|account| account.lots.iter())
    }

    /// How many points of an earning may still be asked back, and why it was earned; nothing of one that is forgotten.
    pub fn earning(&self, lot: LotId) -> Option<(Amount, &Earning)> {
        let earned = self.account().and_then(|account| account.earnings.get(&lot));
        earned.map(|earned| (earned.revocable(), &earned.reason))
    }

    /// The orders that points are held for, with how many.
    pub fn holds(&self) -> impl Iterator<Item = (OrderId, Amount)> {
        let holds = self.account().into_iter().flat_map(|account| account.holds.iter());
        holds.map(|(order, parts)| (*order, parts.total()))
    }

    /// When points expire next, or since when they could have: the instant for a timer.
    pub fn next_expiry(&self) -> Option<Timestamp> {
        self.lots().next().map(|part| part.lot.expires_at)
    }

    pub(super) fn account(&self) -> Option<&Account> {
        match self {
            Self::Absent => None,
            Self::Open(account) => Some(account),
        }
    }
}

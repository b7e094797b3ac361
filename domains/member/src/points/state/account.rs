//! What an account holds and what it remembers. Never here: a decision, or a limit's number (see the policy).

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::OrderId;
use kernel::{Amount, Timestamp};
use serde::{Deserialize, Serialize};

use super::super::policy::{EARNINGS_MAX, USES_MAX};
use super::super::{Earning, Levels, Lot, LotId, Parts, PointAccountId, RestoreId, Revocation};

/// A member's points in one mall; read it through [`State`](super::State).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub(in crate::points) id: PointAccountId,
    /// Points that are neither held nor used.
    pub(in crate::points) lots: Parts,
    /// Points kept per order; never none.
    pub(in crate::points) holds: BTreeMap<OrderId, Parts>,
    /// The orders that used points, also those that were restored whole: a restore is known when it comes again.
    pub(in crate::points) uses: BTreeMap<OrderId, Usage>,
    /// What was earned, also if nothing is left of it: it is known when it comes again, and may be taken back.
    pub(in crate::points) earnings: BTreeMap<LotId, EarnedLot>,
}

/// What an order used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::points) struct Usage {
    /// How many points.
    pub(in crate::points) amount: Amount,
    /// Those of them that weren't restored.
    pub(in crate::points) parts: Parts,
    /// How many each restore gave back.
    pub(in crate::points) restores: BTreeMap<RestoreId, Amount>,
    /// When.
    pub(in crate::points) at: Timestamp,
}

/// What was earned at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::points) struct EarnedLot {
    pub(in crate::points) amount: Amount,
    pub(in crate::points) expires_at: Timestamp,
    pub(in crate::points) reason: Earning,
    pub(in crate::points) at: Timestamp,
    /// How many each reason asked back, taken or not.
    pub(in crate::points) revocations: Vec<(Revocation, Amount)>,
}

impl Account {
    pub(in crate::points) fn new(id: PointAccountId) -> Self {
        let (holds, uses, earnings) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { id, lots: Parts::default(), holds, uses, earnings }
    }

    pub(in crate::points) fn levels(&self) -> Levels {
        Levels { balance: self.lots.total(), held: self.holds.values().map(Parts::total).sum() }
    }

    /// The points of lots that haven't ended at an instant.
    pub(in crate::points) fn usable(&self, at: Timestamp) -> Parts {
        self.lots.of(|lot| lot.expires_at > at)
    }

    /// The lots with points, held or not.
    pub(in crate::points) fn open_lots(&self) -> BTreeSet<Lot> {
        let parts = self.holds.values().chain([&self.lots]);
        parts.flat_map(Parts::iter).map(|part| part.lot).collect()
    }

    /// What a restore gave back, and from which order.
    pub(in crate::points) fn restored(&self, restore: RestoreId) -> Option<(OrderId, Amount)> {
        let of = |usage: &Usage| usage.restores.get(&restore).copied();
        self.uses.iter().find_map(|(order, usage)| of(usage).map(|amount| (*order, amount)))
    }

    /// Forgets the oldest earning of which no points are left or held, if there are too many.
    pub(in crate::points) fn forget_earning(&mut self) {
        if self.earnings.len() <= EARNINGS_MAX {
            return;
        }
        let open: BTreeSet<LotId> = self.open_lots().into_iter().map(|lot| lot.id).collect();
        let over = self.earnings.iter().filter(|(lot, _)| !open.contains(lot));
        let oldest = over.map(|(lot, earned)| (earned.at, *lot)).min();
        if let Some((_, lot)) = oldest {
            self.earnings.remove(&lot);
        }
    }

    /// Forgets the oldest use that was restored whole, or else the oldest, if there are too many.
    pub(in crate::points) fn forget_use(&mut self) {
        if self.uses.len() <= USES_MAX {
            return;
        }
        let rank = |usage: &Usage| (!usage.parts.is_empty(), usage.at);
        let oldest = self.uses.iter().map(|(order, usage)| (rank(usage), *order)).min();
        if let Some((_, order)) = oldest {
            self.uses.remove(&order);
        }
    }
}

impl EarnedLot {
    /// How many points may still be asked back.
    pub(in crate::points) fn revocable(&self) -> Amount {
        self.amount - self.revocations.iter().map(|(_, amount)| amount).sum()
    }
}

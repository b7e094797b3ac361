//! How many pieces of a product may be bought (구매수량 제한): in one order, and by one member.
//!
//! All variants of a product count together, in however many lines. Never here: what a member has bought; their
//! [`allowance`](crate::allowance) counts that.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use kernel::id::ProductId;
use kernel::{Quantity, Timestamp};
use serde::{Deserialize, Serialize};

/// The limits of a product; none of them where nobody set one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PurchaseLimit {
    /// The most pieces of one order.
    pub per_order: Option<Quantity>,
    /// The most pieces of one member.
    pub per_member: Option<MemberLimit>,
}

/// The most pieces of a product that one member may buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberLimit {
    /// So many.
    pub pieces: Quantity,
    /// Within so many days up to now; none is ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

impl MemberLimit {
    /// What was bought at this instant or before doesn't count any more; none where everything counts for ever.
    pub fn forgets(self, at: Timestamp) -> Option<Timestamp> {
        self.days.map(|days| at - TimeDelta::days(i64::from(days)))
    }
}

/// A product's limits, and what the member has bought of it that counts towards them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limited {
    /// The limits.
    pub limit: PurchaseLimit,
    /// The pieces that count towards the member's.
    pub bought: u32,
}

impl Limited {
    /// How many pieces an order of this member may hold now; none where there is no limit.
    pub fn allowed(self) -> Option<u32> {
        let of_order = self.limit.per_order.map(Quantity::get);
        let of_member = self.limit.per_member.map(|limit| limit.pieces.get().saturating_sub(self.bought));
        of_order.into_iter().chain(of_member).min()
    }
}

/// A product of which more is wanted than may be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverLimit {
    /// Which.
    pub product: ProductId,
    /// How many pieces are wanted, of all its variants.
    pub wanted: u32,
    /// How many may be bought now.
    pub allowed: u32,
}

/// The limits of the products that a basket holds; those without a limit may be missing.
pub type Limits = BTreeMap<ProductId, Limited>;

/// The products of which more is wanted than may be bought, by id.
pub fn over(wanted: impl IntoIterator<Item = (ProductId, Quantity)>, limits: &Limits) -> Vec<OverLimit> {
    let mut sums: BTreeMap<ProductId, u32> = BTreeMap::new();
    for (product, pieces) in wanted {
        let sum = sums.entry(product).or_default();
        *sum = sum.saturating_add(pieces.get());
    }
    let over = |(product, wanted)| {
        let allowed = limits.get(&product)?.allowed()?;
        (wanted > allowed).then_some(OverLimit { product, wanted, allowed })
    };
    sums.into_iter().filter_map(over).collect()
}

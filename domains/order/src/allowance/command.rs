//! What can be asked of an allowance. Never here: a rule.

use kernel::id::OrderId;
use kernel::{Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use super::AllowanceId;
use crate::purchase_limit::MemberLimit;

/// Something asked of a member's allowance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Count pieces that an order buys.
    Take(Take),
    /// Don't count them any more.
    GiveBack(GiveBack),
}

/// Count pieces of an order that is placed; refused beyond the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// Whose, of which product.
    pub allowance: AllowanceId,
    /// Which order.
    pub order: OrderId,
    /// All its pieces of the product.
    pub quantity: Quantity,
    /// The product's limit at this instant.
    pub limit: MemberLimit,
    /// When.
    pub at: Timestamp,
}

/// Stop counting pieces: their order ended unpaid, or they were cancelled or returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveBack {
    /// Which order.
    pub order: OrderId,
    /// How many pieces.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

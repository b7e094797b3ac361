//! What happened to an allowance. Wire names and field names are forever. Never here: a rule.

use kernel::id::OrderId;
use kernel::{Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use super::AllowanceId;
use crate::purchase_limit::MemberLimit;

/// A fact about an allowance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// An order's pieces are counted.
    Taken(Taken),
    /// They aren't any more.
    GivenBack(GivenBack),
}

kernel::domain_event! { Event { Taken => "taken" 1, GivenBack => "given_back" 1 } }

/// An order's pieces are counted. What the limit forgets by now isn't counted from now on, whatever the limit will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Whose, of which product.
    #[serde(flatten)]
    pub allowance: AllowanceId,
    /// Which order.
    pub order: OrderId,
    /// How many pieces.
    pub quantity: Quantity,
    /// The limit that they are within.
    pub limit: MemberLimit,
    /// When.
    pub at: Timestamp,
}

/// Pieces of an order aren't counted any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBack {
    /// Whose, of which product.
    #[serde(flatten)]
    pub allowance: AllowanceId,
    /// Which order.
    pub order: OrderId,
    /// How many pieces.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

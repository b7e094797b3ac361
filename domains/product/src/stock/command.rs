//! What can be asked of a stock. Never here: a rule.

use kernel::id::{ClaimId, MerchantId, OrderId, ProductId, SkuId};
use kernel::{Quantity, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::Condition;

/// Something asked of one SKU's stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Begin to count a SKU.
    Open(Open),
    /// Pieces arrived from the merchant.
    Receive(Receive),
    /// Keep pieces for an order.
    Reserve(Reserve),
    /// Let pieces kept for an order leave.
    Commit(Commit),
    /// Give pieces kept for an order back to sale.
    Release(Release),
    /// Take pieces back from a claim.
    Restock(Restock),
    /// Correct the count.
    Adjust(Adjust),
}

/// Begin to count a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The SKU.
    pub sku: SkuId,
    /// The product it is a variant of.
    pub product: ProductId,
    /// Who owns the pieces.
    pub merchant: MerchantId,
    /// When.
    pub at: Timestamp,
}

/// Pieces arrived from the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    /// How many.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

/// Keep pieces for an order, on top of what is kept for it already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// For which order.
    pub order: OrderId,
    /// How many.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

/// Let pieces kept for an order leave: they are neither reserved nor on hand any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// For which order.
    pub order: OrderId,
    /// How many.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

/// Give pieces kept for an order back to sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// For which order.
    pub order: OrderId,
    /// How many.
    pub quantity: Quantity,
    /// When.
    pub at: Timestamp,
}

/// Take pieces back from a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restock {
    /// From which claim.
    pub claim: ClaimId,
    /// How many.
    pub quantity: Quantity,
    /// How they came back.
    pub condition: Condition,
    /// When.
    pub at: Timestamp,
}

/// Correct the count of sellable pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjust {
    /// How many more (or fewer, if negative).
    pub delta: i64,
    /// Why.
    pub reason: Text<200>,
    /// When.
    pub at: Timestamp,
}

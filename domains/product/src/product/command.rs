//! What can be asked of a product. Who may ask is the edge's matter; the product checks what its own facts tell.
//!
//! Never here: a rule.

use kernel::id::{MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Currency, MallId, Price, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{Details, Party, PurchaseLimits, Sale};

/// Something asked of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Begin a product.
    Draft(Draft),
    /// Replace its details before it is reviewed.
    Edit(Edit),
    /// Change what shoppers read once it has been on sale.
    Describe(Describe),
    /// Set the price of one SKU.
    SetPrice(SetPrice),
    /// Limit how many pieces may be bought.
    LimitPurchases(LimitPurchases),
    /// Hand it in for review.
    Submit(Submit),
    /// Let it go on sale.
    Approve(Approve),
    /// Send it back to the merchant.
    Reject(Reject),
    /// Take it off sale for now.
    Suspend(Suspend),
    /// Put it back on sale.
    Resume(Resume),
    /// Take it off sale for good.
    Discontinue(Discontinue),
}

/// Begin a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The product's id, made at the edge.
    pub product: ProductId,
    /// The mall that sells it.
    pub mall: MallId,
    /// The currency of all its prices.
    pub currency: Currency,
    /// The merchant who owns it.
    pub merchant: MerchantId,
    /// All about it.
    pub details: Details,
    /// When.
    pub at: Timestamp,
}

/// Replace its details before it is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// All about it, anew.
    pub details: Details,
    /// When.
    pub at: Timestamp,
}

/// Change what shoppers read once it has been on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Describe {
    /// The new name.
    pub name: Text<200>,
    /// The new description.
    pub description: Option<Text<10000>>,
    /// The new images, the main one first.
    pub images: Vec<Text<500>>,
    /// When.
    pub at: Timestamp,
}

/// Set the price of one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPrice {
    /// Which SKU.
    pub sku: SkuId,
    /// The new list price, in minor units of the product's currency.
    #[serde(rename = "price_minor")]
    pub price: Price,
    /// The new sale, or none.
    pub sale: Option<Sale>,
    /// When.
    pub at: Timestamp,
}

/// Limit how many pieces may be bought from now on; without limits, no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitPurchases {
    /// The limits; each within [`super::policy`]'s.
    pub limits: PurchaseLimits,
    /// When.
    pub at: Timestamp,
}

/// Hand it in for review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submit {
    /// When.
    pub at: Timestamp,
}

/// Let it go on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    /// Who reviewed it.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// Send it back to the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Who reviewed it.
    pub operator: OperatorId,
    /// What the merchant must change.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// Take it off sale for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// Why.
    pub reason: Text<500>,
    /// Who wants it.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Put it back on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// Who wants it; a merchant can't undo an operator's suspension.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Take it off sale for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discontinue {
    /// When.
    pub at: Timestamp,
}

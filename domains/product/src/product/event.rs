//! What happened to a product. [`Drafted`] says whose it is, in which mall and currency; later events rely on it.
//!
//! Wire names and field names are forever. Never here: a rule.

use kernel::id::{MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Currency, MallId, Price, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{Details, Party, PurchaseLimits, Sale};

/// A fact about one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A merchant began it.
    Drafted(Drafted),
    /// Its details were replaced before review; a rejected product is a draft again.
    Edited(Edited),
    /// Name, description and images changed.
    Described(Described),
    /// The price of one SKU changed.
    PriceSet(PriceSet),
    /// How many pieces may be bought changed.
    PurchasesLimited(PurchasesLimited),
    /// It waits for review.
    Submitted(Submitted),
    /// It is on sale.
    Approved(Approved),
    /// It went back to the merchant.
    Rejected(Rejected),
    /// It is off sale for now.
    Suspended(Suspended),
    /// It is on sale again.
    Resumed(Resumed),
    /// It is off sale for good.
    Discontinued(Discontinued),
}

kernel::domain_event! { Event {
    Drafted => "drafted" 1,
    Edited => "edited" 1,
    Described => "described" 1,
    PriceSet => "price_set" 1,
    PurchasesLimited => "purchases_limited" 1,
    Submitted => "submitted" 1,
    Approved => "approved" 1,
    Rejected => "rejected" 1,
    Suspended => "suspended" 1,
    Resumed => "resumed" 1,
    Discontinued => "discontinued" 1,
} }

/// A merchant began it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted {
    /// The product.
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

/// Its details were replaced before review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// All about it, anew.
    pub details: Details,
    /// When.
    pub at: Timestamp,
}

/// Name, description and images changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// The new name.
    pub name: Text<200>,
    /// The new description.
    pub description: Option<Text<10000>>,
    /// The new images, the main one first.
    pub images: Vec<Text<500>>,
    /// When.
    pub at: Timestamp,
}

/// The price of one SKU changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceSet {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// The SKU.
    pub sku: SkuId,
    /// The new list price, in minor units of the product's currency.
    #[serde(rename = "price_minor")]
    pub price: Price,
    /// The new sale, or none.
    pub sale: Option<Sale>,
    /// When.
    pub at: Timestamp,
}

/// How many pieces may be bought from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchasesLimited {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// The limits; none is no limit.
    pub limits: PurchaseLimits,
    /// When.
    pub at: Timestamp,
}

/// It waits for review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// When.
    pub at: Timestamp,
}

/// It is on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// Who reviewed it.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// It went back to the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// Who reviewed it.
    pub operator: OperatorId,
    /// What the merchant must change.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// It is off sale for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// Why.
    pub reason: Text<500>,
    /// Who wanted it.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// It is on sale again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// Who wanted it.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// It is off sale for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discontinued {
    /// The product.
    pub product: ProductId,
    /// Its owner.
    pub merchant: MerchantId,
    /// When.
    pub at: Timestamp,
}

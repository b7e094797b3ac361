//! The parts of a product: option axes, SKUs, prices with a sale period, tax type.
//!
//! These shapes stand in commands and in events alike, so they tolerate fields that they don't know. Never here: the
//! rules over several parts at once (see [`policy`](super::policy)).

use kernel::id::SkuId;
use kernel::{Price, Quantity, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::CategoryCode;

/// Everything that a merchant says about a product before it goes on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The name that shoppers see.
    pub name: Text<200>,
    /// The long description.
    pub description: Option<Text<10000>>,
    /// Its place in the standard classification.
    pub category: CategoryCode,
    /// The choices a shopper makes, in their order; none for a product without options.
    pub axes: Vec<OptionAxis>,
    /// The buyable variants, in the merchant's order.
    pub skus: Vec<Sku>,
    /// How its price is taxed.
    pub tax: Tax,
    /// Addresses of images, the first one is the main image.
    pub images: Vec<Text<500>>,
}

/// One choice that a shopper makes, e.g. colour: red, blue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionAxis {
    /// What is chosen.
    pub name: Text<80>,
    /// What there is to choose from.
    pub values: Vec<Text<80>>,
}

/// One buyable variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Its id.
    pub sku: SkuId,
    /// What the merchant's own systems call it; unique within the product.
    pub merchant_code: Text<64>,
    /// One value for each axis, in the order of the axes.
    pub options: Vec<Text<80>>,
    /// The list price, in minor units of the product's currency.
    #[serde(rename = "price_minor")]
    pub price: Price,
    /// A lower price for a period.
    pub sale: Option<Sale>,
}

impl Sku {
    /// What one piece costs at an instant: the sale price within its period, else the list price.
    pub fn price_at(&self, instant: Timestamp) -> Price {
        self.sale.filter(|sale| sale.covers(instant)).map_or(self.price, |sale| sale.price)
    }
}

/// A lower price for a period: from `from` on, until just before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The price in the period, in minor units of the product's currency.
    #[serde(rename = "price_minor")]
    pub price: Price,
    /// The first instant of the period.
    pub from: Timestamp,
    /// The first instant after the period.
    pub until: Timestamp,
}

impl Sale {
    /// Whether the period holds the instant.
    pub fn covers(&self, instant: Timestamp) -> bool {
        self.from <= instant && instant < self.until
    }
}

/// How the price is taxed (과세, 면세).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tax {
    /// VAT is included in the price.
    Taxable,
    /// No VAT.
    TaxFree,
}

/// Who suspends or resumes a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The merchant who owns it.
    Merchant,
    /// The marketplace.
    Operator,
}

/// How many pieces may be bought (구매수량 제한), all variants together; none where nobody limits it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseLimits {
    /// The most pieces of one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_order: Option<Quantity>,
    /// The most pieces of one member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_member: Option<MemberMaximum>,
}

/// The most pieces that one member may buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberMaximum {
    /// So many.
    pub pieces: Quantity,
    /// Within so many days up to now; none is ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

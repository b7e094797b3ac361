//! What a product's history has come to. Reading only; what may happen next is decided in [`decide`](super::decide).
//!
//! The contents sit behind one `Arc`, so that cloning a state costs nothing and folding a sole owner copies nothing.

use std::sync::Arc;

use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{Currency, MallId, Price, Text, Timestamp};

use super::value::{Details, Party, PurchaseLimits, Sku, Tax};
use crate::CategoryCode;

/// A product, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was drafted yet.
    #[default]
    Absent,
    /// There is a product.
    Listed(Arc<Listing>),
}

/// A product's facts; read them through [`State`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub(super) product: ProductId,
    pub(super) mall: MallId,
    pub(super) currency: Currency,
    pub(super) merchant: MerchantId,
    pub(super) details: Details,
    pub(super) limits: PurchaseLimits,
    pub(super) phase: Phase,
}

/// Where a product stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// The merchant works on it.
    Draft,
    /// An operator looks at it.
    InReview,
    /// It went back to the merchant.
    Rejected {
        /// What must change.
        reason: Text<500>,
    },
    /// It can be bought.
    OnSale,
    /// It is off sale for now.
    Suspended {
        /// Why.
        reason: Text<500>,
        /// Who wanted it.
        by: Party,
    },
    /// It is off sale for good.
    Discontinued,
}

impl Phase {
    /// The phase in words, for sentences.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::InReview => "in review",
            Self::Rejected { .. } => "rejected",
            Self::OnSale => "on sale",
            Self::Suspended { .. } => "suspended",
            Self::Discontinued => "discontinued",
        }
    }
}

impl State {
    /// Its owner.
    pub fn merchant(&self) -> Option<MerchantId> {
        self.listing().map(|listing| listing.merchant)
    }

    /// The mall that sells it.
    pub fn mall(&self) -> Option<&MallId> {
        self.listing().map(|listing| &listing.mall)
    }

    /// The currency of its prices.
    pub fn currency(&self) -> Option<Currency> {
        self.listing().map(|listing| listing.currency)
    }

    /// Where it stands.
    pub fn phase(&self) -> Option<&Phase> {
        self.listing().map(|listing| &listing.phase)
    }

    /// Whether it can be bought, stock apart.
    pub fn is_on_sale(&self) -> bool {
        self.phase() == Some(&Phase::OnSale)
    }

    /// All about it as of now.
    pub fn details(&self) -> Option<&Details> {
        self.listing().map(|listing| &listing.details)
    }

    /// Its name.
    pub fn name(&self) -> Option<&Text<200>> {
        self.details().map(|details| &details.name)
    }

    /// Its place in the standard classification.
    pub fn category(&self) -> Option<&CategoryCode> {
        self.details().map(|details| &details.category)
    }

    /// How its price is taxed.
    pub fn tax(&self) -> Option<Tax> {
        self.details().map(|details| details.tax)
    }

    /// How many pieces of it may be bought.
    pub fn purchase_limits(&self) -> PurchaseLimits {
        self.listing().map(|listing| listing.limits).unwrap_or_default()
    }

    /// One of its SKUs.
    pub fn sku(&self, sku: SkuId) -> Option<&Sku> {
        self.listing().and_then(|listing| listing.sku(sku))
    }

    /// What one piece of a SKU costs at an instant, in minor units of [`State::currency`].
    pub fn price_at(&self, sku: SkuId, instant: Timestamp) -> Option<Price> {
        self.sku(sku).map(|sku| sku.price_at(instant))
    }

    pub(super) fn listing(&self) -> Option<&Listing> {
        match self {
            Self::Absent => None,
            Self::Listed(listing) => Some(listing),
        }
    }
}

impl Listing {
    pub(super) fn sku(&self, sku: SkuId) -> Option<&Sku> {
        self.details.skus.iter().find(|found| found.sku == sku)
    }
}

//! The cart: what a shopper means to buy. A value, not history: it lives in a key-value bucket with a time to live.
//!
//! Every change takes a cart and gives the changed one. Never here: what an item costs. That is asked for on every read;
//! the price that the shopper saw stands here only so that the page can say that it has changed.

pub mod purchase;
mod rejection;

use std::collections::BTreeMap;

use kernel::id::{ProductId, SkuId};
use kernel::{Currency, MallId, Price, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use crate::policy::{CART_ITEMS_MAX, PIECES_PER_LINE_MAX};
use crate::purchase_limit::Limits;
use crate::value::Source;

pub use purchase::Purchase;
pub use rejection::Rejection;

/// A shopper's or a guest's cart in one mall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// The mall whose products are in it.
    pub mall: MallId,
    /// The currency that the shopper sees prices in, once known.
    pub currency: Option<Currency>,
    /// At most [`CART_ITEMS_MAX`] items.
    pub items: BTreeMap<SkuId, CartItem>,
}

/// So many pieces of one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartItem {
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// At most [`PIECES_PER_LINE_MAX`] pieces.
    pub quantity: Quantity,
    /// How the shopper came to it.
    pub source: Source,
    /// When it was first put in.
    pub added_at: Timestamp,
    /// What a piece cost when the shopper last put it in or changed it; never what it is sold for.
    #[serde(rename = "price_seen_minor", default)]
    pub price_seen: Option<Price>,
    /// How many pieces a guest wanted of which a purchase limit left fewer, until the shopper changes the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped_from: Option<Quantity>,
}

/// Two carts made one, and what had no room in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The cart.
    pub cart: Cart,
    /// The guest's items beyond [`CART_ITEMS_MAX`], and those of which nothing may be bought.
    pub left_out: Vec<CartItem>,
}

impl Cart {
    /// An empty cart.
    pub const fn new(mall: MallId) -> Self {
        Self { mall, currency: None, items: BTreeMap::new() }
    }

    /// Puts pieces in, on top of those of the same variant that are there.
    #[expect(clippy::should_implement_trait, reason = "one adds an item to a cart, not a cart to a cart")]
    pub fn add(mut self, item: CartItem) -> Result<Self, Rejection> {
        let before = self.items.remove(&item.sku);
        let pieces = before.as_ref().map_or(0, |before| before.quantity.get());
        let quantity = pieces_allowed(pieces.saturating_add(item.quantity.get()))?;
        if before.is_none() && self.items.len() >= CART_ITEMS_MAX {
            return Err(Rejection::TooManyItems);
        }
        let price_seen = item.price_seen;
        let kept = before.unwrap_or(item);
        self.items.insert(kept.sku, CartItem { quantity, price_seen, capped_from: None, ..kept });
        Ok(self)
    }

    /// Sets how many pieces of a variant are in it, at the price that the shopper sees now.
    pub fn set(mut self, sku: SkuId, quantity: Quantity, price: Option<Price>) -> Result<Self, Rejection> {
        let quantity = pieces_allowed(quantity.get())?;
        let item = self.items.get_mut(&sku).ok_or(Rejection::UnknownItem { sku })?;
        (item.quantity, item.price_seen, item.capped_from) = (quantity, price, None);
        Ok(self)
    }

    /// Takes pieces that were bought out; those put in meanwhile stay.
    #[must_use]
    pub fn take(mut self, sku: SkuId, bought: Quantity) -> Self {
        let Some(item) = self.items.get_mut(&sku) else { return self };
        match Quantity::new(item.quantity.get().saturating_sub(bought.get())) {
            Ok(left) => item.quantity = left,
            Err(_) => drop(self.items.remove(&sku)),
        }
        self
    }

    /// Takes a variant out; nothing changes where it isn't in.
    #[must_use]
    pub fn remove(mut self, sku: SkuId) -> Self {
        self.items.remove(&sku);
        self
    }

    /// Merges a guest's cart into this one, the member's. Of a variant in both, the larger quantity stays, so that
    /// merging the same cart again changes nothing. What the guest gathered is capped by the products' limits; what was the
    /// member's own stays.
    pub fn merge(mut self, guest: Self, limits: &Limits) -> Result<Merged, Rejection> {
        if guest.mall != self.mall {
            return Err(Rejection::OtherMall { found: guest.mall });
        }
        self.currency = self.currency.or(guest.currency);
        let left_out = guest.items.into_values().filter_map(|item| self.take_in(item, limits)).collect();
        Ok(Merged { cart: self, left_out })
    }

    /// Takes one item of a guest in, or gives it back.
    fn take_in(&mut self, item: CartItem, limits: &Limits) -> Option<CartItem> {
        let own = self.items.get(&item.sku).map(|own| own.quantity);
        let wanted = own.map_or(item.quantity, |own| own.max(item.quantity));
        let room = self.room_for(&item, limits).unwrap_or(u32::MAX);
        let kept = Quantity::new(wanted.get().min(room)).ok().max(own);
        let Some(quantity) = kept.filter(|_| own.is_some() || self.items.len() < CART_ITEMS_MAX) else {
            return Some(item);
        };
        let capped_from = (quantity < wanted).then_some(wanted);
        let entry = self.items.entry(item.sku).or_insert(item);
        (entry.quantity, entry.capped_from) = (quantity, capped_from);
        None
    }

    /// How many pieces of an item its product's limit leaves beside the product's other variants; none without a limit.
    fn room_for(&self, item: &CartItem, limits: &Limits) -> Option<u32> {
        let allowed = limits.get(&item.product)?.allowed()?;
        let others =
            self.items.values().filter(|other| other.product == item.product && other.sku != item.sku);
        Some(allowed.saturating_sub(others.map(|other| other.quantity.get()).sum()))
    }
}

/// The quantity, if one item may have that many pieces.
fn pieces_allowed(pieces: u32) -> Result<Quantity, Rejection> {
    let allowed = Quantity::new(pieces).ok().filter(|quantity| quantity.get() <= PIECES_PER_LINE_MAX);
    allowed.ok_or(Rejection::TooManyPieces { found: pieces })
}

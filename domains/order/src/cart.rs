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
}

/// Two carts made one, and what had no room in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The cart.
    pub cart: Cart,
    /// The guest's items beyond [`CART_ITEMS_MAX`].
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
        self.items.insert(kept.sku, CartItem { quantity, price_seen, ..kept });
        Ok(self)
    }

    /// Sets how many pieces of a variant are in it, at the price that the shopper sees now.
    pub fn set(mut self, sku: SkuId, quantity: Quantity, price: Option<Price>) -> Result<Self, Rejection> {
        let quantity = pieces_allowed(quantity.get())?;
        let item = self.items.get_mut(&sku).ok_or(Rejection::UnknownItem { sku })?;
        (item.quantity, item.price_seen) = (quantity, price);
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
    /// merging the same cart again changes nothing.
    pub fn merge(mut self, guest: Self) -> Result<Merged, Rejection> {
        if guest.mall != self.mall {
            return Err(Rejection::OtherMall { found: guest.mall });
        }
        self.currency = self.currency.or(guest.currency);
        let left_out = guest.items.into_values().filter_map(|item| self.take_in(item)).collect();
        Ok(Merged { cart: self, left_out })
    }

    /// Takes one item of a guest in, or gives it back.
    fn take_in(&mut self, item: CartItem) -> Option<CartItem> {
        let full = self.items.len() >= CART_ITEMS_MAX;
        match self.items.get_mut(&item.sku) {
            Some(own) => own.quantity = own.quantity.max(item.quantity),
            None if full => return Some(item),
            None => drop(self.items.insert(item.sku, item)),
        }
        None
    }
}

/// The quantity, if one item may have that many pieces.
fn pieces_allowed(pieces: u32) -> Result<Quantity, Rejection> {
    let allowed = Quantity::new(pieces).ok().filter(|quantity| quantity.get() <= PIECES_PER_LINE_MAX);
    allowed.ok_or(Rejection::TooManyPieces { found: pieces })
}

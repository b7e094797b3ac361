//! The parts of a stock: whose pieces they are, how many, in which condition they came back.

use kernel::id::{MerchantId, ProductId, SkuId};
use serde::{Deserialize, Serialize};

/// Which pieces are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The SKU.
    pub sku: SkuId,
    /// The product it is a variant of.
    pub product: ProductId,
    /// Who owns the pieces.
    pub merchant: MerchantId,
}

/// How many pieces there are. `available = on_hand − reserved` holds by construction; damaged ones are apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// Sellable pieces in the warehouse.
    pub on_hand: u32,
    /// Those of them kept for orders.
    pub reserved: u32,
    /// Those of them that can still be sold.
    pub available: u32,
    /// Pieces that came back damaged, never sold.
    pub damaged: u32,
}

impl Levels {
    /// The levels from what is counted; never more reserved than on hand.
    pub const fn new(on_hand: u32, reserved: u32, damaged: u32) -> Self {
        Self { on_hand, reserved, available: on_hand.saturating_sub(reserved), damaged }
    }
}

/// In which condition a returned piece came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It can be sold again.
    Resellable,
    /// It can't.
    Damaged,
}

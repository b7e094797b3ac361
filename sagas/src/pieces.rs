//! Pieces per SKU, and what stocks are told about them. Never here: which pieces.

use std::collections::BTreeMap;

use kernel::id::{OrderId, SkuId};
use kernel::{Quantity, Timestamp};
use product::stock;
use serde::{Deserialize, Serialize};

use crate::Command;

/// So many pieces of a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// The SKU.
    pub sku: SkuId,
    /// How many.
    pub quantity: Quantity,
}

/// The sum for each SKU, in the order of their ids. An order's sums stay far below the largest quantity.
pub fn per_sku(pieces: impl IntoIterator<Item = (SkuId, Quantity)>) -> Vec<Pieces> {
    let mut sums: BTreeMap<SkuId, u32> = BTreeMap::new();
    for (sku, quantity) in pieces {
        let sum = sums.entry(sku).or_default();
        *sum = sum.saturating_add(quantity.get()).min(Quantity::MAX);
    }
    let pieces = |(sku, sum)| Some(Pieces { sku, quantity: Quantity::new(sum).ok()? });
    sums.into_iter().filter_map(pieces).collect()
}

/// Gives pieces that are kept for an order back to sale.
pub fn release(order: OrderId, Pieces { sku, quantity }: Pieces, at: Timestamp) -> Command {
    Command::Stock { sku, command: stock::Command::Release(stock::command::Release { order, quantity, at }) }
}

/// Takes pieces that have left off the stock.
pub fn commit(order: OrderId, Pieces { sku, quantity }: Pieces, at: Timestamp) -> Command {
    Command::Stock { sku, command: stock::Command::Commit(stock::command::Commit { order, quantity, at }) }
}

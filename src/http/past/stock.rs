//! A stock (재고) as its own history has it.

use kernel::Decider;
use product::Stock;
use product::stock::value::{Item, Levels};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer};

/// The stock of one variant: `available = on_hand − reserved`.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockAsItWas {
    /// The variant.
    sku: Uuid,
    /// Its product.
    product: Uuid,
    /// Whose pieces they are.
    merchant: Uuid,
    /// Sellable pieces.
    on_hand: u32,
    /// Those kept for orders.
    reserved: u32,
    /// Those that could still be sold.
    available: u32,
    /// Pieces that came back damaged.
    damaged: u32,
}

impl Past for Stock {
    type View = StockAsItWas;

    fn view(state: &<Self as Decider>::State, viewer: Viewer) -> Option<StockAsItWas> {
        let Item { sku, product, merchant } = state.item()?;
        let may_see = match viewer {
            Viewer::Staff => true,
            Viewer::Merchant(own) => own == merchant,
            Viewer::Shopper(_) => false,
        };
        let Levels { on_hand, reserved, available, damaged } = state.levels();
        may_see.then_some(StockAsItWas {
            sku: sku.0,
            product: product.0,
            merchant: merchant.0,
            on_hand,
            reserved,
            available,
            damaged,
        })
    }
}

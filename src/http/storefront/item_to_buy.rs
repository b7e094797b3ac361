//! Something to buy, as a quote's and an order's body name it.

use kernel::Quantity;
use kernel::id::{ProductId, SkuId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::came_by::CameBy;
use crate::service::quoting::Item;

/// Pieces of a variant to buy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemToBuy {
    /// The product.
    #[schema(value_type = Uuid)]
    product: ProductId,
    /// The variant.
    #[schema(value_type = Uuid)]
    sku: SkuId,
    /// How many pieces.
    #[schema(value_type = u32, minimum = 1, maximum = 999)]
    quantity: Quantity,
    /// How the shopper came to it.
    #[serde(default)]
    source: CameBy,
}

impl From<ItemToBuy> for Item {
    fn from(item: ItemToBuy) -> Self {
        let ItemToBuy { product, sku, quantity, source } = item;
        Self { product, sku, quantity, source: source.into() }
    }
}

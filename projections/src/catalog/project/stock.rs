//! Stock: every event says the resulting levels, so each is the whole row.

use product::stock::Event;
use serde_json::json;

use crate::catalog::Row;

pub(super) fn row(event: &Event, position: i64) -> Row {
    let (item, levels) = (event.item(), event.levels());
    let columns = json!({
        "sku": item.sku,
        "product": item.product,
        "merchant": item.merchant,
        "on_hand": levels.on_hand,
        "reserved": levels.reserved,
        "available": levels.available,
        "damaged": levels.damaged,
        "position": position,
    });
    Row::Stock { product: item.product.0, sku: item.sku.0, columns }
}

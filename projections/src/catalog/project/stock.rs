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
    Row::Stock { product: item.product.0, sku: item.sku.0, columns, is_listed_alike: is_listed_alike(event) }
}

/// Whether the listing stays as it is for certain: neither was the SKU sold out before, nor is it now.
fn is_listed_alike(event: &Event) -> bool {
    match event {
        Event::Reserved(body) => body.levels.available > 0,
        // What left was kept before.
        Event::Committed(_) => true,
        Event::Opened(_)
        | Event::Received(_)
        | Event::Released(_)
        | Event::Restocked(_)
        | Event::Adjusted(_) => false,
    }
}

//! Products: the listing, its SKUs and its words.

use kernel::Price;
use kernel::id::ProductId;
use product::product::event::{Described, Drafted, Event};
use product::product::{Details, PurchaseLimits, Sale, Sku};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::Row;

pub(super) fn rows(event: &Event, position: i64) -> Vec<Row> {
    let (product, mut rows) = changes(event);
    rows.push(Row::Listing(product, json!({ "product": product, "position": position })));
    rows
}

fn changes(event: &Event) -> (Uuid, Vec<Row>) {
    match event {
        Event::Drafted(body) => (body.product.0, drafted(body)),
        Event::Edited(body) => (body.product.0, told(body.product.0, &body.details)),
        Event::Described(body) => (body.product.0, described(body)),
        Event::PriceSet(body) => {
            let (product, sku) = (body.product.0, body.sku.0);
            (product, vec![Row::Sku(product, sku, price(product, sku, body.price, body.sale))])
        }
        Event::PurchasesLimited(body) => {
            (body.product.0, vec![Row::Listing(body.product.0, json!({ "purchase_limits": body.limits }))])
        }
        Event::Submitted(body) => {
            phase(body.product, json!({ "phase": "in_review", "submitted_at": body.at }))
        }
        Event::Approved(body) => phase(body.product, json!({ "phase": "on_sale", "on_sale_since": body.at })),
        Event::Rejected(body) => phase(body.product, json!({ "phase": "rejected", "reason": body.reason })),
        Event::Suspended(body) => phase(
            body.product,
            json!({ "phase": "suspended", "reason": body.reason, "suspended_by": body.by }),
        ),
        Event::Resumed(body) => {
            phase(body.product, json!({ "phase": "on_sale", "reason": null, "suspended_by": null }))
        }
        Event::Discontinued(body) => phase(body.product, json!({ "phase": "discontinued" })),
    }
}

fn phase(product: ProductId, columns: Value) -> (Uuid, Vec<Row>) {
    (product.0, vec![Row::Listing(product.0, columns)])
}

fn drafted(body: &Drafted) -> Vec<Row> {
    let mut rows = told(body.product.0, &body.details);
    rows.push(Row::Listing(body.product.0, head(body)));
    rows
}

fn described(body: &Described) -> Vec<Row> {
    let columns = json!({ "name": body.name, "description": body.description, "images": body.images });
    vec![Row::Listing(body.product.0, columns), Row::Words(body.product.0)]
}

/// What a draft begins with; prices and stock follow from the SKUs once they are written.
fn head(body: &Drafted) -> Value {
    json!({
        "mall": body.mall,
        "merchant": body.merchant,
        "currency": body.currency,
        "drafted_at": body.at,
        "price_min_minor": 0,
        "price_max_minor": 0,
        "in_stock": false,
        "sold": 0,
        "purchase_limits": PurchaseLimits::default(),
    })
}

fn told(product: Uuid, details: &Details) -> Vec<Row> {
    let columns = json!({
        "name": details.name,
        "description": details.description,
        "category": details.category,
        "axes": details.axes,
        "tax": details.tax,
        "images": details.images,
        "phase": "draft",
        "reason": null,
    });
    let skus = details.skus.iter().enumerate().map(|(place, one)| (one.sku.0, sku(product, place, one)));
    vec![Row::Listing(product, columns), Row::Skus(product, skus.collect()), Row::Words(product)]
}

fn sku(product: Uuid, place: usize, sku: &Sku) -> Value {
    let mut columns = price(product, sku.sku.0, sku.price, sku.sale);
    if let Value::Object(columns) = &mut columns {
        columns.insert("place".into(), json!(place));
        columns.insert("merchant_code".into(), json!(sku.merchant_code));
        columns.insert("options".into(), json!(sku.options));
    }
    columns
}

fn price(product: Uuid, sku: Uuid, price: Price, sale: Option<Sale>) -> Value {
    json!({
        "product": product,
        "sku": sku,
        "price_minor": price,
        "sale_price_minor": sale.map(|sale| sale.price),
        "sale_from": sale.map(|sale| sale.from),
        "sale_until": sale.map(|sale| sale.until),
    })
}

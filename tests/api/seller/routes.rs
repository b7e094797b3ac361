//! Every address of the seller API with what it takes, for tests that go through all of them.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// A merchant's delivery policy in a mall.
const POLICY: &str = "malls/main/delivery-policy";

/// The things that a merchant's addresses name.
#[derive(Clone, Copy)]
pub struct Things {
    pub product: Uuid,
    pub sku: Uuid,
    pub order: Uuid,
    pub shipment: Uuid,
    pub claim: Uuid,
    pub statement: Uuid,
    pub campaign: Uuid,
}

impl Things {
    /// Things that nobody has.
    pub fn nowhere() -> Self {
        let id = Uuid::from_u128(7);
        Self { product: id, sku: id, order: id, shipment: id, claim: id, statement: id, campaign: id }
    }
}

/// The addresses that name somebody's thing, each with a body that it takes.
pub fn of_things(things: &Things) -> Vec<(Method, String, Value)> {
    let mut routes = of_products(things);
    routes.extend(of_orders(things));
    routes.extend(of_campaigns(things));
    let root = "/seller/v1";
    routes.into_iter().map(|(method, path, body)| (method, format!("{root}{path}"), body)).collect()
}

fn of_products(things: &Things) -> Vec<(Method, String, Value)> {
    let Things { product, sku, .. } = things;
    let (path, stock) = (format!("/products/{product}"), format!("/stock/{sku}"));
    vec![
        (Method::GET, path.clone(), Value::Null),
        (Method::PATCH, path.clone(), json!({"name": "New"})),
        (Method::POST, format!("{path}/submission"), Value::Null),
        (Method::POST, format!("{path}/suspension"), json!({"reason": "No"})),
        (Method::POST, format!("{path}/resumption"), Value::Null),
        (Method::POST, format!("{path}/discontinuation"), Value::Null),
        (
            Method::PUT,
            format!("{path}/purchase-limits"),
            json!({"max_per_order": 1, "max_per_member": {"pieces": 1}}),
        ),
        (Method::PUT, format!("{path}/skus/{sku}/price"), json!({"price_minor": 1})),
        (Method::POST, format!("{stock}/receipts"), json!({"quantity": 1})),
        (Method::POST, format!("{stock}/adjustments"), json!({"delta": 1, "reason": "Counted"})),
    ]
}

fn of_orders(things: &Things) -> Vec<(Method, String, Value)> {
    let Things { order, shipment, claim, statement, .. } = things;
    let (order, shipment) = (format!("/orders/{order}"), format!("/shipments/{shipment}"));
    let (claim, statement) = (format!("/claims/{claim}"), format!("/statements/{statement}"));
    let at = "2026-03-02T09:00:00Z";
    vec![
        (Method::GET, order.clone(), Value::Null),
        (
            Method::POST,
            format!("{order}/claims"),
            json!({"reason": "out_of_stock", "lines": [{"line": 1, "quantity": 1}]}),
        ),
        (
            Method::POST,
            format!("{order}/returns"),
            json!({"reason": "defective", "lines": [{"line": 1, "quantity": 1}]}),
        ),
        (Method::GET, shipment.clone(), Value::Null),
        (Method::POST, format!("{shipment}/acceptance"), Value::Null),
        (Method::POST, format!("{shipment}/dispatch"), json!({"carrier": "x", "tracking_number": "1"})),
        (Method::POST, format!("{shipment}/delay-notice"), json!({"reason": "other", "text": "Snow"})),
        (
            Method::POST,
            format!("{shipment}/scans"),
            json!({"scan": "1", "status": "delivered", "occurred_at": at}),
        ),
        (Method::GET, claim.clone(), Value::Null),
        (Method::POST, format!("{claim}/approval"), Value::Null),
        (Method::POST, format!("{claim}/acceptance"), Value::Null),
        (Method::POST, format!("{claim}/rejection"), json!({"refusal": "unfounded"})),
        (Method::POST, format!("{claim}/inspection"), json!({"result": "fail", "reason": "used"})),
        (Method::POST, format!("{claim}/hold"), json!({"reason": "disputed", "due": "2026-04-01T00:00:00Z"})),
        (Method::POST, format!("{claim}/resumption"), Value::Null),
        (Method::GET, statement.clone(), Value::Null),
        (Method::GET, format!("{statement}/items"), Value::Null),
        (Method::POST, format!("{statement}/confirmation"), Value::Null),
    ]
}

fn of_campaigns(things: &Things) -> Vec<(Method, String, Value)> {
    let campaign = format!("/campaigns/{}", things.campaign);
    let steps = ["pause", "resumption", "end"];
    let steps = steps.map(|step| (Method::POST, format!("{campaign}/{step}"), Value::Null));
    [(Method::GET, campaign.clone(), Value::Null)].into_iter().chain(steps).collect()
}

/// The addresses that name nothing but the caller.
pub fn of_caller() -> Vec<(Method, String, Value)> {
    let reads = ["merchant", "api-keys", POLICY, "products", "categories", "stock", "orders"];
    let reads = reads.into_iter().chain(["shipments", "claims", "statements", "campaigns"]);
    let mut routes: Vec<_> =
        reads.map(|path| (Method::GET, format!("/seller/v1/{path}"), Value::Null)).collect();
    let price = json!({"product": Uuid::from_u128(7), "sku": Uuid::from_u128(7), "price_minor": 1});
    let policy = json!({"fee": {"kind": "free"}, "return_fee_minor": 0, "dispatch_days": 1});
    let account = json!({"bank": "a", "account": "1", "holder": "b"});
    for (method, path, body) in [
        (Method::POST, "api-keys", json!({"label": "x"})),
        (Method::DELETE, "api-keys/00000000-0000-0000-0000-000000000007", Value::Null),
        (Method::DELETE, "sessions/current", Value::Null),
        (
            Method::PUT,
            "merchant/password",
            json!({"current_password": "correct horse", "password": "battery staple"}),
        ),
        (Method::POST, "bank-account-changes", account),
        (Method::PUT, POLICY, policy),
        (Method::POST, "products", super::market::draft()),
        (Method::POST, "campaigns", super::campaigns::campaign()),
        (Method::POST, "bulk/prices", json!({"items": [price]})),
    ] {
        routes.push((method, format!("/seller/v1/{path}"), body));
    }
    routes
}

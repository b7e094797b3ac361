//! A shopper at the API: places an order of two lines and pays it, over a connection that stays open.

use anyhow::{Result, ensure};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::market::{Good, Market, PRICE_MINOR, Shopper};
use crate::ids;

/// The API as shoppers reach it.
#[derive(Clone)]
pub(super) struct Storefront {
    base: String,
    http: reqwest::Client,
}

impl Storefront {
    /// The API at an address.
    pub(super) fn at(address: std::net::SocketAddr) -> Self {
        Self { base: format!("http://{address}/storefront/v1"), http: reqwest::Client::new() }
    }

    /// Buys one piece of each. Whatever isn't "captured" is a failure of the bench.
    pub(super) async fn buy(&self, market: &Market, shopper: &Shopper, goods: [Good; 2]) -> Result<()> {
        let path = format!("/malls/{}/orders", market.mall);
        let placed = self.post(shopper, &path, &wish(goods), StatusCode::CREATED).await?;
        let order = placed.get("order").and_then(Value::as_str).unwrap_or_default();
        let path = format!("/orders/{order}/payment");
        let paid = self.post(shopper, &path, &json!({ "instrument": "ok" }), StatusCode::OK).await?;
        let status = paid.get("status").and_then(Value::as_str);
        ensure!(status == Some("captured"), "a payment was answered with {paid}");
        Ok(())
    }

    async fn post(&self, shopper: &Shopper, path: &str, body: &Value, wanted: StatusCode) -> Result<Value> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&shopper.token);
        let request = request.header("Idempotency-Key", ids::fresh().to_string());
        let reply = request.json(body).send().await?;
        let status = reply.status();
        let text = reply.text().await?;
        ensure!(status == wanted, "POST {path} was answered with {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }
}

fn wish(goods: [Good; 2]) -> Value {
    let item = |good: Good| json!({ "product": good.product, "sku": good.sku, "quantity": 1 });
    json!({
        "items": goods.map(item),
        "recipient": {
            "name": "Kim Min-ji",
            "phone": "010-0000-0000",
            "postal_code": "04524",
            "address": "110 Sejong-daero, Jung-gu, Seoul",
        },
        "currency": "KRW",
        "total_minor": 2 * PRICE_MINOR,
    })
}

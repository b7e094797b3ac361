//! A shopper at the API: fills a cart, places an order and pays it, over a connection that stays open.

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

    /// Puts one piece of each into the cart, buys the cart and pays. Whatever isn't "captured" is a failure of the bench.
    pub(super) async fn buy(&self, market: &Market, shopper: &Shopper, goods: [Good; 2]) -> Result<()> {
        let path = format!("/malls/{}/cart/items", market.mall);
        for good in goods {
            self.post(shopper, &path, &item(good), StatusCode::OK).await?;
        }
        let path = format!("/malls/{}/orders", market.mall);
        let placed = self.post(shopper, &path, &wish(&[], 2 * PRICE_MINOR), StatusCode::CREATED).await?;
        self.pay(shopper, &placed).await
    }

    /// Tries to order one piece.
    pub(super) async fn order(&self, market: &Market, shopper: &Shopper, good: Good) -> Result<Attempt> {
        let path = format!("/malls/{}/orders", market.mall);
        let (status, text) = self.send(shopper, &path, &wish(&[good], PRICE_MINOR)).await?;
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        Ok(match (status, body.get("code").and_then(Value::as_str)) {
            (StatusCode::CREATED, _) => Attempt::Placed(body),
            (StatusCode::CONFLICT, Some("sold_out")) => Attempt::SoldOut,
            _ => Attempt::Failed(status, text),
        })
    }

    /// Pays an order that was placed.
    pub(super) async fn pay(&self, shopper: &Shopper, placed: &Value) -> Result<()> {
        let order = placed.get("order").and_then(Value::as_str).unwrap_or_default();
        let path = format!("/orders/{order}/payment");
        let paid = self.post(shopper, &path, &json!({ "instrument": "ok" }), StatusCode::OK).await?;
        let status = paid.get("status").and_then(Value::as_str);
        ensure!(status == Some("captured"), "a payment was answered with {paid}");
        Ok(())
    }

    async fn post(&self, shopper: &Shopper, path: &str, body: &Value, wanted: StatusCode) -> Result<Value> {
        let (status, text) = self.send(shopper, path, body).await?;
        ensure!(status == wanted, "POST {path} was answered with {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }

    async fn send(&self, shopper: &Shopper, path: &str, body: &Value) -> Result<(StatusCode, String)> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&shopper.token);
        let request = request.header("Idempotency-Key", ids::fresh().to_string());
        let reply = request.json(body).send().await?;
        Ok((reply.status(), reply.text().await?))
    }
}

/// What a wish to order came to.
#[derive(Debug)]
pub(super) enum Attempt {
    /// An order was placed.
    Placed(Value),
    /// Nothing was left.
    SoldOut,
    /// Anything else.
    Failed(StatusCode, String),
}

fn item(good: Good) -> Value {
    json!({ "product": good.product, "sku": good.sku, "quantity": 1 })
}

/// An order of one piece of each, or of the whole cart.
fn wish(goods: &[Good], total_minor: i64) -> Value {
    json!({
        "items": goods.iter().copied().map(item).collect::<Vec<_>>(),
        "recipient": {
            "name": "Kim Min-ji",
            "phone": "010-0000-0000",
            "postal_code": "04524",
            "address": "110 Sejong-daero, Jung-gu, Seoul",
        },
        "currency": "KRW",
        "total_minor": total_minor,
    })
}

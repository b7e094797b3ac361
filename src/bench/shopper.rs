//! A shopper at the API: fills a cart, places an order and pays it, over a connection that stays open.
//!
//! Of an answer it reads no more than it needs: what shoppers cost is in the figures.

use anyhow::{Result, ensure};
use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde_json::{Value, json};

use super::market::{Good, Market, PRICE_MINOR, Shopper};
use crate::ids;

/// The API as shoppers reach it.
#[derive(Clone)]
pub(super) struct Storefront {
    base: String,
    http: Client<HttpConnector, Full<Bytes>>,
}

/// What is read of an order that was placed.
#[derive(Debug, Deserialize)]
pub(super) struct Placed {
    order: String,
}

/// What is read of a payment.
#[derive(Debug, Deserialize)]
struct Paid {
    status: String,
}

/// What is read of a refusal.
#[derive(Debug, Deserialize)]
struct Refused {
    code: String,
}

impl Storefront {
    /// The API at an address.
    pub(super) fn at(address: std::net::SocketAddr) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let http = Client::builder(TokioExecutor::new()).build(connector);
        Self { base: format!("http://{address}/storefront/v1"), http }
    }

    /// Puts one piece of each into the cart, buys the cart and pays. Whatever isn't "captured" is a failure of the bench.
    pub(super) async fn buy(&self, market: &Market, shopper: &Shopper, goods: [Good; 2]) -> Result<()> {
        let path = format!("/malls/{}/cart/items", market.mall);
        for good in goods {
            self.post(shopper, &path, &item(good), StatusCode::OK).await?;
        }
        let path = format!("/malls/{}/orders", market.mall);
        let placed = self.post(shopper, &path, &wish(&[], 2 * PRICE_MINOR), StatusCode::CREATED).await?;
        self.pay(shopper, &serde_json::from_slice(&placed)?).await
    }

    /// Tries to order one piece.
    pub(super) async fn order(&self, market: &Market, shopper: &Shopper, good: Good) -> Result<Attempt> {
        let path = format!("/malls/{}/orders", market.mall);
        let (status, body) = self.send(shopper, &path, &wish(&[good], PRICE_MINOR)).await?;
        Ok(match status {
            StatusCode::CREATED => Attempt::Placed(serde_json::from_slice(&body)?),
            StatusCode::CONFLICT if serde_json::from_slice::<Refused>(&body)?.code == "sold_out" => {
                Attempt::SoldOut
            }
            _ => Attempt::Failed(status, String::from_utf8_lossy(&body).into_owned()),
        })
    }

    /// Pays an order that was placed.
    pub(super) async fn pay(&self, shopper: &Shopper, placed: &Placed) -> Result<()> {
        let path = format!("/orders/{}/payment", placed.order);
        let paid = self.post(shopper, &path, &json!({ "instrument": "ok" }), StatusCode::OK).await?;
        let Paid { status } = serde_json::from_slice(&paid)?;
        ensure!(status == "captured", "a payment was answered with {}", String::from_utf8_lossy(&paid));
        Ok(())
    }

    async fn post(&self, shopper: &Shopper, path: &str, body: &Value, wanted: StatusCode) -> Result<Bytes> {
        let (status, body) = self.send(shopper, path, body).await?;
        ensure!(
            status == wanted,
            "POST {path} was answered with {status}: {}",
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }

    async fn send(&self, shopper: &Shopper, path: &str, body: &Value) -> Result<(StatusCode, Bytes)> {
        let request = Request::post(format!("{}{path}", self.base))
            .header(header::AUTHORIZATION, format!("Bearer {}", shopper.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", ids::fresh().to_string())
            .body(Full::from(serde_json::to_vec(body)?))?;
        let reply = self.http.request(request).await?;
        let status = reply.status();
        Ok((status, reply.into_body().collect().await?.to_bytes()))
    }
}

/// What a wish to order came to.
#[derive(Debug)]
pub(super) enum Attempt {
    /// An order was placed.
    Placed(Placed),
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

//! A shopper at the API: fills a cart, places an order and pays it, over a connection that stays open.
//!
//! Of an answer it reads no more than it needs: what shoppers cost is in the figures.

use std::net::SocketAddr;

use anyhow::{Result, ensure};
use bytes::Bytes;
use http::StatusCode;
use kernel::id::{ProductId, SkuId};
use serde::{Deserialize, Serialize};

use super::market::{Good, Market, PRICE_MINOR, Shopper};
use super::wire::{Post, Wire};
use crate::ids;

/// The addresses that shoppers ask begin like this.
const BASE: &str = "/storefront/v1";

/// The API as one shopper reaches it.
pub(super) struct Storefront {
    wire: Wire,
}

/// A piece to buy.
#[derive(Debug, Serialize)]
struct Item {
    product: ProductId,
    sku: SkuId,
    quantity: u32,
}

/// An order of one piece of each, or of the whole cart.
#[derive(Debug, Serialize)]
struct Wish {
    items: Vec<Item>,
    recipient: Recipient,
    currency: &'static str,
    total_minor: i64,
}

/// Where it goes.
#[derive(Debug, Serialize)]
struct Recipient {
    name: &'static str,
    phone: &'static str,
    postal_code: &'static str,
    address: &'static str,
}

/// What is paid with.
#[derive(Debug, Serialize)]
struct Instrument {
    instrument: &'static str,
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
    /// A connection to the API at an address.
    pub(super) async fn open(address: SocketAddr) -> Result<Self> {
        Ok(Self { wire: Wire::open(address).await? })
    }

    /// Puts one piece of each into the cart, buys the cart and pays. Whatever isn't "captured" is a failure of the bench.
    pub(super) async fn buy(&mut self, market: &Market, shopper: &Shopper, goods: [Good; 2]) -> Result<()> {
        let path = format!("/malls/{}/cart/items", market.mall);
        for good in goods {
            self.post(shopper, &path, &item(good), StatusCode::OK).await?;
        }
        let path = format!("/malls/{}/orders", market.mall);
        let placed = self.post(shopper, &path, &wish(&[], 2 * PRICE_MINOR), StatusCode::CREATED).await?;
        self.pay(shopper, &serde_json::from_slice(&placed)?).await
    }

    /// Tries to order one piece.
    pub(super) async fn order(&mut self, market: &Market, shopper: &Shopper, good: Good) -> Result<Attempt> {
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
    pub(super) async fn pay(&mut self, shopper: &Shopper, placed: &Placed) -> Result<()> {
        let path = format!("/orders/{}/payment", placed.order);
        let paid = self.post(shopper, &path, &Instrument { instrument: "ok" }, StatusCode::OK).await?;
        let Paid { status } = serde_json::from_slice(&paid)?;
        ensure!(status == "captured", "a payment was answered with {}", String::from_utf8_lossy(&paid));
        Ok(())
    }

    async fn post(
        &mut self,
        shopper: &Shopper,
        path: &str,
        body: &(impl Serialize + Sync),
        wanted: StatusCode,
    ) -> Result<Bytes> {
        let (status, body) = self.send(shopper, path, body).await?;
        ensure!(
            status == wanted,
            "POST {path} was answered with {status}: {}",
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }

    async fn send(
        &mut self,
        shopper: &Shopper,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<(StatusCode, Bytes)> {
        let (path, body) = (format!("{BASE}{path}"), serde_json::to_vec(body)?);
        let idempotency_key = &ids::fresh().to_string();
        self.wire.post(&Post { path: &path, token: &shopper.token, idempotency_key, body: &body }).await
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

fn item(good: Good) -> Item {
    Item { product: good.product, sku: good.sku, quantity: 1 }
}

fn wish(goods: &[Good], total_minor: i64) -> Wish {
    let recipient = Recipient {
        name: "Kim Min-ji",
        phone: "010-0000-0000",
        postal_code: "04524",
        address: "110 Sejong-daero, Jung-gu, Seoul",
    };
    Wish { items: goods.iter().copied().map(item).collect(), recipient, currency: "KRW", total_minor }
}

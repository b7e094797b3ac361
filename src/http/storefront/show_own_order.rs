//! `GET /storefront/v1/orders/{order}`: a shopper's own order, with who receives it, its parcels and its claims.
//!
//! Its `ETag` is the order's version, for `If-Match`. The page also tells of parcels, claims and the payment, which
//! change without the order, so it is never answered by 304.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use eventstore::Seq;
use kernel::Sealed;
use kernel::id::OrderId;
use order::Order;
use projections::Projection;
use projections::claims::{Claims, query as claims};
use projections::deliveries::{Deliveries, query as deliveries};
use projections::orders::{Orders, query as orders};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use uuid::Uuid;

use super::claim_view::ClaimSummary;
use super::gift_view::OwnGiftCard;
use super::order_view::ShopperOrder;
use super::shipment_view::ShipmentSummary;
use crate::app::App;
use crate::http::past::order::OrderAsItWas;
use crate::http::past::{At, AtQuery, NowOrThen, Viewer, look};
use crate::http::{Json, NotBefore, Path, Problem, Shopper, Version};
use crate::service::ServiceError;
use crate::service::personal::{GiftCard, Recipient};

/// An order with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperOrderPage {
    /// The order itself.
    #[serde(flatten)]
    order: ShopperOrder,
    /// Who receives it; null of a gift, whose recipient said so to the merchants.
    recipient: Option<OrderRecipient>,
    /// What you said of it, where it is a gift, and the token to pass on.
    gift_card: Option<OwnGiftCard>,
    /// A word to the carrier.
    memo: Option<String>,
    /// Its parcels, pick-ups included, the oldest first.
    shipments: Vec<ShipmentSummary>,
    /// Its claims, the oldest first.
    claims: Vec<ClaimSummary>,
}

/// Who receives an order, and where.
#[derive(Serialize, ToSchema)]
pub struct OrderRecipient {
    /// The name.
    name: String,
    /// The phone number.
    phone: String,
    /// The postal code.
    postal_code: String,
    /// The address.
    address: String,
}

impl std::fmt::Debug for OrderRecipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderRecipient(…)")
    }
}

/// Show my order; with `at`, as it was by its own history: without whom it goes to, its payment, parcels and claims.
#[utoipa::path(
    get,
    path = "/orders/{order}",
    security(("access_token" = [])),
    params(("order" = Uuid, Path), AtQuery),
    responses((status = 200, body = NowOrThen<ShopperOrderPage, OrderAsItWas>)),
)]
pub async fn show_own_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    At(at): At,
    not_before: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = at {
        return look::<Order>(&app, &order, at, Viewer::Shopper(shopper.member)).await;
    }
    not_before.wait(&app.positions, &[Orders::NAME, Deliveries::NAME, Claims::NAME]).await?;
    let found = orders::order(&app.pool, order).await?;
    let view = found.filter(|view| view.member == shopper.member.0).ok_or_else(Problem::not_found)?;
    let version = Seq(u64::try_from(view.position).unwrap_or_default());
    let Opened { recipient, gift_card, memo } = open(&app, shopper, &view).await?;
    let shipments = deliveries::of_order(&app.pool, order).await?.into_iter().map(Into::into).collect();
    let claims = claims::of_order(&app.pool, order).await?.into_iter().map(Into::into).collect();
    let page = ShopperOrderPage { order: view.into(), recipient, gift_card, memo, shipments, claims };
    Ok((Version(version), Json(page)).into_response())
}

/// What the shopper said of themselves and of others, opened.
struct Opened {
    recipient: Option<OrderRecipient>,
    gift_card: Option<OwnGiftCard>,
    memo: Option<String>,
}

async fn open(app: &App, shopper: Shopper, view: &orders::OrderView) -> Result<Opened, ServiceError> {
    let person = shopper.member.0;
    let recipient: Option<Recipient> = opened(app, person, view.recipient.as_ref()).await?;
    let card: Option<GiftCard> = opened(app, person, view.gift_card.as_ref()).await?;
    let token = view.paid_at.map(|_| app.gift_token(OrderId(view.order)).text());
    Ok(Opened {
        recipient: recipient.map(Into::into),
        gift_card: card.map(|card| OwnGiftCard::new(card, token)),
        memo: opened(app, person, view.memo.as_ref()).await?,
    })
}

async fn opened<T: DeserializeOwned>(
    app: &App,
    person: Uuid,
    sealed: Option<&String>,
) -> Result<Option<T>, ServiceError> {
    Ok(match sealed {
        Some(sealed) => Some(app.vault.open(person, &Sealed(sealed.clone())).await?),
        None => None,
    })
}

impl From<Recipient> for OrderRecipient {
    fn from(recipient: Recipient) -> Self {
        let Recipient { name, phone, postal_code, address } = recipient;
        Self { name, phone, postal_code, address }
    }
}

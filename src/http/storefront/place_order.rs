//! `POST /storefront/v1/malls/{mall}/orders`: checkout.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kernel::id::{CouponId, MemberId, OrderId, PaymentId};
use kernel::{Currency, MallId, Price, Text};
use order::Order;
use payment::Method;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::gift_body::{GiftBody, receiver};
use super::item_to_buy::ItemToBuy;
use super::limit_view::over_limits;
use super::quote_view::QuoteView;
use super::recipient_body::RecipientBody;
use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Shopper, Version, Write};
use crate::service::checkout::{Checkout, Receiver, TenderAsk};
use crate::service::purchases::{Buying, QuoteAsk};
use crate::service::quoting::Item;
use crate::service::redemption::Redemption;

/// An order to place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// What to buy; empty or absent is everything in the cart. What is bought leaves the cart, and a whole cart is bought
    /// once, under however many keys that is submitted.
    #[serde(default)]
    items: Vec<ItemToBuy>,
    /// The coupons to use, at most 20; those of the quote that the shopper saw.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    coupons: Vec<CouponId>,
    /// The points (적립금) to use.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    points_minor: Price,
    /// Who receives it; not of a gift.
    recipient: Option<RecipientBody>,
    /// A gift (선물하기) instead: whom it is for, who then says where it goes.
    gift: Option<GiftBody>,
    /// A word to the carrier.
    #[schema(value_type = Option<String>, max_length = 200)]
    memo: Option<Text<200>>,
    /// The total that the shopper saw; the order is refused where it comes to something else.
    #[schema(value_type = i64, minimum = 0)]
    total_minor: Price,
    /// The mall's currency.
    #[schema(value_type = String, example = "KRW")]
    currency: Currency,
    /// How it is paid; empty or absent is one card for all of it.
    #[serde(default)]
    tenders: Vec<TenderToPay>,
}

/// A way to pay a part of an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TenderToPay {
    /// How.
    method: TenderMethod,
    /// How much of the total.
    #[schema(value_type = i64, minimum = 0)]
    amount_minor: Price,
    /// Monthly instalments; 1, at once, unless said otherwise.
    #[schema(minimum = 1, maximum = 60)]
    instalments: Option<u16>,
}

/// How a shopper can pay.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TenderMethod {
    /// A credit card.
    Card,
    /// A debit card.
    DebitCard,
    /// A bank account opened for this payment (가상계좌).
    VirtualAccount,
    /// A payable slip (boleto).
    BankSlip,
}

/// An order that was placed and awaits its payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderPlaced {
    /// The order.
    order: Uuid,
    /// Its payment.
    payment: Uuid,
    /// What is to be paid.
    total_minor: i64,
    /// The currency.
    currency: &'static str,
    /// Until when; an order not paid by then expires.
    payment_due: DateTime<Utc>,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this order.
    position: u64,
}

/// Place an order.
#[utoipa::path(
    post,
    path = "/malls/{mall}/orders",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    request_body = PlaceOrder,
    responses(
        (status = 201, body = OrderPlaced),
        (status = 409, description = "`total_changed`, with the quote of now as the problem's `quote`; `cart_bought`, \
            with the `order` that the very cart became in another request; `purchase_limit_exceeded`, with the limits as \
            the problem's `limits`; `not_on_sale`, `merchant_not_trading`, `sold_out`, `points_insufficient`, and what \
            forbids a coupon as in a quote"),
    ),
)]
pub async fn place_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    write: Write<PlaceOrder>,
) -> Result<(StatusCode, Position, Version, Json<OrderPlaced>), Problem> {
    let actor = shopper.actor();
    let context = write.intent(actor.clone(), app.clock.now());
    let order = OrderId(write.derive(&actor, "order"));
    let payment = PaymentId(write.derive(&actor, "payment"));
    let body = write.body;
    let currency = body.currency;
    let redemption = Redemption { coupons: body.coupons, points: body.points_minor.amount() };
    let items: Vec<Item> = body.items.into_iter().map(Into::into).collect();
    let receiver = receiver(&app, shopper.member, body.recipient, body.gift).await?;
    let postal_code = match &receiver {
        Receiver::Recipient(recipient) => Some(recipient.postal_code.clone()),
        Receiver::Gift(_) => None,
    };
    let seen = QuoteAsk { items: items.clone(), redemption: redemption.clone(), postal_code };
    let wish = Checkout {
        order,
        payment,
        mall: mall.clone(),
        member: shopper.member,
        receiver,
        memo: body.memo.map(Into::into),
        items,
        cart: None,
        redemption,
        carrier_quotes: BTreeMap::new(),
        total: body.total_minor.amount(),
        tenders: body.tenders.into_iter().map(Into::into).collect(),
    };
    let placed = match app.buy(&context, currency, wish).await {
        Ok(Buying::Placed(placed)) => placed,
        Ok(Buying::BoughtBefore(order)) => return Err(bought_before(order)),
        Err(refused) => {
            return Err(with_quote_of_now(&app, refused.into(), (shopper.member, &mall, seen)).await);
        }
    };
    let body = OrderPlaced {
        order: placed.order.0,
        payment: placed.payment.0,
        total_minor: placed.total.minor(),
        currency: currency.code(),
        payment_due: placed.payment_due,
        position: placed.outcome.position.0,
    };
    let version = placed.outcome.version_of::<Order>(&placed.order);
    Ok((StatusCode::CREATED, Position(placed.outcome.position), Version(version), Json(body)))
}

fn bought_before(order: OrderId) -> Problem {
    let detail = format!("This cart was bought before: it is order {order}.");
    Problem::new(StatusCode::CONFLICT, "cart_bought", detail).with("order", &order)
}

/// Where the total is another than the shopper saw, the problem shows what it is made of now; where more is wanted than may
/// be bought, the limits.
async fn with_quote_of_now(
    app: &App,
    problem: Problem,
    (member, mall, seen): (MemberId, &MallId, QuoteAsk),
) -> Problem {
    let over_limit = problem.code() == "purchase_limit_exceeded";
    if !over_limit && problem.code() != "total_changed" {
        return problem;
    }
    let postal_code = seen.postal_code.clone();
    let now = app.quote_own(member, mall, seen, app.clock.now()).await;
    match (now, app.mall(mall)) {
        (Ok(quote), Ok(_)) if over_limit => problem.with("limits", &over_limits(&quote)),
        (Ok(quote), Ok(mall)) => problem.with("quote", &QuoteView::new(mall, &quote, postal_code.as_deref())),
        // It changes this very moment: the problem still says that it did.
        (Err(_), _) | (_, Err(_)) => problem,
    }
}

impl From<TenderToPay> for TenderAsk {
    fn from(tender: TenderToPay) -> Self {
        let method = match tender.method {
            TenderMethod::Card => Method::Card,
            TenderMethod::DebitCard => Method::DebitCard,
            TenderMethod::VirtualAccount => Method::VirtualAccount,
            TenderMethod::BankSlip => Method::BankSlip,
        };
        let instalments = tender.instalments.unwrap_or(1);
        Self { method, amount: tender.amount_minor.amount(), instalments }
    }
}

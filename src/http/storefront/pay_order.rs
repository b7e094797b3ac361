//! `POST /storefront/v1/orders/{order}/payment`: paying.

use axum::extract::State;
use kernel::Text;
use kernel::id::OrderId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::order_payment::{self, Answer, OrderPayment};
use crate::app::App;
use crate::http::cash_receipt::{CashReceiptWish, FittingWish};
use crate::http::{Path, Problem, Shopper, Write};
use crate::service::payments::Means;
use crate::service::purchases::Own;

/// Most characters of an address to come back to.
const ADDRESS_MAX: usize = 2_000;

/// What the shopper pays with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOrder {
    /// A token of the gateway's client library, never a card number.
    #[schema(value_type = String, max_length = 120, example = "ok")]
    instrument: Text<120>,
    /// Where the shopper comes back to, should they be sent away to show that it is them. Without one they may be asked on
    /// the shop's own page.
    #[schema(value_type = Option<String>, max_length = 2000, example = "https://shop.example/orders/1")]
    return_url: Option<ReturnAddress>,
    /// The cash receipt (현금영수증) asked for, of what is paid in cash: by virtual account or slip, in won.
    #[schema(value_type = Option<CashReceiptWish>)]
    cash_receipt: Option<FittingWish>,
}

/// An address of a web page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ReturnAddress(String);

impl TryFrom<String> for ReturnAddress {
    type Error = &'static str;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        let of_a_page = address.starts_with("https://") || address.starts_with("http://");
        if of_a_page && address.len() <= ADDRESS_MAX && address.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(address))
        } else {
            Err("expected an address that begins with https:// or http://, of at most 2000 ASCII characters")
        }
    }
}

/// Pay an order.
#[utoipa::path(
    post,
    path = "/orders/{order}/payment",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    request_body = PayOrder,
    responses(
        (status = 200, body = OrderPayment, description = "The money is taken."),
        (status = 202, body = OrderPayment, description = "The shopper has to deposit, or to show that it is them, or the outcome is not known."),
        (status = 402, description = "`payment_declined`: nothing was taken; the reason is in `errors`"),
        (status = 409, description = "`not_pending_payment`, `capture_in_flight`, `paid_too_late`"),
        (status = 422, description = "`cash_receipt_not_due`: nothing of it is paid in cash"),
    ),
)]
pub async fn pay_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    write: Write<PayOrder>,
) -> Result<Answer, Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let own = Own { member: shopper.member, id: order, seen: None };
    let PayOrder { instrument, return_url, cash_receipt } = write.body;
    let means = Means {
        instrument: instrument.into(),
        return_url: return_url.map(|ReturnAddress(url)| url),
        receipt: cash_receipt.map(|FittingWish(receipt)| receipt),
    };
    order_payment::answer(app.pay_own_order(&context, own, means).await?)
}

//! `POST /storefront/v1/orders/{order}/payment/return`: the shopper is back from where they were sent to pay.

use axum::extract::State;
use kernel::id::OrderId;

use super::order_payment::{self, Answer, OrderPayment};
use crate::app::App;
use crate::http::{Path, Problem, Shopper, Write};
use crate::service::purchases::Own;

/// Hear what became of a payment, as the gateway knows it now.
#[utoipa::path(
    post,
    path = "/orders/{order}/payment/return",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    responses(
        (status = 200, body = OrderPayment, description = "The money is taken."),
        (status = 202, body = OrderPayment, description = "It is still waited for the shopper, or the outcome is not known."),
        (status = 402, description = "`payment_declined`: nothing was taken; the reason is in `errors`"),
        (status = 404, description = "`not_found`: also where nobody has tried to pay"),
        (status = 409, description = "`paid_too_late`"),
    ),
)]
pub async fn return_to_payment(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    write: Write<()>,
) -> Result<Answer, Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let own = Own { member: shopper.member, id: order, seen: None };
    order_payment::answer(app.return_to_own_payment(&context, own).await?)
}

//! `POST /storefront/v1/orders/{order}/cancellation`: stopping an order before it is paid, or a gift before it is accepted.

use axum::extract::State;
use kernel::id::OrderId;
use order::value::CancelReason;
use order::{Order, command};

use crate::app::App;
use crate::http::{IfMatch, Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::purchases::Own;

/// Cancel an order that is not paid yet, or a gift that its recipient has not accepted: what is left of it is refunded. Any
/// other paid one is cancelled by a claim.
#[utoipa::path(
    post,
    path = "/orders/{order}/cancellation",
    security(("access_token" = [])),
    params(
        ("order" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`not_pending_payment`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn cancel_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    IfMatch(seen): IfMatch,
    write: Write<()>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let cancel = command::Cancel { reason: CancelReason::Shopper, at: context.at };
    let own = Own { member: shopper.member, id: order, seen };
    let outcome = app.change_own_order(&context, own, order::Command::Cancel(cancel)).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}

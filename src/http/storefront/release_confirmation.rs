//! `DELETE /storefront/v1/orders/{order}/confirmation-hold`: letting an order confirm itself again.

use axum::extract::State;
use kernel::id::OrderId;
use order::{Order, command};

use crate::app::App;
use crate::http::{IfMatch, Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::purchases::Own;

/// Release the automatic confirmation; nothing changes where it isn't held.
#[utoipa::path(
    delete,
    path = "/orders/{order}/confirmation-hold",
    security(("access_token" = [])),
    params(
        ("order" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses((status = 200, body = Written), (status = 412, description = "`version_mismatch`")),
)]
pub async fn release_confirmation(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    IfMatch(seen): IfMatch,
    write: Write<()>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let release = command::ReleaseHold { at: context.at };
    let own = Own { member: shopper.member, id: order, seen };
    let outcome = app.change_own_order(&context, own, order::Command::ReleaseHold(release)).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}

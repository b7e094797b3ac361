//! `PUT /storefront/v1/orders/{order}/confirmation-hold`: keeping an order from confirming itself (구매확정보류).

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::id::OrderId;
use order::{Order, command};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::purchases::Own;

/// How long the order is held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldConfirmation {
    /// Until when, at most 90 days; absent is until it is released.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    until: Option<DateTime<Utc>>,
}

/// Hold the automatic confirmation.
#[utoipa::path(
    put,
    path = "/orders/{order}/confirmation-hold",
    security(("access_token" = [])),
    params(
        ("order" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = Option<HoldConfirmation>,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`not_paid`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn hold_confirmation(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    IfMatch(seen): IfMatch,
    write: Write<Option<HoldConfirmation>>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let until = write.body.and_then(|body| body.until);
    let hold = command::HoldConfirmation { until, at: context.at };
    let own = Own { member: shopper.member, id: order, seen };
    let outcome = app.change_own_order(&context, own, order::Command::HoldConfirmation(hold)).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}

//! `POST /storefront/v1/orders/{order}/confirmation`: confirming a purchase (구매확정).

use axum::extract::State;
use kernel::Quantity;
use kernel::id::OrderId;
use order::value::{ConfirmedBy, LineNo, LineQuantity};
use order::{Order, command};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::purchases::Own;

/// What is confirmed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmPurchase {
    /// Which pieces; absent is everything delivered that no claim holds.
    lines: Option<Vec<LineToConfirm>>,
}

/// Pieces of a line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineToConfirm {
    /// The line's number.
    line: u16,
    /// How many pieces of it.
    #[schema(value_type = u32, minimum = 1)]
    quantity: Quantity,
}

/// Confirm a purchase. What is confirmed can no longer be returned.
#[utoipa::path(
    post,
    path = "/orders/{order}/confirmation",
    security(("access_token" = [])),
    params(
        ("order" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = Option<ConfirmPurchase>,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`nothing_to_confirm`, `not_enough`, `claimed`, `not_paid`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn confirm_purchase(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    IfMatch(seen): IfMatch,
    write: Write<Option<ConfirmPurchase>>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let lines = write.body.and_then(|body| body.lines);
    let lines = lines.map(|lines| lines.into_iter().map(Into::into).collect());
    let confirm = command::Confirm { lines, by: ConfirmedBy::Shopper, at: context.at };
    let own = Own { member: shopper.member, id: order, seen };
    let outcome = app.change_own_order(&context, own, order::Command::Confirm(confirm)).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}

impl From<LineToConfirm> for LineQuantity {
    fn from(asked: LineToConfirm) -> Self {
        Self { line: LineNo(asked.line), quantity: asked.quantity }
    }
}

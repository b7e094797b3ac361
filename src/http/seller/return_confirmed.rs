//! `POST /seller/v1/orders/{order}/returns`: taking back what the shopper confirmed already (직권 반품).

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use claim::value::Reason;
use kernel::Quantity;
use kernel::id::{ClaimId, OrderId};
use order::value::{LineNo, LineQuantity};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, MerchantCaller, Path, Position, Problem, Version, Write, Written};
use crate::service::confirmed_returns::ConfirmedReturn;
use crate::service::ownership::Own;

/// Confirmed pieces to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnConfirmedReturn {
    /// Why: `defective`, `wrong_item`, `late`, `damaged_in_transit`, `platform_error` or `sale_stopped`; never what would
    /// be the shopper's fault.
    #[schema(value_type = String, example = "defective")]
    reason: Reason,
    /// Which, of your own lines: 1 to 100.
    lines: Vec<OwnConfirmedReturnLine>,
}

/// Confirmed pieces of one line.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnConfirmedReturnLine {
    /// The order line.
    line: u16,
    /// How many pieces of it.
    #[schema(value_type = u32, minimum = 1)]
    quantity: Quantity,
}

/// Take back confirmed pieces of your own lines for the shopper, who no longer can return them. It is a return like any
/// other then, which you accept, inspect and so on; what you were owed for the pieces is taken off your next statement.
#[utoipa::path(
    post,
    path = "/orders/{order}/returns",
    operation_id = "return_own_confirmed",
    params(("order" = Uuid, Path, description = "The order.")),
    request_body = OwnConfirmedReturn,
    responses(
        (status = 201, body = Written),
        (status = 403, description = "`reason_not_yours`"),
        (status = 409, description = "`not_enough`, `claimed`, `not_paid`"),
    ),
)]
pub async fn return_confirmed(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(order): Path<OrderId>,
    write: Write<OwnConfirmedReturn>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let claim = ClaimId(write.derive(&caller.actor(), "claim"));
    let OwnConfirmedReturn { reason, lines } = write.body;
    let lines = lines.into_iter().map(LineQuantity::from).collect();
    let wish = ConfirmedReturn { claim, lines, reason };
    let outcome = app.return_own_confirmed(&context, Own::of(caller.merchant, order), wish).await?;
    Ok((StatusCode::CREATED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}

impl From<OwnConfirmedReturnLine> for LineQuantity {
    fn from(named: OwnConfirmedReturnLine) -> Self {
        Self { line: LineNo(named.line), quantity: named.quantity }
    }
}

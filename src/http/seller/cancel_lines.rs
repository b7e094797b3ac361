//! `POST /seller/v1/orders/{order}/claims`: cancelling what one can't supply (품절).

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use kernel::Quantity;
use kernel::id::{ClaimId, OrderId};
use order::value::{LineNo, LineQuantity};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, MerchantCaller, Path, Position, Problem, Version, Write, Written};
use crate::service::ownership::Own;

/// Pieces to cancel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCancel {
    /// Why: you can't supply them.
    reason: OwnCancelReason,
    /// Which, of your own lines: 1 to 100.
    lines: Vec<OwnCancelLine>,
}

/// Why a merchant cancels.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnCancelReason {
    /// You can't supply it.
    OutOfStock,
}

/// Pieces of one line.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCancelLine {
    /// The order line.
    line: u16,
    /// How many pieces of it.
    #[schema(value_type = u32, minimum = 1)]
    quantity: Quantity,
}

/// Cancel pieces of your own lines that have not left. They are refunded in full; it needs no further word of yours.
#[utoipa::path(
    post,
    path = "/orders/{order}/claims",
    operation_id = "cancel_own_lines",
    params(("order" = Uuid, Path, description = "The order.")),
    request_body = OwnCancel,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`not_paid`, `not_enough`"),
    ),
)]
pub async fn cancel_lines(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(order): Path<OrderId>,
    write: Write<OwnCancel>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let claim = ClaimId(write.derive(&caller.actor(), "claim"));
    let OwnCancel { reason: OwnCancelReason::OutOfStock, lines } = write.body;
    let lines = lines.into_iter().map(LineQuantity::from).collect();
    let own = Own::of(caller.merchant, order);
    let outcome = app.cancel_own_lines(&context, own, claim, lines).await?;
    Ok((StatusCode::CREATED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}

impl From<OwnCancelLine> for LineQuantity {
    fn from(named: OwnCancelLine) -> Self {
        Self { line: LineNo(named.line), quantity: named.quantity }
    }
}

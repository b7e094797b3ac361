//! `POST /admin/v1/orders/{order}/returns`: an operator takes back what the shopper confirmed already (직권 반품).

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use claim::value::Reason;
use kernel::Quantity;
use kernel::id::{ClaimId, OrderId};
use order::value::{LineNo, LineQuantity};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{Path, Problem, SupportStaff, Write, Written};
use crate::service::confirmed_returns::ConfirmedReturn;

/// Confirmed pieces to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedPieces {
    /// Why, which says whose fault it is: any reason of a return.
    #[schema(value_type = String, example = "defective")]
    reason: Reason,
    /// Which, of one merchant: 1 to 100.
    lines: Vec<ConfirmedPiecesOfLine>,
}

/// Confirmed pieces of one line.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedPiecesOfLine {
    /// The order line.
    line: u16,
    /// How many pieces of it.
    #[schema(value_type = u32, minimum = 1)]
    quantity: Quantity,
}

/// Have confirmed pieces taken back for the shopper, who no longer can return them. It is a return like any other then:
/// the merchant accepts it, has it fetched and inspects it, and what it was owed for the pieces is taken off its statement.
#[utoipa::path(
    post,
    path = "/orders/{order}/returns",
    security(("access_token" = ["support"])),
    params(("order" = Uuid, Path)),
    request_body = ConfirmedPieces,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`not_enough`, `claimed`, `not_paid`"),
        (status = 422, description = "`several_merchants`, `reason_does_not_fit`"),
    ),
)]
pub async fn return_confirmed(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path(order): Path<OrderId>,
    write: Write<ConfirmedPieces>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let claim = ClaimId(write.derive(&caller.actor(), "claim"));
    let ConfirmedPieces { reason, lines } = write.body;
    let lines = lines.into_iter().map(LineQuantity::from).collect();
    let outcome = app.return_confirmed(&context, order, ConfirmedReturn { claim, lines, reason }).await?;
    Ok((StatusCode::CREATED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}

impl From<ConfirmedPiecesOfLine> for LineQuantity {
    fn from(named: ConfirmedPiecesOfLine) -> Self {
        Self { line: LineNo(named.line), quantity: named.quantity }
    }
}

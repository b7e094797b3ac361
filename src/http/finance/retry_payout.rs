//! `POST /finance/v1/statements/{statement}/payout-retry`: the bank is asked once more.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::{PayoutId, StatementId};
use settlement::Statement;

use crate::app::App;
use crate::http::{FinanceStaff, IfMatch, Json, Path, Position, Problem, Version, Write, Written};

/// Have a payout tried once more that the bank did not make. The bank's answer follows; see the statement.
#[utoipa::path(
    post,
    path = "/statements/{statement}/payout-retry",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 202, body = Written),
        (status = 409, description = "`no_payout_requested`, `paid_already`, …")
    ),
)]
pub async fn retry_payout(
    State(app): State<App>,
    FinanceStaff(caller): FinanceStaff,
    Path(statement): Path<StatementId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let payout = PayoutId(write.derive(&caller.actor(), "payout"));
    let outcome = app.retry_payout(&context, statement, payout, seen.0).await?;
    Ok((StatusCode::ACCEPTED, Written::reply::<Statement>(&statement, statement.0, &outcome)))
}

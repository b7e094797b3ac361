//! `POST /seller/v1/statements/{statement}/confirmation`: agreeing to a statement.

use axum::extract::State;
use kernel::id::StatementId;
use settlement::Statement;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Agree to a closed statement; else it is agreed to by itself two days after it closed.
#[utoipa::path(
    post,
    path = "/statements/{statement}/confirmation",
    operation_id = "confirm_own_statement",
    params(
        ("statement" = Uuid, Path, description = "The statement."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`not_closed`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn confirm_statement(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(statement): Path<StatementId>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome =
        app.confirm_own_statement(&context, Own::of(caller.merchant, statement).seen(seen.0)).await?;
    Ok(Written::reply::<Statement>(&statement, statement.0, &outcome))
}

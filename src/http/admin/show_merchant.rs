//! `GET /admin/v1/merchants/{merchant}`: one merchant.

use axum::extract::State;
use axum::response::Response;
use kernel::id::MerchantId;
use projections::people::{People, query};
use projections::{Projection, checkpoint};

use super::managed_merchant::ManagedMerchant;
use crate::app::App;
use crate::http::{IfNoneMatch, NotBefore, OperatorCaller, Path, Problem};

/// One merchant.
#[utoipa::path(
    get,
    operation_id = "show_managed_merchant",
    path = "/merchants/{merchant}",
    params(("merchant" = Uuid, Path)),
    responses((status = 200, body = ManagedMerchant))
)]
pub async fn show_merchant(
    State(app): State<App>,
    _: OperatorCaller,
    Path(merchant): Path<MerchantId>,
    at_least: NotBefore,
    known: IfNoneMatch,
) -> Result<Response, Problem> {
    at_least.wait(&app.positions, &[People::NAME]).await?;
    let row = query::merchant(&app.pool, merchant, app.clock.now()).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    Ok(known.reply(checkpoint::seq(row.position), ManagedMerchant::from(row)))
}

//! `GET /admin/v1/merchants`: merchants, by phase.

use axum::extract::State;
use projections::people::{People, query};
use projections::{Cursor, Projection};
use serde::Deserialize;

use super::managed_merchant::ManagedMerchant;
use crate::app::App;
use crate::http::{Json, NotBefore, OperatorCaller, Page, Paged, Problem};

/// Which merchants.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// `applied`, `approved`, `suspended`, `closed` or `rejected`.
    #[param(value_type = Option<String>)]
    phase: Option<query::Phase>,
}

/// Merchants, the last to apply first.
#[utoipa::path(
    get,
    path = "/merchants",
    params(Filter),
    responses((status = 200, body = Page<ManagedMerchant>))
)]
pub async fn list_merchants(
    State(app): State<App>,
    _: OperatorCaller,
    at_least: NotBefore,
    asked: Paged<Cursor, Filter>,
) -> Result<Json<Page<ManagedMerchant>>, Problem> {
    at_least.wait(&app.positions, &[People::NAME]).await?;
    let (phase, now) = (asked.filter.phase, app.clock.now());
    let page = query::merchants(&app.pool, phase, now, asked.after, asked.limit).await?;
    Page::of(page, ManagedMerchant::from).map(Json)
}

//! `GET /admin/v1/orders/{order}`: one order.

use axum::extract::State;
use axum::response::Response;
use kernel::id::OrderId;
use order::Order;
use projections::orders::{Orders, query};
use projections::{Projection, checkpoint};

use super::managed_order::ManagedOrder;
use crate::app::App;
use crate::http::past::order::OrderAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{NotBefore, Path, Problem, SupportStaff};

/// One order, whole; with `at`, as it was by its own history: without its payment's status.
#[utoipa::path(
    get,
    path = "/orders/{order}",
    security(("access_token" = ["support"])),
    params(("order" = Uuid, Path), AtQuery),
    responses((status = 200, body = NowOrThen<ManagedOrder, OrderAsItWas>))
)]
pub async fn show_order(
    State(app): State<App>,
    _: SupportStaff,
    Path(order): Path<OrderId>,
    asked: Asked,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Order>(&app, &order, at, Viewer::Staff).await;
    }
    at_least.wait(&app.positions, &[Orders::NAME]).await?;
    let view = query::order(&app.pool, order).await?.ok_or_else(Problem::not_found)?;
    Ok(asked.known.reply(checkpoint::seq(view.position), ManagedOrder::from(view)))
}

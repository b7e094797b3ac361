//! `GET /seller/v1/orders/{order}`: one order, with whom it goes to.

use axum::extract::State;
use axum::response::Response;
use kernel::id::OrderId;
use order::Order;
use projections::Projection;
use projections::checkpoint;
use projections::orders::{self, Orders};
use serde::Serialize;
use utoipa::ToSchema;

use super::order::OwnOrder;
use super::shipment::ShipTo;
use crate::app::App;
use crate::http::past::order::OrderAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{MerchantCaller, NotBefore, Path, Problem};
use crate::service::dispatch::Destination;

/// An order that buys from you, with whom it goes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnOrderInFull {
    /// The order.
    #[serde(flatten)]
    pub order: OwnOrder,
    /// Whom it goes to; none unless the order is paid and, if it is a gift, accepted, and none once the shopper's data are gone for good.
    pub recipient: Option<ShipTo>,
    /// A word to the carrier, likewise.
    pub memo: Option<String>,
    /// What a gift's buyer wrote to its recipient, once it is paid.
    pub gift_message: Option<String>,
}

/// One order that buys from you, with your lines only; with `at`, as it was by its own history, without whom it goes to.
#[utoipa::path(
    get,
    path = "/orders/{order}",
    operation_id = "show_own_sale",
    params(("order" = Uuid, Path, description = "The order."), AtQuery),
    responses((status = 200, body = NowOrThen<OwnOrderInFull, OrderAsItWas>), (status = 304, description = "You have it already.")),
)]
pub async fn show_order(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(order): Path<OrderId>,
    asked: Asked,
    not_before: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Order>(&app, &order, at, Viewer::Merchant(caller.merchant)).await;
    }
    not_before.wait(&app.positions, &[Orders::NAME]).await?;
    let view = orders::order(&app.pool, order).await?.ok_or_else(Problem::not_found)?;
    let version = checkpoint::seq(view.position);
    let own = OwnOrder::of(view, caller.merchant).ok_or_else(Problem::not_found)?;
    let Destination { recipient, memo } = app.destination(order).await?;
    let gift_message = match own.gift {
        Some(_) => app.gift_message(order).await?,
        None => None,
    };
    let shown = OwnOrderInFull { order: own, recipient: recipient.map(ShipTo::from), memo, gift_message };
    Ok(asked.known.reply(version, shown))
}

//! `GET /seller/v1/orders`: the orders that buy from one.

use axum::extract::State;
use projections::orders::{self, Orders};
use projections::{Cursor, Projection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::order::OwnOrder;
use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnOrderFilter {
    /// Those that stand here.
    #[param(inline)]
    status: Option<OwnOrderStatus>,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the order's phases")]
pub enum OwnOrderStatus {
    PendingPayment,
    Paid,
    Closed,
    Expired,
    Cancelled,
}

impl OwnOrderStatus {
    const fn name(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::Paid => "paid",
            Self::Closed => "closed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The orders that buy from you, the newest first, each with your lines only.
#[utoipa::path(
    get,
    path = "/orders",
    operation_id = "list_own_sales",
    params(OwnOrderFilter),
    responses((status = 200, body = Page<OwnOrder>)),
)]
pub async fn list_orders(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<Cursor, OwnOrderFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnOrder>>, Problem> {
    not_before.wait(&app.positions, &[Orders::NAME]).await?;
    let (merchant, status) = (caller.merchant, paged.filter.status.map(OwnOrderStatus::name));
    let found = orders::of_merchant(&app.pool, merchant, status, paged.after, paged.limit).await?;
    let page = Page::of(found, |view| OwnOrder::of(view, merchant))?;
    let items = page.items.into_iter().flatten().collect();
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

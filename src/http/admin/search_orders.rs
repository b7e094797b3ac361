//! `GET /admin/v1/orders`: finding orders.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::MemberId;
use projections::orders::{Orders, query};
use projections::{Cursor, Projection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::managed_order::ManagedOrder;
use crate::app::App;
use crate::http::{Json, NotBefore, Page, Paged, Problem, SupportStaff};

/// Which orders: every condition that is said must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// The beginning of the order's id, hyphens aside.
    id_prefix: Option<String>,
    /// Who bought.
    #[param(value_type = Option<Uuid>)]
    member: Option<MemberId>,
    /// Where it was placed.
    #[param(value_type = Option<String>)]
    mall: Option<MallId>,
    /// Where it stands.
    #[param(inline)]
    status: Option<OrderStatus>,
    /// Placed at or after this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    placed_from: Option<DateTime<Utc>>,
    /// Placed before this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    placed_until: Option<DateTime<Utc>>,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// It waits for its payment.
    PendingPayment,
    /// It was paid.
    Paid,
    /// Nothing more is to be done.
    Closed,
    /// It was not paid in time.
    Expired,
    /// The shopper took it back before paying.
    Cancelled,
}

impl OrderStatus {
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

impl From<Filter> for query::Search {
    fn from(filter: Filter) -> Self {
        let Filter { id_prefix, member, mall, status, placed_from, placed_until } = filter;
        let status = status.map(|status| status.name().to_owned());
        Self { id_prefix, member, mall, status, placed_from, placed_until }
    }
}

/// Orders, the newest first.
#[utoipa::path(get, path = "/orders",
    security(("access_token" = ["support"])), params(Filter), responses((status = 200, body = Page<ManagedOrder>)))]
pub async fn search_orders(
    State(app): State<App>,
    _: SupportStaff,
    at_least: NotBefore,
    asked: Paged<Cursor, Filter>,
) -> Result<Json<Page<ManagedOrder>>, Problem> {
    at_least.wait(&app.positions, &[Orders::NAME]).await?;
    let page = query::search(&app.pool, &asked.filter.into(), asked.after, asked.limit).await?;
    Page::of(page, ManagedOrder::from).map(Json)
}

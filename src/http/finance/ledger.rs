//! `GET /finance/v1/ledger`: the lines of the double-entry ledger.

use axum::extract::State;
use kernel::id::MerchantId;
use projections::Projection;
use projections::books::Books;
use projections::books::query::{self, LedgerCursor, LedgerFilter};
use serde::Deserialize;
use settlement::ledger::Account;

use super::booked_line::BookedLine;
use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Page, Paged, Problem};

/// Which lines.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// On this account, e.g. `merchant_payable`.
    #[param(value_type = Option<String>)]
    account: Option<Account>,
    /// On accounts of this merchant.
    #[param(value_type = Option<Uuid>)]
    merchant: Option<MerchantId>,
}

/// Lines of the ledger, the latest first.
#[utoipa::path(get, path = "/ledger",
    security(("access_token" = ["finance"])), params(Filter), responses((status = 200, body = Page<BookedLine>)))]
pub async fn ledger(
    State(app): State<App>,
    _: FinanceStaff,
    at_least: NotBefore,
    asked: Paged<LedgerCursor, Filter>,
) -> Result<Json<Page<BookedLine>>, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let filter = LedgerFilter { account: asked.filter.account, merchant: asked.filter.merchant };
    let page = query::ledger(&app.pool, filter, asked.after, asked.limit).await?;
    Page::of(page, BookedLine::from).map(Json)
}

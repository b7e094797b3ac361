//! `GET /finance/v1/malls/{mall}/cash-receipts/export`: a period's cash receipts (현금영수증) as a file, with control totals.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use kernel::MallId;
use projections::Projection;
use projections::books::query::ReceiptFilter;
use projections::books::{Books, ReceiptState};
use serde::Deserialize;

use super::file::{ExportFormat, reply};
use crate::app::App;
use crate::http::{FinanceStaff, NotBefore, Path, Problem, Query};

/// Of which period, and how it is written.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodAsked {
    /// The period's first instant: a month in Korea begins at 15:00 UTC.
    #[serde(deserialize_with = "crate::http::instant::given")]
    from: DateTime<Utc>,
    /// The first instant after it.
    #[serde(deserialize_with = "crate::http::instant::given")]
    until: DateTime<Utc>,
    /// What was done alone: `issued`, `changed` or `taken_back`.
    #[param(value_type = Option<String>)]
    state: Option<ReceiptState>,
    /// `csv` or `json_lines`.
    #[param(inline)]
    format: ExportFormat,
}

/// A period's cash receipts, each time that one was given or taken back, the oldest first; of whose they are the last digits.
/// A period that is over gives the same bytes each time, but for members who withdraw. How many rows there are, what
/// they come to (given less taken back) and the SHA-256 stand in `Jangteo-Export-Rows`, `Jangteo-Export-Net-Minor` and
/// `Jangteo-Export-Sha256`, as headers and as trailers.
#[utoipa::path(
    get,
    path = "/malls/{mall}/cash-receipts/export",
    security(("access_token" = ["finance"])),
    params(("mall" = String, Path), PeriodAsked),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 422, description = "`export_too_long`: ask for a shorter period")
    )
)]
pub async fn export_cash_receipts(
    State(app): State<App>,
    _: FinanceStaff,
    Path(mall): Path<MallId>,
    Query(asked): Query<PeriodAsked>,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    app.mall(&mall)?;
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let PeriodAsked { from, until, state, format } = asked;
    let name = format!("cash-receipts-{mall}");
    let filter = ReceiptFilter { mall, state, from: Some(from), until: Some(until) };
    reply(app.export_receipts(&filter, format.written()).await?, format, &name)
}

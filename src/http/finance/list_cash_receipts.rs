//! `GET /finance/v1/malls/{mall}/cash-receipts`: cash receipts (현금영수증), whose they are but hinted at.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::MallId;
use projections::Projection;
use projections::books::query::{ReceiptCursor, ReceiptFilter};
use projections::books::{Books, ReceiptState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Page, Paged, Path, Problem};
use crate::service::receipt_lists::ListedReceipt;

/// Which receipts: every condition that is said must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptsAsked {
    /// What was done: `issued`, `changed` (some was taken back) or `taken_back` (the last of it was).
    #[param(value_type = Option<String>)]
    state: Option<ReceiptState>,
    /// At or after this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    from: Option<DateTime<Utc>>,
    /// Before this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    until: Option<DateTime<Utc>>,
}

impl ReceiptsAsked {
    fn of(self, mall: MallId) -> ReceiptFilter {
        let Self { state, from, until } = self;
        ReceiptFilter { mall, state, from, until }
    }
}

/// A cash receipt as it stood after it was given or taken back. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedReceipt {
    /// What was done: `issued`, `changed` (some was taken back) or `taken_back` (the last of it was).
    state: String,
    /// When.
    at: DateTime<Utc>,
    /// The order that was paid; its cash receipt tells the whole number.
    order: Uuid,
    /// The payment.
    payment: Uuid,
    /// `income_deduction` or `expense_proof`.
    purpose: String,
    /// The last digits of whose it is; null where the member has withdrawn.
    #[schema(example = "*******5678")]
    number: Option<String>,
    /// ISO 4217.
    currency: String,
    /// What was given then; negative where it was taken back.
    amount_minor: i64,
    /// What of the receipt stood after that.
    left_minor: i64,
    /// The log position of the event.
    position: i64,
}

impl From<ListedReceipt> for BookedReceipt {
    fn from(ListedReceipt { booked, number }: ListedReceipt) -> Self {
        Self {
            state: booked.state,
            at: booked.at,
            order: booked.order,
            payment: booked.payment,
            purpose: booked.purpose,
            number,
            currency: booked.currency,
            amount_minor: booked.amount_minor,
            left_minor: booked.left_minor,
            position: booked.position,
        }
    }
}

/// Each time that a cash receipt of a mall was given or taken back, the oldest first. A receipt that is given in one month and
/// taken back in another is in both.
#[utoipa::path(
    get,
    path = "/malls/{mall}/cash-receipts",
    security(("access_token" = ["finance"])),
    params(("mall" = String, Path), ReceiptsAsked),
    responses((status = 200, body = Page<BookedReceipt>))
)]
pub async fn list_cash_receipts(
    State(app): State<App>,
    _: FinanceStaff,
    Path(mall): Path<MallId>,
    at_least: NotBefore,
    asked: Paged<ReceiptCursor, ReceiptsAsked>,
) -> Result<Json<Page<BookedReceipt>>, Problem> {
    app.mall(&mall)?;
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let page = app.receipts(&asked.filter.of(mall), asked.after, asked.limit).await?;
    Page::of(page, BookedReceipt::from).map(Json)
}

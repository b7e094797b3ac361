//! `GET /finance/v1/statements/{statement}/items/{item}/explanation`: where an item's figures come from.

use axum::extract::State;
use kernel::id::StatementId;
use projections::Projection;
use projections::books::{Books, query};
use serde::Serialize;
use settlement::ledger::{Account, EntryLine};
use settlement::value::ItemKey;
use utoipa::ToSchema;

use super::booked_item::BookedItem;
use super::booked_line::BookedLine;
use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Path, Problem};

/// An item and what it did to the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemExplanation {
    /// The item; `cites` leads to the event that caused it.
    item: BookedItem,
    /// What of the entry is the item's own.
    share: Vec<LedgerShare>,
    /// The whole entry, which it was booked in together with the other items of the same event.
    entry: Vec<BookedLine>,
}

/// A part of a journal entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerShare {
    /// The account.
    #[schema(value_type = String)]
    account: Account,
    /// Its number in the chart of accounts.
    #[schema(value_type = String)]
    code: &'static str,
    /// The left, in minor units.
    debit_minor: i64,
    /// The right, in minor units.
    credit_minor: i64,
}

impl From<EntryLine> for LedgerShare {
    fn from(line: EntryLine) -> Self {
        let EntryLine { account, debit, credit, .. } = line;
        Self { account, code: account.code(), debit_minor: debit.minor(), credit_minor: credit.minor() }
    }
}

/// Where an item's figures come from.
#[utoipa::path(
    get,
    path = "/statements/{statement}/items/{item}/explanation",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path), ("item" = String, Path, description = "The item's key, percent-encoded.")),
    responses((status = 200, body = ItemExplanation))
)]
pub async fn explain_item(
    State(app): State<App>,
    _: FinanceStaff,
    Path((statement, item)): Path<(StatementId, ItemKey)>,
    at_least: NotBefore,
) -> Result<Json<ItemExplanation>, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let explained = query::explain(&app.pool, statement, &item).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(ItemExplanation {
        item: explained.item.into(),
        share: explained.share.into_iter().map(LedgerShare::from).collect(),
        entry: explained.lines.into_iter().map(BookedLine::from).collect(),
    }))
}

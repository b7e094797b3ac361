//! A statement's items: paged, exported, explained, and summed by merchant.

use kernel::id::{MerchantId, StatementId};
use kernel::{Amount, Currency, MallId};
use serde::{Deserialize, Serialize};
use settlement::export;
use settlement::item::{ItemKind, SettlementItem};
use settlement::ledger::{EntryError, EntryLine, Source};
use settlement::posting;
use settlement::value::ItemKey;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::carries;
use super::ledger::{LedgerLine, lines_of};
use crate::page::{Page, rows_to_fetch};

/// An item as its event says it, and where that event stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookedItem {
    /// Its statement.
    pub statement: Uuid,
    /// The log position of the event that added it.
    pub position: i64,
    /// The ordinal of its ledger entry at that position.
    pub entry: i32,
    /// Its number among that entry's items, from 0.
    pub ordinal: i32,
    /// The item; it cites the position of the confirmation or return that caused it.
    #[serde(flatten)]
    pub item: SettlementItem,
}

/// The last item of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemCursor {
    /// Its log position.
    pub position: i64,
    /// The ordinal of its entry.
    pub entry: i32,
    /// Its number within it.
    pub ordinal: i32,
}

impl ItemCursor {
    fn of(item: &BookedItem) -> Self {
        Self { position: item.position, entry: item.entry, ordinal: item.ordinal }
    }
}

struct Row {
    statement: Uuid,
    position: i64,
    entry: i32,
    ordinal: i32,
    written: Json<SettlementItem>,
}

impl From<Row> for BookedItem {
    fn from(row: Row) -> Self {
        let Row { statement, position, entry, ordinal, written: Json(item) } = row;
        Self { statement, position, entry, ordinal, item }
    }
}

/// A statement's items, as accrued.
pub async fn items(
    pool: &PgPool,
    statement: StatementId,
    after: Option<ItemCursor>,
    limit: u32,
) -> sqlx::Result<Page<BookedItem, ItemCursor>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT statement, position, entry, ordinal, written AS "written: Json<SettlementItem>" FROM settlement_item
         WHERE statement = $1 AND ($2::bigint IS NULL OR (position, entry, ordinal) > ($2, $3::integer, $4::integer))
         ORDER BY position, entry, ordinal LIMIT $5"#,
        statement.0,
        after.map(|cursor| cursor.position),
        after.map(|cursor| cursor.entry),
        after.map(|cursor| cursor.ordinal),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(rows.into_iter().map(BookedItem::from).collect(), limit, ItemCursor::of))
}

/// All of a statement's items as accrued and the balances that it took over, for [`settlement::export`]: the very values
/// of the events, at most [`ITEMS_MAX`](settlement::policy::ITEMS_MAX) and
/// [`CARRIES_MAX`](settlement::policy::CARRIES_MAX), in the log's order. They lead to the statement's hash again.
pub async fn export_rows(pool: &PgPool, statement: StatementId) -> sqlx::Result<Vec<export::Row>> {
    let items = sqlx::query!(
        r#"SELECT position, written AS "written: Json<SettlementItem>" FROM settlement_item WHERE statement = $1
         ORDER BY position, entry, ordinal"#,
        statement.0
    );
    let items = items.fetch_all(pool).await?.into_iter().map(|row| (row.position, row.written.0.into()));
    let carries = carries(pool, statement).await?.into_iter().map(|carry| {
        let (from, amount) = (StatementId(carry.former), Amount::from_minor(carry.amount_minor));
        (carry.position, export::Row::Carry { from, amount })
    });
    let mut rows: Vec<(i64, export::Row)> = items.chain(carries).collect();
    // Stable: one commit's items stay in their order.
    rows.sort_by_key(|(position, _)| *position);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// An item and what it did to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The item, which cites the log position that caused it.
    pub item: BookedItem,
    /// The lines of the entry that it was booked with, together with the other items of the same event.
    pub lines: Vec<LedgerLine>,
    /// What of those lines is its own, by the domain's posting.
    pub share: Vec<EntryLine>,
}

/// Where an item's figures come from.
pub async fn explain(
    pool: &PgPool,
    statement: StatementId,
    item: &ItemKey,
) -> sqlx::Result<Option<Explained>> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT statement, position, entry, ordinal, written AS "written: Json<SettlementItem>" FROM settlement_item
         WHERE statement = $1 AND item = $2"#,
        statement.0,
        item.as_str()
    );
    let Some(item) = row.fetch_optional(pool).await?.map(BookedItem::from) else { return Ok(None) };
    let head = sqlx::query!("SELECT merchant, currency FROM statement WHERE statement = $1", statement.0)
        .fetch_one(pool)
        .await?;
    let currency = head.currency.parse().map_err(sqlx::Error::decode)?;
    let share = share(&item.item, MerchantId(head.merchant), currency).map_err(sqlx::Error::decode)?;
    let lines = lines_of(pool, item.position, item.entry).await?;
    Ok(Some(Explained { item, lines, share }))
}

fn share(
    item: &SettlementItem,
    merchant: MerchantId,
    currency: Currency,
) -> Result<Vec<EntryLine>, EntryError> {
    let source = Source { currency, cites: item.cites };
    let entry = match item.kind {
        ItemKind::Sale => posting::accrual(merchant, &item.parts, source),
        ItemKind::RefundAfterSettlement | ItemKind::ClaimFee => {
            posting::adjustment(merchant, &item.parts, source)
        }
    }?;
    Ok(entry.lines().to_vec())
}

/// What a mall settled for one merchant, over all statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettledMerchant {
    /// Whose.
    pub merchant: Uuid,
    /// How many items of kind `sale`.
    pub lines: i64,
    /// Their prices before any discount.
    pub sale_minor: i64,
    /// Their delivery fees.
    pub shipping_minor: i64,
}

/// What a mall settled, by merchant; takings back are not subtracted.
pub async fn settled_by_merchant(pool: &PgPool, mall: &MallId) -> sqlx::Result<Vec<SettledMerchant>> {
    sqlx::query_as!(
        SettledMerchant,
        r#"SELECT statement.merchant, COUNT(*) AS "lines!", SUM(item.sale_minor)::bigint AS "sale_minor!",
             SUM(item.shipping_minor)::bigint AS "shipping_minor!"
         FROM settlement_item AS item JOIN statement ON statement.statement = item.statement
         WHERE statement.mall = $1 AND item.kind = 'sale'
         GROUP BY statement.merchant ORDER BY statement.merchant"#,
        mall.as_str()
    )
    .fetch_all(pool)
    .await
}

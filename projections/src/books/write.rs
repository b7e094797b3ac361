//! Writing a batch: one statement of SQL per table, whatever the batch's size. Rows travel as one JSON text.

mod receipt;

use std::collections::BTreeMap;

use kernel::id::StatementId;
use serde::Serialize;
use sqlx::PgConnection;

use super::row::{
    BookedLine, Carried, Changed, Entry, Item, OpenedStatement, ReceiptGiven, ReceiptTakenBack, Row,
};

/// A batch by table; a statement's changes are one change.
#[derive(Default)]
struct Batch {
    opened: Vec<OpenedStatement>,
    changed: BTreeMap<StatementId, Changed>,
    carried: Vec<Carried>,
    items: Vec<Item>,
    entries: Vec<Entry>,
    given: Vec<ReceiptGiven>,
    taken_back: Vec<ReceiptTakenBack>,
}

impl Batch {
    fn add(&mut self, row: Row) {
        match row {
            Row::Opened(opened) => self.opened.push(opened),
            Row::Changed(changed) => self.change(*changed),
            Row::Carried(carried) => self.carried.push(carried),
            Row::Item(item) => self.items.push(*item),
            Row::Entry(entry) => self.entries.push(entry),
            Row::ReceiptGiven(given) => self.given.push(*given),
            Row::ReceiptTakenBack(taken) => self.taken_back.push(taken),
        }
    }

    fn change(&mut self, later: Changed) {
        let statement = later.statement;
        let change = match self.changed.remove(&statement) {
            Some(before) => before.then(later),
            None => later,
        };
        self.changed.insert(statement, change);
    }
}

/// Writes the rows of a batch, given in log order.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let mut batch = Batch::default();
    for row in rows {
        batch.add(row);
    }
    open(db, &batch.opened).await?;
    change(db, &batch.changed.into_values().collect::<Vec<_>>()).await?;
    carry(db, &batch.carried).await?;
    add_items(db, &batch.items).await?;
    // After the statements, whose malls the entries take over.
    book(db, &batch.entries).await?;
    book_lines(db, &lines(&batch.entries)).await?;
    receipt::give(db, &batch.given).await?;
    receipt::take_back(db, &batch.taken_back).await
}

fn lines(entries: &[Entry]) -> Vec<BookedLine<'_>> {
    let of_entry = |entry: &'_ Entry| (entry.position, entry.ordinal);
    let lines = entries
        .iter()
        .flat_map(|entry| std::iter::repeat(of_entry(entry)).zip(entry.lines.iter().enumerate()));
    lines
        .map(|((position, ordinal), (line, written))| BookedLine { position, ordinal, line, written })
        .collect()
}

fn json<T: Serialize>(rows: &[T]) -> sqlx::Result<String> {
    serde_json::to_string(rows).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// Whether every row found its place; one that didn't must stop the books, not fall through.
fn all(written: u64, rows: usize) -> sqlx::Result<()> {
    if usize::try_from(written) == Ok(rows) { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

async fn open(db: &mut PgConnection, opened: &[OpenedStatement]) -> sqlx::Result<()> {
    if opened.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO statement (statement, merchant, mall, currency, period_from, period_until, phase, opened_at, position)
         SELECT * FROM json_to_recordset($1::text::json) AS opened (statement uuid, merchant uuid, mall text,
             currency text, period_from timestamptz, period_until timestamptz, phase text, opened_at timestamptz,
             position bigint)",
        json(opened)?
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn change(db: &mut PgConnection, changed: &[Changed]) -> sqlx::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let done = sqlx::query!(
        "UPDATE statement SET
             items = statement.items + new.items,
             sale_minor = statement.sale_minor + new.sale_minor,
             discount_merchant_minor = statement.discount_merchant_minor + new.discount_merchant_minor,
             discount_platform_minor = statement.discount_platform_minor + new.discount_platform_minor,
             points_minor = statement.points_minor + new.points_minor,
             shipping_minor = statement.shipping_minor + new.shipping_minor,
             commission_minor = statement.commission_minor + new.commission_minor,
             commission_vat_minor = statement.commission_vat_minor + new.commission_vat_minor,
             net_minor = statement.net_minor + new.net_minor,
             taxable_minor = statement.taxable_minor + new.taxable_minor,
             tax_free_minor = statement.tax_free_minor + new.tax_free_minor,
             zero_rated_minor = statement.zero_rated_minor + new.zero_rated_minor,
             carried_in_minor = statement.carried_in_minor + new.carried_in_minor,
             phase = COALESCE(new.phase, statement.phase),
             sha256 = COALESCE(new.sha256, statement.sha256),
             payout = COALESCE(new.payout, statement.payout),
             payout_attempt = COALESCE(new.payout_attempt, statement.payout_attempt),
             bank_reference = COALESCE(new.bank_reference, statement.bank_reference),
             payout_failure = COALESCE(new.payout_failure, statement.payout_failure),
             carry_reason = COALESCE(new.carry_reason, statement.carry_reason),
             closed_at = COALESCE(new.closed_at, statement.closed_at),
             confirmed_at = COALESCE(new.confirmed_at, statement.confirmed_at),
             payout_requested_at = COALESCE(new.payout_requested_at, statement.payout_requested_at),
             payout_failed_at = COALESCE(new.payout_failed_at, statement.payout_failed_at),
             paid_at = COALESCE(new.paid_at, statement.paid_at),
             carried_over_at = COALESCE(new.carried_over_at, statement.carried_over_at),
             position = new.position
         FROM json_to_recordset($1::text::json) AS new (statement uuid, position bigint, items integer,
             sale_minor bigint, discount_merchant_minor bigint, discount_platform_minor bigint, points_minor bigint,
             shipping_minor bigint, commission_minor bigint, commission_vat_minor bigint, net_minor bigint,
             taxable_minor bigint, tax_free_minor bigint, zero_rated_minor bigint, carried_in_minor bigint,
             phase text, sha256 text, payout uuid, payout_attempt integer, bank_reference text, payout_failure text,
             carry_reason text, closed_at timestamptz, confirmed_at timestamptz, payout_requested_at timestamptz,
             payout_failed_at timestamptz, paid_at timestamptz, carried_over_at timestamptz)
         WHERE statement.statement = new.statement",
        json(changed)?
    )
    .execute(db)
    .await?;
    all(done.rows_affected(), changed.len())
}

async fn carry(db: &mut PgConnection, carried: &[Carried]) -> sqlx::Result<()> {
    if carried.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO statement_carry (statement, former, amount_minor, position)
         SELECT * FROM json_to_recordset($1::text::json) AS carried (statement uuid, former uuid, amount_minor bigint,
             position bigint)",
        json(carried)?
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn add_items(db: &mut PgConnection, items: &[Item]) -> sqlx::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"INSERT INTO settlement_item (statement, item, kind, reverses, "order", line, quantity, tax, sale_minor,
             discount_merchant_minor, discount_platform_minor, points_minor, shipping_minor, commission_rate,
             commission_minor, commission_vat_minor, net_minor, basis_at, cites, position, entry, ordinal, written)
         SELECT added.statement, item.*, added.position, added.entry, added.ordinal, added.written
         FROM json_to_recordset($1::text::json) AS added (statement uuid, position bigint, entry integer,
             ordinal integer, written json),
         LATERAL json_to_record(added.written) AS item (item text, kind text, reverses text, "order" uuid,
             line integer, quantity integer, tax text, sale_minor bigint, discount_merchant_minor bigint,
             discount_platform_minor bigint, points_minor bigint, shipping_minor bigint, commission_rate numeric,
             commission_minor bigint, commission_vat_minor bigint, net_minor bigint, basis_at timestamptz,
             cites bigint)"#,
        json(items)?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A statement's entry without a statement has no mall, which the table refuses.
async fn book(db: &mut PgConnection, entries: &[Entry]) -> sqlx::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO ledger_entry (position, ordinal, kind, cites, currency, mall, statement, payment, at)
         SELECT booked.position, booked.ordinal, booked.kind, booked.cites, booked.currency,
             COALESCE(booked.mall, statement.mall), booked.statement, booked.payment, booked.at
         FROM json_to_recordset($1::text::json) AS booked (position bigint, ordinal integer, kind text, cites bigint,
             currency text, mall text, statement uuid, payment uuid, at timestamptz)
         LEFT JOIN statement ON statement.statement = booked.statement",
        json(entries)?
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn book_lines(db: &mut PgConnection, lines: &[BookedLine<'_>]) -> sqlx::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO ledger_line (position, ordinal, line, account, merchant, debit_minor, credit_minor)
         SELECT * FROM json_to_recordset($1::text::json) AS booked (position bigint, ordinal integer, line integer,
             account text, merchant uuid, debit_minor bigint, credit_minor bigint)",
        json(lines)?
    )
    .execute(db)
    .await?;
    Ok(())
}

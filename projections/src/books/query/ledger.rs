//! The ledger: its lines, and the trial balance (시산표) as of any position.

use chrono::{DateTime, Utc};
use eventstore::Seq;
use kernel::MallId;
use kernel::id::MerchantId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use settlement::ledger::Account;
use sqlx::PgPool;
use uuid::Uuid;

use crate::checkpoint;
use crate::page::{MAX_LIMIT, Page, rows_to_fetch};

/// A line of the ledger with what its entry says. Amounts are minor units of the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// The log position of the commit that made the entry.
    pub position: i64,
    /// Which event of that commit, from 0.
    pub ordinal: i32,
    /// Its number within the entry, from 0.
    pub line: i32,
    /// What the entry is about: an [`EntryKind`](settlement::ledger::EntryKind) by its wire word.
    pub kind: String,
    /// The log position of the event that caused the entry.
    pub cites: i64,
    /// ISO 4217.
    pub currency: String,
    /// In which mall.
    pub mall: String,
    /// The statement, for entries of one.
    pub statement: Option<Uuid>,
    /// The payment, for entries of one.
    pub payment: Option<Uuid>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// An [`Account`] by its wire word.
    pub account: String,
    /// Whose, for accounts kept per merchant.
    pub merchant: Option<Uuid>,
    /// The left.
    pub debit_minor: i64,
    /// The right.
    pub credit_minor: i64,
}

/// Which lines to list; `None` is all.
#[derive(Debug, Clone, Copy, Default)]
pub struct LedgerFilter {
    /// On this account.
    pub account: Option<Account>,
    /// On accounts of this merchant.
    pub merchant: Option<MerchantId>,
}

/// The last line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCursor {
    /// Its log position.
    pub position: i64,
    /// The ordinal of its entry.
    pub ordinal: i32,
    /// Its number within it.
    pub line: i32,
}

impl LedgerCursor {
    fn of(line: &LedgerLine) -> Self {
        Self { position: line.position, ordinal: line.ordinal, line: line.line }
    }
}

/// Lines of the ledger, the latest first.
pub async fn ledger(
    pool: &PgPool,
    filter: LedgerFilter,
    after: Option<LedgerCursor>,
    limit: u32,
) -> sqlx::Result<Page<LedgerLine, LedgerCursor>> {
    let account = filter.account.map(word).transpose()?;
    let rows = sqlx::query_as!(
        LedgerLine,
        "SELECT line.position, line.ordinal, line.line, entry.kind, entry.cites, entry.currency, entry.mall,
             entry.statement, entry.payment, entry.at, line.account, line.merchant, line.debit_minor, line.credit_minor
         FROM ledger_line AS line
         JOIN ledger_entry AS entry ON entry.position = line.position AND entry.ordinal = line.ordinal
         WHERE ($1::text IS NULL OR line.account = $1) AND ($2::uuid IS NULL OR line.merchant = $2)
           AND ($3::bigint IS NULL
                OR (line.position, line.ordinal, line.line) < ($3, $4::integer, $5::integer))
         ORDER BY line.position DESC, line.ordinal DESC, line.line DESC LIMIT $6",
        account,
        filter.merchant.map(|merchant| merchant.0),
        after.map(|cursor| cursor.position),
        after.map(|cursor| cursor.ordinal),
        after.map(|cursor| cursor.line),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(rows, limit, LedgerCursor::of))
}

/// What was booked after a position, in the order of the log: the lines of the next commits, of each all or none.
pub async fn ledger_after(pool: &PgPool, after: Seq, commits: u32) -> sqlx::Result<Vec<LedgerLine>> {
    sqlx::query_as!(
        LedgerLine,
        "SELECT line.position, line.ordinal, line.line, entry.kind, entry.cites, entry.currency, entry.mall,
             entry.statement, entry.payment, entry.at, line.account, line.merchant, line.debit_minor, line.credit_minor
         FROM ledger_line AS line
         JOIN ledger_entry AS entry ON entry.position = line.position AND entry.ordinal = line.ordinal
         WHERE line.position IN (SELECT DISTINCT position FROM ledger_line WHERE position > $1 ORDER BY position LIMIT $2)
         ORDER BY line.position, line.ordinal, line.line",
        checkpoint::position(after),
        i64::from(commits.clamp(1, MAX_LIMIT))
    )
    .fetch_all(pool)
    .await
}

/// The lines of one entry, as booked.
pub(super) async fn lines_of(pool: &PgPool, position: i64, ordinal: i32) -> sqlx::Result<Vec<LedgerLine>> {
    sqlx::query_as!(
        LedgerLine,
        "SELECT line.position, line.ordinal, line.line, entry.kind, entry.cites, entry.currency, entry.mall,
             entry.statement, entry.payment, entry.at, line.account, line.merchant, line.debit_minor, line.credit_minor
         FROM ledger_line AS line
         JOIN ledger_entry AS entry ON entry.position = line.position AND entry.ordinal = line.ordinal
         WHERE line.position = $1 AND line.ordinal = $2 ORDER BY line.line",
        position,
        ordinal
    )
    .fetch_all(pool)
    .await
}

/// What went through one account in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountBalance {
    /// ISO 4217.
    pub currency: String,
    /// The account.
    pub account: Account,
    /// Its number in the chart of accounts.
    pub code: &'static str,
    /// Sum of the left, minor units.
    pub debit_minor: i64,
    /// Sum of the right, minor units.
    pub credit_minor: i64,
}

/// The trial balance of a mall, or of all, over every entry up to a position (inclusive), or over all. By currency,
/// then by the accounts' codes; in each currency the two sides add up to the same. Reads the whole ledger up to there.
pub async fn trial_balance(
    pool: &PgPool,
    mall: Option<&MallId>,
    as_of: Option<Seq>,
) -> sqlx::Result<Vec<AccountBalance>> {
    let rows = sqlx::query!(
        r#"SELECT entry.currency, line.account, SUM(line.debit_minor)::bigint AS "debit_minor!",
             SUM(line.credit_minor)::bigint AS "credit_minor!"
         FROM ledger_line AS line
         JOIN ledger_entry AS entry ON entry.position = line.position AND entry.ordinal = line.ordinal
         WHERE ($1::text IS NULL OR entry.mall = $1) AND ($2::bigint IS NULL OR line.position <= $2)
         GROUP BY entry.currency, line.account"#,
        mall.map(MallId::as_str),
        as_of.map(checkpoint::position)
    )
    .fetch_all(pool)
    .await?;
    let balances = rows.into_iter().map(|row| {
        let account = account(row.account)?;
        let (debit_minor, credit_minor) = (row.debit_minor, row.credit_minor);
        Ok(AccountBalance {
            currency: row.currency,
            account,
            code: account.code(),
            debit_minor,
            credit_minor,
        })
    });
    let mut balances = balances.collect::<sqlx::Result<Vec<_>>>()?;
    balances.sort_by(|one, other| (&one.currency, one.account).cmp(&(&other.currency, other.account)));
    Ok(balances)
}

/// An account's word in the table, which is its word in events.
fn word(account: Account) -> sqlx::Result<String> {
    let word = serde_json::to_value(account).map_err(|error| sqlx::Error::Encode(error.into()))?;
    Ok(word.as_str().map(str::to_owned).unwrap_or_default())
}

fn account(word: String) -> sqlx::Result<Account> {
    serde_json::from_value(Value::String(word)).map_err(sqlx::Error::decode)
}

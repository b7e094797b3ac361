//! The report: what was taken, what came of it, every finding, whether the books balance. Its figures come from the read
//! models, not from the plan.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use kernel::MallId;
use kernel::id::MerchantId;
use projections::books::Books;
use projections::books::query::{AccountBalance, settled_by_merchant, trial_balance};
use projections::orders::Orders;
use projections::{Projection, checkpoint};
use serde::Serialize;
use sqlx::PgPool;
use tokio::time::Instant;
use uuid::Uuid;

use super::drive::Spent;
use super::files::{Files, Status};
use super::finding::{Finding, Reason};
use super::plan::{Plan, PlannedOrder};
use super::{ImportWorld, MALL, identity};

/// How long the read models are waited for at the end.
const READ_MODELS_LIMIT: Duration = Duration::from_mins(5);

/// What came of an import.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Orders in the data.
    pub orders: usize,
    /// Orders that were placed here.
    pub orders_taken: u64,
    /// Orders in the data by their status there.
    pub by_data_status: BTreeMap<String, u64>,
    /// Orders here by where they ended.
    pub by_final_status: BTreeMap<String, u64>,
    /// Orders by their status in the data and where they ended here.
    pub data_status_to_final_status: BTreeMap<String, BTreeMap<String, u64>>,
    /// What could not be taken as it is, per reason.
    pub findings: BTreeMap<Reason, Found>,
    /// The ledger's trial balance.
    pub trial_balance: Vec<AccountBalance>,
    /// Debit less credit over all accounts: zero.
    pub trial_balance_difference_minor: i64,
    /// How long this run took, in milliseconds.
    pub elapsed_ms: u64,
    /// The same in whole seconds, rounded up.
    pub seconds: u64,
    /// Orders taken per second of this run; a run that took up another says too much.
    pub orders_per_second: u64,
    /// Commits in the log at the end.
    pub commits: u64,
    /// What this run's time went to.
    pub spent: Spent,
    /// What was settled, by seller.
    #[serde(skip)]
    pub settled: Vec<SettledSeller>,
    /// The sellers' ids in the data.
    #[serde(skip)]
    pub sellers: BTreeMap<Uuid, String>,
}

/// The findings of one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// How many.
    pub count: usize,
    /// Each, with its key.
    pub rows: Vec<Finding>,
}

/// What was settled for one seller; written as a row of `settled_by_seller.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SettledSeller {
    /// The seller's id in the data.
    pub seller_id: String,
    /// How many item rows.
    pub delivered_lines: i64,
    /// Their prices.
    pub price_cents: i64,
    /// Their freights.
    pub freight_cents: i64,
}

/// How many orders of each status the data has.
pub(super) fn statuses_of(files: &Files) -> BTreeMap<String, u64> {
    let mut statuses = BTreeMap::new();
    for order in &files.orders {
        *statuses.entry(order.status_word.clone()).or_default() += 1;
    }
    statuses
}

/// Reads what came of an import.
pub(super) async fn of(
    world: &ImportWorld,
    plan: Plan,
    (refused, spent): (Vec<Finding>, Spent),
    by_data_status: BTreeMap<String, u64>,
    began: Instant,
) -> anyhow::Result<Report> {
    let pool = &world.app.pool;
    let mall = MallId::new(MALL)?;
    wait_for::<Orders>(world).await?;
    wait_for::<Books>(world).await?;
    let ended = ended(pool, &mall).await?;
    let sellers =
        plan.sellers.iter().map(|row| (identity::merchant(&row.seller).0, row.seller.clone())).collect();
    let settled = settled(pool, &mall, &sellers).await?;
    let elsewhere = plan.orders.iter().filter_map(|order| elsewhere(order, &ended));
    let findings = by_reason(plan.findings.iter().cloned().chain(refused).chain(elsewhere));
    let trial_balance = trial_balance(pool, Some(&mall), None).await?;
    let difference = trial_balance.iter().map(|account| account.debit_minor - account.credit_minor).sum();
    let orders_taken = plan.orders.iter().filter(|order| final_of(order, &ended).is_some()).count();
    let orders_taken = u64::try_from(orders_taken)?;
    let elapsed_ms = u64::try_from(began.elapsed().as_millis())?.max(1);
    Ok(Report {
        orders: usize::try_from(by_data_status.values().sum::<u64>())?,
        orders_taken,
        by_final_status: counted(plan.orders.iter().filter_map(|order| final_of(order, &ended))),
        data_status_to_final_status: crossed(&plan.orders, &ended),
        by_data_status,
        findings,
        trial_balance,
        trial_balance_difference_minor: difference,
        elapsed_ms,
        seconds: elapsed_ms.div_ceil(1_000),
        orders_per_second: orders_taken.saturating_mul(1_000) / elapsed_ms,
        commits: world.app.log.head().await?.0,
        spent,
        settled,
        sellers,
    })
}

async fn wait_for<P: Projection>(world: &ImportWorld) -> anyhow::Result<()> {
    let head = world.app.log.head().await?;
    let seen = checkpoint::wait_for(&world.app.pool, P::NAME, head, READ_MODELS_LIMIT).await?;
    ensure!(seen, "the read model `{}` does not follow the log", P::NAME);
    Ok(())
}

/// Where each order stands.
type Ended = BTreeMap<Uuid, String>;

async fn ended(pool: &PgPool, mall: &MallId) -> sqlx::Result<Ended> {
    let rows = sqlx::query!("SELECT order_id, status FROM order_head WHERE mall = $1", mall.as_str());
    Ok(rows.fetch_all(pool).await?.into_iter().map(|row| (row.order_id, row.status)).collect())
}

async fn settled(
    pool: &PgPool,
    mall: &MallId,
    sellers: &BTreeMap<Uuid, String>,
) -> anyhow::Result<Vec<SettledSeller>> {
    let mut settled = Vec::new();
    for row in settled_by_merchant(pool, mall).await? {
        let merchant = MerchantId(row.merchant);
        let seller =
            sellers.get(&row.merchant).with_context(|| format!("merchant {merchant} is no seller"))?;
        settled.push(SettledSeller {
            seller_id: seller.clone(),
            delivered_lines: row.lines,
            price_cents: row.sale_minor,
            freight_cents: row.shipping_minor,
        });
    }
    settled.sort();
    Ok(settled)
}

fn final_of<'a>(order: &PlannedOrder, ended: &'a Ended) -> Option<&'a str> {
    ended.get(&identity::order(&order.order).0).map(String::as_str)
}

/// Where an order of this status is to end here.
const fn expected(status: Status) -> &'static str {
    match status {
        Status::Delivered => "closed",
        Status::Approved | Status::Invoiced | Status::Processing | Status::Shipped => "paid",
        Status::Canceled | Status::Unavailable => "cancelled",
        Status::Created => "expired",
        Status::Unknown => "unknown",
    }
}

fn elsewhere(order: &PlannedOrder, ended: &Ended) -> Option<Finding> {
    let (wanted, found) = (expected(order.status), final_of(order, ended).unwrap_or("absent"));
    let differs = wanted != found;
    differs.then(|| {
        Finding::new(Reason::EndedElsewhere, &order.order).because(format!("{found} instead of {wanted}"))
    })
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

fn crossed(orders: &[PlannedOrder], ended: &Ended) -> BTreeMap<String, BTreeMap<String, u64>> {
    let mut crossed: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for order in orders {
        let status = order.status.name().to_owned();
        let found = final_of(order, ended).unwrap_or("absent").to_owned();
        *crossed.entry(status).or_default().entry(found).or_default() += 1;
    }
    crossed
}

/// Findings by their reason, each reason's by their keys.
fn by_reason(findings: impl Iterator<Item = Finding>) -> BTreeMap<Reason, Found> {
    let mut by_reason: BTreeMap<Reason, Found> = BTreeMap::new();
    for finding in findings {
        let found = by_reason.entry(finding.reason).or_default();
        found.count += 1;
        found.rows.push(finding);
    }
    for found in by_reason.values_mut() {
        found.rows.sort();
    }
    by_reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_per_reason_with_every_key() {
        let findings = [
            Finding::new(Reason::OrderWithoutItems, "o2"),
            Finding::new(Reason::PaymentsDiffer, "o3").differing_by(-5),
            Finding::new(Reason::OrderWithoutItems, "o1"),
        ];
        let by_reason = by_reason(findings.into_iter());
        let keys = |reason| by_reason[&reason].rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>();
        assert_eq!(by_reason[&Reason::OrderWithoutItems].count, 2);
        assert_eq!(keys(Reason::OrderWithoutItems), ["o1", "o2"]);
        let json = serde_json::to_value(&by_reason).unwrap();
        assert_eq!(json["payments_differ"]["rows"][0]["difference_cents"], -5);
        assert_eq!(
            json["order_without_items"]["rows"][0],
            serde_json::json!({"reason": "order_without_items", "key": "o1"})
        );
    }
}

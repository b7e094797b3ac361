//! The audit: whether what the log holds is what the shoppers were told. Fast and wrong is worth nothing.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use eventstore::{Filter, Log};
use kernel::id::SkuId;
use order::Order;
use payment::Payment;
use product::Stock;

use super::market::{Good, Market};
use super::walk::walk;
use crate::app::App;

/// What shoppers were told that they bought.
#[derive(Debug, Default)]
pub(super) struct Told {
    paid_orders: u64,
    pieces: BTreeMap<SkuId, u32>,
}

/// How many of each there are in the log.
#[derive(Debug, Default, PartialEq, Eq)]
struct Logged {
    placed: u64,
    captured: u64,
    paid: u64,
}

impl Told {
    /// One piece of each of these goods is paid.
    pub(super) fn paid(&mut self, goods: &[Good]) {
        self.paid_orders += 1;
        for good in goods {
            *self.pieces.entry(good.sku).or_default() += 1;
        }
    }

    /// Adds what others were told.
    pub(super) fn and(&mut self, others: Self) {
        self.paid_orders += others.paid_orders;
        for (sku, pieces) in others.pieces {
            *self.pieces.entry(sku).or_default() += pieces;
        }
    }
}

/// Compares the log with what was told: every order placed, captured and marked paid once, every stock lower by exactly
/// what was paid.
pub(super) async fn audit(app: &App, market: &Market, told: &Told) -> Result<()> {
    let found = logged(&app.log).await?;
    let orders = told.paid_orders;
    let expected = Logged { placed: orders, captured: orders, paid: orders };
    ensure!(found == expected, "the log holds {found:?}, but shoppers were told {expected:?}");
    // Nothing is cached in a fresh log: stocks are folded from what is stored.
    let log = Log::new(app.log.store().clone());
    for good in &market.goods {
        let left = log.read::<Stock>(&good.sku).await?.state.available();
        let sold = told.pieces.get(&good.sku).copied().unwrap_or_default();
        ensure!(
            left == market.pieces - sold,
            "{left} pieces of {} are left after {sold} were paid",
            good.sku
        );
    }
    eprintln!("checkout: the log agrees with {orders} paid orders and every stock");
    Ok(())
}

async fn logged(log: &Log) -> Result<Logged> {
    let mut found = Logged::default();
    walk(log, Filter::Contexts(&["order", "payment"]), |recorded| {
        for event in recorded.events_of::<Order>()?.unwrap_or_default().iter() {
            found.placed += u64::from(matches!(event, order::Event::Placed(_)));
            found.paid += u64::from(matches!(event, order::Event::Paid(_)));
        }
        for event in recorded.events_of::<Payment>()?.unwrap_or_default().iter() {
            found.captured += u64::from(matches!(event, payment::Event::Captured(_)));
        }
        Ok(())
    })
    .await?;
    Ok(found)
}

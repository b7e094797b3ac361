//! Time that passes in one leap and time that passes in small steps lead to the same story.

use std::time::Duration;

use chrono::TimeDelta;
use eventstore::{Filter, Seq};
use futures::StreamExt;
use order::value::ClaimKind;

use crate::acts::{accepts, arrives, claims, comes_back, parcel, pay, placed};
use crate::story::{Story, assert_same, told};
use crate::world::{Beginning, Run};

/// The orders of the market, each on a way of its own.
const ORDERS: u128 = 5;
/// How long the next commit may take.
const LIMIT: Duration = Duration::from_secs(30);
/// Forty days, and the last timers of what they began.
const DAYS: i64 = 40;

/// Five orders: never paid, just bought, cancelled in part, returned in part, waiting for a merchant's yes.
async fn trade(run: &mut Run) {
    for number in 2..=ORDERS {
        pay(run, number).await;
        run.pass(TimeDelta::minutes(1)).await;
    }
    for number in [2, 4] {
        arrives(run, parcel(number)).await;
        run.pass(TimeDelta::minutes(1)).await;
    }
    claims(run, 3, ClaimKind::Cancel).await;
    claims(run, 4, ClaimKind::Return).await;
    accepts(run, parcel(5)).await;
    claims(run, 5, ClaimKind::Cancel).await;
    run.pass(TimeDelta::days(4)).await;
    comes_back(run, 4).await;
}

async fn market() -> Beginning {
    Beginning::made_by(async |world| placed(world, ORDERS).await).await
}

/// The story of a market whose forty days pass in so many steps, and where its log ends.
async fn in_steps(beginning: &Beginning, steps: i32) -> (Story, Seq) {
    let mut run = beginning.run("", None).await;
    trade(&mut run).await;
    for _ in 0..steps {
        run.pass(TimeDelta::days(DAYS) / steps).await;
    }
    let log = run.api().log.clone();
    let told = (told(&log).await, log.head().await.unwrap());
    run.close().await;
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_days_in_one_leap_and_in_small_steps_are_the_same() {
    let beginning = market().await;
    let (leap, _) = in_steps(&beginning, 1).await;
    let statements = leap.iter().filter(|(stream, _)| stream.starts_with("settlement."));
    let paid = statements.flat_map(|(_, events)| events).any(|event| event.contains(" paid {"));
    assert!(paid, "a statement is paid out in these days");
    for steps in [40, 160] {
        assert_same(&format!("{steps} steps"), &leap, &in_steps(&beginning, steps).await.0);
    }
    beginning.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leap_that_nobody_waits_for_leads_to_the_same() {
    let beginning = market().await;
    let (expected, end) = in_steps(&beginning, 1).await;
    let mut run = beginning.run("", None).await;
    trade(&mut run).await;
    run.leap(TimeDelta::days(DAYS)).await;
    let mut tail = run.api().log.tail(Seq(0), Filter::All).await.unwrap();
    let mut at = Seq(0);
    while at < end {
        let next = tokio::time::timeout(LIMIT, tail.next()).await;
        at = next.expect("the log ends too early").unwrap().unwrap().seq();
    }
    run.settle().await;
    assert_same("by ticks alone", &expected, &told(&run.api().log).await);
    run.close().await;
    beginning.remove().await;
}

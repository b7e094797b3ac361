//! A run: the house opens, people work while things fail, everything is healed and comes to its end, and the checker
//! looks.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use eventstore::{Filter, Recorded, Seq, Tailed};
use futures::StreamExt;
use jangteo::app::App;
use kernel::Actor;

use crate::caller::Caller;
use crate::checker::{self, Booked, Books, Evidence, Finding, Law};
use crate::failing::carry_out;
use crate::house::House;
use crate::journal::Journal;
use crate::load::{self, Load, Merchant, Time};
use crate::market::{self, Market};
use crate::plan::plan;
use crate::quiet::quiet;
use crate::read_models;
use crate::report::Report;
use crate::topology::{Program, Topology};
use crate::verifying::verify;

/// How much time passes after the last fault, and in how many steps: purchases confirm themselves, statements close, are
/// agreed to and paid.
const STEPS: usize = 10;
const STEP_SECONDS: u32 = 6 * 24 * 60 * 60;
/// How often people are asked within a step whether anything is left to do.
const ROUNDS: usize = 12;

/// What tells how far things came.
const MILESTONES: [&str; 14] = [
    "order.placed",
    "order.expired",
    "order.closed",
    "order.gift_accepted",
    "order.gift_ended",
    "payment.captured",
    "payment.captured_late",
    "payment.duplicate_captured",
    "payment.refunded",
    "shipment.delivered",
    "claim.completed",
    "statement.closed",
    "statement.paid",
    "statement.carried_over",
];

/// Without these nothing was tried.
const NEEDED: [&str; 5] =
    ["order.closed", "payment.refunded", "shipment.delivered", "claim.completed", "statement.paid"];

/// Runs a plan and panics with its report where anything is wrong.
pub async fn run(seed: u64, length: Duration, topology: Topology) {
    let house = Arc::new(House::open(topology).await);
    let market = market::open(&house.app).await;
    house.ready().await;
    let journal = Arc::new(Journal::default());
    let plan = plan(seed, length, topology);
    let load = Load::start(&house, &market, &journal, seed);
    let recoveries = carry_out(&house, &plan, length).await;
    let (merchants, time) = load.close().await;
    let mut findings = finish(&house.app, merchants, time).await;
    let slow = recoveries.iter().filter(|recovery| recovery.took.is_none());
    findings.extend(slow.map(|recovery| without_end(format!("{} never came back", recovery.program))));
    let evidence = evidence(&house.app, &journal).await;
    findings.extend(checker::findings(&evidence, house.app.clock.now()));
    findings.extend(verify(&house, &evidence.journal));
    findings.extend(read_models_differ(&house, &market, &evidence.log).await);
    findings.extend(left_undone(&house).await);
    let events = milestones(&evidence.log);
    findings.extend(idle(&events));
    let report = Report {
        seed,
        length,
        topology,
        plan,
        recoveries,
        commits: evidence.log.len(),
        events,
        parked: checker::parked(&evidence.log),
        journal: evidence.journal,
        ended: house.ended_by_themselves(),
        findings,
    };
    println!("{report}");
    assert!(report.findings.is_empty(), "{report}");
}

/// Lets everything come to its end: people do what is left to do, and time passes.
async fn finish(app: &App, mut merchants: Vec<Merchant>, mut time: Time) -> Vec<Finding> {
    for _ in 0..STEPS {
        for _ in 0..ROUNDS {
            if let Err(noise) = quiet(app).await {
                return vec![without_end(noise)];
            }
            let mut done = 0;
            for merchant in &mut merchants {
                done += merchant.work().await;
            }
            if done == 0 {
                break;
            }
        }
        if !time.pass(STEP_SECONDS).await {
            return vec![without_end("the clock does not move")];
        }
    }
    let noise = quiet(app).await.err().map(without_end);
    noise.into_iter().chain(clock_behind(app, time.moved_seconds)).collect()
}

/// Whether the clock stands behind what its keeper was told.
fn clock_behind(app: &App, moved_seconds: u64) -> Option<Finding> {
    let clock = app.virtual_clock.as_ref().expect("a sandbox has a clock that moves").clock();
    let ahead = clock.ahead().num_seconds();
    // Told in whole seconds: what is measured may fall short by less than one.
    let behind = ahead + 1 < i64::try_from(moved_seconds).unwrap();
    let what = || format!("the clock was moved by {moved_seconds} s and is {ahead} s ahead");
    behind.then(|| Finding { law: Law::AcknowledgedButAbsent, what: what() })
}

async fn evidence(app: &App, journal: &Journal) -> Evidence {
    Evidence { log: commits(app, Seq(0)).await, journal: journal.read(), books: books(app).await }
}

/// Every commit after a position.
async fn commits(app: &App, after: Seq) -> Vec<Recorded> {
    let head = app.log.head().await.unwrap();
    let mut tail = app.log.tail(after, Filter::All).await.unwrap();
    let (mut commits, mut at) = (Vec::new(), after);
    while at < head {
        let step = tail.next().await.unwrap().unwrap();
        at = step.seq();
        if let Tailed::Commit(recorded) = step {
            commits.push(Arc::unwrap_or_clone(recorded));
        }
    }
    commits
}

/// How often what happened that tells how far things came.
fn milestones(log: &[Recorded]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for commit in log {
        for event in &commit.events {
            let name = format!("{}.{}", commit.stream.aggregate(), event.name);
            if MILESTONES.contains(&name.as_str()) {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    counts
}

/// What should have happened and did not even once.
fn idle(events: &BTreeMap<String, usize>) -> Vec<Finding> {
    let missing = NEEDED.into_iter().filter(|name| !events.contains_key(*name));
    missing.map(|name| Finding { law: Law::Idle, what: format!("there is no {name}") }).collect()
}

async fn books(app: &App) -> Books {
    let captures = "SELECT reference, amount_minor FROM sandbox_capture WHERE captured_at IS NOT NULL";
    let refunds = "SELECT capture, amount_minor FROM sandbox_refund WHERE NOT refused";
    Books { captures: booked(app, captures).await, refunds: booked(app, refunds).await }
}

async fn booked(app: &App, query: &'static str) -> Vec<Booked> {
    let rows: Vec<(String, i64)> = sqlx::query_as(query).fetch_all(&app.pool).await.unwrap();
    rows.into_iter().map(|(capture, minor)| Booked { capture, minor }).collect()
}

/// What the lists say that differs from the log.
async fn read_models_differ(house: &House, market: &Market, log: &[Recorded]) -> Vec<Finding> {
    let journal = Arc::default();
    let nobody = || Caller::nobody(&house.apis, &journal);
    let mut operator = load::operator(nobody(), market);
    let merchants = market.sellers.iter().map(|seller| load::merchant(nobody(), seller));
    let mut merchants: Vec<Caller> = merchants.collect();
    [
        read_models::orders_differ(log, &mut operator).await,
        read_models::claims_differ(log, &mut merchants).await,
        read_models::statements_differ(log, &mut merchants).await,
    ]
    .concat()
}

/// What a coordinator that reads everything anew finds to do: nothing should be left.
async fn left_undone(house: &House) -> Vec<Finding> {
    let app = &house.app;
    let before = app.log.head().await.unwrap();
    for coordinator in [Program::Coordinate(1), Program::Coordinate(2)] {
        house.kill(coordinator);
    }
    sqlx::query("DELETE FROM coordinator_checkpoint").execute(&app.pool).await.unwrap();
    house.start(Program::Coordinate(1));
    if let Err(noise) = quiet(app).await {
        return vec![without_end(noise)];
    }
    let done = commits(app, before).await.into_iter().filter(|commit| is_by_saga(&commit.meta.actor));
    done.map(|commit| without_end(format!("only now: {} at {}", commit.stream, commit.seq))).collect()
}

fn is_by_saga(actor: &Actor) -> bool {
    matches!(actor, Actor::System { name } if name.starts_with("saga."))
}

fn without_end(what: impl Into<String>) -> Finding {
    Finding { law: Law::WithoutEnd, what: what.into() }
}

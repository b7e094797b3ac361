//! Carrying a plan out, and measuring how long it takes after each loss of a process until its role is at work again.

use std::sync::Arc;
use std::time::Duration;

use eventstore::Seq;
use jangteo::app::App;
use jangteo::workers::PROJECTIONS;
use projections::checkpoint;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use crate::caller::pace;
use crate::house::House;
use crate::plan::{Fault, Kind, Place};
use crate::proxy::Weather;
use crate::quiet::coordinator_position;
use crate::topology::{Link, Program};

/// How often a role is looked at that was lost.
const LOOK: Duration = Duration::from_millis(50);
/// How long its work may take to go on.
const RECOVERY_LIMIT: Duration = Duration::from_secs(90);
/// How long one look may take.
const LOOK_LIMIT: Duration = Duration::from_secs(2);

/// How a role came back.
#[derive(Debug, Clone, Copy)]
pub struct Recovery {
    /// What befell it.
    pub fault: Fault,
    /// Which process.
    pub program: Program,
    /// How long after the loss its role was at work again; none where that was too long.
    pub took: Option<Duration>,
}

/// Carries a plan out for so long, until everything is healed; the recoveries in the order of the faults.
pub async fn carry_out(house: &Arc<House>, plan: &[Fault], length: Duration) -> Vec<Recovery> {
    let began = Instant::now();
    let mut under_way = JoinSet::new();
    for fault in plan {
        under_way.spawn(befall(house.clone(), *fault, began));
    }
    let mut recoveries: Vec<Recovery> = under_way.join_all().await.into_iter().flatten().collect();
    recoveries.sort_by_key(|recovery| recovery.fault.at);
    sleep_until(began + length).await;
    recoveries
}

async fn befall(house: Arc<House>, fault: Fault, began: Instant) -> Option<Recovery> {
    sleep_until(began + fault.at).await;
    eprintln!("{fault}");
    match fault.place {
        Place::Link(link) => {
            weather_on(&house, link, &fault, began).await;
            None
        }
        Place::Program(program) if fault.kind == Kind::Freeze => {
            house.freeze(program, true);
            sleep_until(began + fault.ends()).await;
            house.freeze(program, false);
            None
        }
        Place::Program(program) => Some(lose(&house, program, fault, began).await),
    }
}

async fn weather_on(house: &House, link: Link, fault: &Fault, began: Instant) {
    house.turn(
        link,
        match fault.kind {
            Kind::Slow => Weather::Slow(fault.delay),
            Kind::HalfOpen => Weather::HalfOpen,
            Kind::Cut | Kind::Kill | Kind::Restart | Kind::Freeze => Weather::Cut,
        },
    );
    sleep_until(began + fault.ends()).await;
    house.turn(link, Weather::Fair);
}

async fn lose(house: &Arc<House>, program: Program, fault: Fault, began: Instant) -> Recovery {
    let lost = Instant::now();
    if fault.kind == Kind::Kill {
        house.kill(program);
    } else {
        house.end(program).await;
    }
    let watching = tokio::spawn(at_work_again(house.clone(), program, lost));
    sleep_until(began + fault.ends()).await;
    house.start(program);
    Recovery { fault, program, took: watching.await.unwrap() }
}

/// How long it takes from the loss of a process until its role is at work again: a server answers, read models have seen
/// what there was to see at that moment, a coordinator has gone on, however much waits for it.
async fn at_work_again(house: Arc<House>, program: Program, lost: Instant) -> Option<Duration> {
    let mut due = None;
    let stood = coordinator_position(&house.app).await.ok();
    let mut looks = pace(LOOK);
    while lost.elapsed() < RECOVERY_LIMIT {
        looks.tick().await;
        if due.is_none() {
            due = timeout(LOOK_LIMIT, house.app.log.head()).await.ok().and_then(Result::ok);
        }
        let at_work = is_at_work(&house, program, due, stood);
        if timeout(LOOK_LIMIT, at_work).await.unwrap_or_default() {
            return Some(lost.elapsed());
        }
    }
    None
}

async fn is_at_work(house: &House, program: Program, due: Option<Seq>, stood: Option<Seq>) -> bool {
    let app = &house.app;
    match program {
        Program::Api(nth) => {
            let ready = reqwest::get(format!("{}/health/ready", house.apis[nth - 1])).await;
            ready.is_ok_and(|answer| answer.status().is_success())
        }
        Program::Project(_) => match due {
            Some(due) => have_seen(app, due).await,
            None => false,
        },
        Program::Coordinate(_) => {
            let done = coordinator_position(app).await.ok();
            stood.is_some_and(|stood| done > Some(stood)) || due.is_some_and(|due| done >= Some(due))
        }
        Program::Nats(_) => app.log.head().await.is_ok(),
        Program::Postgres => sqlx::query("SELECT 1").execute(&app.pool).await.is_ok(),
    }
}

/// Whether every read model has seen a position.
async fn have_seen(app: &App, position: Seq) -> bool {
    for name in PROJECTIONS {
        let seen = checkpoint::live_position(&app.pool, name).await;
        if !seen.is_ok_and(|seen| seen.is_some_and(|seen| seen >= position)) {
            return false;
        }
    }
    true
}

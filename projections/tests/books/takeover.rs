//! Readers never notice that a rebuilt model takes over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use projections::books::Books;
use projections::books::query::trial_balance;
use projections::runner;
use settlement::Statement;
use sqlx::{PgConnection, PgPool};

use crate::statements::*;
use crate::world::World;

/// The longest that anything is waited for.
const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_read_fails_while_rebuilds_take_over() {
    let mut world = World::new().await;
    world.takes::<Statement>(&statement_id(0), accrue(0, 41, vec![line("a", 30_000)])).await;
    world.caught_up().await;
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..2).map(|_| tokio::spawn(read(world.pool.clone(), over.clone()))).collect();
    for _ in 0..10 {
        runner::rebuild::<Books>(&world.pool, &world.log, |_| {}).await.unwrap();
    }
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_takes_over_from_readers_that_take_the_views_in_another_order() {
    let world = World::new().await;
    world.caught_up().await;
    let over = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(read_lines_then_entries(world.pool.clone(), over.clone()));
    runner::rebuild::<Books>(&world.pool, &world.log, |_| {}).await.unwrap();
    over.store(true, Ordering::Relaxed);
    reader.await.unwrap();
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_waits_for_a_vacuum_while_readers_do_not() {
    let mut world = World::new().await;
    world.takes::<Statement>(&statement_id(0), accrue(0, 41, vec![line("a", 30_000)])).await;
    world.caught_up().await;
    let mut vacuum = world.pool.begin().await.unwrap();
    // As a vacuum locks it.
    let locks = "LOCK TABLE public.ledger_line IN SHARE UPDATE EXCLUSIVE MODE";
    sqlx::query(locks).execute(&mut *vacuum).await.unwrap();
    let (pool, log) = (world.pool.clone(), world.log.clone());
    let rebuilding = tokio::spawn(async move { runner::rebuild::<Books>(&pool, &log, |_| {}).await });
    let waits = async { while !somebody_waits(&mut vacuum, "ShareUpdateExclusiveLock").await {} };
    tokio::time::timeout(LIMIT, waits).await.expect("the take-over does not wait for the vacuum");
    assert_eq!(trial_balance(&world.pool, None, None).await.unwrap().len(), 6);
    vacuum.rollback().await.unwrap();
    rebuilding.await.unwrap().unwrap();
    world.end().await;
}

/// Holds one view until the take-over waits for a view, and takes one that comes earlier in `Books::TABLES`; again and
/// again, so that the take-over never finds a gap.
async fn read_lines_then_entries(pool: PgPool, over: Arc<AtomicBool>) {
    while !over.load(Ordering::Relaxed) {
        let mut tx = pool.begin().await.unwrap();
        sqlx::query("SELECT COUNT(*) FROM ledger_line").execute(&mut *tx).await.unwrap();
        while !over.load(Ordering::Relaxed) && !somebody_waits(&mut tx, "AccessExclusiveLock").await {}
        sqlx::query("SELECT COUNT(*) FROM ledger_entry").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Whether somebody waits for a lock of this kind.
async fn somebody_waits(tx: &mut PgConnection, mode: &str) -> bool {
    let asked = sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = $1
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
    );
    asked.bind(mode).fetch_one(tx).await.unwrap()
}

/// Reads until told to stop; how often.
async fn read(pool: PgPool, over: Arc<AtomicBool>) -> u32 {
    let mut reads = 0;
    while !over.load(Ordering::Relaxed) {
        assert_eq!(trial_balance(&pool, None, None).await.unwrap().len(), 6);
        reads += 1;
    }
    reads
}

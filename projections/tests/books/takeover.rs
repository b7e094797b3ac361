//! Readers never notice that a rebuilt model takes over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use projections::books::Books;
use projections::books::query::trial_balance;
use projections::runner;
use settlement::Statement;
use sqlx::{PgConnection, PgPool};

use crate::statements::*;
use crate::world::World;

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

/// Holds one view until the take-over waits for a view, and takes one that comes earlier in `Books::TABLES`; again and
/// again, so that the take-over never finds a gap.
async fn read_lines_then_entries(pool: PgPool, over: Arc<AtomicBool>) {
    while !over.load(Ordering::Relaxed) {
        let mut tx = pool.begin().await.unwrap();
        sqlx::query("SELECT COUNT(*) FROM ledger_line").execute(&mut *tx).await.unwrap();
        while !over.load(Ordering::Relaxed) && !somebody_waits_for_a_view(&mut tx).await {}
        sqlx::query("SELECT COUNT(*) FROM ledger_entry").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn somebody_waits_for_a_view(tx: &mut PgConnection) -> bool {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
    )
    .fetch_one(tx)
    .await
    .unwrap()
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

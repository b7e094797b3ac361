//! Readers never notice that a rebuilt model takes over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use projections::books::Books;
use projections::books::query::trial_balance;
use projections::runner;
use settlement::Statement;

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

/// Reads until told to stop; how often.
async fn read(pool: sqlx::PgPool, over: Arc<AtomicBool>) -> u32 {
    let mut reads = 0;
    while !over.load(Ordering::Relaxed) {
        assert_eq!(trial_balance(&pool, None, None).await.unwrap().len(), 6);
        reads += 1;
    }
    reads
}

//! A process that starts again goes on from the checkpoint.

use eventstore::Seq;
use projections::checkpoint;

use crate::house::{House, LONG};
use crate::models::Entries;

#[tokio::test]
async fn a_worker_that_starts_again_goes_on_from_the_checkpoint() {
    let house = House::new("restart").await;
    for last in [100_u128, 200, 300] {
        let worker = house.follow::<Entries<1>>();
        house.add(last - 99..=last).await;
        house.seen_all::<Entries<1>>().await;
        worker.abort();
        assert!(worker.await.unwrap_err().is_cancelled());
    }
    // An entry seen twice would have been refused, and the worker would have stopped.
    assert_eq!(house.entries().await, (1..=300).collect::<Vec<i64>>());
    house.close().await;
}

#[tokio::test]
async fn a_worker_killed_anywhere_leaves_rows_and_checkpoint_in_step() {
    let house = House::new("killed").await;
    house.add(1..=3_000).await;
    let mut reached = Seq(0);
    while reached < Seq(3_000) {
        let worker = house.follow::<Entries<1>>();
        let next = Seq(reached.0 + 1);
        assert!(checkpoint::wait_for(&house.pool, "entries", next, LONG).await.unwrap());
        worker.abort();
        let _ = worker.await;
        let (checkpoint, last_row) = house.checkpoint_and_last_row().await;
        assert_eq!(last_row, Some(checkpoint));
        reached = Seq(checkpoint.try_into().unwrap());
    }
    assert_eq!(house.entries().await, (1..=3_000).collect::<Vec<i64>>());
    house.close().await;
}

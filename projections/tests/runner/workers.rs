//! Two workers on one projection: one writes.

use projections::Build;

use crate::house::{House, LONG};
use crate::models::{Entries, Writes};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_workers_one_writes() {
    let house = House::new("two_workers").await;
    let workers = [house.follow::<Entries<1>>(), house.follow::<Entries<1>>()];
    house.add(1..=2_000).await;
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await, (1..=2_000).collect::<Vec<i64>>());
    // The loser finds the checkpoint moved; it never tries to write the winner's rows again.
    let stops: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM projection WHERE stopped_at IS NOT NULL")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(stops, 0);
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn when_one_of_two_workers_dies_the_other_goes_on() {
    let house = House::new("one_dies").await;
    let (dies, lives) = (house.follow::<Entries<1>>(), house.follow::<Entries<1>>());
    house.add(1..=500).await;
    house.seen_all::<Entries<1>>().await;
    dies.abort();
    house.add(501..=1_000).await;
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await, (1..=1_000).collect::<Vec<i64>>());
    lives.abort();
    house.close().await;
}

/// Whoever compares the live build with the log holds this lock for as long as it reads.
#[tokio::test]
async fn a_worker_begins_on_a_live_build_while_somebody_reads_its_tables() {
    let house = House::new("held_live").await;
    let build = Build::current::<Entries<1>>(&house.pool).await.unwrap();
    let mut reader = house.pool.acquire().await.unwrap();
    let hold = "SELECT pg_advisory_lock_shared(x'6a616e69'::int, hashtext('entries'))::text";
    sqlx::query(hold).execute(&mut *reader).await.unwrap();
    let live = tokio::time::timeout(LONG, build.take_over::<Entries<1>>(&house.pool)).await;
    assert!(live.expect("it waits for the reader").unwrap());
    drop(reader);
    house.close().await;
}

/// The table takes a row as often as it is written, so nothing but the checkpoint keeps the workers apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_never_both_write() {
    let house = House::new("never_both").await;
    house.add(1..=500).await;
    let workers = [house.follow::<Writes>(), house.follow::<Writes>()];
    for last in [1_000_u128, 1_500, 2_000] {
        house.add(last - 499..=last).await;
        house.seen_all::<Writes>().await;
    }
    let written: Vec<i64> = sqlx::query_scalar("SELECT position FROM tally_write ORDER BY position")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!(written, (1..=2_000).collect::<Vec<i64>>());
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

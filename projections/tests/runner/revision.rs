//! A new revision builds beside the old one and takes over; the old release doesn't take back.

use projections::{Build, ProjectionError};
use sqlx::PgPool;

use crate::house::{House, LONG};
use crate::models::Entries;

const ENTRIES: usize = 3_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_revision_takes_over_without_a_failed_read() {
    let house = House::new("revision").await;
    house.add(1..=3_000).await;
    let old = house.follow::<Entries<1>>();
    house.seen_all::<Entries<1>>().await;
    let readers: Vec<_> = (0..3).map(|_| tokio::spawn(read_until_revision_2(house.pool.clone()))).collect();
    let new = house.follow::<Entries<2>>();
    for reader in readers {
        let reads = tokio::time::timeout(LONG, reader).await.expect("the new revision takes over").unwrap();
        assert!(reads > 1);
    }
    house.add(3_001..=3_100).await;
    house.seen_all::<Entries<2>>().await;
    assert_eq!(house.entries().await, (1..=3_100).collect::<Vec<i64>>());
    assert_eq!(live_revision(&house.pool).await, 2);
    [old, new].iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

#[tokio::test]
async fn the_old_release_does_not_take_over_from_the_new_one() {
    let house = House::new("old_release").await;
    house.add(1..=10).await;
    let new = house.follow::<Entries<2>>();
    house.seen_all::<Entries<2>>().await;
    let old = Build::current::<Entries<1>>(&house.pool).await;
    assert!(matches!(old, Err(ProjectionError::Superseded { revision: 2 })), "{old:?}");
    // Unless an operator wants it: a release that is taken back has its read model rebuilt.
    new.abort();
    projections::runner::rebuild::<Entries<1>>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert_eq!(live_revision(&house.pool).await, 1);
    assert_eq!(house.entries().await.len(), 10);
    house.close().await;
}

/// Reads until the second revision is live: every read succeeds and shows everything. How often.
async fn read_until_revision_2(pool: PgPool) -> u32 {
    let mut reads = 0;
    while live_revision(&pool).await < 2 {
        let rows: Vec<(i64, i32)> =
            sqlx::query_as("SELECT position, added FROM tally_entry").fetch_all(&pool).await.unwrap();
        assert_eq!(rows.len(), ENTRIES);
        reads += 1;
    }
    reads
}

async fn live_revision(pool: &PgPool) -> i32 {
    let live = sqlx::query_scalar("SELECT revision FROM projection WHERE name = 'entries' AND live");
    live.fetch_one(pool).await.unwrap()
}

//! A rebuild ends when it has caught up, however little there is to read.

use projections::Build;
use projections::runner::rebuild;

use crate::house::{House, LONG};
use crate::models::Entries;

#[tokio::test]
async fn a_rebuild_on_an_empty_log_ends() {
    let house = House::new("empty").await;
    for expected in 1..=2 {
        let rebuilt = rebuild::<Entries<1>>(&house.pool, &house.log, |_| {});
        let build = tokio::time::timeout(LONG, rebuilt).await.expect("the rebuild ends").unwrap();
        assert_eq!(build.build, expected);
    }
    assert!(house.entries().await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_rebuild_holds_what_the_live_build_holds() {
    let house = House::new("same").await;
    house.add(1..=1_200).await;
    let worker = house.follow::<Entries<1>>();
    house.seen_all::<Entries<1>>().await;
    let before = house.entries().await;
    let mut heard = Vec::new();
    rebuild::<Entries<1>>(&house.pool, &house.log, |at| heard.push(at)).await.unwrap();
    assert_eq!(house.entries().await, before);
    assert!(heard.is_sorted() && heard.last() == Some(&house.log.head().await.unwrap()), "{heard:?}");
    // Whoever followed the replaced build follows the new one.
    house.add(1_201..=1_300).await;
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await.len(), 1_300);
    worker.abort();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_live_build_sees_during_the_change_is_not_lost_to_readers() {
    let house = House::new("change").await;
    let worker = house.follow::<Entries<1>>();
    house.seen_all::<Entries<1>>().await;
    let build = Build::another::<Entries<1>>(&house.pool).await.unwrap();
    // A reader keeps the change waiting, which has found nothing missing.
    let mut reader = house.pool.begin().await.unwrap();
    sqlx::query("SELECT FROM tally_entry").execute(&mut *reader).await.unwrap();
    let (pool, mine) = (house.pool.clone(), build.clone());
    let change = tokio::spawn(async move { mine.take_over::<Entries<1>>(&pool).await.unwrap() });
    house.somebody_waits_for_readers().await;
    house.add(1..=1).await;
    // The live build goes on once the change has stepped back.
    house.seen_all::<Entries<1>>().await;
    reader.commit().await.unwrap();
    assert!(!change.await.unwrap(), "a build that lacks an entry must not be shown");
    assert_eq!(house.entries().await.len(), 1);
    worker.abort();
    house.close().await;
}

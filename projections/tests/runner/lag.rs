//! How far a read model is behind: in positions, and in seconds since the first commit that it hasn't seen.

use chrono::{DateTime, TimeDelta, Utc};
use projections::{Build, Lag, lag};

use crate::house::House;
use crate::models::{Entries, Positions, unheard_of};

/// Every commit of a house is recorded at the epoch.
fn epoch_and(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

async fn lags(house: &House, seconds: i64) -> Vec<Lag> {
    lag(&house.pool, &house.log, epoch_and(seconds)).await.unwrap()
}

#[tokio::test]
async fn a_build_is_as_late_as_the_first_commit_that_it_has_not_seen() {
    let house = House::new("lag").await;
    assert_eq!(lags(&house, 90).await, [], "nothing is built");
    Build::current::<Entries<1>>(&house.pool).await.unwrap();
    let [empty] = &lags(&house, 90).await[..] else { panic!("one build") };
    assert_eq!((empty.behind, empty.seconds), (0, Some(0)), "an empty log has been seen");
    house.add(1..=3).await;
    let [behind] = &lags(&house, 90).await[..] else { panic!("one build") };
    assert_eq!((behind.name.as_str(), behind.live, behind.position.0), ("entries", true, 0));
    assert_eq!((behind.behind, behind.seconds), (3, Some(90)));
    let worker = house.follow::<Entries<1>>();
    house.seen_all::<Entries<1>>().await;
    let [caught_up] = &lags(&house, 90).await[..] else { panic!("one build") };
    assert_eq!((caught_up.position.0, caught_up.behind, caught_up.seconds), (3, 0, Some(0)));
    worker.abort();
    house.close().await;
}

#[tokio::test]
async fn a_build_that_stands_still_grows_later_and_the_others_do_not() {
    let house = House::new("standing").await;
    house.add(1..=3).await;
    house.append(unheard_of(4)).await;
    let workers = [house.follow::<Entries<1>>(), house.follow::<Positions>()];
    house.stop_of::<Entries<1>>().await;
    house.seen_all::<Positions>().await;
    for seconds in [10, 70] {
        let found: Vec<_> =
            lags(&house, seconds).await.into_iter().map(|lag| (lag.name, lag.behind, lag.seconds)).collect();
        let late = u64::try_from(seconds).unwrap();
        assert_eq!(found, [("entries".to_owned(), 1, Some(late)), ("positions".to_owned(), 0, Some(0))]);
    }
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

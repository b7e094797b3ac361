//! An event that can't be read, or rows that can't be written, stop their own projection, at their position.

use eventstore::Seq;

use crate::house::House;
use crate::models::{Entries, Positions, added, unheard_of};

#[tokio::test]
async fn an_unknown_event_stops_its_projection_at_its_position_and_no_other() {
    let house = House::new("unknown").await;
    house.add(1..=3).await;
    house.append(unheard_of(4)).await;
    house.add(5..=7).await;
    let followers = [house.follow::<Entries<1>>(), house.follow::<Positions>()];
    house.seen_all::<Positions>().await;
    let (at, why) = house.stop_of::<Entries<1>>().await;
    assert_eq!(at, 4);
    assert!(why.contains("unknown event `vanished` version 1"), "{why}");
    house.seen::<Entries<1>>(Seq(3)).await;
    assert_eq!(house.entries().await, [1, 2, 3]);
    house.add(8..=9).await;
    house.seen_all::<Positions>().await;
    assert_eq!(house.entries().await, [1, 2, 3]);
    followers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

#[tokio::test]
async fn rows_that_cannot_be_written_stop_their_projection_at_their_very_position() {
    let house = House::new("unwritable").await;
    house.add(1..=3).await;
    house.append(added(4, 1_001)).await;
    house.add(5..=7).await;
    let followers = [house.follow::<Entries<1>>(), house.follow::<Positions>()];
    house.seen_all::<Positions>().await;
    let (at, why) = house.stop_of::<Entries<1>>().await;
    assert_eq!(at, 4);
    assert!(why.contains("stops at position 4"), "{why}");
    assert_eq!(house.entries().await, [1, 2, 3]);
    followers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

//! What holds for each of these read models, whatever the story.

use projections::campaigns::Campaigns;
use projections::claims::Claims;
use projections::deliveries::Deliveries;
use projections::orders::Orders;
use projections::{Projection, runner};

use crate::house::House;

/// The live build follows commit by commit, the rebuild takes them by the hundred: the tables must not know.
async fn a_rebuild_equals_the_live_build<P: Projection>(test: &str) {
    let house = House::new(test).await.paced_by::<P>();
    let following = house.follow::<P>();
    house.tell_everything().await;
    following.abort();
    assert!(following.await.unwrap_err().is_cancelled());
    let live = house.contents::<P>().await;
    assert!(live.iter().all(|(_, rows, _)| *rows > 0), "every table is tried: {live:?}");
    let build = runner::rebuild::<P>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert_eq!(build.build, 2);
    assert_eq!(house.contents::<P>().await, live);
    house.close().await;
}

#[tokio::test]
async fn rebuilt_orders_equal_live_ones() {
    a_rebuild_equals_the_live_build::<Orders>("laws_orders").await;
}

#[tokio::test]
async fn rebuilt_deliveries_equal_live_ones() {
    a_rebuild_equals_the_live_build::<Deliveries>("laws_deliveries").await;
}

#[tokio::test]
async fn rebuilt_claims_equal_live_ones() {
    a_rebuild_equals_the_live_build::<Claims>("laws_claims").await;
}

#[tokio::test]
async fn rebuilt_campaigns_equal_live_ones() {
    a_rebuild_equals_the_live_build::<Campaigns>("laws_campaigns").await;
}

//! Client, gateway, webhook, second client, look-up and expiry around one payment, in every order of their steps: the money
//! is taken once, written down once, and kept exactly where the order is paid.
//!
//! Every actor is a process of its own over one log, and stops wherever another may overtake it: before each append, before
//! and after the gateway books, before a look-up. What follows is then played to its end by the sagas.

mod counter;
mod explorer;
mod gated;
mod hand;
mod play;

use std::collections::BTreeMap;

use self::counter::{ANSWERS, ASKS, DECLINES, LATE, LOSES_ANSWER, LOSES_REQUEST};
use self::explorer::in_every_order;
use self::play::Around::{
    self, Before, Cancelling, Expiry, LateBooking, Payer, Resolving, Returning, Teller,
};
use self::play::{Ending, Known, play};
use crate::acts::placed;
use crate::world::Beginning;

/// Plays every scene in every order: how often each ended how.
async fn endings(scenes: &[&[Around]]) -> BTreeMap<Ending, usize> {
    let beginning = Beginning::made_by(async |world| placed(world, 1).await).await;
    let mut endings = BTreeMap::new();
    for scene in scenes {
        let mut known = Known::new();
        let orders = in_every_order(async |schedule| {
            *endings.entry(play(&beginning, scene, (schedule, &mut known)).await).or_insert(0) += 1;
        });
        let orders = orders.await;
        println!("{orders} orders of {scene:?} come to {} ends", known.len());
        assert!(orders > 1, "{scene:?} is no scene");
    }
    beginning.remove().await;
    endings
}

/// How plays may end: each of these at least once, and none else.
#[track_caller]
fn assert_all(endings: &BTreeMap<Ending, usize>, expected: &[(&str, usize)]) {
    let found: Vec<_> = endings.keys().map(|ending| (ending.order.as_str(), ending.captures)).collect();
    assert_eq!(found, expected, "{endings:?}");
}

#[tokio::test]
async fn a_request_and_its_webhook_converge() {
    let scenes: [&[Around]; 2] = [
        &[Payer("a", ANSWERS), Teller("a"), Teller("a")],
        &[Payer("a", LOSES_ANSWER), Teller("a"), Resolving],
    ];
    assert_all(&endings(&scenes).await, &[("Paid", 1)]);
}

#[tokio::test]
async fn two_requests_at_once_take_the_money_once() {
    let scenes: [&[Around]; 2] = [
        &[Payer("a", ANSWERS), Payer("b", ANSWERS), Teller("a"), Teller("b")],
        &[Payer("a", LOSES_ANSWER), Payer("b", ANSWERS), Teller("a")],
    ];
    assert_all(&endings(&scenes).await, &[("Paid", 1)]);
}

#[tokio::test]
async fn the_same_request_twice_takes_the_money_once() {
    let scenes: [&[Around]; 2] = [
        &[Payer("a", ANSWERS), Payer("a", ANSWERS), Teller("a")],
        &[Payer("a", LOSES_ANSWER), Payer("a", LOSES_ANSWER)],
    ];
    assert_all(&endings(&scenes).await, &[("Paid", 1)]);
}

#[tokio::test]
async fn a_second_try_after_a_decline_is_the_only_one_that_counts() {
    let scenes: [&[Around]; 1] = [&[Payer("a", DECLINES), Payer("b", ANSWERS), Teller("b")]];
    assert_all(&endings(&scenes).await, &[("Expired", 0), ("Paid", 1)]);
}

#[tokio::test]
async fn money_that_comes_when_the_time_is_over_goes_back() {
    let scenes: [&[Around]; 4] = [
        &[Payer("a", ANSWERS), Teller("a"), Expiry],
        &[Payer("a", LOSES_ANSWER), Teller("a"), Expiry],
        &[Payer("a", LATE), LateBooking("a"), Teller("a"), Expiry],
        &[Before("a", LATE), LateBooking("a"), Resolving, Expiry, Teller("a")],
    ];
    assert_all(&endings(&scenes).await, &[("Expired", 0), ("Expired", 1), ("Paid", 1)]);
}

#[tokio::test]
async fn a_request_that_got_lost_takes_nothing() {
    let scenes: [&[Around]; 1] = [&[Payer("a", LOSES_REQUEST), Payer("b", ANSWERS), Resolving]];
    assert_all(&endings(&scenes).await, &[("Expired", 0), ("Paid", 1)]);
}

#[tokio::test]
async fn of_money_that_was_given_up_and_came_after_all_one_share_stays() {
    let scenes: [&[Around]; 2] = [
        &[Payer("a", LATE), LateBooking("a"), Resolving, Teller("a")],
        &[Before("a", LATE), LateBooking("a"), Resolving, Payer("b", ANSWERS), Teller("a")],
    ];
    assert_all(&endings(&scenes).await, &[("Paid", 1), ("Paid", 2)]);
}

#[tokio::test]
async fn a_shopper_who_comes_back_and_the_webhook_converge() {
    let scenes: [&[Around]; 2] = [
        &[Payer("a", ASKS), LateBooking("a"), Teller("a"), Returning],
        &[Payer("a", ASKS), LateBooking("a"), Expiry, Returning],
    ];
    assert_all(&endings(&scenes).await, &[("Expired", 0), ("Expired", 1), ("Paid", 1)]);
}

#[tokio::test]
async fn who_pays_by_other_means_leaves_what_they_were_asked() {
    let scenes: [&[Around]; 1] = [&[Payer("a", ASKS), LateBooking("a"), Payer("b", ANSWERS)]];
    assert_all(&endings(&scenes).await, &[("Paid", 1)]);
}

#[tokio::test]
async fn money_for_an_order_that_is_called_off_goes_back() {
    let scenes: [&[Around]; 1] = [&[Payer("a", ANSWERS), Teller("a"), Cancelling]];
    assert_all(&endings(&scenes).await, &[("Cancelled", 1)]);
}

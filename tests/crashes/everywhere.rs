//! Each journey, with a process that ends at each point of its sagas.

use std::collections::{BTreeMap, BTreeSet};

use futures::StreamExt;
use sagas::points::{Point, Wait};

use crate::acts::{begun, counted};
use crate::journeys::{
    ALL, BOUGHT, CANCELLED, COUNTED_LESS, FORGOTTEN, GIVEN, HELD, IN_FLIGHT, Journey, LAPSED, NOT_COUNTED,
    Order, RETURNED, TAKEN_BACK, TOO_LATE, UNPAID,
};
use crate::killer::{End, Spot};
use crate::mood::Mood;
use crate::story::{Story, assert_same, told};
use crate::world::Beginning;

/// Of a saga's point that is passed more often, the first passings are each an end.
const PASSINGS: usize = 2;
/// Runs at the same time.
const AT_ONCE: usize = 3;
/// What the coordinator as a whole waits for; everything else is a saga's.
const OF_ALL: [Wait; 5] = [Wait::Load, Wait::Look, Wait::Fire, Wait::Follow, Wait::Save];
/// What is waited for only where something goes wrong.
const IN_TROUBLE: [Wait; 4] = [Wait::Pause, Wait::Postpone, Wait::Park, Wait::Resume];
/// Every saga, with a journey on which one of its commands meets trouble.
const SAGAS: [(&str, Journey); 11] = [
    ("payment_expiry", UNPAID),
    ("refund", CANCELLED),
    ("redemption", CANCELLED),
    ("gift", LAPSED),
    ("fulfilment", CANCELLED),
    ("confirmation", BOUGHT),
    ("claim", CANCELLED),
    ("accrual", BOUGHT),
    ("earning", BOUGHT),
    ("point_expiry", FORGOTTEN),
    ("statement", BOUGHT),
];

/// What a run came to.
struct Ran {
    story: Story,
    passed: BTreeMap<Spot, usize>,
}

/// Goes on a journey, on which the process ends where it is to and the outside meets a saga's commands in a mood.
async fn ran(
    beginning: &Beginning,
    journey: Journey,
    saga: &'static str,
    mood: Mood,
    end: Option<End>,
) -> Ran {
    let mut run = beginning.run(saga, end).await;
    run.moods.set(mood);
    (journey.go)(&mut run).await;
    run.come_to_an_end().await;
    let ran = Ran { story: told(&run.api().log).await, passed: run.killer.passed() };
    run.close().await;
    ran
}

/// Whatever the end, the story is the same.
async fn survives(journey: Journey, saga: &'static str, mood: Mood, waits: impl Fn(&Spot) -> bool) {
    let beginning = Beginning::made_by(async |world| begun(world, journey.order).await).await;
    let undisturbed = ran(&beginning, journey, saga, mood, None).await;
    let spots = undisturbed.passed.iter().filter(|(spot, _)| waits(spot));
    let ends = spots.flat_map(|(&spot, &passed)| {
        let passings = if spot.0.is_some() { passed.min(PASSINGS) } else { 1 };
        (1..=passings).map(move |nth| End { spot, nth })
    });
    let ends: Vec<End> = ends.collect();
    assert!(!ends.is_empty(), "no point is passed on the journey {}", journey.name);
    let runs = ends.into_iter().map(|end| {
        let beginning = &beginning;
        async move { (end, ran(beginning, journey, saga, mood, Some(end)).await.story) }
    });
    let mut runs = futures::stream::iter(runs).buffer_unordered(AT_ONCE);
    while let Some((end, story)) = runs.next().await {
        assert_same(&format!("{}, {end:?}", journey.name), &undisturbed.story, &story);
    }
    drop(runs);
    beginning.remove().await;
}

async fn survives_willingly(journey: Journey) {
    let waits = move |(saga, _): &Spot| saga.is_none_or(|saga| journey.sagas.contains(&saga));
    survives(journey, "", Mood::Willing, waits).await;
}

async fn survives_in_trouble(with: &str) {
    let (saga, journey) = SAGAS.into_iter().find(|(saga, _)| *saga == with).unwrap();
    let waits = move |&(whose, point): &Spot| whose == Some(saga) && IN_TROUBLE.contains(&wait(point));
    survives(journey, saga, Mood::Away, waits).await;
}

const fn wait(point: Point) -> Wait {
    match point {
        Point::Before(wait) | Point::Behind(wait) => wait,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_never_paid() {
    survives_willingly(UNPAID).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_whose_answer_is_owed() {
    survives_willingly(IN_FLIGHT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_up_to_the_payout() {
    survives_willingly(BOUGHT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_is_held() {
    survives_willingly(HELD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel() {
    survives_willingly(CANCELLED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_that_comes_too_late() {
    survives_willingly(TOO_LATE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return() {
    survives_willingly(RETURNED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_piece_that_is_taken_back() {
    survives_willingly(TAKEN_BACK).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_that_nobody_uses() {
    survives_willingly(FORGOTTEN).await;
}

/// What is left of a limited order towards its limit, at the end of an undisturbed journey.
async fn left_counted(journey: Journey) -> u32 {
    let beginning = Beginning::made_by(async |world| begun(world, journey.order).await).await;
    let mut run = beginning.run("", None).await;
    assert_eq!(counted(&run).await, 3);
    (journey.go)(&mut run).await;
    run.come_to_an_end().await;
    let counted = counted(&run).await;
    run.close().await;
    beginning.remove().await;
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_order_that_is_never_paid() {
    assert_eq!(left_counted(NOT_COUNTED).await, 0);
    survives_willingly(NOT_COUNTED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_a_limited_order() {
    assert_eq!(left_counted(COUNTED_LESS).await, 2);
    survives_willingly(COUNTED_LESS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_giving_an_allowance_back() {
    let waits = |&(saga, point): &Spot| saga == Some("redemption") && IN_TROUBLE.contains(&wait(point));
    survives(COUNTED_LESS, "redemption", Mood::Away, waits).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_is_accepted() {
    survives_willingly(GIVEN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_nobody_accepts() {
    survives_willingly(LAPSED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_payment_expiry() {
    survives_in_trouble("payment_expiry").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_refund() {
    survives_in_trouble("refund").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_redemption() {
    survives_in_trouble("redemption").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_gift() {
    survives_in_trouble("gift").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_fulfilment() {
    survives_in_trouble("fulfilment").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_confirmation() {
    survives_in_trouble("confirmation").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_claim() {
    survives_in_trouble("claim").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_accrual() {
    survives_in_trouble("accrual").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_earning() {
    survives_in_trouble("earning").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_point_expiry() {
    survives_in_trouble("point_expiry").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_statement() {
    survives_in_trouble("statement").await;
}

/// Every point there is, of every saga there is.
fn every_spot() -> BTreeSet<Spot> {
    let whose = |wait: Wait| -> Vec<Option<&'static str>> {
        if OF_ALL.contains(&wait) { vec![None] } else { SAGAS.map(|(saga, _)| Some(saga)).to_vec() }
    };
    let spots = Wait::ALL.into_iter().flat_map(|wait| whose(wait).into_iter().map(move |saga| (saga, wait)));
    spots.flat_map(|(saga, wait)| [(saga, Point::Before(wait)), (saga, Point::Behind(wait))]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_point_of_every_saga_lies_on_a_journey() {
    let named: BTreeSet<&str> = sagas::every_saga().names().collect();
    assert_eq!(SAGAS.map(|(saga, _)| saga).into_iter().collect::<BTreeSet<_>>(), named);
    let ordinary = Beginning::made_by(async |world| begun(world, Order::Redeeming).await).await;
    let gift = Beginning::made_by(async |world| begun(world, Order::Gift).await).await;
    let beginning = |journey: Journey| if journey.order == Order::Gift { &gift } else { &ordinary };
    let mut passed = BTreeSet::new();
    for journey in ALL {
        let spots = ran(beginning(journey), journey, "", Mood::Willing, None).await.passed.into_keys();
        passed.extend(spots.filter(|(saga, _)| saga.is_none_or(|saga| journey.sagas.contains(&saga))));
    }
    for (saga, journey) in SAGAS {
        let spots = ran(beginning(journey), journey, saga, Mood::Away, None).await.passed.into_keys();
        passed.extend(
            spots.filter(|(whose, point)| *whose == Some(saga) && IN_TROUBLE.contains(&wait(*point))),
        );
    }
    let missed: Vec<Spot> = every_spot().difference(&passed).copied().collect();
    assert!(missed.is_empty(), "no journey passes {missed:?}");
    ordinary.remove().await;
    gift.remove().await;
}

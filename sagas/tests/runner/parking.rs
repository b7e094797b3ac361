//! A command that fails is tried again by itself, and parked when it keeps failing; the others go on, and an operator has
//! it tried again.

use std::sync::Arc;
use std::time::Duration;

use eventstore::Filter;
use futures::StreamExt;
use projections::{Projection, checkpoint};
use sagas::process::{Event, Process};
use sagas::{Coordinator, Timers, again};

use crate::bell::{Ring, Ringer, pay_refund, request, resolve};
use crate::house::{House, bell, hour};
use crate::issuer::Mood;

/// The commands that operators see parked, with why.
async fn parked(house: &House) -> Vec<(String, String)> {
    let head = house.log.head().await.unwrap();
    let follows = checkpoint::wait_for(&house.pool, Timers::NAME, head, Duration::from_secs(10)).await;
    assert!(follows.unwrap());
    let rows = sqlx::query_as("SELECT command, error FROM saga_parked ORDER BY command");
    rows.fetch_all(&house.pool).await.unwrap()
}

/// Lets hours pass, one by one, until nothing is tried by itself any more.
async fn wear_out(house: &House, coordinator: &Coordinator) {
    for hour in 1..=i64::from(again::WAITS) {
        coordinator.quiesce().await.unwrap();
        house.move_clock_to(hour);
    }
    coordinator.quiesce().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_passes_without_anybodys_help() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    for hours in 1..12 {
        house.move_clock_to(hours);
        coordinator.quiesce().await.unwrap();
    }
    assert_eq!(house.notebook.done(), [request(bell(1), hour(0))], "only what stands apart goes on");
    let asked = house.notebook.asked();
    house.notebook.relent();
    let again = house.start_from_0().await;
    again.quiesce().await.unwrap();
    assert_eq!(house.notebook.asked(), asked + 1, "it is not tried before its time, only the apart one is");

    house.move_clock_to(12);
    again.quiesce().await.unwrap();
    let done = [request, resolve, pay_refund].map(|errand| errand(bell(1), hour(0)));
    assert_eq!(house.notebook.done(), done, "the step goes on, at the instant that it speaks of");
    assert_eq!(parked(&house).await, []);
    assert!(house.instance(1).await.postponed.is_empty());
    assert_eq!(waiting(&house).await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_become_rarer_and_end() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Errand]).await;
    coordinator.quiesce().await.unwrap();
    let first = hour(0) + again::FIRST_WAIT;
    assert_eq!(house.instance(1).await.postponed[&format!("{failing}/0")].again_at, first);
    let timer = format!(r#"{{"try_again":"{failing}/0"}}"#);
    assert_eq!(waiting(&house).await, [timer]);

    wear_out(&house, &coordinator).await;
    let mut pauses = Vec::new();
    for commit in house.commits().await {
        for event in commit.events_of::<Process<Ringer>>().unwrap().unwrap_or_default().iter() {
            if let Event::Postponed(postponed) = event {
                pauses.push(postponed.again_at - hour(i64::try_from(pauses.len()).unwrap()));
            }
        }
    }
    assert_eq!(pauses.len(), usize::try_from(again::WAITS).unwrap());
    assert_eq!(pauses[..3], [2, 4, 8].map(chrono::TimeDelta::seconds));
    assert_eq!(pauses[11..].iter().max(), Some(&again::LONGEST_WAIT));
    assert_eq!(parked(&house).await.len(), 1);
    assert_eq!(waiting(&house).await, Vec::<String>::new());
    house.close().await;
}

/// The timers that operators see.
async fn waiting(house: &House) -> Vec<String> {
    let rows = sqlx::query_scalar("SELECT timer FROM saga_timer ORDER BY timer");
    rows.fetch_all(&house.pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_command_parks_its_instance_and_a_retry_resumes_it() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Chain]).await;
    wear_out(&house, &coordinator).await;
    let part = format!("{failing}/0");
    assert_eq!(parked(&house).await, [(part.clone(), "the gateway is down".to_owned())]);
    assert_eq!(house.notebook.done(), [request(bell(1), hour(0))], "only what stands apart goes on");

    house.notebook.relent();
    house.ring(2, &[Ring::Errand]).await;
    house.start_from_0().await.quiesce().await.unwrap();
    let late = hour(i64::from(again::WAITS));
    let done = [request(bell(1), hour(0)), resolve(bell(2), late)];
    assert_eq!(house.notebook.done(), done, "others go on; what is parked is not tried by itself");

    assert!(coordinator.retry("ringer", &bell(1).to_string(), &part, "the gateway is up").await.unwrap());
    assert_eq!(house.notebook.done()[2..], [resolve(bell(1), hour(0)), pay_refund(bell(1), hour(0))]);
    assert_eq!(parked(&house).await, []);
    assert!(!coordinator.retry("ringer", &bell(1).to_string(), &part, "again").await.unwrap());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_the_saga_does_not_expect_parks_its_command() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("pay_refund", Mood::Refuses);
    let refused = house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    let part = format!("{refused}/1");
    assert_eq!(parked(&house).await, [(part.clone(), "the test says no".to_owned())]);
    assert_eq!(house.instance(1).await.steps.len(), 1, "the saga hears nothing of it");

    let key = bell(1).to_string();
    coordinator.retry("ringer", &key, &part, "perhaps").await.unwrap_err();
    assert_eq!(parked(&house).await.len(), 1, "refused again, it stays parked");
    house.notebook.relent();
    assert!(coordinator.retry("ringer", &key, &part, "the rule has changed").await.unwrap());
    assert!(house.notebook.done().contains(&pay_refund(bell(1), hour(0))));
    assert_eq!(parked(&house).await, []);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_that_fails_leaves_the_instance_parked() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Errand]).await;
    wear_out(&house, &coordinator).await;
    let part = format!("{failing}/0");
    coordinator.retry("ringer", &bell(1).to_string(), &part, "perhaps").await.unwrap_err();
    assert_eq!(parked(&house).await.len(), 1);
    house.close().await;
}

/// Bell 1's chain, parked at its first command; then all goes well, but the second waits for its answer.
async fn parked_chain(house: &mut House) -> (Arc<Coordinator>, String) {
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Chain]).await;
    wear_out(house, &coordinator).await;
    house.notebook.relent();
    house.notebook.set("pay_refund", Mood::Waits);
    (coordinator, format!("{failing}/0"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_parked_until_all_behind_it_is_issued() {
    let mut house = House::new().await;
    let (coordinator, part) = parked_chain(&mut house).await;
    let (again, named) = (coordinator.clone(), part.clone());
    let retried =
        tokio::spawn(async move { again.retry("ringer", &bell(1).to_string(), &named, "up").await });
    house.notebook.somebody_waits().await;
    assert_eq!(parked(&house).await.len(), 1, "who dies here leaves it to be tried again");
    house.notebook.let_go();
    assert!(retried.await.unwrap().unwrap());
    assert_eq!(parked(&house).await, []);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_goes_to_its_end_though_nobody_waits_for_it() {
    let mut house = House::new().await;
    let (coordinator, part) = parked_chain(&mut house).await;
    let head = house.log.head().await.unwrap();
    let caller =
        tokio::spawn(async move { coordinator.retry("ringer", &bell(1).to_string(), &part, "up").await });
    house.notebook.somebody_waits().await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    house.notebook.let_go();
    let mut tail = house.log.tail(head, Filter::All).await.unwrap();
    tail.next().await.unwrap().unwrap();
    assert_eq!(parked(&house).await, []);
    assert!(house.notebook.done().contains(&pay_refund(bell(1), hour(0))));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_that_is_refused_resumes_with_the_refusal() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Chain]).await;
    wear_out(&house, &coordinator).await;
    house.notebook.set("resolve_capture", Mood::Refuses);
    let part = format!("{failing}/0");
    assert!(coordinator.retry("ringer", &bell(1).to_string(), &part, "the gateway is up").await.unwrap());
    assert_eq!(parked(&house).await, []);
    let instance = house.instance(1).await;
    assert!(instance.steps.contains_key(&format!("rejected/{part}")));
    assert!(!house.notebook.done().iter().any(|errand| errand.name() == "pay_refund"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_one_coordinator_hears_refused_and_another_does_not_parks_nobody() {
    let mut house = House::new().await;
    let one = house.start().await;
    house.notebook.set("pay_refund", Mood::Waits);
    house.ring(1, &[Ring::Chain]).await;
    house.notebook.somebody_waits().await;

    house.notebook.set("resolve_capture", Mood::Refuses);
    let other = house.start_beside::<Ringer>().await;
    other.quiesce().await.unwrap();
    house.notebook.set("pay_refund", Mood::Refuses);
    house.notebook.let_go();
    one.quiesce().await.unwrap();

    let instance = house.instance(1).await;
    assert!(instance.parked.is_empty(), "{:?}", instance.parked);
    assert!(instance.postponed.is_empty());
    house.close().await;
}

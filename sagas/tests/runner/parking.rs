//! A command that keeps failing parks its instance; the others go on, and an operator has it tried again.

use std::sync::Arc;
use std::time::Duration;

use eventstore::Filter;
use futures::StreamExt;
use projections::{Projection, checkpoint};
use sagas::{Coordinator, Timers};

use crate::bell::{Ring, pay_refund, request, resolve};
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

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_command_parks_its_instance_and_a_retry_resumes_it() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    let part = format!("{failing}/0");
    assert_eq!(parked(&house).await, [(part.clone(), "the gateway is down".to_owned())]);
    assert_eq!(house.notebook.done(), [request(bell(1), hour(0))], "only what stands apart goes on");

    house.notebook.relent();
    house.ring(2, &[Ring::Errand]).await;
    house.start_from_0().await.quiesce().await.unwrap();
    let done = [request(bell(1), hour(0)), resolve(bell(2), hour(0))];
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
    coordinator.quiesce().await.unwrap();
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
    coordinator.quiesce().await.unwrap();
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
    coordinator.quiesce().await.unwrap();
    house.notebook.set("resolve_capture", Mood::Refuses);
    let part = format!("{failing}/0");
    assert!(coordinator.retry("ringer", &bell(1).to_string(), &part, "the gateway is up").await.unwrap());
    assert_eq!(parked(&house).await, []);
    let instance = house.instance(1).await;
    assert!(instance.steps.contains_key(&format!("rejected/{part}")));
    assert!(!house.notebook.done().iter().any(|errand| errand.name() == "pay_refund"));
    house.close().await;
}

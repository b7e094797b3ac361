//! What a saga can't be given stops nobody else: it is noted, and given once a release can.

use eventstore::{CommandError, ReadError, Seq, StreamName};
use kernel::Timestamp;
use sagas::IssueError;
use sagas::process::Process;
use serde_json::json;

use crate::bell::{Bell, Ring, Ringer, resolve};
use crate::gong::{GONG, Newer};
use crate::house::{House, bell, hour};

/// What operators see: the position, the instance, whether the error says so.
async fn unheard(house: &House, error: &str) -> Vec<(i64, Option<String>, bool)> {
    let rows = sqlx::query_as("SELECT position, key, error LIKE $1 FROM saga_unheard ORDER BY position");
    rows.bind(format!("%{error}%")).fetch_all(&house.pool).await.unwrap()
}

fn at(position: Seq) -> i64 {
    i64::try_from(position.0).unwrap()
}

/// The bell's own stream holds an event of a later release.
async fn gong(house: &House, number: u128) -> Seq {
    let stream = StreamName::of::<Bell>(&bell(number));
    house.append(stream, (GONG, json!({}))).await
}

/// The bell's instance holds a step of a later release.
async fn step_of_a_later_release(house: &House, number: u128) -> Seq {
    let stream = StreamName::of::<Process<Ringer>>(&bell(number));
    let event = json!({ "bell": bell(number), "ring": GONG });
    let step = json!({ "source": "x", "input": "event", "event": event, "at": hour(0), "effects": [] });
    house.append(stream, ("stepped", step)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_saga_cannot_read_waits_and_the_others_go_on() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    let position = gong(&house, 1).await;
    for number in 2..4 {
        house.ring(number, &[Ring::Errand]).await;
    }
    coordinator.quiesce().await.unwrap();
    let done = house.notebook.done();
    let expected = [2, 3].map(|number| resolve(bell(number), hour(0)));
    assert!(done.len() == 2 && expected.iter().all(|errand| done.contains(errand)), "{done:?}");
    assert_eq!(unheard(&house, "gong").await, [(at(position), None, true)]);

    let again = house.start_from_0().await;
    again.quiesce().await.unwrap();
    assert_eq!(unheard(&house, "gong").await.len(), 1, "it is noted once");
    let context = house.context();
    let error = again.hear(&context, "ringer", position, "perhaps").await.unwrap_err();
    let IssueError::Command(CommandError::Read(ReadError::Event { seq, .. })) = error else {
        panic!("{error}")
    };
    assert_eq!(seq, position);
    assert_eq!(unheard(&house, "gong").await.len(), 1);

    let newer = house.start_as::<Newer>().await;
    let heard = newer.hear(&context, "ringer", position, "the new release").await.unwrap();
    assert_eq!(newer.hear(&context, "ringer", position, "the new release").await.unwrap(), heard);
    newer.hear(&house.context(), "ringer", position, "once more").await.unwrap_err();
    newer.quiesce().await.unwrap();
    assert_eq!(house.notebook.done().len(), 3);
    assert_eq!(house.notebook.done()[2], resolve(bell(1), hour(0)));
    assert_eq!(unheard(&house, "gong").await, []);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_cannot_be_read_waits_with_its_timers_and_the_others_go_on() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    for number in [2, 4] {
        house.ring(number, &[Ring::TimerIn(i64::try_from(number).unwrap())]).await;
    }
    coordinator.quiesce().await.unwrap();
    let poison = step_of_a_later_release(&house, 2).await;
    let ring = house.ring(2, &[Ring::Errand]).await;
    let coordinator = house.start_from_0().await;
    coordinator.quiesce().await.unwrap();
    let key = Some(bell(2).to_string());
    assert!(unheard(&house, "gong").await.contains(&(at(ring), key.clone(), true)));

    house.move_clock_to(48);
    coordinator.quiesce().await.unwrap();
    assert_eq!(
        house.notebook.done(),
        [resolve(bell(4), hour(4))],
        "the other timer fires, though it is later"
    );
    assert!(timers(&house).await.contains(&(bell(2).to_string(), due(2))), "its own is kept");

    let newer = house.start_as::<Newer>().await;
    for (position, _, _) in unheard(&house, "gong").await {
        let position = Seq(u64::try_from(position).unwrap());
        newer.hear(&house.context(), "ringer", position, "the new release").await.unwrap();
    }
    newer.quiesce().await.unwrap();
    assert_eq!(unheard(&house, "gong").await, []);
    let done = house.notebook.done();
    assert!(done.contains(&resolve(bell(2), hour(0))), "the ring is heard: {done:?}");
    assert!(done.contains(&resolve(bell(2), hour(2))), "the timer has fired: {done:?}");
    assert_eq!(timers(&house).await, []);
    assert!(poison < ring);
    house.close().await;
}

/// The timers that are set, as the index keeps them.
async fn timers(house: &House) -> Vec<(String, Timestamp)> {
    let rows = sqlx::query_as("SELECT key, due_at FROM saga_timer ORDER BY key");
    rows.fetch_all(&house.pool).await.unwrap()
}

fn due(at: i64) -> Timestamp {
    Timestamp::from_timestamp_micros(hour(at).timestamp_micros()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_breaks_off_waits_and_its_lane_goes_on() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    let position = house.ring(1, &[Ring::Breaks]).await;
    let others = 2..=200;
    for number in others.clone() {
        house.ring(number, &[Ring::Errand]).await;
    }
    coordinator.quiesce().await.unwrap();
    assert_eq!(house.notebook.done().len(), others.count(), "of so many, some share its lane");
    assert_eq!(unheard(&house, "broke off").await, [(at(position), Some(bell(1).to_string()), true)]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_never_was_unheard_cannot_be_heard() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    let rung = house.ring(1, &[Ring::Errand]).await;
    coordinator.quiesce().await.unwrap();
    let error = coordinator.hear(&house.context(), "ringer", rung, "why not").await.unwrap_err();
    assert_eq!(error.code(), "not_unheard");
    assert_eq!(house.notebook.done().len(), 1);
    house.close().await;
}

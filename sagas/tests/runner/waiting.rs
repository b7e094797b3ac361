//! What may wait shares a commit with what its instance is told meanwhile.

use std::time::Duration;

use eventstore::{Filter, Recorded, Seq, Tailed};
use futures::StreamExt;

use crate::bell::{Ring, resolve};
use crate::house::{House, bell, hour};

/// Longer than any test.
const LONG: Duration = Duration::from_hours(1);

/// The first commit of the saga behind a position, once it is there.
async fn first_step(house: &House, behind: Seq) -> Recorded {
    let mut tail = house.log.tail(behind, Filter::Contexts(&["saga"])).await.unwrap();
    loop {
        if let Tailed::Commit(recorded) = tail.next().await.unwrap().unwrap() {
            return (*recorded).clone();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_wait_goes_with_what_comes_next() {
    let mut house = House::new().await;
    house.patience = LONG;
    let coordinator = house.start().await;
    house.ring(1, &[Ring::TimerIn(1)]).await;
    house.ring(1, &[Ring::TimerIn(2)]).await;
    let last = house.ring(1, &[Ring::Errand]).await;
    let step = first_step(&house, Seq(0)).await;
    assert_eq!(step.events.len(), 3, "one commit has all three steps");
    assert_eq!(step.meta.causation, Some(last), "it follows from what made it go");

    coordinator.quiesce().await.unwrap();
    assert_eq!(house.instance(1).await.timers.values().copied().collect::<Vec<_>>(), [hour(2)]);
    assert_eq!(house.notebook.done(), [resolve(bell(1), hour(0))]);

    house.patience = Duration::ZERO;
    let head = house.log.head().await.unwrap();
    assert_eq!(house.start_from_0().await.quiesce().await.unwrap(), head, "heard one by one, nothing is new");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_instance_does_not_make_it_go() {
    let mut house = House::new().await;
    house.patience = LONG;
    let coordinator = house.start().await;
    house.ring(1, &[Ring::TimerIn(1)]).await;
    house.ring(2, &[Ring::Errand]).await;
    let step = first_step(&house, Seq(0)).await;
    assert_eq!(step.stream.id(), bell(2).to_string());
    assert!(house.instance(1).await.steps.is_empty());
    coordinator.quiesce().await.unwrap();
    assert_eq!(house.instance(1).await.steps.len(), 1, "whoever waits for rest doesn't wait for patience");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn patience_ends() {
    let mut house = House::new().await;
    house.patience = Duration::from_millis(1);
    let _coordinator = house.start().await;
    house.ring(1, &[Ring::TimerIn(1)]).await;
    let step = first_step(&house, Seq(0)).await;
    assert_eq!(step.events.len(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_goes_behind_what_waits() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(1, &[Ring::TimerIn(1)]).await;
    coordinator.quiesce().await.unwrap();

    house.patience = LONG;
    let _coordinator = house.start().await;
    let before = house.log.head().await.unwrap();
    house.ring(1, &[Ring::TimerIn(1)]).await;
    house.move_clock_to(1);
    let step = first_step(&house, before).await;
    assert_eq!(step.events.len(), 1);
    assert!(step.events[0].data.get().contains("timer_in"), "the event is taken before the timer");
    house.close().await;
}

//! Inputs become steps once, and steps become commands, in order.

use crate::bell::{Ring, carry_over, pay_refund, request, resolve};
use crate::house::{House, bell, hour};
use crate::issuer::Mood;

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_house_is_quiet() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    assert_eq!(coordinator.quiesce().await.unwrap(), house.log.head().await.unwrap());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_is_stepped_once_though_the_engine_starts_again_from_0() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    for number in [1, 2, 1] {
        house.ring(number, &[Ring::Errand]).await;
    }
    coordinator.quiesce().await.unwrap();
    let (head, done) = (house.log.head().await.unwrap(), house.notebook.done());
    assert_eq!(done.len(), 3);

    let again = house.start_from_0().await;
    assert_eq!(again.quiesce().await.unwrap(), head, "nothing was written anew");
    assert_eq!(house.notebook.done(), done, "nothing took effect anew");
    assert_eq!(house.instance(1).await.steps.len(), 2);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_a_commit_is_heard() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(1, &[Ring::Errand, Ring::Errand]).await;
    coordinator.quiesce().await.unwrap();
    assert_eq!(house.instance(1).await.steps.len(), 2);
    assert_eq!(house.notebook.done().len(), 2);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_issued_in_order() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    let (bell, at) = (bell(1), hour(0));
    assert_eq!(house.notebook.done(), [resolve(bell, at), pay_refund(bell, at), request(bell, at)]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_comes_back_and_holds_back_those_behind_it() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Refuses);
    house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    let done = [request(bell(1), hour(0)), carry_over(bell(1), hour(0))];
    assert_eq!(house.notebook.done(), done);

    // A refusal stands, even where the rule has changed its mind meanwhile.
    house.notebook.relent();
    house.start_from_0().await.quiesce().await.unwrap();
    assert_eq!(house.notebook.done(), done);
    house.close().await;
}

//! Logs made by hand, whatever a decider would have said to them, and what verifying finds.

mod journal;
mod seals;

use std::sync::Arc;

use eventstore::{Commit, Context, EventStore, Expected, Memory, Meta, StoredEvent};
use kernel::Actor;
use kernel::id::{CommandId, CommitId, CorrelationId};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::*;

const PLACED: &str = include_str!("../../domains/order/tests/golden/order.placed.v1.json");
const GIFT: &str = include_str!("../../domains/order/tests/golden/order.placed.v1.gift.json");
const PREPARED: &str = include_str!("../../domains/order/tests/golden/order.lines_prepared.v1.json");
const ACCEPTED: &str = include_str!("../../domains/order/tests/golden/order.gift_accepted.v1.json");
const SHIPPED: &str = include_str!("../../domains/order/tests/golden/order.lines_shipped.v1.json");

/// A log that holds these events, whatever a decider would have said to them.
async fn log(events: &[(&str, &str, &str)]) -> Arc<Memory> {
    let memory = Arc::new(Memory::default());
    let mut last: HashMap<&str, Seq> = HashMap::new();
    for (nth, (stream, name, data)) in (1_u64..).zip(events) {
        let [context, aggregate, id] = stream.split('.').collect::<Vec<_>>()[..] else { panic!("{stream}") };
        let expected = Expected::after(last.get(stream).copied().unwrap_or_default());
        let data = RawValue::from_string((*data).to_owned()).unwrap();
        let event = StoredEvent { name: (*name).to_owned(), version: 1, data };
        let id = StreamName::new(context, aggregate, id);
        let commit = Commit::new(id, expected, CommitId(Uuid::from_u64_pair(0, nth)), meta(nth));
        last.insert(stream, memory.append(commit.with_events(vec![event])).await.unwrap().seq());
    }
    memory
}

/// Of the command with this number.
fn meta(number: u64) -> Meta {
    Meta::from(&Context {
        command_id: CommandId(Uuid::from_u64_pair(0, number)),
        correlation_id: CorrelationId(Uuid::nil()),
        causation: None,
        actor: Actor::Guest,
        at: chrono::DateTime::UNIX_EPOCH,
        request: None,
    })
}

async fn findings(events: &[(&str, &str, &str)]) -> Vec<(u64, String)> {
    let report = verify(&*log(events).await, Outside::default(), |_| ()).await.unwrap();
    assert_eq!(usize::try_from(report.commits).unwrap(), events.len());
    report.findings.iter().map(|found| (found.position.unwrap().0, found.flaw.to_string())).collect()
}

#[tokio::test]
async fn an_empty_log_is_sound() {
    assert!(verify(&Memory::default(), Outside::default(), |_| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn a_sound_log_has_no_findings() {
    assert_eq!(findings(&[("order.order.a", "placed", PLACED)]).await, []);
}

#[tokio::test]
async fn pieces_out_of_nothing_break_a_law() {
    let events = [("order.order.a", "placed", PLACED), ("order.order.a", "lines_shipped", SHIPPED)];
    assert_eq!(findings(&events).await, [(2, "line 1: 3 ordered, 5 in buckets".to_owned())]);
}

#[tokio::test]
async fn a_gift_that_is_packed_before_it_is_accepted_breaks_a_law() {
    let (placed, accepted) =
        (("order.order.a", "placed", GIFT), ("order.order.a", "gift_accepted", ACCEPTED));
    let prepared = ("order.order.a", "lines_prepared", PREPARED);
    assert_eq!(findings(&[placed, accepted, prepared]).await, []);
    let found = findings(&[placed, prepared]).await;
    assert_eq!(found, [(2, "1 shipments of a gift that was not accepted".to_owned())]);
}

#[tokio::test]
async fn what_cannot_be_read_is_found_and_the_walk_goes_on() {
    let found = findings(&[
        ("order.order.a", "placed", "{}"),
        ("order.order.b", "never_heard_of", "{}"),
        ("nobody.knows.c", "placed", "{}"),
        ("order.order.d", "placed", PLACED),
    ]);
    let found = found.await;
    assert_eq!(found.iter().map(|(position, _)| *position).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(found[0].1.contains("the body of event `placed` version 1 cannot be read"), "{found:?}");
    assert!(found[1].1.contains("unknown event `never_heard_of` version 1"), "{found:?}");
    assert_eq!(found[2].1, "this release knows no such aggregate");
}

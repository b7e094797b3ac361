//! Each hears of its own fate: taken, refused, replayed, unknown.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use eventstore::{AppendError, Batch, CommandError, Log, ReadError};
use futures::FutureExt;

use crate::door::{Door, Told, ask, behind_the_first};
use crate::heap::{Heap, UNTHINKABLE};
use crate::tally::{LIMIT, Tally, context, id};
use crate::troubled::log;

fn code(told: &Told) -> &str {
    match told {
        Ok(outcome) if outcome.replayed => "replayed",
        Ok(_) => "written",
        Err(CommandError::Rejected(reason)) => reason.code(),
        Err(CommandError::VersionMismatch { .. }) => "version",
        Err(CommandError::CommandIdReused) => "reused",
        Err(CommandError::Append(AppendError::TooLarge(_))) => "too_large",
        Err(other) => panic!("{other}"),
    }
}

fn codes(told: &[Told]) -> Vec<&str> {
    told.iter().map(code).collect()
}

#[tokio::test]
async fn the_last_pieces_go_to_the_first_who_came() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let asked = (0..5).map(|_| ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, LIMIT - 2, asked).await;
    door.open();
    leader.await.unwrap();
    assert_eq!(codes(&others.await), ["written", "written", "full", "full", "full"]);
    assert_eq!(door.commits().await, 2);
}

#[tokio::test]
async fn who_is_refused_elsewhere_takes_nothing() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let with_own = |by: i32| Batch::new().with::<Heap>(&heap, 1).create::<Tally>(&id(), by);
    let asked = [1, LIMIT + 1, 1].into_iter().map(|by| ask(&log, &context(id()), with_own(by))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    assert_eq!(codes(&others.await), ["written", "full", "written"]);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 3);
}

#[tokio::test]
async fn twins_take_effect_once() {
    let (door, heap, command) = (Arc::new(Door::shut()), id(), context(id()));
    let log = log(&door);
    let other = eventstore::Context { request: Some("other".to_owned()), ..command.clone() };
    let asked = [&command, &command, &other]
        .map(|context| ask(&log, context, Batch::new().with::<Heap>(&heap, 1)))
        .into_iter()
        .collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    let told = others.await;
    assert_eq!(codes(&told), ["written", "replayed", "reused"]);
    assert_eq!(told[0].as_ref().unwrap().position, told[1].as_ref().unwrap().position);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 2);
}

#[tokio::test]
async fn who_speaks_of_a_version_hears_that_it_changed() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let asked = vec![
        ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1)),
        ask(&log, &context(id()), Batch::new().at_version::<Heap>(&heap, eventstore::Seq(1), 1)),
    ];
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    assert_eq!(codes(&others.await), ["written", "version"]);
}

#[tokio::test]
async fn a_rival_from_elsewhere_costs_a_second_try_and_nothing_else() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let asked = (0..5).map(|_| ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    let others = tokio::spawn(others);
    door.let_one_in();
    leader.await.unwrap();
    door.arrived(2).await;
    Log::new(door.memory.clone()).execute::<Heap>(&context(id()), &heap, 100).await.unwrap();
    door.open();
    assert_eq!(codes(&others.await.unwrap()), ["written"; 5]);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 106);
    assert_eq!(door.commits().await, 3);
}

#[tokio::test]
async fn a_twin_elsewhere_holds_up_nobody_who_shares_a_commit() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let (twin, tallies) = (context(id()), [id(), id()]);
    let of = |nth: usize| Batch::new().create::<Tally>(&tallies[nth], 1).with::<Heap>(&heap, 1);
    let asked = vec![ask(&log, &context(id()), of(0)), ask(&log, &twin, of(1))];
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    let others = tokio::spawn(others);
    door.let_one_in();
    leader.await.unwrap();
    door.arrived(2).await;
    Log::new(door.memory.clone()).commit(&twin, of(1)).await.unwrap();
    door.open();
    assert_eq!(codes(&others.await.unwrap()), ["written", "replayed"]);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 3);
    assert_eq!(door.commits().await, 5);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_for_everybody() {
    let (door, heap) = (Arc::new(Door::silent()), id());
    let log = log(&door);
    let asked = (0..5).map(|_| ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    assert_eq!(codes(&others.await), ["replayed"; 5]);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 6);
}

#[tokio::test]
async fn a_log_that_is_away_is_waited_for_once_by_all_who_are_refused() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let asked = (0..5).map(|_| ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, LIMIT))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.go_away();
    door.open();
    leader.await.unwrap();
    for told in others.await {
        assert!(matches!(told, Err(CommandError::Read(ReadError::Unavailable(_)))), "{told:?}");
    }
    assert_eq!(door.tried(), 1);
}

#[tokio::test]
async fn who_is_too_large_alone_is_the_only_one_refused_for_it() {
    let (door, heap) = (Arc::new(Door::narrow(3)), id());
    let log = log(&door);
    let of = |tallies: usize| {
        (0..tallies).fold(Batch::new().with::<Heap>(&heap, 1), |batch, _| batch.create::<Tally>(&id(), 1))
    };
    let asked = [1, 3, 2].map(|tallies| ask(&log, &context(id()), of(tallies))).into_iter().collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    assert_eq!(codes(&others.await), ["written", "too_large", "written"]);
    assert_eq!(*log.read_latest::<Heap>(&heap).await.unwrap().state, 3);
}

#[tokio::test]
async fn who_breaks_off_breaks_off_alone() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let of = |by: i32| ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, by));
    let unthinkable = AssertUnwindSafe(of(UNTHINKABLE)).catch_unwind();
    let unthinkable =
        Box::pin(async { unthinkable.await.unwrap_or(Err(CommandError::Contended { attempts: 0 })) });
    let (leader, others) = behind_the_first(&door, &log, heap, 1, vec![of(1), unthinkable, of(1)]).await;
    door.open();
    leader.await.unwrap();
    let told = others.await;
    assert!(matches!(told[1], Err(CommandError::Contended { attempts: 0 })), "{:?}", told[1]);
    assert!(told[0].is_ok() && told[2].is_ok());
    // The aggregate is free again.
    assert_eq!(log.execute::<Heap>(&context(id()), &heap, 1).await.unwrap().position.0, 3);
}

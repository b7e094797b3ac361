//! What shares a commit.

use std::sync::Arc;

use eventstore::{Batch, Context, EventStore, Log, Seq, StreamName};

use crate::door::{Door, ask, behind_the_first};
use crate::heap::Heap;
use crate::tally::{Tally, context, id};
use crate::troubled::log;

const OTHERS: i32 = 63;

#[tokio::test]
async fn commands_that_meet_share_one_commit() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let contexts: Vec<Context> = (0..OTHERS).map(|_| context(id())).collect();
    let asked =
        contexts.iter().map(|context| ask(&log, context, Batch::new().with::<Heap>(&heap, 1))).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    assert_eq!(leader.await.unwrap().position, Seq(1));
    for told in others.await {
        let told = told.unwrap();
        assert_eq!((told.position, told.replayed, told.version_of::<Heap>(&heap)), (Seq(2), false, Seq(2)));
    }
    assert_eq!(door.commits().await, 2);
    assert_eq!(*log.read::<Heap>(&heap).await.unwrap().state, OTHERS + 1);

    // Another process finds each of them by its own name.
    let elsewhere = Log::new(door.memory.clone());
    for context in &contexts {
        let again = elsewhere.execute::<Heap>(context, &heap, 1).await.unwrap();
        assert_eq!((again.position, again.replayed), (Seq(2), true));
    }
    let stored = door.memory.load(&StreamName::of::<Heap>(&heap), Seq(1)).await.unwrap();
    let told: Vec<_> = stored[0].metas().map(|meta| meta.command_id).collect();
    assert_eq!(told, contexts.iter().map(|context| context.command_id).collect::<Vec<_>>());
    let parts: Vec<_> = stored[0].further.iter().map(|further| further.first_event).collect();
    assert_eq!(parts, (1..usize::try_from(OTHERS).unwrap()).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_does_not_combine_stands_apart() {
    let (door, heap, tally) = (Arc::new(Door::shut()), id(), id());
    let log = log(&door);
    let both = || Batch::new().with::<Heap>(&heap, 1).with::<Tally>(&tally, 1);
    let asked = (0..3).map(|_| ask(&log, &context(id()), both())).collect();
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    door.open();
    leader.await.unwrap();
    let positions: Vec<u64> = others.await.into_iter().map(|told| told.unwrap().position.0).collect();
    // One round for each: the heap and the tally.
    assert_eq!(positions, [3, 5, 7]);
    assert_eq!(*log.read::<Tally>(&tally).await.unwrap().state, 3);
}

#[tokio::test]
async fn whoever_meets_nobody_does_not_wait() {
    let (door, heap) = (Arc::new(Door::shut()), id());
    let log = log(&door);
    let mut leader = ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1));
    assert!(futures::poll!(&mut leader).is_pending());
    let stranger = tokio::spawn(ask(&log, &context(id()), Batch::new().create::<Tally>(&id(), 1)));
    // It stands at the door beside the first.
    door.arrived(2).await;
    door.open();
    stranger.await.unwrap().unwrap();
    leader.await.unwrap();
}

#[tokio::test]
async fn whoever_is_done_is_not_held_up_by_the_rest_of_the_group() {
    let (door, heap, tally, other) = (Arc::new(Door::shut()), id(), id(), id());
    let log = log(&door);
    let asked = vec![
        ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1).with::<Tally>(&other, 1)),
        ask(&log, &context(id()), Batch::new().with::<Heap>(&heap, 1).with::<Tally>(&tally, 1)),
        ask(&log, &context(id()), Batch::new().with::<Tally>(&tally, 1)),
    ];
    let (leader, others) = behind_the_first(&door, &log, heap, 1, asked).await;
    let others = tokio::spawn(others);
    door.let_one_in();
    leader.await.unwrap();
    door.let_one_in();
    // The third is left, for the tally doesn't combine; the other tally is free.
    door.arrived(3).await;
    assert_eq!(door.commits().await, 4);
    let free = tokio::spawn(ask(&log, &context(id()), Batch::new().with::<Tally>(&other, 1)));
    door.arrived(4).await;
    door.open();
    assert!(free.await.unwrap().unwrap().version_of::<Tally>(&other) > Seq(4));
    assert!(others.await.unwrap().iter().all(Result::is_ok));
}

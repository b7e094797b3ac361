//! Commands: once for life, all or nothing, never refused from stale knowledge.

use eventstore::{Batch, CommandError, Context, Log, Seq};

use crate::heap::Heap;
use crate::stores::Store;
use crate::tally::{LIMIT, Tally, context, id};

pub async fn a_command_takes_effect_once_for_life(store: Store) {
    let (a, b, command) = (id(), id(), context(id()));
    let batch = || Batch::new().create::<Tally>(&a, 1).create::<Tally>(&b, 2);
    let first = Log::new(store.clone()).commit(&command, batch()).await.unwrap();
    assert!(!first.replayed);
    Log::new(store.clone()).execute::<Tally>(&context(id()), &a, 5).await.unwrap();

    // A new `Log` remembers nothing: like a process started hours later.
    let again = Log::new(store.clone()).commit(&command, batch()).await.unwrap();
    assert!(again.replayed);
    assert_eq!(again.position, first.position);
    assert_eq!(store.head().await.unwrap(), Seq(3));
}

pub async fn a_command_id_reused_for_something_else_is_refused(store: Store) {
    let (tally, log) = (id(), Log::new(store.clone()));
    let asked = |request: &str| Context { request: Some(request.to_owned()), ..context(tally) };
    log.execute::<Tally>(&asked("one"), &tally, 1).await.unwrap();
    let refused = log.execute::<Tally>(&asked("other"), &tally, 2).await;
    assert!(matches!(refused, Err(CommandError::CommandIdReused)), "{refused:?}");
    assert_eq!(store.head().await.unwrap(), Seq(1));
}

pub async fn a_refused_batch_writes_nothing(store: Store) {
    let log = Log::new(store.clone());
    let batch = Batch::new().create::<Tally>(&id(), 1).create::<Tally>(&id(), LIMIT + 1);
    let refused = log.commit(&context(id()), batch).await;
    assert!(
        matches!(&refused, Err(CommandError::Rejected(reason)) if reason.code() == "full"),
        "{refused:?}"
    );
    let tally = id();
    let twice = Batch::new().with::<Tally>(&tally, LIMIT).with::<Tally>(&tally, 1);
    assert!(log.commit(&context(id()), twice).await.is_err());
    assert_eq!(store.head().await.unwrap(), Seq(0));
}

pub async fn a_rejection_is_answered_from_the_latest_state(store: Store) {
    let (tally, here, elsewhere) = (id(), Log::new(store.clone()), Log::new(store));
    here.execute::<Tally>(&context(id()), &tally, LIMIT).await.unwrap();
    assert_eq!(*elsewhere.read_latest::<Tally>(&tally).await.unwrap().state, LIMIT);
    here.execute::<Tally>(&context(id()), &tally, -LIMIT).await.unwrap();
    // What `elsewhere` remembers is full; what the log says is not.
    elsewhere.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    let refused = here.execute::<Tally>(&context(id()), &tally, LIMIT).await;
    assert!(matches!(refused, Err(CommandError::Rejected(_))), "{refused:?}");
}

pub async fn many_writers_on_one_aggregate_lose_nothing(store: Store) {
    let tally = id();
    let logs = [Log::new(store.clone()), Log::new(store.clone())];
    let writers = (0..64_usize).map(|n| {
        let log = logs[n % 2].clone();
        tokio::spawn(async move { log.execute::<Tally>(&context(id()), &tally, 1).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(*Log::new(store).read_latest::<Tally>(&tally).await.unwrap().state, 64);
}

pub async fn many_writers_on_one_heap_lose_nothing(store: Store) {
    let heap = id();
    let logs = [Log::new(store.clone()), Log::new(store.clone())];
    let contexts: Vec<Context> = (0..128).map(|_| context(id())).collect();
    let writers = contexts.iter().cloned().enumerate().map(|(n, context)| {
        let log = logs[n % 2].clone();
        // Every fourth touches an aggregate of its own beside it.
        let batch = Batch::new().with::<Heap>(&heap, 1);
        let batch = if n % 4 == 0 { batch.create::<Tally>(&id(), 1) } else { batch };
        tokio::spawn(async move { log.commit(&context, batch).await })
    });
    let mut positions = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        positions.push(writer.await.unwrap().unwrap().position);
    }
    let later = Log::new(store);
    for (context, position) in contexts.iter().zip(positions) {
        let replayed = later.replay::<Heap>(context, &heap).await.unwrap().unwrap();
        assert!(replayed.position <= position, "{} after {position}", replayed.position);
    }
    assert_eq!(*later.read_latest::<Heap>(&heap).await.unwrap().state, 128);
}

pub async fn a_changed_version_is_a_mismatch(store: Store) {
    let (tally, log) = (id(), Log::new(store));
    let seen = log.execute::<Tally>(&context(id()), &tally, 1).await.unwrap().version_of::<Tally>(&tally);
    log.commit(&context(id()), Batch::new().at_version::<Tally>(&tally, seen, 1)).await.unwrap();
    let stale = log.commit(&context(id()), Batch::new().at_version::<Tally>(&tally, seen, 1)).await;
    assert!(matches!(stale, Err(CommandError::VersionMismatch { .. })), "{stale:?}");
}

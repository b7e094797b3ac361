//! Long histories: begun at a snapshot, and never worse off for one that is no good.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use eventstore::snapshot::COMMITS_PER_SNAPSHOT;
use eventstore::{Context, Log, Memory, Seq, Snapshot, Snapshots, StreamName};
use uuid::Uuid;

use crate::heap::Heap;
use crate::tally::{context, id};

/// Keeps snapshots in memory, and tells who asked for one.
#[derive(Default)]
struct Shelf {
    kept: Mutex<BTreeMap<StreamName, Snapshot>>,
    stuck: bool,
}

#[async_trait]
impl Snapshots for Shelf {
    async fn newest(&self, stream: &StreamName) -> Option<Snapshot> {
        if self.stuck {
            std::future::pending::<()>().await;
        }
        self.kept.lock().unwrap().get(stream).cloned()
    }

    async fn keep(&self, snapshot: Snapshot) {
        self.kept.lock().unwrap().insert(snapshot.stream.clone(), snapshot);
    }
}

/// A heap with a history of some length, the command that came first, and the snapshot that was kept of it.
async fn long_heap(memory: &Arc<Memory>) -> (Uuid, Context, Snapshot) {
    let shelf = Arc::new(Shelf::default());
    let (heap, first) = (id(), context(id()));
    let log = Log::new(memory.clone()).with_snapshots(shelf.clone());
    log.execute::<Heap>(&first, &heap, 5).await.unwrap();
    for nth in 1..COMMITS_PER_SNAPSHOT + 3 {
        let by = if nth % 2 == 0 { 1 } else { -1 };
        log.execute::<Heap>(&context(id()), &heap, by).await.unwrap();
    }
    let snapshot = loop {
        if let Some(snapshot) = shelf.kept.lock().unwrap().values().next().cloned() {
            break snapshot;
        }
        tokio::task::yield_now().await;
    };
    (heap, first, snapshot)
}

async fn with(memory: &Arc<Memory>, snapshot: Snapshot) -> Log {
    let shelf = Shelf::default();
    shelf.keep(snapshot).await;
    Log::new(memory.clone()).with_snapshots(Arc::new(shelf))
}

#[tokio::test]
async fn a_long_history_begins_at_its_snapshot() {
    let memory = Arc::default();
    let (heap, first, snapshot) = long_heap(&memory).await;
    assert_eq!(snapshot.version, Seq(u64::from(COMMITS_PER_SNAPSHOT)));
    // A state that the commits alone don't lead to shows where it began.
    let body = snapshot.body.replace(r#""state":"4""#, r#""state":"104""#);
    assert_ne!(body, snapshot.body);
    let log = with(&memory, Snapshot { body, ..snapshot }).await;
    let folded = Log::new(memory.clone()).read::<Heap>(&heap).await.unwrap();
    let read = log.read::<Heap>(&heap).await.unwrap();
    assert_eq!((*read.state, read.version), (*folded.state + 100, folded.version));
    // What was handled before it is remembered.
    assert_eq!(log.execute::<Heap>(&first, &heap, 5).await.unwrap().position, Seq(1));
    assert!(log.execute::<Heap>(&context(id()), &heap, 1).await.unwrap().position > read.version);
}

#[tokio::test]
async fn a_snapshot_that_is_no_good_is_ignored() {
    let memory = Arc::default();
    let (heap, first, snapshot) = long_heap(&memory).await;
    let folded = Log::new(memory.clone()).read::<Heap>(&heap).await.unwrap();
    let elsewhere = Seq(snapshot.version.0 - 1);
    let beyond = Seq(snapshot.version.0 + 10);
    for bad in [
        Snapshot { body: "{}".to_owned(), ..snapshot.clone() },
        Snapshot { body: snapshot.body.replace(r#""state":"4""#, r#""state":"four""#), ..snapshot.clone() },
        Snapshot { version: elsewhere, ..snapshot.clone() },
        Snapshot { version: beyond, ..snapshot.clone() },
    ] {
        let log = with(&memory, bad).await;
        let read = log.read::<Heap>(&heap).await.unwrap();
        assert_eq!((*read.state, read.version), (*folded.state, folded.version));
        assert!(log.execute::<Heap>(&first, &heap, 5).await.unwrap().replayed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_place_that_does_not_answer_is_not_waited_for() {
    let memory = Arc::default();
    let (heap, ..) = long_heap(&memory).await;
    let stuck = Shelf { stuck: true, ..Shelf::default() };
    let log = Log::new(memory.clone()).with_snapshots(Arc::new(stuck));
    let folded = Log::new(memory).read::<Heap>(&heap).await.unwrap();
    assert_eq!(*log.read::<Heap>(&heap).await.unwrap().state, *folded.state);
}

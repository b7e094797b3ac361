//! When a log is sealed, and what the seals say.

use std::sync::Arc;

use eventstore::{Commit, Expected, Memory, StreamName};
use kernel::id::CommitId;
use uuid::Uuid;

use super::*;
use crate::clock::VirtualClock;

/// So long that a test would fail before it is over.
const NEVER: Duration = Duration::from_hours(1);

fn start() -> Timestamp {
    chrono::DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

/// Appends so many commits, each to a stream of its own.
async fn write(store: &Memory, commits: u64) {
    for _ in 0..commits {
        let nth = store.head().await.unwrap().0 + 1;
        let stream = StreamName::new("order", "order", nth);
        let id = CommitId(Uuid::from_u64_pair(1, nth));
        store.append(Commit::new(stream, Expected::NoStream, id, meta(Seq(nth), start()))).await.unwrap();
    }
}

/// A sealer that works beside the test.
fn sealing(store: &Arc<Memory>, commits: usize, within: Duration) -> tokio::task::JoinHandle<()> {
    let store = store.clone();
    tokio::spawn(async move {
        let clock = VirtualClock::stopped_at(start());
        run(&*store, &clock, Sealing { commits, within }).await.unwrap();
    })
}

/// The next so many seals behind a position, waited for.
async fn seals(store: &Memory, after: u64, count: usize) -> Vec<(u64, Sealed)> {
    let found = store.messages(Seq(after)).await.unwrap().filter_map(|message| async move {
        let message = message.unwrap();
        let stream = message.stream().filter(seal::is_of)?;
        Some((message.seq.0, sealed(&message.read(stream).unwrap()).unwrap().unwrap()))
    });
    let waited = tokio::time::timeout(Duration::from_secs(10), found.take(count).collect());
    waited.await.expect("the seals don't come")
}

/// The hash of a log through a position.
async fn hash(store: &Memory, through: u64) -> seal::LogHash {
    let mut chain = Chain::default();
    let mut messages = store.messages(Seq(0)).await.unwrap();
    while chain.through.0 < through {
        chain.hear(&messages.next().await.unwrap().unwrap());
    }
    chain.hash
}

#[tokio::test]
async fn every_so_many_commits_are_sealed() {
    let store = Arc::new(Memory::default());
    write(&store, 2).await;
    let sealer = sealing(&store, 2, NEVER);
    let first = seals(&store, 0, 1).await;
    assert_eq!(first, [(3, Sealed { through: Seq(2), hash: hash(&store, 2).await, commits: 2 })]);
    write(&store, 2).await;
    let second = seals(&store, 3, 1).await;
    assert_eq!(second, [(6, Sealed { through: Seq(5), hash: hash(&store, 5).await, commits: 2 })]);
    sealer.abort();
}

#[tokio::test]
async fn a_commit_does_not_wait_for_others_for_ever() {
    let store = Arc::new(Memory::default());
    write(&store, 1).await;
    let sealer = sealing(&store, 1_000, Duration::ZERO);
    let first = seals(&store, 0, 1).await;
    assert_eq!((first[0].1.through, first[0].1.commits), (Seq(1), 1));
    sealer.abort();
}

#[tokio::test]
async fn a_seal_alone_is_not_sealed() {
    let store = Arc::new(Memory::default());
    write(&store, 1).await;
    let sealer = sealing(&store, 1, Duration::ZERO);
    seals(&store, 0, 1).await;
    write(&store, 1).await;
    // Had the first seal been sealed for its own sake, that seal would stand at 3.
    let next = seals(&store, 2, 1).await;
    assert_eq!((next[0].0, next[0].1.through, next[0].1.commits), (4, Seq(3), 1));
    sealer.abort();
}

#[tokio::test]
async fn a_sealer_goes_on_behind_the_last_seal() {
    let store = Arc::new(Memory::default());
    write(&store, 2).await;
    let first = sealing(&store, 2, NEVER);
    seals(&store, 0, 1).await;
    first.abort();
    write(&store, 2).await;
    let second = sealing(&store, 2, NEVER);
    let next = seals(&store, 3, 1).await;
    assert_eq!(next, [(6, Sealed { through: Seq(5), hash: hash(&store, 5).await, commits: 2 })]);
    second.abort();
}

#[tokio::test]
async fn of_two_sealers_one_wins_and_the_other_ends() {
    let store = Arc::new(Memory::default());
    write(&store, 1).await;
    let sealing = Sealing { commits: 1, within: NEVER };
    let mut slow = Sealer::behind_last(&*store, sealing).await.unwrap();
    let mut fast = Sealer::behind_last(&*store, sealing).await.unwrap();
    let mut messages = store.messages(Seq(0)).await.unwrap();
    let message = messages.next().await.unwrap().unwrap();
    fast.hear(&message).unwrap();
    assert!(fast.seal(&*store, start()).await.unwrap());
    write(&store, 1).await;
    slow.hear(&message).unwrap();
    slow.chain.hear(&messages.next().await.unwrap().unwrap());
    slow.chain.hear(&messages.next().await.unwrap().unwrap());
    assert!(!slow.seal(&*store, start()).await.unwrap());
    assert_eq!(seals(&store, 0, 1).await[0].1.through, Seq(1));
}

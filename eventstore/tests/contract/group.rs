//! Many writers at once: none lost, none doubled, none out of order, and only the loser of a race hears of it.

use std::collections::BTreeMap;

use eventstore::{AppendError, Appended, Commit, Filter, Seq};
use futures::StreamExt;
use kernel::id::CommitId;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::stores::Store;
use crate::tally::id;
use crate::written::{commit, stream};

const WRITERS: usize = 64;
const ROUNDS: usize = 40;
/// Every so many-th commit meets a rival: 5 %.
const RIVAL_EVERY: usize = 20;

/// What one writer was told: its aggregate, and each commit that it was told stands, with its position.
struct Journal {
    tally: Uuid,
    acknowledged: Vec<(CommitId, Seq)>,
    lost: Vec<CommitId>,
}

pub async fn sixty_four_writers_with_rivals_lose_nothing(store: Store) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(store.clone(), writer));
    }
    let journals = writers.join_all().await;

    let log = walk(&store).await;
    let acknowledged: usize = journals.iter().map(|journal| journal.acknowledged.len()).sum();
    assert_eq!(acknowledged, WRITERS * ROUNDS);
    assert_eq!(log.len(), acknowledged, "commits that nobody was told of, or some twice");
    for journal in &journals {
        let stored = store.load_latest(&stream(journal.tally), Seq(0)).await.unwrap();
        let stored: Vec<_> = stored.iter().map(|commit| (commit.commit_id, commit.seq)).collect();
        assert_eq!(stored, journal.acknowledged);
        assert!(journal.lost.iter().all(|lost| !log.contains_key(lost)));
    }
    let lost: usize = journals.iter().map(|journal| journal.lost.len()).sum();
    assert_eq!(lost, WRITERS * ROUNDS / RIVAL_EVERY);
}

/// Writes one commit after the other to one aggregate; now and then two at once, of which one must lose.
async fn write(store: Store, writer: usize) -> Journal {
    let mut journal = Journal { tally: id(), acknowledged: Vec::new(), lost: Vec::new() };
    let mut last = Seq(0);
    for round in 0..ROUNDS {
        let own = commit(journal.tally, last, 1);
        let won = if (writer + round).is_multiple_of(RIVAL_EVERY) {
            race(&store, own, commit(journal.tally, last, 1), &mut journal.lost).await
        } else {
            (own.id(), store.append(own).await.unwrap().seq())
        };
        last = won.1;
        journal.acknowledged.push(won);
    }
    journal
}

async fn race(store: &Store, a: Commit, b: Commit, lost: &mut Vec<CommitId>) -> (CommitId, Seq) {
    let (id_a, id_b) = (a.id(), b.id());
    match tokio::join!(store.append(a), store.append(b)) {
        (Ok(Appended::Committed(seq)), Err(AppendError::Conflict { .. })) => {
            lost.push(id_b);
            (id_a, seq)
        }
        (Err(AppendError::Conflict { .. }), Ok(Appended::Committed(seq))) => {
            lost.push(id_a);
            (id_b, seq)
        }
        other => panic!("not one winner and one loser: {other:?}"),
    }
}

/// Every commit of the log by its id.
async fn walk(store: &Store) -> BTreeMap<CommitId, Seq> {
    let head = store.head().await.unwrap();
    let mut tail = store.tail(Seq(0), Filter::All).await.unwrap();
    let mut log = BTreeMap::new();
    for _ in 0..head.0 {
        let eventstore::Tailed::Commit(commit) = tail.next().await.unwrap().unwrap() else {
            panic!("passed")
        };
        assert!(log.insert(commit.commit_id, commit.seq).is_none(), "{} twice", commit.commit_id);
    }
    log
}

/// Writes of several commits keep together and in order, whatever they share their group with.
pub async fn a_write_of_several_commits_stands_in_one_piece(store: Store) {
    let mut writers = JoinSet::new();
    for size in (1..=8).cycle().take(WRITERS) {
        let store = store.clone();
        writers.spawn(async move {
            let commits: Vec<Commit> = (0..size).map(|_| commit(id(), Seq(0), 1)).collect();
            let ids: Vec<CommitId> = commits.iter().map(Commit::id).collect();
            (ids, store.append_all(commits).await.unwrap().seq())
        });
    }
    let written = writers.join_all().await;
    let log = walk(&store).await;
    for (ids, last) in written {
        let first = last.0 + 1 - u64::try_from(ids.len()).unwrap();
        let stand: Vec<Seq> = ids.iter().map(|id| log[id]).collect();
        assert_eq!(stand, (first..=last.0).map(Seq).collect::<Vec<_>>());
    }
}

//! Guarded appends: one winner, all or nothing, known outcomes.

use eventstore::{AppendError, Appended, Seq};

use crate::stores::Store;
use crate::tally::id;
use crate::written::{commit, stream};

const RACES: usize = 300;

pub async fn a_guard_lets_one_writer_through(store: Store) {
    let tally = id();
    let first = store.append(commit(tally, Seq(0), 1)).await.unwrap().seq();
    let late = store.append(commit(tally, Seq(0), 2)).await;
    assert!(matches!(late, Err(AppendError::Conflict { .. })), "{late:?}");
    let next = store.append(commit(tally, first, 3)).await.unwrap();
    assert!(matches!(next, Appended::Committed(seq) if seq > first));
    assert_eq!(store.load_latest(&stream(tally), Seq(0)).await.unwrap().len(), 2);
}

pub async fn the_same_commit_again_is_already_committed(store: Store) {
    let one = commit(id(), Seq(0), 1);
    let seq = store.append(one.clone()).await.unwrap().seq();
    store.append(commit(id(), Seq(0), 1)).await.unwrap();
    assert_eq!(store.append(one).await.unwrap(), Appended::AlreadyCommitted(seq));

    let batch = vec![commit(id(), Seq(0), 1), commit(id(), Seq(0), 2)];
    let last = store.append_all(batch.clone()).await.unwrap().seq();
    assert_eq!(store.append_all(batch).await.unwrap(), Appended::AlreadyCommitted(last));
    assert_eq!(store.head().await.unwrap(), last);
}

pub async fn several_streams_are_written_all_or_nothing(store: Store) {
    let (a, b, c) = (id(), id(), id());
    store.append(commit(b, Seq(0), 1)).await.unwrap();
    let head = store.head().await.unwrap();
    let refused =
        store.append_all(vec![commit(a, Seq(0), 1), commit(b, Seq(0), 1), commit(c, Seq(0), 1)]).await;
    assert!(matches!(refused, Err(AppendError::Conflict { .. })), "{refused:?}");
    assert_eq!(store.head().await.unwrap(), head);

    let last =
        store.append_all(vec![commit(a, Seq(0), 1), commit(b, head, 1), commit(c, Seq(0), 1)]).await.unwrap();
    assert_eq!(last, Appended::Committed(Seq(head.0 + 3)));
    for (tally, at) in [(a, head.0 + 1), (b, head.0 + 2), (c, head.0 + 3)] {
        let stored = store.load_latest(&stream(tally), Seq(0)).await.unwrap();
        assert_eq!(stored.last().map(|commit| commit.seq), Some(Seq(at)));
    }
}

pub async fn a_batch_over_the_limit_is_refused(store: Store) {
    let batch = |size: usize| (0..size).map(|_| commit(id(), Seq(0), 1)).collect::<Vec<_>>();
    let refused = store.append_all(batch(1_001)).await;
    assert!(matches!(refused, Err(AppendError::TooLarge(_))), "{refused:?}");
    assert_eq!(store.head().await.unwrap(), Seq(0));
    assert_eq!(store.append_all(batch(1_000)).await.unwrap(), Appended::Committed(Seq(1_000)));
}

pub async fn of_two_racing_writers_exactly_one_wins(store: Store) {
    let tally = id();
    let mut last = Seq(0);
    for _ in 0..RACES {
        let (left, right) =
            tokio::join!(store.append(commit(tally, last, 1)), store.append(commit(tally, last, 2)));
        last = sole_winner(left, right);
    }
    assert_eq!(store.load_latest(&stream(tally), Seq(0)).await.unwrap().len(), RACES);
}

pub async fn of_two_racing_batches_exactly_one_wins(store: Store) {
    let (a, b) = (id(), id());
    let (mut last_a, mut last_b) = (Seq(0), Seq(0));
    for _ in 0..RACES {
        let batch = || vec![commit(a, last_a, 1), commit(b, last_b, 1)];
        let (left, right) = tokio::join!(store.append_all(batch()), store.append_all(batch()));
        last_b = sole_winner(left, right);
        last_a = Seq(last_b.0 - 1);
    }
    assert_eq!(store.head().await.unwrap().0, 2 * u64::try_from(RACES).unwrap());
}

fn sole_winner(left: Result<Appended, AppendError>, right: Result<Appended, AppendError>) -> Seq {
    match (left, right) {
        (Ok(Appended::Committed(seq)), Err(AppendError::Conflict { .. }))
        | (Err(AppendError::Conflict { .. }), Ok(Appended::Committed(seq))) => seq,
        other => panic!("not one winner and one loser: {other:?}"),
    }
}

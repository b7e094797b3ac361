//! Two processes on one log: each `Log` stands for one, with a memory of its own.

use eventstore::{Batch, Filter, Log, Seq};

use crate::stores::Store;
use crate::tally::{Tally, context, id};

pub async fn a_replay_is_found_by_a_process_that_did_not_write_it(store: Store) {
    let (here, elsewhere, tally) = (Log::new(store.clone()), Log::new(store), id());
    here.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    assert_eq!(*elsewhere.read::<Tally>(&tally).await.unwrap().state, 1);

    let command = context(id());
    let first = here.execute::<Tally>(&command, &tally, 1).await.unwrap();
    let again = elsewhere.replay::<Tally>(&command, &tally).await.unwrap();
    assert_eq!(again.map(|outcome| outcome.position), Some(first.position));
    assert!(elsewhere.replay::<Tally>(&context(id()), &tally).await.unwrap().is_none());
}

pub async fn a_process_that_follows_the_log_reads_what_others_write(store: Store) {
    let (here, elsewhere, tally) = (Log::new(store.clone()), Log::new(store), id());
    here.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    let follower = tokio::spawn({
        let elsewhere = elsewhere.clone();
        async move { elsewhere.keep_fresh(Filter::All).await }
    });
    for expected in 2..=20 {
        here.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
        while *elsewhere.read::<Tally>(&tally).await.unwrap().state != expected {
            assert!(!follower.is_finished(), "the follower ended");
            tokio::task::yield_now().await;
        }
    }
    follower.abort();
}

pub async fn a_follower_that_begins_anew_trusts_nothing_it_knew(store: Store) {
    let (here, elsewhere, tally) = (Log::new(store.clone()), Log::new(store), id());
    here.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    assert_eq!(*elsewhere.read::<Tally>(&tally).await.unwrap().state, 1);
    // Nobody follows while this is written.
    here.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    let follower = tokio::spawn({
        let elsewhere = elsewhere.clone();
        async move { elsewhere.keep_fresh(Filter::All).await }
    });
    while *elsewhere.read::<Tally>(&tally).await.unwrap().state != 2 {
        assert!(!follower.is_finished(), "the follower ended");
        tokio::task::yield_now().await;
    }
    follower.abort();
}

pub async fn a_stream_stands_once_in_a_batch(store: Store) {
    let tally = id();
    let twice = vec![crate::written::commit(tally, Seq(0), 1), crate::written::commit(tally, Seq(0), 2)];
    let refused = store.append_all(twice).await;
    assert!(refused.is_err(), "{refused:?}");
    assert!(store.append_all(Vec::new()).await.is_err());
    assert_eq!(store.head().await.unwrap(), Seq(0));
}

pub async fn a_version_asked_for_beside_another_command_still_counts(store: Store) {
    let (log, tally) = (Log::new(store), id());
    log.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    let stale = Batch::new().with::<Tally>(&tally, 1).at_version::<Tally>(&tally, Seq(99), 1);
    assert!(log.commit(&context(id()), stale).await.is_err());
    assert_eq!(*log.read_latest::<Tally>(&tally).await.unwrap().state, 1);
}

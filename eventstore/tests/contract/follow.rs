//! Many who follow one log: each sees everything once and in order, however far behind it is.

use std::ops::RangeInclusive;

use async_nats::jetstream;
use eventstore::{Filter, JetStream, Seq, Tailing};
use futures::StreamExt;

use crate::stores::{Store, site};
use crate::tally::id;
use crate::written::commit;

/// Commits of one append.
const BATCH: u64 = 900;
/// Appends: together more commits than any window keeps for who isn't at the end.
const BATCHES: u64 = 6;

async fn write(store: &dyn eventstore::EventStore, commits: u64) {
    store.append_all((0..commits).map(|_| commit(id(), Seq(0), 1)).collect()).await.unwrap();
}

async fn see(tail: &mut Tailing, positions: RangeInclusive<u64>) {
    for position in positions {
        assert_eq!(tail.next().await.unwrap().unwrap().seq(), Seq(position));
    }
}

pub async fn a_follower_that_fell_far_behind_misses_nothing(store: Store) {
    write(&*store, 3).await;
    let mut slow = store.tail(Seq(0), Filter::All).await.unwrap();
    let mut quick = store.tail(Seq(0), Filter::All).await.unwrap();
    see(&mut slow, 1..=3).await;
    see(&mut quick, 1..=3).await;
    let mut end = 3;
    for _ in 0..BATCHES {
        write(&*store, BATCH).await;
        see(&mut quick, end + 1..=end + BATCH).await;
        end += BATCH;
    }
    see(&mut slow, 4..=end).await;
    write(&*store, 1).await;
    see(&mut slow, end + 1..=end + 1).await;
    see(&mut quick, end + 1..=end + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_follow_in_a_process_share_one_consumer() {
    let (client, config) = site("JANGTEO_NATS_URL", 1).await;
    let log = JetStream::open(client.clone(), &config).await.unwrap();
    let store: &dyn eventstore::EventStore = &log;
    let (mut first, mut second) =
        (store.tail(Seq(0), Filter::All).await.unwrap(), store.tail(Seq(0), Filter::All).await.unwrap());
    write(store, 2).await;
    see(&mut first, 1..=2).await;
    see(&mut second, 1..=2).await;
    let mut sealing = store.messages(Seq(0)).await.unwrap();
    assert_eq!(sealing.next().await.unwrap().unwrap().seq, Seq(1));
    let name = format!("{}-log", config.prefix.as_str());
    let info = jetstream::new(client).get_stream(name).await.unwrap().get_info().await.unwrap();
    assert_eq!(info.state.consumer_count, 1);
}

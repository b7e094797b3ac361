//! A bucket keeps the last value of each key, written behind the revision that the writer has seen. Many writes at once share
//! batches; of two rivals one is told that the other was first.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "a test stops at the first surprise; sites and tallies are shared with the contract's tests"
)]

#[path = "contract/stores.rs"]
mod stores;
#[path = "contract/tally.rs"]
mod tally;

use std::time::Duration;

use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::{self, kv};
use eventstore::{Bucket, BucketConfig, Seq};
use futures::future::join_all;
use tally::{context, id};

/// How many write at once: more than make a batch.
const WRITERS: u64 = 200;
const TIME_TO_LIVE: Duration = Duration::from_hours(1);

/// A connection, and how a bucket of one's own is kept there.
async fn site(variable: &str, replicas: usize) -> (async_nats::Client, BucketConfig) {
    let (client, config) = stores::site(variable, replicas).await;
    let name = format!("{}-values", config.prefix.as_str());
    (client, BucketConfig { name, replicas, time_to_live: TIME_TO_LIVE })
}

async fn write(bucket: &Bucket, key: u64, value: &str, seen: Seq) -> Option<Seq> {
    bucket.write(&context(id()), &format!("key.{key}"), value.into(), seen).await.unwrap()
}

/// What stands under a key, as the leader knows it.
async fn last(client: &async_nats::Client, config: &BucketConfig, key: u64) -> StreamMessage {
    let stream = jetstream::new(client.clone()).get_stream(format!("KV_{}", config.name)).await.unwrap();
    stream.get_last_raw_message_by_subject(&format!("$KV.{}.key.{key}", config.name)).await.unwrap()
}

async fn value(client: &async_nats::Client, config: &BucketConfig, key: u64) -> (String, Seq) {
    let message = last(client, config, key).await;
    (String::from_utf8(message.payload.to_vec()).unwrap(), Seq(message.sequence))
}

/// How many of a bucket's last values came in a batch.
async fn batched(client: &async_nats::Client, config: &BucketConfig) -> usize {
    let values = join_all((0..WRITERS).map(|key| last(client, config, key))).await;
    values.iter().filter(|message| message.headers.get("Nats-Batch-Id").is_some()).count()
}

async fn each_of_many_has_its_own_revision(variable: &str, replicas: usize) {
    let (client, config) = site(variable, replicas).await;
    let bucket = Bucket::open(client.clone(), config.clone()).await.unwrap();
    let first = join_all((0..WRITERS).map(|key| write(&bucket, key, "first", Seq(0)))).await;
    // Every tenth has seen nothing yet: its write must change nothing, whatever it shares a batch with.
    let is_stale = |key: u64| key.is_multiple_of(10);
    let again = (0..WRITERS).zip(&first).map(|(key, first)| {
        write(&bucket, key, "second", if is_stale(key) { Seq(0) } else { first.unwrap() })
    });
    let second = join_all(again).await;
    for ((key, first), second) in (0..WRITERS).zip(first).zip(second) {
        assert_eq!(second.is_none(), is_stale(key), "{key}");
        let stands = second.map_or(("first", first), |second| ("second", Some(second)));
        let (value, revision) = value(&client, &config, key).await;
        assert_eq!((value.as_str(), Some(revision)), stands, "{key}");
    }
    assert!(batched(&client, &config).await > 0, "no write has shared a batch");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_writes_has_its_own_revision_on_one_server() {
    each_of_many_has_its_own_revision("JANGTEO_NATS_URL", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_writes_has_its_own_revision_on_three_servers() {
    each_of_many_has_its_own_revision("JANGTEO_NATS_R3_URL", 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_saw_the_same_one_is_first() {
    let (client, config) = site("JANGTEO_NATS_URL", 1).await;
    let (here, there) = (
        Bucket::open(client.clone(), config.clone()).await.unwrap(),
        Bucket::open(client.clone(), config.clone()).await.unwrap(),
    );
    let mut seen = Seq(0);
    for _ in 0..WRITERS {
        let (a, b) = tokio::join!(write(&here, 1, "a", seen), write(&there, 1, "b", seen));
        let stands = match (a, b) {
            (Some(revision), None) => ("a".to_owned(), revision),
            (None, Some(revision)) => ("b".to_owned(), revision),
            other => panic!("not one who was first: {other:?}"),
        };
        assert_eq!(value(&client, &config, 1).await, stands);
        seen = stands.1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_was_made_without_batches_takes_them() {
    let (client, config) = site("JANGTEO_NATS_URL", 1).await;
    let kept = kv::Config {
        bucket: config.name.clone(),
        history: 1,
        max_age: TIME_TO_LIVE,
        num_replicas: 1,
        ..kv::Config::default()
    };
    let made = jetstream::new(client.clone()).create_key_value(kept).await.unwrap();
    let revision = Seq(made.put("key.0", "before".into()).await.unwrap());
    let bucket = Bucket::open(client.clone(), config.clone()).await.unwrap();
    let before = bucket.read("key.0").await.unwrap().unwrap();
    assert_eq!((before.value.as_ref(), Seq(before.revision)), (b"before".as_slice(), revision));
    let seen = |key: u64| if key == 0 { revision } else { Seq(0) };
    let written = join_all((0..WRITERS).map(|key| write(&bucket, key, "after", seen(key)))).await;
    assert!(written.iter().all(Option::is_some));
    assert!(batched(&client, &config).await > 0, "no write has shared a batch");
}

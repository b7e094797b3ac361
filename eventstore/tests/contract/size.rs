//! What is too large for the server is refused at once, and nobody else suffers.

use eventstore::{AppendError, Commit, Expected, JetStream, Meta, Seq, StoredEvent};
use kernel::id::CommitId;
use serde_json::value::RawValue;

use crate::stores::Store;
use crate::tally::{context, id};
use crate::written::{commit, stream};

/// Over the server's 1 MiB.
const TOO_MANY_BYTES: usize = 1_100_000;

fn oversized() -> Commit {
    let data = RawValue::from_string(format!("\"{}\"", "x".repeat(TOO_MANY_BYTES))).unwrap();
    let event = StoredEvent { name: "added".to_owned(), version: 1, data };
    let meta = Meta::from(&context(id()));
    Commit::new(stream(id()), Expected::NoStream, CommitId(id()), meta).with_events(vec![event])
}

pub async fn an_oversized_commit_is_refused_and_its_neighbours_are_not(store: Store) {
    let alone = store.append(oversized());
    let in_company = store.append_all(vec![commit(id(), Seq(0), 1), oversized(), commit(id(), Seq(0), 1)]);
    let neighbours = futures::future::join_all((0..16).map(|_| store.append(commit(id(), Seq(0), 1))));
    let (alone, in_company, neighbours) = tokio::join!(alone, in_company, neighbours);
    assert!(matches!(alone, Err(AppendError::TooLarge(_))), "{alone:?}");
    assert!(matches!(in_company, Err(AppendError::TooLarge(_))), "{in_company:?}");
    assert!(neighbours.iter().all(Result::is_ok), "{neighbours:?}");
    assert_eq!(store.head().await.unwrap(), Seq(16));
}

#[tokio::test]
async fn a_log_kept_with_other_settings_is_not_opened() {
    let (client, mut config) = crate::stores::site("JANGTEO_NATS_R3_URL", 1).await;
    JetStream::open(client.clone(), &config).await.unwrap();
    config.replicas = 3;
    let refused = JetStream::open(client, &config).await.map(|_| ()).unwrap_err();
    assert_eq!(refused.to_string(), "the log's stream has replicas 1, configured is 3");
}

//! A sealed log whose files or messages somebody changed behind the house's back.

use async_nats::jetstream;
use eventstore::seal::{self, Chain};
use eventstore::{
    Commit, Context, EventStore, Expected, JetStream, JetStreamConfig, Message, Meta, Prefix, Seq,
    StoredEvent, StreamName,
};
use futures::StreamExt;
use jangteo::clock::SystemClock;
use jangteo::ids;
use jangteo::sealer::{self, Sealing};
use kernel::Actor;
use kernel::id::{CommandId, CommitId, CorrelationId};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::command::{Told, jangteo};
use crate::server::{Folder, Server};

const PREFIX: &str = "sealed";
const PLACED: &str = include_str!("../../domains/order/tests/golden/order.placed.v1.json");
/// Orders in the log; behind each ten of them a seal.
const ORDERS: u64 = 30;

async fn open(server: &Server) -> JetStream {
    let client = async_nats::connect(&server.url).await.unwrap();
    JetStream::open(client, &JetStreamConfig::new(Prefix::new(PREFIX).unwrap(), 1)).await.unwrap()
}

async fn verify(server: &Server, more: &[&str]) -> Told {
    jangteo(&server.url, PREFIX, &[&["verify"], more].concat()).await
}

/// The id of an order's commit: text that stands in the log once.
fn commit_id(order: u64) -> CommitId {
    CommitId(Uuid::from_u64_pair(0x7a6d_7065_7200_8000, order))
}

fn placed(order: u64) -> Commit {
    let id = ids::fresh();
    let meta = Meta::from(&Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::Guest,
        at: chrono::DateTime::UNIX_EPOCH,
        request: None,
    });
    let data = RawValue::from_string(PLACED.to_owned()).unwrap();
    let event = StoredEvent { name: "placed".to_owned(), version: 1, data };
    let stream = StreamName::new("order", "order", order);
    Commit::new(stream, Expected::NoStream, commit_id(order), meta).with_events(vec![event])
}

/// A log of thirty orders, ten before each of three seals: at 11, 22 and 33.
async fn sealed(folder: &Folder) {
    let server = Server::start(folder).await;
    let store = open(&server).await;
    let sealing = Sealing { commits: 10, within: std::time::Duration::from_hours(1) };
    let mut seals = store.messages(Seq(0)).await.unwrap();
    for order in 1..=ORDERS {
        store.append(placed(order)).await.unwrap();
        if order.is_multiple_of(10) {
            tokio::select! {
                ended = sealer::run(&store, &SystemClock, sealing) => unreachable!("{ended:?}"),
                () = next_seal(&mut seals) => {}
            }
        }
    }
    server.stop().await;
}

async fn next_seal(messages: &mut eventstore::Messages) {
    while let Some(message) = messages.next().await {
        if message.unwrap().stream().is_some_and(|stream| seal::is_of(&stream)) {
            return;
        }
    }
}

async fn messages(server: &Server) -> Vec<Message> {
    let store = open(server).await;
    let head = store.head().await.unwrap();
    store.walk(Seq(0), head).map(Result::unwrap).collect().await
}

/// Publishes a log's messages anew, as anybody may who can write to the server.
async fn republish(server: &Server, messages: &[Message]) {
    open(server).await;
    let jetstream = jetstream::new(async_nats::connect(&server.url).await.unwrap());
    for message in messages {
        let subject = format!("{PREFIX}.{}", message.name);
        let stored = jetstream.publish(subject, message.payload.clone()).await.unwrap().await.unwrap();
        assert_eq!(stored.sequence, message.seq.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bit_changed_in_the_servers_files_is_found() {
    let folder = Folder::new();
    sealed(&folder).await;
    let copy = folder.copy();
    let untouched = Server::start(&copy).await;
    let sound = verify(&untouched, &[]).await;
    assert!(sound.succeeded, "{sound:?}");
    assert!(sound.out.contains("sealed through position 32"), "{sound:?}");

    for (order, position) in [(15, 16), (25, 27)] {
        let copy = folder.copy();
        copy.flip(&commit_id(order).to_string());
        let server = Server::start(&copy).await;
        let told = verify(&server, &[]).await;
        assert!(!told.succeeded, "{told:?}");
        // The server has a checksum of its own and doesn't give the message out.
        assert!(told.out.contains(&format!("missing, through {position}")), "{told:?}");
        assert!(told.out.contains(&format!("the first to be seen at {position}")), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bit_changed_in_a_seal_is_found() {
    let folder = Folder::new();
    sealed(&folder).await;
    folder.flip(seal::stream().as_str());
    let server = Server::start(&folder).await;
    let told = verify(&server, &[]).await;
    let range = "1 to 21 are not what the seal at 22 was made over, the first to be seen at 11";
    assert!(!told.succeeded && told.out.contains(range), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bit_changed_in_the_last_message_is_found() {
    let folder = Folder::new();
    sealed(&folder).await;
    let server = Server::start(&folder).await;
    open(&server).await.append(placed(ORDERS + 1)).await.unwrap();
    server.stop().await;
    folder.flip(&commit_id(ORDERS + 1).to_string());
    let server = Server::start(&folder).await;
    let told = verify(&server, &[]).await;
    assert!(!told.succeeded && told.out.contains("missing, through 34"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_written_anew_with_one_character_changed_is_found() {
    let folder = Folder::new();
    sealed(&folder).await;
    let original = Server::start(&folder).await;
    let mut messages = messages(&original).await;

    let (same, other) = (Folder::new(), Folder::new());
    let same = Server::start(&same).await;
    republish(&same, &messages).await;
    let told = verify(&same, &[]).await;
    assert!(told.succeeded, "the same messages are the same log: {told:?}");

    let payload = String::from_utf8(messages[15].payload.to_vec()).unwrap();
    messages[15].payload = payload.replacen(r#""kind":"guest""#, r#""kind": "guest""#, 1).into();
    let other = Server::start(&other).await;
    republish(&other, &messages).await;
    let told = verify(&other, &[]).await;
    let range = "11 to 21 are not what the seal at 22 was made over";
    assert!(!told.succeeded && told.out.contains(range), "{told:?}");
}

/// A seal that is kept outside tells also where the log's own seals were taken along.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_cut_off_is_found_by_a_seal_kept_outside() {
    let folder = Folder::new();
    sealed(&folder).await;
    let original = Server::start(&folder).await;
    let messages = messages(&original).await;
    let mut chain = Chain::default();
    for message in messages.iter().take(32) {
        chain.hear(message);
    }
    let kept = chain.to_string();
    let told = verify(&original, &["--expect-seal", &kept]).await;
    assert!(told.succeeded && told.out.contains(&kept), "{told:?}");

    let short = Folder::new();
    let short = Server::start(&short).await;
    republish(&short, &messages[..20]).await;
    assert!(verify(&short, &[]).await.succeeded, "nothing inside tells what was cut off");
    let told = verify(&short, &["--expect-seal", &kept]).await;
    let said = "the log was sealed through 32, but ends at 20";
    assert!(!told.succeeded && told.out.contains(said), "{told:?}");
    let told = verify(&short, &["--expect-seal", "32"]).await;
    assert!(told.error.contains("a seal is POSITION:HASH"), "{told:?}");
}

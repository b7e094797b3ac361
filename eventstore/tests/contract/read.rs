//! Loading and following.

use eventstore::{
    Commit, Expected, Filter, Log, Message, Meta, ReadError, Seq, StoredEvent, StreamName, Tailed,
};
use futures::StreamExt;
use kernel::id::CommitId;

use crate::stores::Store;
use crate::tally::{Tally, context, id};
use crate::written::{commit, stream};

pub async fn a_long_stream_is_loaded_whole_and_in_order(store: Store) {
    let tally = id();
    let mut written = Vec::new();
    for by in 1..=600 {
        let after = written.last().copied().unwrap_or_default();
        written.push(store.append(commit(tally, after, by)).await.unwrap().seq());
        if by % 100 == 0 {
            store.append(commit(id(), Seq(0), 1)).await.unwrap();
        }
    }
    let loaded = store.load_latest(&stream(tally), Seq(0)).await.unwrap();
    assert_eq!(loaded.iter().map(|commit| commit.seq).collect::<Vec<_>>(), written);
    let rest = store.load_latest(&stream(tally), written[520]).await.unwrap();
    assert_eq!(rest.first().map(|commit| commit.seq), Some(written[521]));
    assert_eq!(rest.len(), 79);
    assert!(store.load(&stream(id()), Seq(0)).await.unwrap().is_empty());
}

pub async fn a_tail_starts_anywhere_and_goes_on(store: Store) {
    for _ in 0..10 {
        store.append(commit(id(), Seq(0), 1)).await.unwrap();
    }
    let mut tail = store.tail(Seq(4), Filter::All).await.unwrap();
    for expected in 5..=10 {
        assert_eq!(tail.next().await.unwrap().unwrap().seq(), Seq(expected));
    }
    store.append(commit(id(), Seq(0), 1)).await.unwrap();
    assert_eq!(tail.next().await.unwrap().unwrap().seq(), Seq(11));
}

pub async fn a_walk_ends_where_it_is_told_to(store: Store) {
    for _ in 0..600 {
        store.append(commit(id(), Seq(0), 1)).await.unwrap();
    }
    for (after, through, expected) in [(0, 600, 1..=600), (255, 300, 256..=300), (598, 700, 599..=600)] {
        let walked: Vec<u64> = store.walk(Seq(after), Seq(through)).map(|m| m.unwrap().seq.0).collect().await;
        assert_eq!(walked, expected.collect::<Vec<_>>());
    }
    assert!(store.walk(Seq(600), Seq(600)).next().await.is_none());
}

/// However they are read, the same messages stand there: what is sealed by one reader is proven by another.
pub async fn messages_are_the_same_however_they_are_read(store: Store) {
    let tally = id();
    for after in 0..3 {
        store.append(commit(tally, Seq(after), 1)).await.unwrap();
    }
    let followed: Vec<Message> =
        store.messages(Seq(0)).await.unwrap().take(3).map(Result::unwrap).collect().await;
    let walked: Vec<Message> = store.walk(Seq(0), Seq(3)).map(Result::unwrap).collect().await;
    for (followed, walked) in followed.iter().zip(&walked) {
        assert_eq!((followed.seq, &followed.name), (walked.seq, &walked.name));
        assert_eq!(followed.payload, walked.payload);
        assert_eq!(walked.stream().unwrap(), stream(tally));
        assert_eq!(walked.read(stream(tally)).unwrap().seq, walked.seq);
    }
    assert_eq!((followed.len(), walked.len()), (3, 3));
    store.append(commit(id(), Seq(0), 1)).await.unwrap();
    let of_stream = store.messages_of(&stream(tally)).await.unwrap();
    assert_eq!(of_stream.iter().map(|message| message.seq.0).collect::<Vec<_>>(), [1, 2, 3]);
}

pub async fn a_streams_last_commit_is_found(store: Store) {
    let tally = id();
    assert!(store.last(&stream(tally)).await.unwrap().is_none());
    store.append(commit(tally, Seq(0), 1)).await.unwrap();
    store.append(commit(tally, Seq(1), 2)).await.unwrap();
    store.append(commit(id(), Seq(0), 1)).await.unwrap();
    assert_eq!(store.last(&stream(tally)).await.unwrap().unwrap().seq, Seq(2));
}

pub async fn a_tail_passes_by_what_was_not_asked_for(store: Store) {
    store.append(commit(id(), Seq(0), 1)).await.unwrap();
    store.append(foreign("other.thing.1", "happened")).await.unwrap();
    let mut tail = store.tail(Seq(0), Filter::Contexts(&["other"])).await.unwrap();
    assert!(matches!(tail.next().await, Some(Ok(Tailed::Passed(Seq(1))))));
    let Some(Ok(Tailed::Commit(found))) = tail.next().await else { panic!("the commit is missing") };
    assert_eq!(found.stream.as_str(), "other.thing.1");
}

pub async fn an_unknown_event_stops_the_fold_at_its_position(store: Store) {
    let tally = id();
    store.append(foreign(stream(tally).as_str(), "never_heard_of")).await.unwrap();
    let error = Log::new(store).read::<Tally>(&tally).await.unwrap_err();
    assert!(matches!(&error, ReadError::Event { seq: Seq(1), .. }), "{error}");
    assert!(error.to_string().contains("unknown event `never_heard_of` version 1"), "{error}");
}

fn foreign(name: &str, event: &str) -> Commit {
    let tokens: Vec<&str> = name.split('.').collect();
    let stream = StreamName::new(tokens[0], tokens[1], tokens[2]);
    let event = format!(r#"{{"type":"{event}","version":1,"data":{{}}}}"#);
    let event: StoredEvent = serde_json::from_str(&event).unwrap();
    Commit::new(stream, Expected::NoStream, CommitId(id()), Meta::from(&context(id())))
        .with_events(vec![event])
}

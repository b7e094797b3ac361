//! A sealed log that somebody tampered with.

use async_trait::async_trait;
use eventstore::seal::{self, LogHash, Sealed};
use eventstore::{AppendError, Appended, Filter, Messages, Tailing};

use super::*;

/// A log whose messages stand there whatever anybody once wrote.
struct Tampered(Vec<Message>);

#[async_trait]
impl EventStore for Tampered {
    async fn append(&self, _: Commit) -> Result<Appended, AppendError> {
        panic!("nobody writes here")
    }

    async fn append_all(&self, _: Vec<Commit>) -> Result<Appended, AppendError> {
        panic!("nobody writes here")
    }

    async fn load(&self, _: &StreamName, _: Seq) -> Result<Vec<Recorded>, ReadError> {
        panic!("nobody loads a stream whose commits follow one another")
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.load(stream, after).await
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        Ok(self.0.iter().filter(|message| message.stream().as_ref() == Some(stream)).cloned().collect())
    }

    async fn last(&self, _: &StreamName) -> Result<Option<Recorded>, ReadError> {
        panic!("nobody asks for the last one")
    }

    async fn messages(&self, _: Seq) -> Result<Messages, ReadError> {
        panic!("nobody follows")
    }

    fn walk(&self, _: Seq, _: Seq) -> Messages {
        futures::stream::iter(self.0.clone().into_iter().map(Ok)).boxed()
    }

    async fn tail(&self, _: Seq, _: Filter) -> Result<Tailing, ReadError> {
        panic!("nobody follows")
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        Ok(self.0.last().map_or(Seq(0), |message| message.seq))
    }
}

/// Orders at 1, 2, 3, a seal through 3 at 4; orders at 5, 6, a seal through 6 at 7; an order at 8.
async fn sealed() -> Vec<Message> {
    let memory = Memory::default();
    let mut chain = Chain::default();
    let mut last = Seq(0);
    for position in 1..=8 {
        let commit = if matches!(position, 4 | 7) {
            let commits = if position == 4 { 3 } else { 2 };
            let sealed = Sealed { through: chain.through, hash: chain.hash, commits };
            let commit = seal::commit(sealed, last, meta(position)).unwrap();
            last = Seq(position);
            commit
        } else {
            placed(position)
        };
        memory.append(commit).await.unwrap();
        chain.hear(&memory.walk(Seq(position - 1), Seq(position)).next().await.unwrap().unwrap());
    }
    memory.walk(Seq(0), Seq(8)).map(Result::unwrap).collect().await
}

fn placed(nth: u64) -> Commit {
    let data = RawValue::from_string(PLACED.to_owned()).unwrap();
    let event = StoredEvent { name: "placed".to_owned(), version: 1, data };
    let stream = StreamName::new("order", "order", nth);
    let id = CommitId(Uuid::from_u64_pair(0, nth));
    Commit::new(stream, Expected::NoStream, id, meta(nth)).with_events(vec![event])
}

async fn report(messages: Vec<Message>, seals: &[Chain]) -> Report {
    let outside = Outside { seals: seals.to_vec(), ..Outside::default() };
    verify(&Tampered(messages), outside, |_| ()).await.unwrap()
}

async fn found(messages: Vec<Message>) -> Vec<(u64, String)> {
    let found = report(messages, &[]).await.findings;
    found.into_iter().map(|found| (found.position.unwrap().0, found.flaw.to_string())).collect()
}

/// The message at a position with another payload, of the same length.
fn alter(messages: &mut [Message], position: usize, from: &str, to: &str) {
    let message = &mut messages[position - 1];
    let payload = String::from_utf8(message.payload.to_vec()).unwrap();
    assert!(payload.contains(from), "{payload}");
    message.payload = payload.replacen(from, to, 1).into();
}

/// The hash of a log through a position.
fn hash(messages: &[Message], through: u64) -> Chain {
    let mut chain = Chain::default();
    for message in messages.iter().filter(|message| message.seq.0 <= through) {
        chain.hear(message);
    }
    chain
}

const ALTERED: &str = "altered, missing or reordered";

#[tokio::test]
async fn an_untouched_log_agrees_with_its_seals_and_names_the_last() {
    let messages = sealed().await;
    let kept: Vec<Chain> = (1..=8).map(|through| hash(&messages, through)).collect();
    let report = report(messages.clone(), &kept).await;
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.sealed, Some(hash(&messages, 6)));
    let seal = format!("sealed through position 6: keep outside --expect-seal {}", hash(&messages, 6));
    assert!(report.to_string().contains(&seal), "{report}");
}

#[tokio::test]
async fn what_was_altered_is_between_two_seals() {
    let mut messages = sealed().await;
    alter(&mut messages, 5, r#""kind":"guest""#, r#""kind": "guest""#);
    let expected = format!("{ALTERED}: 4 to 6 are not what the seal at 7 was made over");
    assert_eq!(found(messages).await, [(4, expected)]);
}

#[tokio::test]
async fn an_alteration_that_can_be_seen_is_named_to_the_position() {
    let mut messages = sealed().await;
    alter(&mut messages, 2, "placed", "plaxed");
    let found = found(messages).await;
    let expected =
        format!("{ALTERED}: 1 to 3 are not what the seal at 4 was made over, the first to be seen at 2");
    assert!(found[0].0 == 2 && found[0].1.contains("unknown event `plaxed`"), "{found:?}");
    assert_eq!(found[1..], [(2, expected)]);
}

#[tokio::test]
async fn a_missing_message_is_found_twice() {
    let mut messages = sealed().await;
    messages.remove(4);
    let expected =
        format!("{ALTERED}: 4 to 6 are not what the seal at 7 was made over, the first to be seen at 5");
    assert_eq!(found(messages).await, [(5, "missing, through 5".to_owned()), (5, expected)]);
}

#[tokio::test]
async fn messages_that_changed_places_are_found() {
    let mut messages = sealed().await;
    messages.swap(0, 1);
    (messages[0].seq, messages[1].seq) = (Seq(1), Seq(2));
    let expected = format!("{ALTERED}: 1 to 3 are not what the seal at 4 was made over");
    assert_eq!(found(messages).await, [(1, expected)]);
}

#[tokio::test]
async fn each_alteration_is_found_by_its_own_seal() {
    let mut messages = sealed().await;
    alter(&mut messages, 1, r#""kind":"guest""#, r#""kind": "guest""#);
    alter(&mut messages, 6, r#""kind":"guest""#, r#""kind": "guest""#);
    let positions: Vec<u64> = found(messages).await.into_iter().map(|(position, _)| position).collect();
    assert_eq!(positions, [1, 4]);
}

#[tokio::test]
async fn an_altered_seal_is_found() {
    let mut messages = sealed().await;
    let (sealed, other) = (hash(&messages, 3).hash, hash(&messages, 2).hash);
    alter(&mut messages, 4, &sealed.to_string(), &other.to_string());
    assert!(!found(messages).await.is_empty());
}

/// Who can rewrite everything can seal it anew: only a seal that was kept outside tells.
#[tokio::test]
async fn a_log_that_was_rewritten_with_its_seals_does_not_agree_with_one_kept_outside() {
    let original = sealed().await;
    let kept = [hash(&original, 3), hash(&original, 6)];
    let mut rewritten = original;
    alter(&mut rewritten, 5, r#""kind":"guest""#, r#""kind": "guest""#);
    let (old, new) = (kept[1].hash.to_string(), hash(&rewritten, 6).hash.to_string());
    alter(&mut rewritten, 7, &old, &new);
    assert!(report(rewritten.clone(), &[]).await.is_sound());
    let found = report(rewritten, &kept).await.findings;
    let expected = format!("{ALTERED}: 4 to 6 are not what the seal kept outside was made over");
    assert_eq!(found.iter().map(|found| found.flaw.to_string()).collect::<Vec<_>>(), [expected]);
}

#[tokio::test]
async fn a_log_that_was_cut_off_is_shorter_than_a_seal_kept_outside() {
    let mut messages = sealed().await;
    let kept = [hash(&messages, 6)];
    messages.truncate(5);
    assert!(report(messages.clone(), &[]).await.is_sound());
    let found = report(messages, &kept).await.findings;
    assert_eq!(found[0].flaw, Flaw::EndsBeforeSeal { through: Seq(6), head: Seq(5) });
}

#[tokio::test]
async fn a_seal_of_what_is_behind_it_is_none() {
    let memory = Memory::default();
    let hash: LogHash = "0f".repeat(32).parse().unwrap();
    let sealed = Sealed { through: Seq(1), hash, commits: 1 };
    memory.append(seal::commit(sealed, Seq(0), meta(1)).unwrap()).await.unwrap();
    let report = verify(&memory, Outside::default(), |_| ()).await.unwrap();
    let law = "seals through 1, after a seal through 0".to_owned();
    assert_eq!(report.findings[0].flaw, Flaw::LawBroken { law });
}

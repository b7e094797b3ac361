//! Following the log: an ordered consumer that starts again where it was whenever the server lost it.

use std::time::Duration;

use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use async_nats::jetstream::consumer::{DeliverPolicy, ReplayPolicy};
use async_nats::jetstream::stream::Stream;
use futures::StreamExt;

use super::{Backoff, JetStream};
use crate::{Filter, Message, Messages, Prefix, ReadError, Seq, Tailed, Tailing};

/// How often in a row a consumer may be lost without having brought a message.
const MAX_LOST: u32 = 100;

/// The walk's own state: where it is and what feeds it.
struct Walk {
    stream: Stream<()>,
    prefix: Prefix,
    at: Seq,
    messages: Ordered,
    patience: Duration,
}

pub(super) async fn messages(log: &JetStream, after: Seq) -> Result<Messages, ReadError> {
    let (stream, prefix) = (log.stream.clone(), log.prefix.clone());
    let messages = subscribe(&stream, after, log.patience).await?;
    let walk = Walk { stream, prefix, at: after, messages, patience: log.patience };
    Ok(futures::stream::unfold(walk, |mut walk| async move { Some((walk.step().await, walk)) }).boxed())
}

pub(super) async fn tail(log: &JetStream, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
    let messages = messages(log, after).await?;
    Ok(messages.map(move |message| message.and_then(|message| read(&message, filter))).boxed())
}

fn read(message: &Message, filter: Filter) -> Result<Tailed, ReadError> {
    match message.stream().filter(|stream| filter.wants(stream)) {
        Some(stream) => message.read(stream).map(|commit| Tailed::Commit(Box::new(commit))),
        None => Ok(Tailed::Passed(message.seq)),
    }
}

impl Walk {
    /// The next step. A lost consumer is made anew where the walk is; how long that is tried counts from the loss.
    async fn step(&mut self) -> Result<Message, ReadError> {
        for _ in 0..MAX_LOST {
            if let Some(Ok(message)) = self.messages.next().await
                && let Ok(info) = message.info()
            {
                let seq = Seq(info.stream_sequence);
                if seq > self.at {
                    self.at = seq;
                    let message = message.message;
                    return Ok(self.prefix.message(seq, &message.subject, message.payload));
                }
            }
            // Gone, or begun anew before the walk's place: the client does so where it had not read a message yet.
            self.messages = subscribe(&self.stream, self.at, self.patience).await?;
        }
        Err(ReadError::Unavailable("the log's consumer is lost again and again".to_owned()))
    }
}

/// A consumer behind a position, asked for until the server makes it or the patience is at its end.
async fn subscribe(stream: &Stream<()>, after: Seq, patience: Duration) -> Result<Ordered, ReadError> {
    let mut backoff = Backoff::lasting(patience);
    loop {
        let refused = match consume(stream, after).await {
            Ok(messages) => return Ok(messages),
            Err(refused) => refused,
        };
        backoff.pause().await.map_err(|_| ReadError::Unavailable(refused))?;
    }
}

async fn consume(stream: &Stream<()>, after: Seq) -> Result<Ordered, String> {
    let config = OrderedConfig {
        deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: after.0 + 1 },
        replay_policy: ReplayPolicy::Instant,
        ..OrderedConfig::default()
    };
    let consumer = stream.create_consumer(config).await.map_err(|error| error.to_string())?;
    consumer.messages().await.map_err(|error| error.to_string())
}

//! The end of the log as it grows: an ordered consumer that starts again where it was whenever the server lost it.

use std::time::Duration;

use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use async_nats::jetstream::consumer::{DeliverPolicy, ReplayPolicy};
use async_nats::jetstream::stream::Stream;
use futures::StreamExt;

use super::Backoff;
use super::source::Source;
use crate::{Message, ReadError, Seq};

/// How often in a row a consumer may be lost without having brought a message.
const MAX_LOST: u32 = 100;

/// The stream behind a position, message after message.
pub(super) struct Tail {
    source: Source,
    at: Seq,
    messages: Ordered,
}

impl Tail {
    pub(super) async fn open(source: &Source, after: Seq) -> Result<Self, ReadError> {
        let messages = subscribe(&source.stream, after, source.patience).await?;
        Ok(Self { source: source.clone(), at: after, messages })
    }

    /// The next message. A lost consumer is made anew where the tail is; how long that is tried counts from the loss.
    pub(super) async fn next(&mut self) -> Result<Message, ReadError> {
        let Source { stream, prefix, patience, .. } = &self.source;
        for _ in 0..MAX_LOST {
            if let Some(Ok(message)) = self.messages.next().await
                && let Ok(info) = message.info()
            {
                let seq = Seq(info.stream_sequence);
                if seq > self.at {
                    self.at = seq;
                    let message = message.message;
                    return Ok(prefix.message(seq, &message.subject, message.payload));
                }
            }
            // Gone, or begun anew before the tail's place: the client does so where it had not read a message yet.
            self.messages = subscribe(stream, self.at, *patience).await?;
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

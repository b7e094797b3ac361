//! Following the log: an ordered consumer that starts again where it was whenever the server lost it.

use std::time::Duration;

use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use async_nats::jetstream::consumer::{DeliverPolicy, ReplayPolicy};
use async_nats::jetstream::stream::Stream;
use futures::StreamExt;

use super::{Backoff, JetStream};
use crate::{Filter, Prefix, ReadError, Recorded, Seq, Tailed, Tailing};

/// How often in a row a consumer may be lost without having brought a message.
const MAX_LOST: u32 = 100;

/// The walk's own state: where it is and what feeds it.
struct Walk {
    stream: Stream<()>,
    prefix: Prefix,
    filter: Filter,
    at: Seq,
    messages: Ordered,
    patience: Duration,
}

pub(super) async fn tail(log: &JetStream, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
    let (stream, prefix) = (log.stream.clone(), log.prefix.clone());
    let messages = subscribe(&stream, after, log.patience).await?;
    let walk = Walk { stream, prefix, filter, at: after, messages, patience: log.patience };
    Ok(futures::stream::unfold(walk, |mut walk| async move { Some((walk.step().await, walk)) }).boxed())
}

impl Walk {
    /// The next step. A lost consumer is made anew where the walk is; how long that is tried counts from the loss.
    async fn step(&mut self) -> Result<Tailed, ReadError> {
        for _ in 0..MAX_LOST {
            if let Some(Ok(message)) = self.messages.next().await
                && let Ok(info) = message.info()
            {
                let seq = Seq(info.stream_sequence);
                if seq > self.at {
                    self.at = seq;
                    return self.read(seq, &message);
                }
            }
            // Gone, or begun anew before the walk's place: the client does so where it had not read a message yet.
            self.messages = subscribe(&self.stream, self.at, self.patience).await?;
        }
        Err(ReadError::Unavailable("the log's consumer is lost again and again".to_owned()))
    }

    fn read(&self, seq: Seq, message: &async_nats::Message) -> Result<Tailed, ReadError> {
        match self.prefix.stream(&message.subject).filter(|stream| self.filter.wants(stream)) {
            Some(stream) => {
                Recorded::parse(seq, stream, &message.payload).map(|r| Tailed::Commit(Box::new(r)))
            }
            None => Ok(Tailed::Passed(seq)),
        }
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

//! Following the log: an ordered consumer that starts again where it was whenever the server lost it.

use std::time::Duration;

use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use async_nats::jetstream::consumer::{DeliverPolicy, ReplayPolicy};
use async_nats::jetstream::stream::Stream;
use futures::StreamExt;

use super::{Backoff, JetStream};
use crate::{Filter, Prefix, ReadError, Recorded, Seq, Tailed, Tailing};

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
    let messages = subscribe(&stream, after).await?;
    let walk = Walk { stream, prefix, filter, at: after, messages, patience: log.patience };
    Ok(futures::stream::unfold(walk, |mut walk| async move { Some((walk.step().await, walk)) }).boxed())
}

impl Walk {
    /// The next step; a lost consumer is made anew a bounded time long.
    async fn step(&mut self) -> Result<Tailed, ReadError> {
        let mut backoff = Backoff::lasting(self.patience);
        loop {
            if let Some(Ok(message)) = self.messages.next().await
                && let Ok(info) = message.info()
            {
                let seq = Seq(info.stream_sequence);
                if seq > self.at {
                    self.at = seq;
                    return self.read(seq, &message);
                }
                continue;
            }
            let gave_up = |_| ReadError::Unavailable("the log's consumer is gone".to_owned());
            backoff.pause().await.map_err(gave_up)?;
            if let Ok(messages) = subscribe(&self.stream, self.at).await {
                self.messages = messages;
            }
        }
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

async fn subscribe(stream: &Stream<()>, after: Seq) -> Result<Ordered, ReadError> {
    let unavailable = |error: String| ReadError::Unavailable(error);
    let config = OrderedConfig {
        deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: after.0 + 1 },
        replay_policy: ReplayPolicy::Instant,
        ..OrderedConfig::default()
    };
    let consumer = stream.create_consumer(config).await.map_err(|e| unavailable(e.to_string()))?;
    consumer.messages().await.map_err(|e| unavailable(e.to_string()))
}

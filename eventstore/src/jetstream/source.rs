//! Where the log is read: its stream, by its leader or by whichever replica answers.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::stream::Stream;

use super::Backoff;
use super::direct::DirectGet;
use crate::{Prefix, ReadError, Seq};

/// What every way of reading needs.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) stream: Stream<()>,
    pub(super) direct: Arc<DirectGet>,
    pub(super) prefix: Prefix,
    /// How long a call goes on asking.
    pub(super) patience: Duration,
}

impl Source {
    /// The position of the last message.
    pub(super) async fn head(&self) -> Result<Seq, ReadError> {
        let mut backoff = Backoff::lasting(self.patience);
        loop {
            match self.stream.get_info().await {
                Ok(info) => return Ok(Seq(info.state.last_sequence)),
                Err(error) if backoff.pause().await.is_err() => {
                    return Err(ReadError::Unavailable(error.to_string()));
                }
                Err(_) => {}
            }
        }
    }
}

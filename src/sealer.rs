//! Sealing the log as it grows: a seal behind every so many commits, and soon behind the last one when it grows no more.
//!
//! It goes on from the last seal there is. Several may run: each appends behind the last seal that it knows of, so that
//! one of them wins and the others begin anew behind it. A log with nothing new in it but seals stays as it is.

use std::collections::VecDeque;
use std::time::Duration;

use eventstore::seal::{self, Chain, Event, Sealed};
use eventstore::{AppendError, Context, EventStore, Message, Messages, Meta, ReadError, Recorded, Seq};
use futures::StreamExt;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Timestamp};
use sagas::Clock;
use tokio::time::Instant;

use crate::ids;

/// When the log is sealed.
#[derive(Debug, Clone, Copy)]
pub struct Sealing {
    /// Behind so many commits.
    pub commits: usize,
    /// When a commit has waited so long for the others.
    pub within: Duration,
}

impl Default for Sealing {
    /// What may be altered unseen is a minute old at most, and a busy log is sealed once in a thousand commits.
    fn default() -> Self {
        Self { commits: 1_000, within: Duration::from_mins(1) }
    }
}

/// Why a sealer stopped.
#[derive(Debug, thiserror::Error)]
pub enum SealerError {
    /// The log can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The seal can't be appended.
    #[error("a seal cannot be appended: {0}")]
    Append(#[from] AppendError),
    /// The seal can't be written down.
    #[error("a seal cannot be encoded: {0}")]
    Encode(#[from] serde_json::Error),
}

/// Seals the log for as long as it can be followed; ends when another sealer was faster.
pub async fn run(store: &dyn EventStore, clock: &dyn Clock, sealing: Sealing) -> Result<(), SealerError> {
    let mut sealer = Sealer::behind_last(store, sealing).await?;
    let mut messages = store.messages(sealer.chain.through).await?;
    loop {
        match next(&mut messages, sealer.due()).await {
            Next::Message(message) => sealer.hear(&message?)?,
            Next::Due => {}
            Next::End => return Ok(()),
        }
        if sealer.is_due() && !sealer.seal(store, clock.now()).await? {
            return Ok(());
        }
    }
}

enum Next {
    Message(Result<Message, ReadError>),
    Due,
    End,
}

/// Waits for the next message, but not past a seal that is due.
async fn next(messages: &mut Messages, due: Option<Instant>) -> Next {
    let waited = match due {
        Some(due) => tokio::time::timeout_at(due, messages.next()).await,
        None => Ok(messages.next().await),
    };
    match waited {
        Ok(Some(message)) => Next::Message(message),
        Ok(None) => Next::End,
        Err(_) => Next::Due,
    }
}

/// How far the hash has come, and what waits to be sealed.
struct Sealer {
    sealing: Sealing,
    chain: Chain,
    /// The position of the last seal: the guard of the next one.
    last: Seq,
    /// Commits behind the last seal's hash; never more than are sealed at once.
    waiting: VecDeque<Seq>,
    /// Since when the first of them waits.
    since: Instant,
}

impl Sealer {
    async fn behind_last(store: &dyn EventStore, sealing: Sealing) -> Result<Self, ReadError> {
        let (chain, last) = match store.last(&seal::stream()).await? {
            Some(commit) => (sealed(&commit)?.map_or_else(Chain::default, |it| Chain::from(&it)), commit.seq),
            None => (Chain::default(), Seq(0)),
        };
        Ok(Self { sealing, chain, last, waiting: VecDeque::new(), since: Instant::now() })
    }

    fn hear(&mut self, message: &Message) -> Result<(), ReadError> {
        self.chain.hear(message);
        match message.stream().filter(seal::is_of) {
            Some(stream) => {
                self.last = message.seq;
                if let Some(seal) = sealed(&message.read(stream)?)? {
                    self.waiting.retain(|waiting| *waiting > seal.through);
                }
            }
            None if self.waiting.is_empty() => {
                self.waiting.push_back(message.seq);
                self.since = Instant::now();
            }
            None => self.waiting.push_back(message.seq),
        }
        Ok(())
    }

    fn due(&self) -> Option<Instant> {
        (!self.waiting.is_empty()).then(|| self.since + self.sealing.within)
    }

    fn is_due(&self) -> bool {
        self.waiting.len() >= self.sealing.commits || self.due().is_some_and(|due| due <= Instant::now())
    }

    /// Appends a seal over all that was heard; `false` where another sealer was faster.
    async fn seal(&mut self, store: &dyn EventStore, at: Timestamp) -> Result<bool, SealerError> {
        let Chain { through, hash } = self.chain;
        let commits = u64::try_from(self.waiting.len()).unwrap_or(u64::MAX);
        let commit = seal::commit(Sealed { through, hash, commits }, self.last, meta(through, at))?;
        match store.append(commit).await {
            Ok(appended) => {
                self.last = appended.seq();
                self.waiting.clear();
                Ok(true)
            }
            Err(AppendError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn sealed(commit: &Recorded) -> Result<Option<Sealed>, ReadError> {
    let last = commit.decode::<Event>()?.pop();
    Ok(last.map(|Event::Sealed(sealed)| sealed))
}

/// Two sealers who seal the same are one: the id follows from what is sealed.
fn meta(through: Seq, at: Timestamp) -> Meta {
    let id = ids::derived(&["seal", &through.to_string()]);
    Meta::from(&Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: Some(through),
        actor: Actor::system("sealer"),
        at,
        request: None,
    })
}

#[cfg(test)]
mod tests;

//! What a saga can't be given: noted in the log for an operator, so that the others go on; and given once more when a
//! release can. Never here: what it is.

use std::sync::Arc;
use std::time::Duration;

use eventstore::{CommandError, Context, ReadError, Recorded, Seq, StreamName, Tailed};
use futures::StreamExt;
use kernel::Actor;
use kernel::id::{CommandId, CorrelationId};
use uuid::Uuid;

use crate::deliver::{Deliverer, NAMESPACE};
use crate::issuer::is_outage;
use crate::process::CONTEXT;
use crate::unheard::{Ask, Noted, Unheard, UnheardId};

/// The pause between two tries to note something in a log that is away.
const PAUSE: Duration = Duration::from_secs(1);

impl Deliverer {
    /// Notes that a saga could not be given a commit. Nothing can go on without the log, so this waits for it.
    pub(crate) async fn note_unheard(
        &self,
        saga: &'static str,
        position: Seq,
        key: Option<String>,
        error: String,
    ) {
        tracing::error!(saga, %position, key, error, "a saga can't be given a commit");
        let id = UnheardId { saga: saga.to_owned(), position };
        let noted = Noted { saga: saga.to_owned(), position, key, error };
        while let Err(error) = self.try_note(&id, noted.clone()).await {
            if !is_outage(&error) {
                tracing::error!(saga, %position, %error, "nor can that be noted");
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Each time that it is met anew is a command of its own.
    async fn try_note(&self, id: &UnheardId, noted: Noted) -> Result<(), CommandError> {
        let version = self.log.read_latest::<Unheard>(id).await?.version;
        let name = format!("unheard/{id}/{version}");
        let context = Context {
            command_id: CommandId(Uuid::new_v5(&NAMESPACE, name.as_bytes())),
            correlation_id: CorrelationId(NAMESPACE),
            causation: Some(id.position),
            actor: Actor::system(format!("saga.{}", id.saga)),
            at: self.clock.now(),
            request: None,
        };
        self.log.execute::<Unheard>(&context, id, Ask::Note(noted)).await.map(drop)
    }

    /// Where an instance's stream ends, readable or not. Nothing can go on without the log, so this waits for it.
    pub(crate) async fn end_of(&self, saga: &str, key: &str) -> Seq {
        let stream = StreamName::new(CONTEXT, saga, key);
        loop {
            match self.log.store().load_latest(&stream, Seq(0)).await {
                Ok(commits) => return commits.last().map_or(Seq(0), |last| last.seq),
                Err(
                    ReadError::Envelope { seq, .. }
                    | ReadError::Gap { seq, .. }
                    | ReadError::Event { seq, .. },
                ) => return seq,
                Err(ReadError::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// The commit at a position; `None` where another message stands there.
    pub(crate) async fn commit_at(&self, position: Seq) -> Result<Option<Arc<Recorded>>, ReadError> {
        let before = Seq(position.0.saturating_sub(1));
        let mut tail = self.log.tail(before, eventstore::Filter::All).await?;
        match tail.next().await.transpose()? {
            Some(Tailed::Commit(recorded)) if recorded.seq == position => Ok(Some(recorded)),
            Some(Tailed::Commit(_) | Tailed::Passed(_)) | None => Ok(None),
        }
    }
}

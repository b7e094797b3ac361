//! What an operator says: about a command that is held back, and about a commit that a saga could not be given. It is a fact
//! in the log first; the coordinator hears it there and goes on, in whatever process it runs.

use std::sync::Arc;

use eventstore::{CommandError, Context, Log, Outcome, Seq};
use kernel::Timestamp;

use crate::process::{Ask, Compensated, Resolved};
use crate::unheard::{self, Heard, State, Unheard, UnheardId};
use crate::{Coordinator, IssueError, Saga, Sagas};

/// What an operator says about a held-back command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is done otherwise.
    Resolve(Resolved),
    /// It is given up.
    Compensate(Compensated),
}

impl Word {
    pub(crate) fn ask<S: Saga>(self, at: Timestamp) -> Ask<S> {
        match self {
            Self::Resolve(resolved) => Ask::Resolve(resolved),
            Self::Compensate(compensated) => Ask::Compensate { compensated, at },
        }
    }
}

impl Sagas {
    /// Takes an operator's word on a held-back command, once per command id; `None` where there is no such saga, or none
    /// of its instances can have that key. What follows from it is the coordinator's.
    pub async fn say(
        &self,
        log: &Log,
        context: &Context,
        (saga, key): (&str, &str),
        word: Word,
    ) -> Result<Option<Outcome>, CommandError> {
        match self.entrances.get(saga) {
            Some(entrance) => entrance.say(log, context, key, word).await,
            None => Ok(None),
        }
    }
}

impl Coordinator {
    /// Gives a saga a commit that it could not be given before, once per command id; says where the log tells of it,
    /// and fails where it still can't be given. It goes to its end whether or not the caller waits for it.
    pub async fn hear(
        self: &Arc<Self>,
        context: &Context,
        saga: &str,
        position: Seq,
        reason: &str,
    ) -> Result<Seq, IssueError> {
        let (this, context) = (self.clone(), context.clone());
        let (saga, reason) = (saga.to_owned(), reason.to_owned());
        let heard = tokio::spawn(async move {
            let id = UnheardId { saga: saga.clone(), position };
            if let Some(outcome) = this.deliverer.log.replay::<Unheard>(&context, &id).await? {
                return Ok(outcome.position);
            }
            let state = this.deliverer.log.read_latest::<Unheard>(&id).await?.state;
            if let State::Waiting { key } = &*state {
                this.give(&saga, position, key.as_deref()).await?;
            }
            let heard = unheard::Ask::Hear(Heard { saga, position, reason });
            Ok(this.deliverer.log.execute::<Unheard>(&context, &id, heard).await?.position)
        });
        heard.await.unwrap_or_else(|cut_off| Err(IssueError::Broken(cut_off.to_string())))
    }

    /// Gives a saga a commit; where it waits for an instance, that must be readable.
    async fn give(&self, saga: &str, position: Seq, key: Option<&str>) -> Result<(), CommandError> {
        if let Some(recorded) = self.deliverer.commit_at(position).await? {
            for delivery in self.engine.route_to(saga, &recorded)? {
                delivery.handle(&self.deliverer).await?;
            }
        }
        match (key, self.sagas.get(saga)) {
            (Some(key), Some(entrance)) => entrance.check(&self.deliverer.log, key).await,
            (_, _) => Ok(()),
        }
    }
}

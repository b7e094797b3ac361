//! What operators say about commands of sagas that are held back and about commits that sagas could not be given. Never here:
//! what follows from it (that is the coordinator's).

use eventstore::{CommandError, Context, ReadError, Seq};
use kernel::Text;
use sagas::operator::Word;
use sagas::process::{Compensated, Resolved};
use sagas::{IssueError, every_saga};
use uuid::Uuid;

use super::parked::{failed, not_ready};
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::workers;

/// A command of a saga that is held back.
#[derive(Debug, Clone)]
pub struct HeldCommand {
    /// The saga.
    pub saga: String,
    /// Its instance.
    pub key: Uuid,
    /// The command's name within the instance.
    pub command: String,
}

impl App {
    /// Counts a held-back command as gone through; says where the log tells of it.
    pub async fn resolve_held(
        &self,
        context: &Context,
        held: &HeldCommand,
        reason: &Text<500>,
    ) -> Result<Seq, ServiceError> {
        let resolved = Resolved { command: held.command.clone(), reason: reason.to_string() };
        self.say(context, held, Word::Resolve(resolved)).await
    }

    /// Counts a held-back command as refused with a code; says where the log tells of it.
    pub async fn compensate_held(
        &self,
        context: &Context,
        held: &HeldCommand,
        (code, reason): (String, &Text<500>),
    ) -> Result<Seq, ServiceError> {
        let compensated = Compensated { command: held.command.clone(), code, reason: reason.to_string() };
        self.say(context, held, Word::Compensate(compensated)).await
    }

    async fn say(&self, context: &Context, held: &HeldCommand, word: Word) -> Result<Seq, ServiceError> {
        let instance = (held.saga.as_str(), &*held.key.to_string());
        let said = every_saga().say(&self.log, context, instance, word).await?;
        Ok(said.ok_or(Refusal::NotFound("saga"))?.position)
    }

    /// Gives a saga a commit that it could not be given before; says where the log tells of it.
    pub async fn hear_unheard(
        &self,
        context: &Context,
        (saga, position): (&str, Seq),
        reason: &Text<500>,
    ) -> Result<Seq, ServiceError> {
        if !every_saga().names().any(|name| name == saga) {
            return Err(Refusal::NotFound("saga").into());
        }
        let coordinator = workers::coordinator(self).await.map_err(not_ready)?;
        coordinator.hear(context, saga, position, reason.as_str()).await.map_err(|error| match error {
            IssueError::Command(CommandError::Read(
                unreadable @ (ReadError::Event { .. } | ReadError::Envelope { .. } | ReadError::Gap { .. }),
            )) => Refusal::StillUnreadable(unreadable.to_string()).into(),
            error @ (IssueError::Command(_) | IssueError::Outside(_) | IssueError::Broken(_)) => {
                failed(error)
            }
        })
    }
}

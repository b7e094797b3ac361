//! Changing one aggregate as the back office wants it, at the version that the caller saw. Never here: a rule.

use claim::Claim;
use claim::command::{Accept, Approve};
use claim::value::{Kind, Party};
use eventstore::{Batch, Context, Outcome, Seq};
use kernel::id::{ClaimId, PayoutId, StatementId};
use kernel::{Decider, Rejection, RejectionKind};
use settlement::Statement;
use settlement::command::RetryPayout;
use settlement::value::PayoutKey;

use super::ServiceError;
use crate::app::App;

/// Nothing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing to change: name at least one thing")]
pub struct NothingToChange;

impl Rejection for NothingToChange {
    fn code(&self) -> &'static str {
        "nothing_to_change"
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Invalid
    }
}

impl App {
    /// Gives commands to one aggregate, all or none. Where a version is named, only while it stands there.
    pub async fn change<D: Decider>(
        &self,
        context: &Context,
        id: &D::Id,
        seen: Option<Seq>,
        commands: impl IntoIterator<Item = D::Command> + Send,
    ) -> Result<Outcome, ServiceError>
    where
        D::Command: Clone + Sync,
    {
        let mut commands = commands.into_iter().peekable();
        if commands.peek().is_none() {
            return Err(ServiceError::refused(NothingToChange));
        }
        let batch = commands.fold(Batch::new(), |batch, command| match seen {
            Some(version) => batch.at_version::<D>(id, version, command),
            None => batch.with::<D>(id, command),
        });
        Ok(self.log.commit(context, batch).await?)
    }

    /// Says yes to a claim in the merchant's place: approves a cancel, accepts a return.
    pub async fn grant_claim(
        &self,
        context: &Context,
        claim: ClaimId,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        let (by, at) = (Party::Operator, context.at);
        let command = match self.log.read_latest::<Claim>(&claim).await?.state.kind() {
            Some(Kind::Return) => claim::Command::Accept(Accept { by, at }),
            Some(Kind::Cancel) | None => claim::Command::Approve(Approve { by, at }),
        };
        self.change::<Claim>(context, &claim, seen, [command]).await
    }

    /// Has a payout tried once more that the bank did not make.
    pub async fn retry_payout(
        &self,
        context: &Context,
        statement: StatementId,
        payout: PayoutId,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        // Nothing happens to a statement between the failure and the next try: its version is the failure's position.
        let cites = self.log.read_latest::<Statement>(&statement).await?.version.0;
        let key =
            PayoutKey::new(payout.to_string()).map_err(|error| ServiceError::Broken(error.to_string()))?;
        let retry = RetryPayout { statement, payout, key, cites, at: context.at };
        self.change::<Statement>(context, &statement, seen, [settlement::Command::RetryPayout(retry)]).await
    }
}

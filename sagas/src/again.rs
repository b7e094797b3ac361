//! Once more: a command that was held back is tried again, by an operator's wish. Never here: a command's first tries.

use eventstore::CommandError;
use kernel::id::CorrelationId;

use crate::deliver::{Deliverer, Issue, NAMESPACE, Pending, REFUSED, Refusal, refusal};
use crate::delivery::Why;
use crate::issuer::IssueError;
use crate::process::{Ask, Instance, Process, Resumed};
use crate::{Command, Effect, Saga};

/// A command that was held back, and where it stands.
struct Held<'a> {
    part: &'a str,
    source: &'a str,
    ordinal: usize,
    command: &'a Command,
}

impl Deliverer {
    /// Tries a parked command again, by an operator's wish; then the step goes on behind it. A refusal that the saga
    /// expects is an outcome too, and goes to the saga; any other leaves the command parked.
    pub(crate) async fn retry<S: Saga>(
        &self,
        key: &S::Key,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        let read = self.log.read_latest::<Process<S>>(key).await.map_err(CommandError::from)?;
        let instance = read.state;
        let parked = instance.parked.contains_key(part).then(|| held::<S>(&instance, part)).flatten();
        let Some(held) = parked else { return Ok(false) };
        let why = Why { causation: Some(read.version), correlation: CorrelationId(NAMESPACE) };
        let name = format!("{}/{key}/{part}", S::NAME);
        let issue = Issue { name, at: self.clock.now(), why };
        self.once_more::<S>(key, (&instance, &held), &issue).await?;
        let resumed = Resumed { command: part.to_owned(), reason: reason.to_owned() };
        let named = Issue { name: format!("{}/resumed/{}", issue.name, read.version), ..issue };
        self.write::<S>(key, &named, &Ask::Resume(resumed)).await;
        Ok(true)
    }

    /// Issues a held-back command; where it goes through or is refused as expected, the step goes on behind it, to its
    /// end. That it went on is noted after: who is cut off in between does all of it again, to no effect.
    async fn once_more<S: Saga>(
        &self,
        key: &S::Key,
        (instance, held): (&Instance<S>, &Held<'_>),
        issue: &Issue,
    ) -> Result<(), IssueError> {
        let Issue { at, why, .. } = *issue;
        let refused = format!("{REFUSED}{}", held.part);
        let next = if instance.steps.contains_key(&refused) {
            vec![Refusal { source: refused, input: None }]
        } else {
            match self.issuer.issue(self.context::<S>(issue), held.command.clone()).await {
                Ok(()) => {
                    let rest = Pending { source: held.source, from: held.ordinal + 1, at, why };
                    self.issue_step::<S>(key, rest).await
                }
                Err(IssueError::Command(CommandError::Rejected(reason)))
                    if S::expects(held.command.name(), reason.code()) =>
                {
                    vec![refusal(refused, held.command, &*reason, at)]
                }
                Err(error) => return Err(error),
            }
        };
        self.answer(key, next, at, why).await;
        Ok(())
    }
}

/// A command by its name within the instance, `<source>/<ordinal>`.
fn held<'a, S: Saga>(instance: &'a Instance<S>, part: &'a str) -> Option<Held<'a>> {
    let (source, ordinal) = part.rsplit_once('/')?;
    let ordinal = ordinal.parse().ok()?;
    match instance.steps.get(source)?.get(ordinal)? {
        Effect::Issue { command, .. } => Some(Held { part, source, ordinal, command }),
        Effect::StartTimer { .. } | Effect::CancelTimer { .. } => None,
    }
}

//! Delivering one input: the step is committed first, then its commands are issued under names derived from it.

use std::any::type_name;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use eventstore::{CommandError, Context, Log, Recorded, Seq};
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Timestamp};
use uuid::Uuid;

use crate::issuer::{IssueError, Issuer};
use crate::process::{Ask, InputOf, Parked, Process, Resumed};
use crate::{Clock, Command, Effect, Input, Saga};

/// The namespace of the command names that sagas derive.
const NAMESPACE: Uuid = Uuid::from_u128(0x6a61_6e67_7465_6f00_8000_7361_6761_0001);
/// How often a command that fails for reasons outside the rules is tried before its instance is parked.
const ISSUE_ATTEMPTS: u32 = 6;
/// The pause after the first failed try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// A refusal that leads to a refusal that leads to … ends here.
const MAX_DEPTH: u32 = 4;

/// One input on its way to one instance.
pub(crate) struct Delivery {
    instance: String,
    take: Box<dyn Take>,
}

impl Delivery {
    pub(crate) fn event<S: Saga>(key: S::Key, event: S::Event, recorded: &Recorded) -> Self {
        let input = Input::Event { event, at: recorded.meta.recorded_at };
        let why = Why { causation: Some(recorded.seq), correlation: recorded.meta.correlation_id };
        Self::of::<S>(key, recorded.seq.to_string(), input, why)
    }

    pub(crate) fn of<S: Saga>(key: S::Key, source: String, input: InputOf<S>, why: Why) -> Self {
        let instance = format!("{}/{key}", S::NAME);
        Self { instance, take: Box::new(Typed::<S> { key, source, input, why }) }
    }

    /// Which instance it is for, as `<saga>/<key>`.
    pub(crate) fn instance(&self) -> &str {
        &self.instance
    }
}

/// Where an input came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Why {
    pub(crate) causation: Option<Seq>,
    pub(crate) correlation: CorrelationId,
}

#[async_trait]
trait Take: Send {
    async fn take(self: Box<Self>, deliverer: &Deliverer);
}

struct Typed<S: Saga> {
    key: S::Key,
    source: String,
    input: InputOf<S>,
    why: Why,
}

#[async_trait]
impl<S: Saga> Take for Typed<S> {
    async fn take(self: Box<Self>, deliverer: &Deliverer) {
        deliverer.handle::<S>(&self.key, self.source, self.input, self.why).await;
    }
}

/// What deliveries need: the log, the way to the aggregates, the clock.
#[derive(Clone)]
pub(crate) struct Deliverer {
    pub(crate) log: Log,
    pub(crate) issuer: Arc<dyn Issuer>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// A command of a step, with the name it goes by.
struct Issue {
    name: String,
    at: Timestamp,
    why: Why,
}

impl Deliverer {
    pub(crate) async fn deliver(&self, delivery: Delivery) {
        delivery.take.take(self).await;
    }

    async fn handle<S: Saga>(&self, key: &S::Key, source: String, input: InputOf<S>, why: Why) {
        let mut next = vec![(source, input)];
        for _ in 0..MAX_DEPTH {
            let mut refused = Vec::new();
            for (source, input) in next {
                refused.extend(self.step::<S>(key, source, input, why).await);
            }
            if refused.is_empty() {
                return;
            }
            next = refused;
        }
        tracing::error!(saga = S::NAME, %key, "refusals led to refusals; the last ones are left unanswered");
    }

    /// Commits the step and issues its commands; returns the refusals as further inputs.
    async fn step<S: Saga>(
        &self,
        key: &S::Key,
        source: String,
        input: InputOf<S>,
        why: Why,
    ) -> Vec<(String, InputOf<S>)> {
        let at = input.at();
        let issue = Issue { name: format!("{}/{key}/{source}", S::NAME), at, why };
        self.write::<S>(key, &issue, &Ask::Take { source: source.clone(), input }).await;
        let mut refused = Vec::new();
        for (ordinal, effect) in self.effects::<S>(key, &source).await.into_iter().enumerate() {
            if let Effect::Issue { command } = effect {
                let part = format!("{source}/{ordinal}");
                let named = Issue { name: format!("{}/{key}/{part}", S::NAME), at, why };
                refused.extend(self.issue::<S>(key, &part, &named, *command).await);
            }
        }
        refused
    }

    async fn issue<S: Saga>(
        &self,
        key: &S::Key,
        part: &str,
        issue: &Issue,
        command: Command,
    ) -> Option<(String, InputOf<S>)> {
        match self.persist::<S>(issue, &command).await {
            Ok(()) => None,
            Err(IssueError::Command(CommandError::Rejected(reason))) => {
                let (command, code) = (command.name().to_owned(), reason.code().to_owned());
                Some((format!("rejected/{part}"), Input::Rejected { command, code, at: issue.at }))
            }
            Err(error) => {
                tracing::error!(saga = S::NAME, %key, command = command.name(), %error, "a saga is parked");
                let parked = Parked { command: part.to_owned(), error: error.to_string() };
                let named = Issue { name: format!("{}/parked", issue.name), ..*issue };
                self.write::<S>(key, &named, &Ask::Park(parked)).await;
                None
            }
        }
    }

    /// Tries a command until it is taken or refused by a rule, a bounded number of times.
    async fn persist<S: Saga>(&self, issue: &Issue, command: &Command) -> Result<(), IssueError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..ISSUE_ATTEMPTS {
            match self.issuer.issue(self.context::<S>(issue), command.clone()).await {
                Ok(()) => return Ok(()),
                Err(error @ IssueError::Command(CommandError::Rejected(_))) => return Err(error),
                Err(error) => {
                    tracing::warn!(saga = S::NAME, command = command.name(), %error, "tried again soon");
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        self.issuer.issue(self.context::<S>(issue), command.clone()).await
    }

    /// Tries a parked command again, by an operator's wish.
    pub(crate) async fn retry<S: Saga>(
        &self,
        key: &S::Key,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        let instance = self.log.read_latest::<Process<S>>(key).await.map_err(CommandError::from)?;
        let Some((source, ordinal)) = part.rsplit_once('/') else { return Ok(false) };
        let steps = instance.state.steps.get(source).filter(|_| instance.state.parked.contains_key(part));
        let ordinal: usize = ordinal.parse().unwrap_or(usize::MAX);
        let Some(Effect::Issue { command }) = steps.and_then(|effects| effects.get(ordinal)) else {
            return Ok(false);
        };
        let why = Why { causation: Some(instance.version), correlation: CorrelationId(NAMESPACE) };
        let at = self.clock.now();
        let issue = Issue { name: format!("{}/{key}/{part}", S::NAME), at, why };
        self.issuer.issue(self.context::<S>(&issue), (**command).clone()).await?;
        let resumed = Resumed { command: part.to_owned(), reason: reason.to_owned() };
        let named = Issue { name: format!("{}/resumed/{}", issue.name, instance.version), ..issue };
        self.write::<S>(key, &named, &Ask::Resume(resumed)).await;
        Ok(true)
    }

    async fn effects<S: Saga>(&self, key: &S::Key, source: &str) -> crate::process::Effects<S> {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.log.read::<Process<S>>(key).await {
                Ok(instance) => return instance.state.steps.get(source).cloned().unwrap_or_default(),
                Err(error) => pause = wait::<S>(pause, &error).await,
            }
        }
    }

    /// Writes to the instance's own stream. Nothing can go on without the log, so this waits for it.
    async fn write<S: Saga>(&self, key: &S::Key, issue: &Issue, ask: &Ask<S>) {
        let mut pause = FIRST_PAUSE;
        while let Err(error) =
            self.log.execute::<Process<S>>(&self.context::<S>(issue), key, ask.clone()).await
        {
            pause = wait::<S>(pause, &error).await;
        }
    }

    fn context<S: Saga>(&self, issue: &Issue) -> Context {
        Context {
            command_id: CommandId(Uuid::new_v5(&NAMESPACE, issue.name.as_bytes())),
            correlation_id: issue.why.correlation,
            causation: issue.why.causation,
            actor: Actor::system(format!("saga.{}", S::NAME)),
            at: self.clock.stamp(issue.at),
            request: None,
        }
    }
}

async fn wait<S: Saga>(pause: Duration, error: &impl std::fmt::Display) -> Duration {
    tracing::warn!(saga = S::NAME, step = type_name::<S>(), %error, "the log is waited for");
    tokio::time::sleep(pause).await;
    (pause * 2).min(LONGEST_PAUSE)
}

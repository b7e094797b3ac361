//! Delivering one input: the step is committed first, then its commands are issued under names derived from it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eventstore::{Batch, CommandError, Context, Log};
use kernel::id::CommandId;
use kernel::{Actor, Rejection, Timestamp};
use tracing::Instrument;
use uuid::Uuid;

use crate::again::Failure;
use crate::delivery::Why;
use crate::issuer::{IssueError, Issuer};
use crate::points::{Points, Wait};
use crate::process::{Ask, InputOf, Instance, Process, REFUSED, Told};
use crate::{Clock, Command, Effect, Input, Ports, Saga, metrics};

/// The namespace of the command names that sagas derive.
pub(crate) const NAMESPACE: Uuid = Uuid::from_u128(0x6a61_6e67_7465_6f00_8000_7361_6761_0001);
/// How often a command that fails for reasons outside the rules is tried at once; then it is postponed.
const QUICK_TRIES: u32 = 4;
/// The pause after the first failed try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause between two looks at a log that is away.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// A refusal that leads to a refusal that leads to … ends here.
const MAX_DEPTH: u32 = 4;

/// What deliveries need: the log, the way to the aggregates, the clock.
pub(crate) struct Deliverer {
    pub(crate) log: Log,
    pub(crate) issuer: Arc<dyn Issuer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) points: Points,
    /// Timers' steps that this process issued to the end and has not yet seen coming by in the log.
    fired: Mutex<BTreeSet<String>>,
}

/// A step's command, with the name it goes by.
pub(crate) struct Issue {
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    pub(crate) why: Why,
}

/// A step whose commands are to be issued from an ordinal on.
pub(crate) struct Pending<'a> {
    pub(crate) source: &'a str,
    pub(crate) from: usize,
    pub(crate) at: Timestamp,
    pub(crate) why: Why,
}

/// A refusal on its way back to the saga. Without an input it was taken before, and only its commands may be left.
pub(crate) struct Refusal<S: Saga> {
    pub(crate) source: String,
    pub(crate) input: Option<InputOf<S>>,
}

/// A command of a step, and the instance as it was when the step was gone through.
struct Now<'a, S: Saga> {
    instance: &'a Instance<S>,
    command: &'a Command,
}

/// What became of a command.
enum Issued<S: Saga> {
    Through,
    Refused(Refusal<S>),
    HeldBack,
}

impl Deliverer {
    pub(crate) fn new(ports: &Ports) -> Self {
        let Ports { log, issuer, clock, points, .. } = ports.clone();
        Self { log, issuer, clock, points, fired: Mutex::default() }
    }

    pub(crate) fn fired(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.fired.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits the steps of inputs, unless they were taken before, and issues what is left of them; says whether the last
    /// was taken, now or before. Fails where the instance can't be read or written, now or ever.
    pub(crate) async fn handle<S: Saga>(
        &self,
        key: &S::Key,
        told: Vec<(Told<S>, Why)>,
    ) -> Result<bool, CommandError> {
        let Some(written) = self.take(key, &told).await? else { return Ok(false) };
        let Some(((last, last_why), earlier)) = told.split_last() else { return Ok(false) };
        let has_stepped = |told: &Told<S>| written.steps.contains_key(&told.source);
        for (told, why) in earlier.iter().filter(|(told, _)| has_stepped(told)) {
            // In the trace that it belongs to, not in the last one's.
            self.go_through(key, told, *why).instrument(metrics::span(S::NAME, *why)).await?;
        }
        if has_stepped(last) {
            self.go_through(key, last, *last_why).await?;
        }
        Ok(has_stepped(last))
    }

    /// Issues what is left of a step, and what follows from refusals.
    async fn go_through<S: Saga>(&self, key: &S::Key, told: &Told<S>, why: Why) -> Result<(), CommandError> {
        metrics::stepped(S::NAME);
        let (source, at) = (told.source.as_str(), told.input.at());
        let refusals = self.issue_step::<S>(key, Pending { source, from: 0, at, why }).await?;
        self.answer(key, refusals, at, why).await
    }

    /// Writes the steps of inputs in one commit, which follows from the last of them; gives the instance behind it.
    async fn take<S: Saga>(
        &self,
        key: &S::Key,
        told: &[(Told<S>, Why)],
    ) -> Result<Option<Arc<Instance<S>>>, CommandError> {
        let Some((last, why)) = told.last() else { return Ok(None) };
        let sources: Vec<&str> = told.iter().map(|(told, _)| told.source.as_str()).collect();
        let name = format!("{}/{key}/{}", S::NAME, sources.join("+"));
        let issue = Issue { name, at: last.input.at(), why: *why };
        let inputs = told.iter().map(|(told, _)| told.clone()).collect();
        self.write::<S>(key, &issue, &Ask::Take(inputs)).await?;
        self.read::<S>(key).await.map(Some)
    }

    /// Takes refusals as further inputs, and what is refused of their answers, a bounded number of times.
    pub(crate) async fn answer<S: Saga>(
        &self,
        key: &S::Key,
        first: Vec<Refusal<S>>,
        at: Timestamp,
        why: Why,
    ) -> Result<(), CommandError> {
        let mut next = first;
        for _ in 0..MAX_DEPTH {
            let mut further = Vec::new();
            for Refusal { source, input } in next {
                if let Some(input) = input {
                    let name = format!("{}/{key}/{source}", S::NAME);
                    let ask = Ask::Take(vec![Told { source: source.clone(), input }]);
                    self.write::<S>(key, &Issue { name, at, why }, &ask).await?;
                }
                let step = Pending { source: &source, from: 0, at, why };
                further.extend(self.issue_step::<S>(key, step).await?);
            }
            next = further;
        }
        if !next.is_empty() {
            tracing::error!(saga = S::NAME, %key, "refusals led to refusals; the last ones are left unanswered");
        }
        Ok(())
    }

    /// Issues a step's commands in order; returns the refusals. Behind a refused or held-back one, nothing is issued up to
    /// the next that stands apart. From a later ordinal on, it goes only as far as that.
    pub(crate) async fn issue_step<S: Saga>(
        &self,
        key: &S::Key,
        step: Pending<'_>,
    ) -> Result<Vec<Refusal<S>>, CommandError> {
        let instance = self.read::<S>(key).await?;
        let effects = instance.steps.get(step.source).map_or(&[][..], Vec::as_slice);
        let mut refusals = Vec::new();
        let mut held_back = false;
        for (ordinal, effect) in effects.iter().enumerate().skip(step.from) {
            let Effect::Issue { command, apart } = effect else { continue };
            if *apart && step.from > 0 {
                break;
            }
            if held_back && !*apart {
                continue;
            }
            let part = format!("{}/{ordinal}", step.source);
            let now = Now { instance: &instance, command };
            let outcome = self.issue::<S>(key, part, &step, now).await?;
            held_back = !matches!(outcome, Issued::Through);
            if let Issued::Refused(refusal) = outcome {
                refusals.push(refusal);
            }
        }
        Ok(refusals)
    }

    /// Issues one command of a step. What was refused or held back before is not tried anew here.
    async fn issue<S: Saga>(
        &self,
        key: &S::Key,
        part: String,
        step: &Pending<'_>,
        now: Now<'_, S>,
    ) -> Result<Issued<S>, CommandError> {
        let source = format!("{REFUSED}{part}");
        if now.instance.steps.contains_key(&source) {
            return Ok(Issued::Refused(Refusal { source, input: None }));
        }
        if now.instance.holds_back(&part) {
            return Ok(Issued::HeldBack);
        }
        if now.instance.resolved.contains(&part) {
            return Ok(Issued::Through);
        }
        let issue = Issue { name: format!("{}/{key}/{part}", S::NAME), at: step.at, why: step.why };
        Ok(match self.persist::<S>(&issue, now.command).await {
            Ok(()) => Issued::Through,
            Err(IssueError::Command(CommandError::Rejected(reason)))
                if S::expects(now.command.name(), reason.code()) =>
            {
                Issued::Refused(refusal(source, now.command, &*reason, step.at))
            }
            Err(error) if error.is_refusal() && self.is_behind_a_refusal::<S>(key, &part).await? => {
                Issued::HeldBack
            }
            Err(error) => {
                let failure = Failure { part: &part, command: now.command, error: &error, waits: 0 };
                self.hold_back::<S>(key, &issue, failure).await?;
                Issued::HeldBack
            }
        })
    }

    /// Whether a command should not have been issued at all: another coordinator, at the same step, heard a refusal of one
    /// before it and told the saga, while it went through here.
    async fn is_behind_a_refusal<S: Saga>(&self, key: &S::Key, part: &str) -> Result<bool, CommandError> {
        Ok(self.read_latest::<S>(key).await?.is_behind_a_refusal(part))
    }

    /// Tries a command until it is taken or refused by a rule, a few times: a lane's neighbours wait meanwhile.
    async fn persist<S: Saga>(&self, issue: &Issue, command: &Command) -> Result<(), IssueError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..QUICK_TRIES {
            match self.issue_once::<S>(issue, command).await {
                Ok(()) => return Ok(()),
                Err(error) if error.is_refusal() => return Err(error),
                Err(error) => {
                    tracing::debug!(saga = S::NAME, command = command.name(), %error, "tried again soon");
                }
            }
            self.points.around(Some(S::NAME), Wait::Pause, tokio::time::sleep(pause)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        self.issue_once::<S>(issue, command).await
    }

    /// Tries a command.
    pub(crate) async fn issue_once<S: Saga>(
        &self,
        issue: &Issue,
        command: &Command,
    ) -> Result<(), IssueError> {
        let issued = self.issuer.issue(self.context::<S>(issue), command.clone());
        self.points.around(Some(S::NAME), Wait::Issue, issued).await
    }

    /// The instance as it is now. Nothing can go on without the log, so this waits for it; what the log holds may not be
    /// readable.
    pub(crate) async fn read<S: Saga>(&self, key: &S::Key) -> Result<Arc<Instance<S>>, CommandError> {
        let mut pause = FIRST_PAUSE;
        loop {
            let read = self.log.read::<Process<S>>(key);
            match self.points.around(Some(S::NAME), Wait::Read, read).await {
                Ok(instance) => return Ok(instance.state),
                Err(error) => pause = wait::<S>(pause, error.into()).await?,
            }
        }
    }

    /// The instance with what others have written to it as well: an operator's word comes from another process.
    pub(crate) async fn read_latest<S: Saga>(&self, key: &S::Key) -> Result<Arc<Instance<S>>, CommandError> {
        let mut pause = FIRST_PAUSE;
        loop {
            let read = self.log.read_latest::<Process<S>>(key);
            match self.points.around(Some(S::NAME), Wait::Read, read).await {
                Ok(instance) => return Ok(instance.state),
                Err(error) => pause = wait::<S>(pause, error.into()).await?,
            }
        }
    }

    /// Writes to the instance's own stream. Nothing can go on without the log, so this waits for it.
    pub(crate) async fn write<S: Saga>(
        &self,
        key: &S::Key,
        issue: &Issue,
        ask: &Ask<S>,
    ) -> Result<(), CommandError> {
        let mut pause = FIRST_PAUSE;
        let context = self.context::<S>(issue);
        loop {
            let batch = if ask.begins() {
                Batch::new().create::<Process<S>>(key, ask.clone())
            } else {
                Batch::new().with::<Process<S>>(key, ask.clone())
            };
            let written = self.log.commit(&context, batch);
            match self.points.around(Some(S::NAME), ask.wait(), written).await {
                Ok(_) => return Ok(()),
                Err(error) => pause = wait::<S>(pause, error).await?,
            }
        }
    }

    pub(crate) fn context<S: Saga>(&self, issue: &Issue) -> Context {
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

/// Waits for a log that is away; any other failure would be the same again.
async fn wait<S: Saga>(pause: Duration, error: CommandError) -> Result<Duration, CommandError> {
    if !crate::issuer::is_outage(&error) {
        return Err(error);
    }
    tracing::warn!(saga = S::NAME, %error, "the log is waited for");
    tokio::time::sleep(pause).await;
    Ok((pause * 2).min(LONGEST_PAUSE))
}

pub(crate) fn refusal<S: Saga>(
    source: String,
    command: &Command,
    reason: &dyn Rejection,
    at: Timestamp,
) -> Refusal<S> {
    let (command, code) = (command.name().to_owned(), reason.code().to_owned());
    Refusal { source, input: Some(Input::Rejected { command, code, at }) }
}
